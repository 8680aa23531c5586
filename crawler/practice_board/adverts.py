"""The adverts of the practice board: YAML of ``data/practice`` as frozen values.

Days are counted from the board's day 1: ``posted: -3`` is three days before it, ``closes: 14``
a fortnight after. So the same adverts are open whenever the board is started.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from personspec.exceptions import CatalogueError
from personspec.resources import data_path


@dataclass(frozen=True, slots=True)
class Site:
    """One place of work, or an employer's head office."""

    town: str
    postcode: str
    address: tuple[str, ...] = ()
    """Up to three lines above the town."""

    county: str = ""
    country: str = "United Kingdom"


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer that does not exist."""

    code: str
    """First five characters of its references, e.g. ``Z1001``."""

    name: str
    website: str
    about: str
    office: Site
    sites: Mapping[str, Site]


@dataclass(frozen=True, slots=True)
class Pay:
    """What is paid; with neither figures nor words it prints 'Negotiable'."""

    scheme: str = "Agenda for change"
    band: str | None = None
    """``2`` … ``9``, ``8a`` … ``8d``; None outside Agenda for Change."""

    minimum: float | None = None
    maximum: float | None = None
    period: str = "year"
    words: str = "Negotiable"
    """Printed where there are no figures, e.g. ``Depends on experience``."""

    note: str = ""
    """Second line on the advert page, e.g. ``per annum, pro rata``."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the person specification, with the employer's own heading."""

    group: str
    essential: tuple[str, ...] = ()
    desirable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask: personal data that must never leave the crawler."""

    name: str
    title: str
    email: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file linked from the advert, made from the advert's own data when it is asked for."""

    label: str
    file: str
    """File name; its ending (``docx``, ``pdf``) decides how it is made."""

    content: str = "specification"
    """What it holds: ``specification`` (as lists), ``table`` (the same as a ruled table) or
    ``text``, the words of ``text`` alone: posters, policies and their like."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What is different from a day on."""

    day: int
    values: Mapping[str, Any]
    """Fields of ``PracticeAdvert`` that take a new value."""

    withdrawn: bool | None = None
    """True takes the advert off the board, False puts it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeAdvert:
    """One advert, as its employer wrote it. Texts are in the form of ``markup.to_html``."""

    number: int
    """The feed's ``id``."""

    reference: str
    title: str
    employer: Employer
    staff_group: str
    pay: Pay
    patterns: tuple[str, ...]
    """Working patterns in the words of a search card, e.g. ``Full time``."""

    places: tuple[Site, ...]
    posted: int
    closes: int | None
    """Last day, from day 1; None if the advert prints no closing date."""

    summary: str
    duties: str
    contract: str = "Permanent"
    """As in the feed, e.g. ``Fixed-Term``."""

    duration: str = ""
    about: str = ""
    """Empty: what the employer always says of itself."""

    responsibilities: str = ""
    specification: tuple[Group, ...] = ()
    """What the post asks for, however the advert shows it: the truth to measure a reader by."""

    style: str = "groups"
    """How the specification is shown; one of ``STYLES``."""

    contact: Contact | None = None
    board_reference: str = ""
    """Printed instead of the reference, as adverts fed in by Trac do."""

    dbs: bool = False
    sponsorship: bool = False
    uk_registration: str = ""
    documents: tuple[Document, ...] = ()
    quirks: frozenset[str] = frozenset()
    """Oddities of the feed or the page to be shown, from ``QUIRKS``."""

    changes: tuple[Change, ...] = ()

    def on(self, day: int) -> "PracticeAdvert | None":
        """Return the advert as it stands on a day (1 is the first), None if it is not there."""
        due = sorted((c for c in self.changes if c.day <= day), key=lambda change: change.day)
        values: dict[str, Any] = {}
        withdrawn = False
        for change in due:
            values.update(change.values)
            withdrawn = withdrawn if change.withdrawn is None else change.withdrawn
        advert = replace(self, **values) if values else self
        closed = advert.closes is not None and advert.closes < day - 1
        return None if withdrawn or closed or advert.posted > day - 1 else advert


