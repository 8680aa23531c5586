"""Which adverts answer a search: the parameters of NHS Jobs, its feed's and its page's alike."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.practice_board.adverts import PracticeAdvert
from crawler.practice_board.markup import to_text

Query = Mapping[str, Sequence[str]]
"""Parameters as they came: each name with its values."""

LISTS = frozenset({"payBand", "staffGroup", "contractType", "workingPattern", "payRange"})
"""Several values of these go into one parameter, parted by commas."""


class RepeatedParameterError(Exception):
    """Raised when one of ``LISTS`` is given twice; the board answers 400."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An advert that is on the board today, with what searches look at."""

    advert: PracticeAdvert
    posted: str
    """ISO date."""

    text: str
    """Title and summary in lower case."""

    @property
    def band(self) -> str:
        """The code of the pay band filter, e.g. ``BAND_8A``; empty outside Agenda for Change."""
        return f"BAND_{self.advert.pay.band.upper()}" if self.advert.pay.band else ""

    @property
    def patterns(self) -> set[str]:
        """The codes of the working patterns, e.g. ``full-time``."""
        return {_pattern_code(pattern) for pattern in self.advert.patterns}


def listed(advert: PracticeAdvert, posted: str) -> Listed:
    """Return what searches see of an advert."""
    return Listed(advert, posted, f"{advert.title} {to_text(advert.summary)}".lower())


def search(adverts: Iterable[Listed], query: Query) -> list[Listed]:
    """Return the adverts that pass all filters, in the order asked for.

    Keywords rank rather than filter, as on the real board: one word in common is enough, and
    an employer's name only brings the likely ones to the front. Unknown parameters are ignored.

    Raises:
        RepeatedParameterError: A list was given as a repeated parameter.
    """
    if repeated := [name for name in LISTS if len(query.get(name, ())) > 1]:
        raise RepeatedParameterError(f"{repeated[0]} is given twice")
    words = _words(first(query, "keyword"))
    found = [entry for entry in adverts if _passes(entry, query, words)]
    return sorted(found, key=lambda entry: _order(entry, query, words))


def first(query: Query, name: str) -> str:
    """Return the first value of a parameter, empty if there is none."""
    values = query.get(name, ())
    return values[0].strip() if values else ""


def number(query: Query, name: str, default: int) -> int:
    """Return a parameter as a number of at least 1; what is none gives the default."""
    value = first(query, name)
    return max(1, int(value)) if value.isascii() and value.isdigit() else default


def _passes(entry: Listed, query: Query, words: Sequence[str]) -> bool:
    advert = entry.advert
    lists = (
        ("payBand", {entry.band}),
        ("staffGroup", {advert.staff_group}),
        ("contractType", {advert.contract}),
        ("workingPattern", entry.patterns),
    )
    return (
        all(_any_of(query, name, values) for name, values in lists)
        and entry.posted >= first(query, "publishedFrom")
        and advert.reference.startswith(first(query, "employerCode"))
        and first(query, "jobReference") in {"", advert.reference}
        and is_at(advert, first(query, "location").lower())
        and _pays(advert, query)
        and (not words or any(word in entry.text for word in words))
    )


def _any_of(query: Query, name: str, values: set[str]) -> bool:
    wanted = first(query, name)
    return not wanted or not values.isdisjoint(wanted.split(","))


def is_at(advert: PracticeAdvert, location: str) -> bool:
    return any(
        site.town.lower() == location or site.postcode.lower().startswith(location)
        for site in advert.places
    )


def _pays(advert: PracticeAdvert, query: Query) -> bool:
    low, high = number(query, "salaryFrom", 0), number(query, "salaryTo", 10**9)
    minimum = advert.pay.minimum
    if minimum is None:
        return low == 0 and high == 10**9
    return low <= (advert.pay.maximum or minimum) and minimum <= high


def _words(keyword: str) -> list[str]:
    """Return what to look for: quoted phrases whole, other words one by one."""
    found = re.findall(r'"([^"]+)"|(\S+)', keyword.lower())
    return [phrase or word for phrase, word in found]


def _order(entry: Listed, query: Query, words: Sequence[str]) -> tuple[object, ...]:
    advert, sort = entry.advert, first(query, "sort")
    if sort in {"publicationDateDesc", "publicationDate"}:
        return (-advert.posted if sort.endswith("Desc") else advert.posted, advert.number)
    if sort == "salaryDesc":
        return (-(advert.pay.maximum or advert.pay.minimum or 0), advert.number)
    title, employer = advert.title.lower(), advert.employer.name.lower()
    asked = first(query, "employer").lower().split()
    points = 3 * sum(word in title for word in words) + sum(word in entry.text for word in words)
    return (-points - 2 * sum(word in employer for word in asked), advert.number)


def _pattern_code(pattern: str) -> str:
    return pattern.lower().removeprefix("home or ").replace(" ", "-")
