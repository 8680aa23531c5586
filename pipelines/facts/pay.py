"""Pay: the Agenda for Change band, and what a salary is for a year of full-time work."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from crawler.items import Salary, SalaryPeriod, Vacancy
from personspec.resources import data_path
from pipelines.facts.types import BandBasis

FULL_WEEK_HOURS = 37.5
"""Full-time week of Agenda for Change. (Scotland: 36 hours from April 2026.)"""

YEAR_WEEKS = 52.143
"""365 days in weeks, as NHS Employers work out hourly rates."""

_PERIODS_A_YEAR: Mapping[SalaryPeriod, float | None] = {
    "year": 1.0,
    "month": 12.0,
    "week": YEAR_WEEKS,
    "day": 5 * YEAR_WEEKS,
    "hour": FULL_WEEK_HOURS * YEAR_WEEKS,
    # Nobody says how long a session is, nor how many make a week.
    "session": None,
}

_PENNY = 0.01

_ACTUAL = re.compile(r"\bactual\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PayTable:
    """The pay points in force between two days, with one supplement or none."""

    id: str
    first_day: date
    last_day: date
    supplement: str | None
    bands: Mapping[str, tuple[float, ...]]
    """Pounds a year by band, entry first and top last."""

    @property
    def name(self) -> str:
        """Id with the supplement, e.g. ``england-2026-27 + inner London``."""
        return f"{self.id} + {self.supplement}" if self.supplement else self.id


@dataclass(frozen=True, slots=True)
class Band:
    """The band of a vacancy and how it is known."""

    band: str | None = None
    basis: BandBasis | None = None
    table: str | None = None
    """The pay table that holds the printed salary; None if none does."""


def find_band(vacancy: Vacancy) -> Band:
    """Return the printed band, or the one that alone pays the printed salary.

    A salary is that of a band if both its ends are pay points of it, in a table with or without
    a high cost area supplement. Two bands that could pay it, such as Wales's 2 and 3 that begin
    alike, give none. A pay scheme other than Agenda for Change sets pay of its own, so nothing
    is inferred there.
    """
    fitting = list(_fitting(vacancy.salary))
    if vacancy.band is not None:
        tables = [table for table, band in fitting if band == vacancy.band]
        return Band(vacancy.band, "printed", _in_force(tables, vacancy))
    scheme = vacancy.pay_scheme.casefold()
    bands = {band for _, band in fitting}
    if len(bands) != 1 or (scheme and "agenda for change" not in scheme):
        return Band()
    return Band(bands.pop(), "inferred", _in_force([table for table, _ in fitting], vacancy))


def annual_salary(salary: Salary | None) -> tuple[float | None, float | None]:
    """Return the lowest and highest salary for a year of full-time work, in pounds.

    Both are None for a salary without period or figure, for pay by the session, and where an
    'actual' salary is printed: that one is for the hours of the post.
    """
    if salary is None or salary.period is None or _ACTUAL.search(salary.raw):
        return None, None
    times = _PERIODS_A_YEAR[salary.period]
    if times is None:
        return None, None
    minimum, maximum = (
        None if pounds is None else round(pounds * times, 2)
        for pounds in (salary.minimum, salary.maximum)
    )
    return minimum, maximum


@cache
def load_pay_tables() -> tuple[PayTable, ...]:
    """Return every table of ``data/lookups/pay-tables.yml``, with each supplement and without."""
    read = yaml.safe_load(data_path("lookups", "pay-tables.yml").read_text("utf-8"))
    return tuple(table for raw in read["tables"] for table in _read_table(raw))


def _read_table(raw: Mapping[str, Any]) -> Iterator[PayTable]:
    days = raw["first_day"], raw["last_day"]
    points = {band: tuple(map(float, pounds)) for band, pounds in raw["bands"].items()}
    yield PayTable(raw["id"], *days, None, points)
    for name, supplement in raw.get("supplements", {}).items():
        raised = {
            band: tuple(_with_supplement(pounds, **supplement) for pounds in ladder)
            for band, ladder in points.items()
        }
        yield PayTable(raw["id"], *days, name, raised)


def _with_supplement(pounds: float, *, share: float, least: float, most: float) -> float:
    return pounds + min(max(pounds * share, least), most)


def _fitting(salary: Salary | None) -> Iterator[tuple[PayTable, str]]:
    if salary is None or salary.period != "year" or salary.minimum is None:
        return
    ends = salary.minimum, salary.minimum if salary.maximum is None else salary.maximum
    for table in load_pay_tables():
        for band, ladder in table.bands.items():
            if all(any(_is_same(end, point) for point in ladder) for end in ends):
                yield table, band


def _is_same(printed: float, point: float) -> bool:
    # Adverts print supplements to the penny, to the pound, or cut.
    return abs(printed - point) < 1 + _PENNY


def _in_force(tables: list[PayTable], vacancy: Vacancy) -> str | None:
    """Return the name of the table in force when the advert ran, else of the latest."""
    day = vacancy.posted_date or vacancy.fetched_at.date()
    running = [table for table in tables if table.first_day <= day <= table.last_day]
    chosen = running or sorted(tables, key=lambda table: table.first_day)[-1:]
    return chosen[0].name if chosen else None
