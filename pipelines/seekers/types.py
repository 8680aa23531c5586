"""A vacancy as job seekers are told of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pipelines.seekers.judge import Asking


@dataclass(frozen=True, eq=False)
class OpenVacancy:
    """An open vacancy, its facts in one form and its criteria.

    Equal only to itself: it is a key of what is worked out once for all readers.
    """

    id: int
    """Key in the store."""

    reference: str
    url: str
    title: str
    employer: str
    first_seen: datetime
    closing_date: date | None = None
    place: str = ""
    """For people, e.g. ``Leeds LS1 3EX``; empty if the advert gives none."""

    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    band: str | None = None
    """``2`` to ``9``, ``8a`` to ``8d``; None outside Agenda for Change."""

    salary: str = ""
    """As printed."""

    contract_type: str | None = None
    working_patterns: tuple[str, ...] = ()
    sponsorship: bool | None = None
    """The advert welcomes applicants who need a Skilled Worker visa; None if it is silent."""

    driving: bool | None = None
    """The advert asks for a driving licence; None if it is silent."""

    may_close_early: bool = False
    reopened_at: datetime | None = None
    """When it was last seen again after it had closed."""

    post: str = ""
    """Key of the post that it and its near-duplicates advertise; empty for one without any."""

    criteria: tuple[Asking, ...] = ()

    def days_left(self, today: date) -> int | None:
        """Return the days until the closing date, 0 on that day; None without a date."""
        return None if self.closing_date is None else (self.closing_date - today).days


Told = Mapping[str, str | None]
"""The facts of a vacancy as a reader was told them, see ``pipelines.seekers.told``."""
