"""What a spider yields: a ``Sighting`` per listed advert, a ``Vacancy`` per advert page fetched.

Facts as printed: a parsed value keeps its raw twin (``closing_date_raw``), so that a reviewer
can see what the page said. Dates are those of the page (Europe/London); times are UTC.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

SalaryPeriod = Literal["year", "month", "week", "day", "session", "hour"]

SourceKind = Literal["html", "text", "document"]


@dataclass(frozen=True, slots=True)
class Place:
    """One site of a vacancy."""

    town: str = ""
    postcode: str = ""
    """As printed, e.g. ``EC1V 2PD``; empty if the page gives none."""

    address: str = ""
    """Lines above the town, comma-separated; empty if the page gives none."""

    county: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Salary:
    """What is paid, in pounds."""

    raw: str
    """As printed, white space collapsed."""

    minimum: float | None = None
    maximum: float | None = None
    """Equal to ``minimum`` where one figure is printed; both None for 'Negotiable' and its like."""

    period: SalaryPeriod | None = None
    """As printed; where a feed gives none, under 1,000 pounds it is None (hourly or sessional)
    and otherwise ``year``."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One advert seen on a listing page or in a feed, in this run."""

    source: str
    """Name of the spider, e.g. ``nhs_jobs``."""

    reference: str
    """The board's key of the advert; with ``source`` the key of the vacancy."""

    url: str
    """Canonical address of the advert, without query."""

    title: str
    employer: str = ""
    summary: str = ""
    """The cut start of the advert's text, as listed."""

    contract_type_raw: str = ""
    salary: Salary | None = None
    closing_date: date | None = None
    posted_at: datetime | None = None
    """UTC; the feed prints UK local time."""

    places: tuple[Place, ...] = ()
    staff_group: str = ""
    """The board's code of the group under which it was listed, empty if unknown."""

    relevance: float = 0.0
    """How near title and summary are to the roles followed, 0-100 (crawler.scope)."""

    in_scope: bool = False
    """Whether the advert is followed: only then is its page fetched."""


@dataclass(frozen=True, slots=True)
class SpecificationSource:
    """A place of the advert where criteria may stand."""

    kind: SourceKind
    content: str
    """HTML fragment or plain text; empty for a document that is not fetched yet."""

    label: str
    """What it is, in words for people: ``person specification``, ``job responsibilities`` …"""

    is_specification: bool = False
    """The board itself marks it as the person specification; the others are read only if the
    marked ones hold no criteria."""

    url: str | None = None
    """Address of a linked document."""

    data: bytes = field(default=b"", repr=False)
    """A fetched document, as received: it is read, and then dropped. Never stored."""

    sha256: str | None = None
    """Of a fetched document, 64 hexadecimal digits; None for all else."""

    problem: str = ""
    """Why a linked document was not fetched or could not be read, one sentence."""

    is_pending: bool = False
    """It was not fetched for a reason that will pass: the advert is to be read again soon."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """One advertised post, from its advert page."""

    source: str
    reference: str
    url: str
    title: str
    employer: str
    fetched_at: datetime
    """UTC; not part of the content."""

    board_reference: str = ""
    """A second reference printed on the page (Trac's own), empty if none."""

    closing_date: date | None = None
    closing_date_raw: str = ""
    posted_date: date | None = None
    posted_date_raw: str = ""
    pay_scheme: str = ""
    """As printed: ``Agenda for change``, ``Other`` …"""

    band: str | None = None
    """``2`` to ``9``, ``8a`` to ``8d``; None outside Agenda for Change."""

    band_raw: str = ""
    salary: Salary | None = None
    contract_type_raw: str = ""
    contract_duration: str = ""
    working_patterns_raw: str = ""
    staff_group: str = ""
    places: tuple[Place, ...] = ()
    summary: str = ""
    """Job summary, plain text."""

    main_duties: str = ""
    about_employer: str = ""
    job_description: str = ""
    """Job responsibilities, plain text."""

    specification: tuple[SpecificationSource, ...] = ()
    """In the order in which they are to be read."""

    dbs_check: bool | None = None
    """The page says that a Disclosure and Barring Service check is needed; None if it is silent."""

    sponsorship: bool | None = None
    """The page welcomes applicants who need a Skilled Worker visa; None if it is silent."""

    uk_registration: bool | None = None
    is_open: bool = True
    """The page carries a way to apply."""

    empty_blocks: tuple[str, ...] = field(default=())
    """Ids of the page's prose blocks that were there and empty: counted, to learn why."""

    archive_file: str | None = None
    """Page archive that holds the raw page, relative to the archive's folder; None if none was
    kept. Like ``fetched_at`` no part of the content."""

    archive_record: str | None = None
    """The page's record id in that archive."""

    archive_sha256: str | None = None
    """SHA-256 of the page as received, 64 hexadecimal digits: the payload of that record."""
