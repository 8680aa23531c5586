"""Ties a criterion to the documented requirements it asks for, with the words that prove it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from matcher.catalogue import Catalogue, Wording
from matcher.compare.importance import Cue, find_cues, governing, stated_by
from matcher.compare.negation import denied_places
from matcher.compare.qualification_tables import vocabulary
from matcher.compare.qualifications import Qualifications, qualifications_in
from matcher.compare.voice import told_places
from matcher.compare.wording import LikeWordings, clauses
from matcher.phrases import Found, PhraseIndex, plain_wordings
from matcher.repair import Speller, known_words
from matcher.scores import ALIKE, CONTEXT, EXACT, LEVEL, REPAIRED, score_of
from matcher.text import Words, read_words
from matcher.types import AnnotatedCriterion, Criterion, Importance, Match

MATCHER_VERSION = "3"
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

    weight: int = 0
    """How many words of a wording must stand in the line: the more, the better the evidence."""

    needs: frozenset[str] = frozenset()
    """The phrases of which a wording needs one beside it."""


class _Hit(NamedTuple):
    """Words of the line that ask for a requirement."""

    requirement: int
    aspect: str | None
    first: int
    last: int
    rule: str
    weight: int = 0

    @property
    def score(self) -> float:
        return score_of(self.rule, self.weight)

    @property
    def strength(self) -> tuple[float, int, int]:
        """Orders hits for the same requirement: the surest, then the fullest, then the tightest."""
        return self.score, self.weight, self.first - self.last


LONGEST_PIECE = 2_000
"""Characters; the longest real criterion seen is a whole list in one bullet, about 1,500."""


class Matcher:
    """Finds the requirements of one catalogue in criteria."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Compile the catalogue's phrases; takes some tens of milliseconds."""
        self.catalogue = catalogue
        self._index: PhraseIndex[_Phrase] = PhraseIndex(_phrases_of(catalogue))
        self._alike: LikeWordings[tuple[int, str | None]] = LikeWordings(_wordings_of(catalogue))
        self._by_level = {
            level: number
            for number, requirement in enumerate(catalogue.requirements)
            for level in requirement.levels
        }
        self._speller = Speller(
            (*self._index.vocabulary(), *known_words(), *vocabulary()),
            self._index.looks_for,
        )

    def annotate(self, criterion: Criterion) -> AnnotatedCriterion:
        """Return the criterion with its matches, its own importance and its qualifications.

        Never raises, whatever the text. The time is linear in its length: a text longer than any
        real criterion is matched in pieces, because within a piece everything is held against
        everything.
        """
        if len(criterion.text) <= LONGEST_PIECE:
            return self._annotate(criterion)
        pieces = [
            (start, self._annotate(replace(criterion, text=criterion.text[start:end])))
            for start, end in _pieces(criterion.text)
        ]
        return _joined(criterion, pieces)

    def _annotate(self, criterion: Criterion) -> AnnotatedCriterion:
        line, repaired = self._speller.repair(read_words(criterion.text))
        cues = find_cues(line)
        asked = qualifications_in(line, cues)
        hits = self._hits(line, asked)
        if repaired:
            hits = [_with_rule(hit, repaired) for hit in hits]
        if not self._speller.knows_all(line.words):
            hits += self._like_hits(line, hits)
        return AnnotatedCriterion(
            criterion=criterion,
            stated_importance=stated_by(cues),
            min_level=asked.min_level or self._level_if_silent(hits, asked),
            experience_alternative=asked.equivalent_experience,
            matches=self._matches(hits, line, cues, criterion),
        )

    def why_missed(self, text: str, requirement: str) -> str:
        """Say in a few words why a criterion is not tied to a requirement, for a reviewer."""
        line, _ = self._speller.repair(read_words(text))
        found = self._index.find(line)
        number = list(self.catalogue.by_id).index(requirement)
        hits = [
            (hit, one.payload.needs)
            for one in found
            if (hit := _hit(one)) and hit.requirement == number
        ]
        if not hits:
            return "none of its wordings is in the line"
        standing = [hit for hit, needs in hits if _context_stands(hit, needs, found, line)]
        if not standing:
            return f"{_words_of(line, hits[0][0])!r} lacks the words it needs beside it"
        blocks = [one for one in found if one.payload.blocks]
        if all(_is_blocked(hit, blocks) for hit in standing):
            return f"{_words_of(line, standing[0])!r} stands in words that mean something else"
        words = repr(_words_of(line, standing[0]))
        told = told_places(line)
        if all(not told.isdisjoint(range(hit.first, hit.last)) for hit in standing):
            return f"{words} tells of the employer or of a duty"
        return f"{words} is taken back by the line"

    def _hits(self, line: Words, asked: Qualifications) -> list[_Hit]:
        found = self._index.find(line)
        hits = [
            hit
            for one in found
            if (hit := _hit(one)) and _context_stands(hit, one.payload.needs, found, line)
        ]
        hits += self._level_hits(line, asked)
        if not hits:
            return []
        denied = denied_places(line) | told_places(line)
        blocks = [one for one in found if one.payload.blocks]
        return [
            hit
            for hit in hits
            if not _is_blocked(hit, blocks) and denied.isdisjoint(range(hit.first, hit.last))
        ]

    def _level_if_silent(self, hits: list[_Hit], asked: Qualifications) -> int | None:
        if asked.named or asked.offered_not_required:
            return None
        requirements = self.catalogue.requirements
        levels = (requirements[hit.requirement].level_if_silent for hit in hits)
        return min((level for level in levels if level is not None), default=None)

    def _level_hits(self, line: Words, asked: Qualifications) -> Iterator[_Hit]:
        """Yield a hit for each qualification whose level a requirement speaks of."""
        if asked.offered_not_required:
            return
        for one in asked.named:
            number = self._by_level.get(one.level or 0)
            if number is not None and not one.trade:
                first, last = line.places(one.start, one.end)
                yield _Hit(number, None, first, last, LEVEL)

    def _like_hits(self, line: Words, hits: list[_Hit]) -> list[_Hit]:
        """Return hits by likeness, in clauses that hold none yet and some word not known."""
        alike = []
        for first, last in clauses(line):
            free = not any(hit.first < last and first < hit.last for hit in hits)
            if free and not all(map(self._speller.knows, line.words[first:last])):
                found = self._alike.nearest(line.words[first:last])
                if found:
                    (number, aspect), _ = found
                    alike.append(_Hit(number, aspect, first, last, ALIKE))
        return alike

    def _matches(
        self, hits: list[_Hit], line: Words, cues: list[Found[Cue]], criterion: Criterion
    ) -> tuple[Match, ...]:
        """Return the best hit for each requirement, aspect and importance, as matches."""
        best: dict[tuple[int, str | None, Importance], _Hit] = {}
        for hit in hits:
            stated = governing(cues, line, hit.first, hit.last) if cues else None
            key = (hit.requirement, hit.aspect, stated or criterion.importance)
            if key not in best or hit.strength > best[key].strength:
                best[key] = hit
        matches = [self._match(hit, key[2], line) for key, hit in best.items()]
        return tuple(sorted(matches, key=lambda match: (match.start, match.end)))

    def _match(self, hit: _Hit, importance: Importance, line: Words) -> Match:
        start, end = line.span(hit.first, hit.last)
        return Match(
            requirement=self.catalogue.requirements[hit.requirement].id,
            importance=importance,
            score=hit.score,
            rule=hit.rule,
            evidence=_words_of(line, hit),
            start=start,
            end=end,
            aspect=hit.aspect,
        )


