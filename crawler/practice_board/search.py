"""Which adverts answer a search: the parameters of NHS Jobs, its feed's and its page's alike."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.practice_board.adverts import PracticeAdvert
from crawler.practice_board.markup import to_text

Query = Mapping[str, Sequence[str]]
"""Parameters as they came: each name with its values."""

LISTS = frozenset({"payBand", "staffGroup", "contractType", "workingPattern", "payRange"})
"""Several values of these go into one parameter, parted by commas."""


class BadParameterError(Exception):
    """Raised when one of ``LISTS`` is given twice or a number is none; the board answers 400."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An advert that is on the board today, with what searches look at."""

    advert: PracticeAdvert
    posted: str
    """ISO date."""

    summary: str
    """Without markup."""

    text: str
    """Title and summary in lower case."""


Filter = Callable[[Listed], bool]


def listed(advert: PracticeAdvert, posted: str) -> Listed:
    """Return what searches see of an advert."""
    summary = to_text(advert.summary)
    return Listed(advert, posted, summary, f"{advert.title} {summary}".lower())


def search(adverts: Iterable[Listed], query: Query) -> list[Listed]:
    """Return the adverts that pass all filters, in the order asked for.

    Keywords rank rather than filter, as on the real board: one word in common is enough, and
    an employer's name only brings the likely ones to the front. Unknown parameters are ignored.

    Raises:
        BadParameterError: A list was given as a repeated parameter, or a salary is no number.
    """
    if repeated := [name for name in LISTS if len(query.get(name, ())) > 1]:
        raise BadParameterError(f"{repeated[0]} is given twice")
    filters = [make(first(query, name)) for name, make in FILTERS.items() if first(query, name)]
    found = [entry for entry in adverts if all(passes(entry) for passes in filters)]
    return sorted(found, key=_order(query))


def first(query: Query, name: str) -> str:
    """Return the first value of a parameter, empty if there is none."""
    values = query.get(name, ())
    return values[0].strip() if values else ""


def number(query: Query, name: str, default: int) -> int:
    """Return a parameter as a number of at least 1; what is none gives the default."""
    value = first(query, name)
    return max(1, int(value)) if value.isascii() and value.isdigit() else default


def is_at(advert: PracticeAdvert, location: str) -> bool:
    """Return whether the advert has a site in a town or a postcode, in lower case."""
    return any(
        site.town.lower() == location or site.postcode.lower().startswith(location)
        for site in advert.places
    )


def _has_word(keyword: str) -> Filter:
    words = _words(keyword)
    return lambda entry: any(word in entry.text for word in words)


def _in_list(codes: Callable[[PracticeAdvert], set[str]]) -> Callable[[str], Filter]:
    """Return the maker of a filter that wants one of the codes parted by commas."""

    def make(value: str) -> Filter:
        wanted = set(value.split(","))
        return lambda entry: not wanted.isdisjoint(codes(entry.advert))

    return make


def _pays_from(pounds: int) -> Filter:
    return lambda entry: _pays(entry.advert) >= pounds


def _pays_up_to(pounds: int) -> Filter:
    return lambda entry: (entry.advert.pay.minimum or 0) <= pounds


def _pounds(value: str) -> int:
    if not value.isdecimal():
        raise BadParameterError(f"{value} is no number of pounds")
    return int(value)


def _pays(advert: PracticeAdvert) -> float:
    return advert.pay.maximum or advert.pay.minimum or 0


FILTERS: Mapping[str, Callable[[str], Filter]] = {
    "keyword": _has_word,
    "location": lambda value: lambda entry: is_at(entry.advert, value.lower()),
    "payBand": _in_list(lambda advert: {f"BAND_{(advert.pay.band or '').upper()}"}),
    "staffGroup": _in_list(lambda advert: {advert.staff_group}),
    "contractType": _in_list(lambda advert: {advert.contract}),
    "workingPattern": _in_list(lambda advert: set(map(_pattern_code, advert.patterns))),
    "publishedFrom": lambda value: lambda entry: entry.posted >= value,
    "employerCode": lambda value: lambda entry: entry.advert.reference.startswith(value),
    "jobReference": lambda value: lambda entry: entry.advert.reference == value,
    "salaryFrom": lambda value: _pays_from(_pounds(value)),
    "salaryTo": lambda value: _pays_up_to(_pounds(value)),
}
"""What makes a filter of a parameter's value."""


def _words(keyword: str) -> list[str]:
    """Return what to look for: quoted phrases whole, other words one by one."""
    found = re.findall(r'"([^"]+)"|(\S+)', keyword.lower())
    return [phrase or word for phrase, word in found]


def _order(query: Query) -> Callable[[Listed], tuple[float, int]]:
    """Return the sort key: what was asked for, then the number, so that pages hold still."""
    sort = first(query, "sort")
    if sort == "publicationDateDesc":
        return lambda entry: (-entry.advert.posted, entry.advert.number)
    if sort == "publicationDate":
        return lambda entry: (entry.advert.posted, entry.advert.number)
    if sort == "salaryDesc":
        return lambda entry: (-_pays(entry.advert), entry.advert.number)
    words = _words(first(query, "keyword"))
    asked = first(query, "employer").lower().split()
    return lambda entry: (-_likeness(entry, words, asked), entry.advert.number)


def _likeness(entry: Listed, words: Sequence[str], asked: Sequence[str]) -> int:
    """Return points for a search's words: in the title, in the summary, in the employer."""
    title, employer = entry.advert.title.lower(), entry.advert.employer.name.lower()
    points = 3 * sum(word in title for word in words) + sum(word in entry.text for word in words)
    return points + 2 * sum(word in employer for word in asked)


def _pattern_code(pattern: str) -> str:
    return pattern.lower().removeprefix("home or ").replace(" ", "-")
