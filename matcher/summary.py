"""What a vacancy asks, held against the document; and what vacancies ask beyond it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from matcher.catalogue import Catalogue
from matcher.text import read_words
from matcher.types import AnnotatedCriterion, Importance

DEGREE_LEVEL = 5
"""From this RQF level on a demanded qualification marks a senior post."""


@dataclass(frozen=True, slots=True)
class VacancySummary:
    """One vacancy held against the documented entry requirements; ids in the catalogue's order."""

    essential: tuple[str, ...]
    desirable: tuple[str, ...]
    """Asked for, but nowhere as essential."""

    unclear: tuple[str, ...]
    """Asked for, where the advert does not say how much it matters."""

    not_asked: tuple[str, ...]
    beyond: tuple[AnnotatedCriterion, ...]
    """Criteria that ask nothing documented."""

    stage: Literal["entry", "senior"]
    """Senior if a degree, a trade qualification or management training is essential."""

    without_qualifications: bool
    """It can be started without formal qualifications: none is asked for as essential, or
    experience is accepted in its place."""


def summarise(criteria: Sequence[AnnotatedCriterion], catalogue: Catalogue) -> VacancySummary:
    """Return the summary of one vacancy's criteria."""
    asked: dict[str, set[Importance]] = {}
    for criterion in criteria:
        for match in criterion.matches:
            asked.setdefault(match.requirement, set()).add(match.importance)
    strongest = {name: _strongest(importances) for name, importances in asked.items()}
    qualifications = qualification_ids(catalogue)
    groups = {
        importance: tuple(
            one.id for one in catalogue.requirements if strongest.get(one.id) == importance
        )
        for importance in ("essential", "desirable", "unknown")
    }
    return VacancySummary(
        essential=groups["essential"],
        desirable=groups["desirable"],
        unclear=groups["unknown"],
        not_asked=tuple(one.id for one in catalogue.requirements if one.id not in asked),
        beyond=tuple(one for one in criteria if not one.matches),
        stage=_stage(criteria, catalogue, strongest),
        without_qualifications=not any(needs_paper(one, qualifications) for one in criteria),
    )


def _strongest(importances: set[Importance]) -> Importance:
    if "essential" in importances:
        return "essential"
    return "unknown" if "unknown" in importances else "desirable"


def _stage(
    criteria: Sequence[AnnotatedCriterion],
    catalogue: Catalogue,
    strongest: dict[str, Importance],
) -> Literal["entry", "senior"]:
    papers = {
        one.id
        for one in catalogue.requirements
        if one.stage == "senior" and one.kind in {"qualification", "route"}
    }
    asked = any(strongest.get(name) in {"essential", "unknown"} for name in papers)
    levels = [one.min_level or 0 for one in criteria if _importance(one) != "desirable"]
    return "senior" if asked or max(levels, default=0) >= DEGREE_LEVEL else "entry"


def qualification_ids(catalogue: Catalogue) -> frozenset[str]:
    """Return the ids of the documented requirements that are formal qualifications."""
    return frozenset(one.id for one in catalogue.requirements if one.kind == "qualification")


def needs_paper(criterion: AnnotatedCriterion, qualifications: frozenset[str]) -> bool:
    """Return whether a criterion cannot be met without a formal qualification.

    One of an unknown level, such as a trade's certificate, is a qualification too.

    Args:
        criterion: As it counts.
        qualifications: Ids, see ``qualification_ids``.
    """
    asks = criterion.min_level is not None or any(
        match.requirement in qualifications for match in criterion.matches
    )
    return asks and not criterion.experience_alternative and _importance(criterion) != "desirable"


def _importance(criterion: AnnotatedCriterion) -> str:
    return criterion.stated_importance or criterion.criterion.importance


@dataclass(frozen=True, slots=True)
class Demand:
    """Something vacancies ask for that the document does not hold."""

    wording: str
    """The commonest of the texts grouped here, as printed."""

    count: int
    """How many texts say it."""

    examples: tuple[str, ...]
    """Up to three different texts of the group."""


_EXAMPLES = 3
_SHARED = 0.5
_EMPTY = frozenset(
    {
        "a", "an", "and", "the", "of", "in", "to", "for", "with", "or", "is", "be", "are", "will",
        "you", "your", "have", "has", "must", "should", "would", "ability", "able", "good",
        "excellent", "experience", "experienced", "knowledge", "understanding", "previous",
        "essential", "desirable", "required", "advantage", "at", "on", "by", "as", "within",
        "working", "work", "skills", "skill", "relevant", "strong", "demonstrable", "proven",
        "evidence", "awareness", "candidate", "successful", "applicants", "post", "role", "it",
        "this", "that", "we", "our", "not", "but", "other", "level", "high", "ideally", "full",
        "current", "hold", "can", "some", "all", "any", "from", "such", "including", "similar",
    }
)  # fmt: skip


def undocumented_demands(texts: Iterable[str]) -> list[Demand]:
    """Return what texts ask in common, the commonest first.

    Texts belong together when their content words are the same, then when the rarer half of them
    are shared with a larger group. The time grows about linearly with the number of texts: each
    looks only at the groups that share one of its words, through an index.
    """
    groups = _same_words(texts)
    homes: dict[frozenset[str], frozenset[str]] = {}
    holders: dict[str, list[frozenset[str]]] = {}
    for words in sorted(groups, key=lambda key: (-groups[key].total(), sorted(key))):
        home = _home(words, holders)
        homes[words] = home or words
        if home is None:
            for word in words:
                holders.setdefault(word, []).append(words)
    merged: dict[frozenset[str], Counter[str]] = {}
    for words, home in homes.items():
        merged.setdefault(home, Counter()).update(groups[words])
    demands = [_demand(counts) for counts in merged.values()]
    return sorted(demands, key=lambda one: (-one.count, one.wording))


_MOST_LOOKED_AT = 50


def _home(words: frozenset[str], holders: dict[str, list[frozenset[str]]]) -> frozenset[str] | None:
    """Return the group to join: the one most alike that shares at least half of all words.

    Two sets that share half of all their words share one of the rarest half of either, so the
    commoner words need not be looked up.
    """
    best, likeness = None, _SHARED
    rarest = sorted(words, key=lambda word: (len(holders.get(word, ())), word))
    size = len(words)
    for word in rarest[: size - ceil(size * _SHARED) + 1]:
        for other in holders.get(word, ())[:_MOST_LOOKED_AT]:
            both = len(words & other)
            shared = both / (size + len(other) - both)
            if shared > likeness or (shared == likeness and best is None):
                best, likeness = other, shared
    return best


def _same_words(texts: Iterable[str]) -> dict[frozenset[str], Counter[str]]:
    groups: dict[frozenset[str], Counter[str]] = {}
    for text in texts:
        words = frozenset(map(_stem, read_words(text).words)) - _EMPTY
        if words:
            groups.setdefault(words, Counter())[" ".join(text.split())] += 1
    return groups


def _stem(word: str) -> str:
    if word in _EMPTY:
        return word
    for ending in ("ies", "ing", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return word.removesuffix("e")


def _demand(counts: Counter[str]) -> Demand:
    ranked = sorted(counts, key=lambda text: (-counts[text], len(text), text))
    return Demand(ranked[0], counts.total(), tuple(ranked[:_EXAMPLES]))