def _phrases_of(catalogue: Catalogue) -> list[tuple[str, _Phrase]]:
    phrases: list[tuple[str, _Phrase]] = []
    for number, requirement in enumerate(catalogue.requirements):
        for wording in requirement.wordings:
            weight = sum(part[0] not in "~(" for part in wording.phrase.split())
            needs = frozenset(wording.needs)
            asks = _Phrase(wording, requirement=number, weight=weight, needs=needs)
            phrases.append((wording.phrase, asks))
            phrases += [(phrase, _Phrase(context=phrase)) for phrase in wording.needs]
        blocks = _Phrase(blocks=True, requirement=number)
        phrases += [(phrase, blocks) for phrase in requirement.blockers]
    return phrases


def _wordings_of(catalogue: Catalogue) -> Iterator[tuple[str, tuple[int, str | None]]]:
    for number, requirement in enumerate(catalogue.requirements):
        for wording in requirement.wordings:
            if not wording.needs:
                for running in plain_wordings(wording.phrase):
                    yield running, (number, wording.aspect)


def _hit(found: Found[_Phrase]) -> _Hit | None:
    phrase = found.payload
    if phrase.asks is None:
        return None
    rule = CONTEXT if phrase.asks.needs else EXACT
    return _Hit(
        phrase.requirement, phrase.asks.aspect, found.first, found.last, rule, phrase.weight
    )


def _with_rule(hit: _Hit, repaired: frozenset[int]) -> _Hit:
    """Say of a hit that holds a repaired word that it does."""
    if repaired.isdisjoint(range(hit.first, hit.last)):
        return hit
    return hit._replace(rule=REPAIRED)


def _is_blocked(hit: _Hit, blocks: list[Found[_Phrase]]) -> bool:
    return any(
        one.payload.requirement == hit.requirement and one.first < hit.last and hit.first < one.last
        for one in blocks
    )


def _context_stands(
    hit: _Hit, needs: frozenset[str], found: list[Found[_Phrase]], line: Words
) -> bool:
    if not needs:
        return True
    return any(
        one.payload.context in needs
        and not (hit.first <= one.first and one.last <= hit.last)
        and line.in_one_sentence(min(one.first, hit.first), max(one.last, hit.last))
        for one in found
    )


def _words_of(line: Words, hit: _Hit) -> str:
    start, end = line.span(hit.first, hit.last)
    return line.text[start:end]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of pieces of at most ``LONGEST_PIECE``, cut at a space if there is one."""
    start = 0
    while start < len(text):
        end = start + LONGEST_PIECE
        if end < len(text):
            end = max(text.rfind(" ", start, end), text.rfind("\n", start, end)) + 1 or end
        yield start, min(end, len(text))
        start = end


def _joined(
    criterion: Criterion, pieces: Sequence[tuple[int, AnnotatedCriterion]]
) -> AnnotatedCriterion:
    """Return what pieces of a criterion say together; the first of equal matches stands."""
    stated = {one.stated_importance for _, one in pieces} - {None}
    levels = [one.min_level for _, one in pieces if one.min_level is not None]
    matches: dict[tuple[str, str | None, Importance], Match] = {}
    for offset, one in pieces:
        for match in one.matches:
            moved = replace(match, start=match.start + offset, end=match.end + offset)
            matches.setdefault((match.requirement, match.aspect, match.importance), moved)
    return AnnotatedCriterion(
        criterion=criterion,
        stated_importance=stated.pop() if len(stated) == 1 else "mixed" if stated else None,
        min_level=min(levels, default=None),
        experience_alternative=any(one.experience_alternative for _, one in pieces),
        matches=tuple(matches.values()),
    )
