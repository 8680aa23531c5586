"""The phrase language of the catalogue, and an index that finds all phrases in one pass.

A phrase is words in order. ``organis*`` stands for any ending, ``a/b`` for either word, ``(well)``
may be left out, ``~4`` lets up to four other words stand between. A word in capitals must be
printed in capitals: ``IT`` is not ``it``. Phrases never cross the end of a sentence; a comma or
bracket may stand only where ``~`` is.

All phrases share one tree keyed by word, so the time for a line grows with the line and hardly
with the number of phrases.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from matcher.text import NO_BREAK, SENTENCE_BREAK, Words
from personspec.exceptions import CatalogueError

P = TypeVar("P")

_ELEMENT = re.compile(
    r"~(?P<gap>[1-9])$|(?P<open>\()?(?P<words>[^\W_]+\*?(?:/[^\W_]+\*?)*)(?(open)\))$"
)
_SHORTEST_STEM = 3
_CACHE_LIMIT = 50_000


class Found(NamedTuple, Generic[P]):
    """A phrase found: what it stands for, and its words ``first`` up to, not with, ``last``."""

    payload: P
    first: int
    last: int


class _Node(Generic[P]):
    __slots__ = ("after", "gap", "payloads")

    def __init__(self) -> None:
        self.after: dict[int, _Node[P]] = {}
        self.gap: dict[int, dict[int, _Node[P]]] = {}
        self.payloads: list[P] = []


class _Search(Generic[P]):
    """One pass over one line."""

    __slots__ = ("atoms", "breaks", "found", "present")

    def __init__(self, atoms: list[tuple[int, ...]], breaks: list[int]) -> None:
        self.atoms = atoms
        self.breaks = breaks
        self.present = set().union(*atoms)
        self.found: list[Found[P]] = []

    def follow(self, node: _Node[P], first: int, at: int) -> None:
        """Note what ends at ``node``, and go on from the word ``at``."""
        for payload in node.payloads:
            self.found.append(Found(payload, first, at))
        if at == len(self.atoms):
            return
        after = node.after
        if after and self.breaks[at] == NO_BREAK:
            for atom in self.atoms[at]:
                if atom in after:
                    self.follow(after[atom], first, at + 1)
        if node.gap:
            present = self.present
            for width, beyond in node.gap.items():
                # Most gaps lead to no word of the line; finding that out first is quicker.
                if not present.isdisjoint(beyond):
                    self._leap(beyond, first, at, at + width + 1)

    def _leap(self, after: "dict[int, _Node[P]]", first: int, start: int, stop: int) -> None:
        breaks = self.breaks
        for place, here in enumerate(self.atoms[start:stop], start):
            if breaks[place] == SENTENCE_BREAK:
                break
            for atom in here:
                if atom in after:
                    self.follow(after[atom], first, place + 1)


def expand(phrase: str) -> list[list[str]]:
    """Return the element lists a phrase stands for, one for each choice of bracketed words.

    Raises:
        CatalogueError: The phrase is not in the phrase language.
    """
    variants: list[list[str]] = [[]]
    for part in phrase.split():
        found = _ELEMENT.match(part)
        if found is None:
            raise CatalogueError(f"the phrase {phrase!r} has a part {part!r} that cannot be read")
        element = part if found["gap"] else found["words"]
        longer = [[*variant, element] for variant in variants]
        variants = variants + longer if found["open"] else longer
    _check(phrase, variants)
    return variants


def _check(phrase: str, variants: list[list[str]]) -> None:
    for variant in variants:
        if not variant or variant[0].startswith("~") or variant[-1].startswith("~"):
            raise CatalogueError(f"the phrase {phrase!r} must begin and end with a word")
    for word in re.findall(r"([^\W_]+)\*", phrase):
        if len(word) < _SHORTEST_STEM:
            raise CatalogueError(f"the stem {word}* in {phrase!r} is shorter than 3 letters")


class PhraseIndex(Generic[P]):
    """Phrases, each standing for a payload, found together in one pass over a line."""

    def __init__(self, phrases: Iterable[tuple[str, P]]) -> None:
        """Take ``(phrase, payload)`` pairs.

        Raises:
            CatalogueError: A phrase is not in the phrase language.
        """
        self._root: _Node[P] = _Node()
        self._atoms: dict[str, int] = {}
        self._literal: dict[str, tuple[int, ...]] = {}
        self._stems: dict[str, tuple[int, ...]] = {}
        self._capitals: dict[str, tuple[int, ...]] = {}
        self._known: dict[str, tuple[int, ...]] = {}
        for phrase, payload in phrases:
            for variant in expand(phrase):
                self._add(variant, payload)

    def vocabulary(self) -> set[str]:
        """Return all full words in the phrases; stems are not among them."""
        return {*self._literal, *(word.casefold() for word in self._capitals)}

    def looks_for(self, word: str) -> bool:
        """Tell whether the word, in small letters, is part of any phrase."""
        return bool(self._known[word] if word in self._known else self._learn(word))

    def find(self, line: Words) -> list[Found[P]]:
        """Return every phrase in the line, overlapping ones too, in order of their first word."""
        atoms = self._atoms_of(line)
        search: _Search[P] = _Search(atoms, line.breaks)
        after = self._root.after
        for first, here in enumerate(atoms):
            for atom in here:
                if atom in after:
                    search.follow(after[atom], first, first + 1)
        return search.found

    def _add(self, elements: list[str], payload: P) -> None:
        node = self._root
        after = node.after
        for element in elements:
            if element[0] == "~":
                after = node.gap.setdefault(int(element[1:]), {})
            else:
                node = after.setdefault(self._atom(element), _Node())
                after = node.after
        if payload not in node.payloads:
            node.payloads.append(payload)

    def _atom(self, element: str) -> int:
        if element not in self._atoms:
            atom = self._atoms[element] = len(self._atoms)
            for word in element.split("/"):
                table, key = self._table(word)
                table[key] = (*table.get(key, ()), atom)
        return self._atoms[element]

    def _table(self, word: str) -> tuple[dict[str, tuple[int, ...]], str]:
        if word.endswith("*"):
            return self._stems, word[:-1].casefold()
        if word.isupper() and len(word) > 1:
            return self._capitals, word
        return self._literal, word.casefold()

    def _atoms_of(self, line: Words) -> list[tuple[int, ...]]:
        known = self._known
        atoms = [known[word] if word in known else self._learn(word) for word in line.words]
        if self._capitals:
            for place in line.capitals:
                extra = self._capitals.get(line.printed[place].replace(".", ""), ())
                atoms[place] += extra
        return atoms

    def _learn(self, word: str) -> tuple[int, ...]:
        atoms = self._literal.get(word, ())
        for length in range(_SHORTEST_STEM, len(word) + 1):
            atoms += self._stems.get(word[:length], ())
        if len(self._known) < _CACHE_LIMIT:
            self._known[word] = atoms
        return atoms


def plain_wordings(phrase: str) -> Iterator[str]:
    """Yield the phrase as running words where it holds neither gap nor stem nor capitals."""
    for variant in expand(phrase):
        joined = " ".join(variant)
        if not re.search(r"[~*/]", joined) and joined == joined.casefold():
            yield joined
