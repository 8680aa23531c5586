"""Ties a criterion to the documented requirements it asks for, with the words that prove it."""

from dataclasses import dataclass

from matcher.catalogue import Catalogue, Wording
from matcher.compare.importance import Cue, find_cues, governing, stated_by
from matcher.compare.negation import denied_places
from matcher.phrases import Found, PhraseIndex
from matcher.text import Words, read_words
from matcher.types import AnnotatedCriterion, Criterion, Importance, Match

MATCHER_VERSION = "1"
"""Raised whenever the same criterion may be matched otherwise than before."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What a phrase of the catalogue is there for; exactly one of the first three is set."""

    asks: Wording | None = None
    blocks: bool = False
    context: str | None = None
    """The phrase itself, where it may be the context that a wording needs."""

    requirement: int = -1
    """Place in the catalogue of the requirement asked for or blocked."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """Words of the line that ask for a requirement."""

    requirement: int
    wording: Wording
    first: int
    last: int

    @property
    def rule(self) -> str:
        return "words in context" if self.wording.needs else "exact words"


_SCORES = {"exact words": 95.0, "words in context": 85.0}


class Matcher:
    """Finds the requirements of one catalogue in criteria."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Compile the catalogue's phrases; takes some tens of milliseconds."""
        self.catalogue = catalogue
        self._index: PhraseIndex[_Phrase] = PhraseIndex(_phrases_of(catalogue))

    def annotate(self, criterion: Criterion) -> AnnotatedCriterion:
        """Return the criterion with its matches, its own importance and its qualifications.

        Never raises, whatever the text; the time is linear in its length.
        """
        line = read_words(criterion.text)
        cues = find_cues(line)
        hits = self._hits(line)
        matches = [self._match(hit, line, cues, criterion) for hit in hits]
        return AnnotatedCriterion(
            criterion=criterion,
            stated_importance=stated_by(cues),
            min_level=None,
            experience_alternative=False,
            matches=_best_of_each(matches),
        )

    def _hits(self, line: Words) -> list[_Hit]:
        found = self._index.find(line)
        hits = [
            _Hit(one.payload.requirement, one.payload.asks, one.first, one.last)
            for one in found
            if one.payload.asks
        ]
        if not hits:
            return []
        denied = denied_places(line)
        return [
            hit
            for hit in hits
            if not _is_blocked(hit, found)
            and denied.isdisjoint(range(hit.first, hit.last))
            and _context_stands(hit, found, line)
        ]

    def _match(self, hit: _Hit, line: Words, cues: list[Found[Cue]], criterion: Criterion) -> Match:
        start, end = line.span(hit.first, hit.last)
        importance: Importance = governing(cues, line, hit.first, hit.last) or criterion.importance
        return Match(
            requirement=self.catalogue.requirements[hit.requirement].id,
            importance=importance,
            score=_SCORES[hit.rule],
            rule=hit.rule,
            evidence=criterion.text[start:end],
            start=start,
            end=end,
            aspect=hit.wording.aspect,
        )


def _phrases_of(catalogue: Catalogue) -> list[tuple[str, _Phrase]]:
    phrases: list[tuple[str, _Phrase]] = []
    for number, requirement in enumerate(catalogue.requirements):
        for wording in requirement.wordings:
            phrases.append((wording.phrase, _Phrase(asks=wording, requirement=number)))
            phrases += [(phrase, _Phrase(context=phrase)) for phrase in wording.needs]
        blocks = _Phrase(blocks=True, requirement=number)
        phrases += [(phrase, blocks) for phrase in requirement.blockers]
    return phrases


def _is_blocked(hit: _Hit, found: list[Found[_Phrase]]) -> bool:
    return any(
        one.payload.blocks
        and one.payload.requirement == hit.requirement
        and one.first < hit.last
        and hit.first < one.last
        for one in found
    )


def _context_stands(hit: _Hit, found: list[Found[_Phrase]], line: Words) -> bool:
    if not hit.wording.needs:
        return True
    return any(
        one.payload.context in hit.wording.needs
        and not (hit.first <= one.first and one.last <= hit.last)
        and line.in_one_sentence(min(one.first, hit.first), max(one.last, hit.last))
        for one in found
    )


def _best_of_each(matches: list[Match]) -> tuple[Match, ...]:
    best: dict[tuple[str, str | None, Importance], Match] = {}
    for match in matches:
        key = (match.requirement, match.aspect, match.importance)
        held = best.get(key)
        if held is None or _strength(match) > _strength(held):
            best[key] = match
    return tuple(sorted(best.values(), key=lambda match: (match.start, match.end)))


def _strength(match: Match) -> tuple[float, int]:
    return match.score, match.end - match.start
