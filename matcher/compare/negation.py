"""Words that take a demand back: "no degree is required", "GCSEs are not essential"."""

from dataclasses import dataclass
from typing import Literal

from matcher.phrases import PhraseIndex
from matcher.text import SENTENCE_BREAK, Words


@dataclass(frozen=True, slots=True)
class _Denial:
    reach: Literal["forward", "back", "inside"]


_FORWARD, _BACK, _INSIDE = _Denial("forward"), _Denial("back"), _Denial("inside")

_UNNEEDED = "required/needed/necessary/essential/expected"
_DENIALS: tuple[tuple[str, _Denial], ...] = (
    (f"no ~9 {_UNNEEDED}", _INSIDE),
    ("no need for/to", _FORWARD),
    ("no requirement for/to", _FORWARD),
    ("no formal/prior/previous/specific", _FORWARD),
    ("not/dont/doesnt/wont need/require/expect/have (to)", _FORWARD),
    ("not looking for", _FORWARD),
    ("not to/be need/needing", _FORWARD),
    ("without a/an/any/formal", _FORWARD),
    ("with/have/having no", _FORWARD),
    ("rather than", _FORWARD),
    ("irrespective/regardless of", _FORWARD),
    ("must/should/may not have/hold/be", _FORWARD),
    (f"not ~3 {_UNNEEDED}/mandatory/requirement/prerequisite/must", _BACK),
    (f"isnt/arent ~2 {_UNNEEDED}", _BACK),
    ("not be a barrier", _BACK),
)  # fmt: skip
_STOPS = frozenset({"but", "however", "although", "though", "as", "just", "only", "because"})
_REACH = 8

_DENYING = frozenset(
    {
        "no", "not", "dont", "doesnt", "wont", "isnt", "arent", "without", "rather", "regardless",
        "irrespective",
    }
)  # fmt: skip
"""Every denial holds one of these; looking for them first saves most lines the search."""

_index: PhraseIndex[_Denial] = PhraseIndex(_DENIALS)


def denied_places(line: Words) -> set[int]:
    """Return the places of the words that a denial in the same sentence takes back."""
    places: set[int] = set()
    if _DENYING.isdisjoint(line.words):
        return places
    for denial in _index.find(line):
        if denial.payload.reach == "inside":
            places.update(range(denial.first, denial.last))
        elif denial.payload.reach == "forward":
            places.update(_forward(line, denial.last))
        else:
            places.update(_back(line, denial.first))
    return places


def _forward(line: Words, start: int) -> list[int]:
    places = []
    for place in range(start, min(start + _REACH, len(line.words))):
        if line.breaks[place] == SENTENCE_BREAK or line.words[place] in _STOPS:
            break
        places.append(place)
    return places


def _back(line: Words, start: int) -> list[int]:
    places = []
    for place in range(start - 1, -1, -1):
        if line.words[place] in _STOPS:
            break
        places.append(place)
        if line.breaks[place] == SENTENCE_BREAK:
            break
    return places
