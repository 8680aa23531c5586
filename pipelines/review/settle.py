"""Puts reviewers' decisions in the place of what the matcher found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from matcher.types import AnnotatedCriterion, Importance, Match

REVIEWED = "decided by a reviewer"
"""The rule of a match that rests on a decision; its score is 100."""

NOTHING = ""
"""In the place of a requirement: the criterion asks nothing documented."""

Verdict = Literal["accept", "reject", "change"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer said of a criterion and a requirement."""

    requirement: str
    """The one judged, or ``NOTHING``."""

    verdict: Verdict
    new_requirement: str | None = None
    """For ``change`` only: what is asked instead."""

    evidence: str = ""
    """The words the matcher had shown."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A criterion as it counts."""

    criterion: AnnotatedCriterion
    accepted: frozenset[str] = frozenset()
    """The requirements that a reviewer says it asks for; ``NOTHING`` among them if it asks none."""

    judged: frozenset[str] = frozenset()
    """All requirements that a reviewer has judged, those that were rejected too."""

    @property
    def is_fully_judged(self) -> bool:
        """Whether a reviewer stands behind every match, or behind there being none."""
        asked = {match.requirement for match in self.criterion.matches}
        return bool(self.judged) and asked <= self.accepted


def settle(criterion: AnnotatedCriterion, decisions: Sequence[Decision]) -> Settled:
    """Return a criterion with its decisions in force; of two that differ the later one counts.

    A match that was accepted stays whatever a later matcher says, one that was rejected does not
    come back. What no reviewer has judged stays as the matcher found it, unless one said that
    nothing documented is asked.
    """
    if not decisions:
        return Settled(criterion)
    asked = _asked(decisions)
    found = {match.requirement: match for match in reversed(criterion.matches)}
    kept = [
        _confirmed(match) if match.requirement in asked else match
        for match in criterion.matches
        if asked.get(match.requirement, None if asked.get(NOTHING) else match)
    ]
    added = [
        _added(criterion, requirement, decision, found)
        for requirement, decision in asked.items()
        if decision and requirement not in found and requirement != NOTHING
    ]
    matches = tuple(sorted([*kept, *added], key=lambda match: (match.start, match.end)))
    return Settled(
        replace(criterion, matches=matches),
        accepted=frozenset(name for name, decision in asked.items() if decision),
        judged=frozenset(asked),
    )


def _asked(decisions: Sequence[Decision]) -> dict[str, Decision | None]:
    """Return by requirement the decision that says it is asked; None if it says it is not."""
    asked: dict[str, Decision | None] = {}
    for decision in decisions:
        accepts = decision.verdict == "accept"
        asked[decision.requirement] = decision if accepts else None
        if decision.new_requirement is not None:
            asked[decision.new_requirement] = decision
    return asked


def _confirmed(match: Match) -> Match:
    return replace(match, score=100.0, rule=REVIEWED)


def _added(
    criterion: AnnotatedCriterion, requirement: str, decision: Decision, found: Mapping[str, Match]
) -> Match:
    replaced = found.get(decision.requirement)
    importance: Importance = replaced.importance if replaced else criterion.criterion.importance
    text = criterion.criterion.text
    # A later reading may have other white space: then the whole line is the evidence.
    evidence = decision.evidence if decision.evidence in text else ""
    start = text.find(evidence) if evidence else 0
    end = start + len(evidence) if evidence else len(text)
    return Match(requirement, importance, 100.0, REVIEWED, text[start:end], start, end)
