"""Likeness of wording, for clauses in which nothing else was recognised.

Letters alone are compared, without spaces, so that words run together or torn apart (``timemana
gement``) are found. Only the plain ratio is used: the partial and token-set ratios give 100 to any
phrase that shares one word. A clause whose every word is known is not compared at all: what is
spelt right and not in the catalogue means something else.
"""

from collections.abc import Iterable
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from matcher.text import NO_BREAK, Words

P = TypeVar("P")

THRESHOLD = 88.0
"""Least ratio, 0-100. On lines with one typing error in every second long word, four of five
clauses above it are right; below it chance begins."""

_SHORTEST = 9
"""Phrases and clauses of fewer letters are not compared: one edit would be too much of them."""

_FILLERS = frozenset(
    {
        "a", "an", "the", "of", "to", "and", "or", "in", "with", "for", "be", "is", "have", "has",
        "you", "will", "must", "should", "good", "excellent", "strong", "very", "highly", "proven",
        "effective", "ability", "able", "skills", "skill", "demonstrable", "high", "level",
    }
)  # fmt: skip
_JOINTS = frozenset({"and", "or"})


class LikeWordings(Generic[P]):
    """Plain phrases, each standing for a payload, to be found by likeness."""

    def __init__(self, phrases: Iterable[tuple[str, P]]) -> None:
        """Take ``(phrase in running words, payload)`` pairs; short ones are left out."""
        self._payloads: dict[str, P] = {}
        for phrase, payload in phrases:
            letters = _letters(phrase.split())
            if len(letters) >= _SHORTEST:
                self._payloads.setdefault(letters, payload)
        self._choices = list(self._payloads)

    def nearest(self, words: list[str]) -> tuple[P, float] | None:
        """Return the payload most like the words with its ratio; None below ``THRESHOLD``."""
        letters = _letters(words)
        if len(letters) < _SHORTEST:
            return None
        found = process.extractOne(
            letters, self._choices, scorer=fuzz.ratio, score_cutoff=THRESHOLD, processor=None
        )
        return (self._payloads[found[0]], found[1]) if found else None


def _letters(words: list[str]) -> str:
    return "".join(word for word in words if word not in _FILLERS and not word.isdecimal())


def clauses(line: Words) -> list[tuple[int, int]]:
    """Return the clauses of a line as word ranges: cut at stops, commas, ``and`` and ``or``."""
    ranges = []
    first = 0
    for place, word in enumerate(line.words):
        cut = word in _JOINTS
        if (cut or line.breaks[place] != NO_BREAK) and place > first:
            ranges.append((first, place))
        if cut or line.breaks[place] != NO_BREAK:
            first = place + cut
    if first < len(line.words):
        ranges.append((first, len(line.words)))
    return ranges
