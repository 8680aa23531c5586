"""Finds vacancies that are one post advertised twice, under two references or on two boards."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import combinations
from zlib import crc32

_SHINGLE = 4
"""Words in a shingle."""

_SKETCH = 128
"""Shingle hashes kept of a text: the lowest ones, which stand for all (bottom-k sketch)."""

_LARGEST_BLOCK = 200
"""A block of more vacancies than this is cut into those of one closing date."""

_CLOSE_DAYS = 7
"""Two boards may show closing dates so many days apart for one post."""

SAME_TEXT = 80.0
"""Likeness of the texts, 0-100, from which title, employer and date decide.

Adverts of one employer share much of their wording, so text alone decides nothing."""

_HELD = 90.0
"""So much of a text, 0-100, must stand in the other for it to be that text cut short."""

_FEWEST = 20
"""Shorter texts are too short to be told from boilerplate."""

_WORD = re.compile(r"\w+")
_TITLE_NOISE = re.compile(
    r"\b(?:band \d\w?|afc|full ?time|part ?time|permanent|fixed term|bank|\d+(?:\.\d+)? hours?"
    r"|ref(?:erence)? ?\w*\d\w*|months?)\b|\(.*?\)"
)
_EMPLOYER_NOISE = re.compile(r"\b(?:nhs|foundation|trust|the|and|hospitals?|university)\b")


@dataclass(frozen=True, slots=True)
class Advertised:
    """What of a vacancy tells whether it is the same post as another."""

    reference: str
    source: str
    title: str
    employer: str
    place: str = ""
    closing_date: date | None = None
    text: str = ""
    """The advert's own words, without the page around them."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two vacancies that are one post."""

    first: tuple[str, str]
    """Source and reference of the one that stands earlier in the input."""

    second: tuple[str, str]
    score: float
    """How sure it is, 0-100."""

    reason: str


def find_duplicates(vacancies: Iterable[Advertised]) -> list[Duplicate]:
    """Return the pairs of vacancies that are one post, in order of the input.

    An identical text under the same title and employer is enough. Otherwise title and employer
    must agree, place and closing date must not differ, and the texts must be alike. Only
    vacancies that share a title are compared, so the time grows with the size of such groups.
    """
    known = [_Features.of(vacancy) for vacancy in vacancies]
    found = (_compare(known[one], known[other]) for one, other in _pairs(known))
    return [duplicate for duplicate in found if duplicate]


def find_candidates(vacancies: Iterable[Advertised]) -> list[Advertised]:
    """Return those whose text must be looked at, in order of the input: the others differ already.

    So the texts of a large store need not all be read; ``text`` is not used here.
    """
    known = [_Features.of(vacancy) for vacancy in vacancies]
    alike = {
        place
        for pair in _pairs(known)
        if _facts_agree(known[pair[0]], known[pair[1]])
        for place in pair
    }
    return [known[place].vacancy for place in sorted(alike)]


def _pairs(known: Sequence["_Features"]) -> list[tuple[int, int]]:
    blocks: dict[str, list[int]] = {}
    for place, features in enumerate(known):
        blocks.setdefault(features.title, []).append(place)
    return sorted(
        {
            pair
            for block in blocks.values()
            for part in _parts(block, known)
            for pair in combinations(part, 2)
        }
    )


@dataclass(frozen=True, slots=True)
class _Features:
    vacancy: Advertised
    title: str
    employer: frozenset[str]
    place: frozenset[str]
    digest: bytes
    sketch: frozenset[int]

    @classmethod
    def of(cls, vacancy: Advertised) -> "_Features":
        words = _words(vacancy)
        return cls(
            vacancy,
            title=_title(vacancy.title),
            employer=frozenset(_WORD.findall(_EMPLOYER_NOISE.sub(" ", _folded(vacancy.employer)))),
            place=frozenset(_WORD.findall(_folded(vacancy.place))),
            digest=sha256(" ".join(words).encode()).digest(),
            sketch=_sketch(words),
        )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")


def _title(title: str) -> str:
    bare = " ".join(_WORD.findall(_TITLE_NOISE.sub(" ", _folded(title))))
    return bare or " ".join(_WORD.findall(_folded(title)))


def _words(vacancy: Advertised) -> list[str]:
    return _WORD.findall(_folded(vacancy.text))


def _shingles(words: Sequence[str]) -> set[int]:
    count = max(1, len(words) - _SHINGLE + 1) if words else 0
    return {crc32(" ".join(words[at : at + _SHINGLE]).encode()) for at in range(count)}


def _sketch(words: Sequence[str]) -> frozenset[int]:
    return frozenset(sorted(_shingles(words))[:_SKETCH])


def _parts(block: list[int], known: Sequence[_Features]) -> list[list[int]]:
    if len(block) <= _LARGEST_BLOCK:
        return [block]
    dated: dict[date | None, list[int]] = {}
    for place in block:
        dated.setdefault(known[place].vacancy.closing_date, []).append(place)
    return list(dated.values())


def _compare(one: _Features, other: _Features) -> Duplicate | None:
    if not _facts_agree(one, other):
        return None
    ends = (
        (one.vacancy.source, one.vacancy.reference),
        (other.vacancy.source, other.vacancy.reference),
    )
    if one.digest == other.digest and one.sketch:
        return Duplicate(*ends, 100.0, "the same text, title and employer")
    alike = likeness(one.sketch, other.sketch)
    if alike >= SAME_TEXT:
        return Duplicate(*ends, alike, "the same title, employer, place and date, and a like text")
    held = _held(one, other)
    if held >= _HELD:
        return Duplicate(*ends, held, "the same title, employer and date, and one text cut short")
    return None


def _held(one: _Features, other: _Features) -> float:
    """Return how much of the shorter text stands in the longer, 0-100; boards cut texts short."""
    if one.vacancy.closing_date is None or one.vacancy.closing_date != other.vacancy.closing_date:
        return 0.0
    first, second = _shingles(_words(one.vacancy)), _shingles(_words(other.vacancy))
    fewest = min(len(first), len(second))
    return 100.0 * len(first & second) / fewest if fewest >= _FEWEST else 0.0


def _facts_agree(one: _Features, other: _Features) -> bool:
    return (
        _same_employer(one, other)
        and not _dates_differ(one, other)
        and not _places_differ(one, other)
    )


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the estimated share of shingles that two texts have in common, 0-100."""
    if not one or not other:
        return 0.0
    lowest = set(sorted(one | other)[:_SKETCH])
    return 100.0 * len(lowest & one & other) / len(lowest)


def _same_employer(one: _Features, other: _Features) -> bool:
    shared = one.employer & other.employer
    return bool(shared) and shared in (one.employer, other.employer)


def _dates_differ(one: _Features, other: _Features) -> bool:
    first, second = one.vacancy.closing_date, other.vacancy.closing_date
    if first is None or second is None:
        return False
    return abs((first - second).days) > _CLOSE_DAYS


def _places_differ(one: _Features, other: _Features) -> bool:
    return bool(one.place and other.place) and one.place.isdisjoint(other.place)
