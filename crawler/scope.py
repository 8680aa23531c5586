"""Which adverts are followed: how near a title and a summary are to the roles of a career."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from rapidfuzz import fuzz

from crawler.items import Sighting
from personspec.exceptions import CatalogueError
from personspec.resources import data_path

Phrase = Annotated[str, StringConstraints(min_length=3, strip_whitespace=True)]
Words = tuple[str, ...]

_WORD = re.compile(r"[a-z0-9]+")
_CO = re.compile(r"\bco[-\s]+(?=ordinat)")
_LEAST_LIKENESS = 85.0
"""Two words this alike (rapidfuzz ratio) are one word and a slip of the pen: ``recods`` 92,
``clerk`` and ``clerical`` 77."""

_LEAST_LETTERS = 5
"""Shorter words must be equal: ``ward`` and ``card`` are one letter apart."""


class Scope(BaseModel):
    """The roles of one career, a file of ``data/roles``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    career: str = Field(min_length=1)
    title: str = Field(min_length=1)
    source_url: str = Field(pattern="^https://")
    checked_on: date
    threshold: float = Field(gt=0, le=100)
    """Least relevance of an advert that is followed."""

    generic_score: float = Field(ge=0, le=100)
    support: float = Field(ge=0, le=100)
    apprenticeship_score: float = Field(ge=0, le=100)
    """Relevance of an apprenticeship in one of ``apprenticeship_courses`` at a health employer."""

    apprenticeship_courses: tuple[Phrase, ...]
    health_employers: tuple[Phrase, ...]
    """Words in the name of an employer that provides health care."""

    titles: tuple[Phrase, ...] = Field(min_length=1)
    generic_titles: tuple[Phrase, ...]
    supporting_phrases: tuple[Phrase, ...]
    clerical_words: tuple[Phrase, ...]
    professions: tuple[Phrase, ...]
    false_friends: tuple[Phrase, ...]

    def relevance(self, title: str, summary: str = "") -> float:
        """Return how near an advert is to the roles followed, 0-100.

        Args:
            title: As advertised.
            summary: The start of the advert's text; it supports a title and decides nothing alone.

        Returns:
            0 for a false friend. 100 if the title holds every word of one of the titles followed,
            in any order. Otherwise the share of the best title's words, or ``generic_score`` for
            a generic one, plus ``support`` if a supporting phrase stands in title or summary,
            whichever is higher.
        """
        words = words_of(title)
        if self._is_false_friend(words):
            return 0.0
        own = 100 * max(_share(role, words) for role in self._roles)
        generic = 0.0
        if any(_share(role, words) == 1 for role in self._generic):
            supported = self._is_supported(words, words_of(summary))
            generic = self.generic_score + (self.support if supported else 0)
        return round(min(max(own, generic), 100.0), 1)

    def judge(self, sighting: Sighting) -> Sighting:
        """Return the sighting with its relevance and whether it is followed."""
        relevance = self.relevance(sighting.title, sighting.summary)
        if self._is_way_in(sighting):
            relevance = max(relevance, self.apprenticeship_score)
        return replace(sighting, relevance=relevance, in_scope=relevance >= self.threshold)

    def _is_way_in(self, sighting: Sighting) -> bool:
        """Return True for an apprenticeship that leads into the career by its course."""
        title = words_of(sighting.title)
        return (
            sighting.contract_type_raw == "Apprenticeship"
            and not self._is_false_friend(title)
            and _holds_any(words_of(sighting.employer), map(words_of, self.health_employers))
            and any(
                _holds_any(words, map(words_of, self.apprenticeship_courses))
                for words in (title, words_of(sighting.staff_group))
            )
        )

    def _is_false_friend(self, title: Words) -> bool:
        if _holds_any(title, self._false_friends):
            return True
        return _holds_any(title, self._professions) and not _holds_any(title, self._clerical)

    def _is_supported(self, title: Words, summary: Words) -> bool:
        return _holds_any(summary, self._supporting) or _holds_any(title, self._supporting)

    @cached_property
    def _roles(self) -> list[Words]:
        return [words_of(title) for title in self.titles]

    @cached_property
    def _generic(self) -> list[Words]:
        return [words_of(title) for title in self.generic_titles]

    @cached_property
    def _supporting(self) -> list[Words]:
        return [words_of(phrase) for phrase in self.supporting_phrases]

    @cached_property
    def _false_friends(self) -> list[Words]:
        return [words_of(phrase) for phrase in self.false_friends]

    @cached_property
    def _professions(self) -> list[Words]:
        return [words_of(phrase) for phrase in self.professions]

    @cached_property
    def _clerical(self) -> list[Words]:
        return [words_of(word) for word in self.clerical_words]


def words_of(text: str) -> Words:
    """Return the words of a text in lower case, without plural s, ``co-ordinator`` as one word."""
    plain = _CO.sub("co", text.lower().replace("’", "'").replace("'s", ""))
    return tuple(_singular(word) for word in _WORD.findall(plain))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _share(role: Words, title: Words) -> float:
    """Return the share of a role's words that the title holds, 0-1."""
    return sum(_holds_word(title, word) for word in role) / len(role)


def _holds_word(title: Words, word: str) -> bool:
    if word in title:
        return True
    if len(word) < _LEAST_LETTERS:
        return False
    return any(fuzz.ratio(word, other, score_cutoff=_LEAST_LIKENESS) > 0 for other in title)


def _holds_any(text: Words, phrases: Iterable[Words]) -> bool:
    """Return True if one of the phrases stands in the text, word for word and in order."""
    line = f" {' '.join(text)} "
    return any(f" {' '.join(phrase)} " in line for phrase in phrases)


@cache
def load_scope(career: str = "health-records") -> Scope:
    """Return the roles of a career.

    Raises:
        CatalogueError: Its file is wrong; names file, entry and field.
    """
    return parse_scope(data_path("roles", f"{career}.yml"))


def parse_scope(path: Path) -> Scope:
    """Return the roles in a file; errors as in ``load_scope``."""
    try:
        return Scope.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path}: not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        field, *entry = [str(part) for part in first["loc"]] or ["the whole file"]
        place = f"{field}, entry {int(entry[0]) + 1}" if entry else field
        raise CatalogueError(f"{path}: {place}: {first['msg']}") from error