STYLES = frozenset({"groups", "attached", "one-bullet", "headings", "marks", "table", "prose"})
"""How an advert shows its specification. ``groups`` are the board's own lists; ``attached``
only refers to a document; ``one-bullet`` puts all lines of a group into one; ``headings``,
``marks`` (each line ends in (E) or (D)) and ``table`` stand in the job responsibilities;
``prose`` is whatever the advert's texts say, and then the specification is empty."""

QUIRKS = frozenset(
    {
        "nested-places",  # feed: <locations><locations>…</locations></locations>
        "no-description",  # feed: the element is missing
        "no-post-date",
        "no-salary",
        "no-places",
        "whole-seconds",  # feed: postDate without a fraction
        "site-in-place",  # feed: 'Site name, Town, Postcode'
        "upper-case-town",
        "no-apply-link",  # page: nothing to apply with
        "hard-spaces",  # page: non-breaking spaces in the specification
        "one-copy",  # page: no second rendering for small screens
    }
)


def load_employers(path: Path) -> dict[str, Employer]:
    """Return the employers of a YAML file by code."""
    return {
        code: Employer(
            code=code,
            name=entry["name"],
            website=entry["website"],
            about=entry["about"],
            office=_site(entry["office"]),
            sites=MappingProxyType({key: _site(site) for key, site in entry["sites"].items()}),
        )
        for code, entry in _read(path).items()
    }


@cache
def load_adverts(folder: Path | None = None) -> tuple[PracticeAdvert, ...]:
    """Return the written adverts of ``folder`` (default ``data/practice``), by reference.

    Raises:
        CatalogueError: A file is not an advert; the message names it and the field.
    """
    folder = folder or data_path("practice")
    employers = load_employers(folder / "employers.yml")
    adverts = [_advert(path, employers) for path in sorted((folder / "adverts").glob("*.yml"))]
    return tuple(sorted(adverts, key=lambda advert: advert.reference))


def _read(path: Path) -> dict[str, Any]:
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(loaded, dict):
        raise CatalogueError(f"{path.name}: a mapping is expected, not {type(loaded).__name__}.")
    return loaded


def _advert(path: Path, employers: Mapping[str, Employer]) -> PracticeAdvert:
    raw = _read(path)
    try:
        employer = employers[raw["reference"][:5]]
        changes = tuple(_change(entry, employer) for entry in raw.pop("changes", ()))
        advert = PracticeAdvert(employer=employer, changes=changes, **_values(raw, employer))
    except (KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{path.name} is not an advert: {error}.") from error
    if unknown := (advert.quirks - QUIRKS) | ({advert.style} - STYLES):
        raise CatalogueError(f"{path.name}: unknown style or quirks {sorted(unknown)}.")
    return advert


def _change(raw: dict[str, Any], employer: Employer) -> Change:
    day, withdrawn = raw.pop("day"), raw.pop("withdrawn", None)
    values = _values(raw, employer)
    if unknown := values.keys() - {field.name for field in fields(PracticeAdvert)}:
        raise KeyError(f"a change names no field of an advert: {sorted(unknown)}")
    return Change(day, values, withdrawn)


def _values(raw: Mapping[str, Any], employer: Employer) -> dict[str, Any]:
    """Return the fields given in YAML as the types of ``PracticeAdvert``."""
    makers: dict[str, Callable[[Any], Any]] = {
        "pay": lambda value: Pay(**value),
        "patterns": tuple,
        "places": lambda value: tuple(employer.sites[key] for key in value),
        "specification": lambda value: tuple(_groups(value)),
        "contact": lambda value: Contact(**value),
        "documents": lambda value: tuple(Document(**entry) for entry in value),
        "quirks": frozenset,
    }
    return {key: makers[key](value) if key in makers else value for key, value in raw.items()}


def _groups(raw: Iterable[Mapping[str, Any]]) -> Iterable[Group]:
    for entry in raw:
        lists = {key: tuple(value) for key, value in entry.items() if key != "group"}
        # An unquoted colon makes a mapping of a line.
        if odd := [line for lines in lists.values() for line in lines if not isinstance(line, str)]:
            raise TypeError(f"a criterion is no text: {odd[0]}")
        yield Group(entry["group"], **lists)


def _site(raw: Mapping[str, Any]) -> Site:
    return Site(**{**raw, "address": tuple(raw.get("address", ()))})
