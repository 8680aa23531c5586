"""Repairs misspelt words one by one, so that phrases can be matched exactly.

The idea of a tight budget a word, with numbers and short words exact, is that of name matching
in sanctions screening (nomenklatura, ``strict_levenshtein``).
"""

from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matcher.text import Words
from personspec.resources import data_path

_SHORTEST = 4
"""Shorter words are taken as printed."""

_LONG = 10
"""From this length on two edits may be repaired."""

_END = 2
"""Letters at either end of a word by which near words are looked up."""

_ENDINGS = ("s", "es", "d", "ed", "r", "er", "ers", "ing", "ings", "ly", "ness", "able", "ment")

_ACRONYM = 5
"""A word in capitals up to this length is taken as an acronym."""

_CACHE_LIMIT = 50_000


def known_words() -> list[str]:
    """Return the words of ``data/lookups/words.txt``: they are spelt right."""
    return data_path("lookups", "words.txt").read_text(encoding="utf-8").split()


def edits_allowed(length: int) -> int:
    """Return how many edits (OSA: a swap of neighbours is one) a word may be repaired by."""
    if length < _SHORTEST:
        return 0
    return 1 if length < _LONG else 2


class Speller:
    """Turns words it does not know into the known word that is nearest."""

    def __init__(self, words: Iterable[str], is_wanted: Callable[[str], bool]) -> None:
        """Take the words that are spelt right, and whether phrases look for a word.

        A wanted word is preferred where two are as near.
        """
        listed = dict.fromkeys(words)
        self._known = frozenset(listed)
        self._repaired: dict[str, str] = {}
        self._by_head: dict[str, list[str]] = {}
        self._by_tail: dict[str, list[str]] = {}
        for word in sorted(filter(str.isalpha, listed), key=_not(is_wanted)):
            self._by_head.setdefault(word[:_END], []).append(word)
            self._by_tail.setdefault(word[-_END:], []).append(word)

    def repair(self, line: Words) -> tuple[Words, frozenset[int]]:
        """Return the line with misspelt words repaired, and the places of those words.

        A known word, a number, an acronym and a word with nothing near stay as they are.
        """
        known = self._known
        if known.issuperset(line.words):
            return line, frozenset()
        words = list(line.words)
        for place, word in enumerate(words):
            if word not in known and not _is_acronym(line.printed[place]):
                words[place] = self.nearest(word)
        repaired = {
            place for place, word in enumerate(line.words) if not _same_word(word, words[place])
        }
        return line.respelt(words), frozenset(repaired)

    def knows_all(self, words: list[str]) -> bool:
        """Tell whether every word is listed as spelt right."""
        return self._known.issuperset(words)

    def knows(self, word: str) -> bool:
        """Tell whether the word is spelt right."""
        return word in self._known

    def nearest(self, word: str) -> str:
        """Return the known word nearest to ``word`` within its budget, else ``word`` itself."""
        repaired = self._repaired.get(word)
        if repaired is None:
            repaired = self._search(word)
            if len(self._repaired) < _CACHE_LIMIT:
                self._repaired[word] = repaired
        return repaired

    def _search(self, word: str) -> str:
        budget = edits_allowed(len(word))
        british = word.replace("iz", "is").replace("yz", "ys")
        if not budget or not word.isalpha() or self._is_right(british):
            return british
        # Whatever one edit does, it leaves one end of the word as it was.
        choices = [*self._by_head.get(british[:_END], ()), *self._by_tail.get(british[-_END:], ())]
        found = process.extractOne(
            british, choices, scorer=OSA.distance, score_cutoff=budget, processor=None
        )
        return found[0] if found and _believable(british, found[0], found[1]) else word

    def _is_right(self, word: str) -> bool:
        """Tell whether the word is listed, or a listed word with a common ending."""
        if word in self._known:
            return True
        stems = [word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending)]
        return any(stem in self._known or stem + "e" in self._known for stem in stems)


def _not(is_wanted: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda word: not is_wanted(word)


def _believable(word: str, other: str, edits: float) -> bool:
    if len(word) == _SHORTEST:
        return sorted(word) == sorted(other) and word[0] == other[0]
    if edits > 1 or len(word) == _SHORTEST + 1:
        return word[0] == other[0] or sorted(word) == sorted(other)
    return True


def _is_acronym(printed: str) -> bool:
    return len(printed) <= _ACRONYM and printed.isupper()


def _same_word(word: str, repaired: str) -> bool:
    return word == repaired or word.replace("iz", "is").replace("yz", "ys") == repaired
