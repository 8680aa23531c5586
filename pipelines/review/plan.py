"""Holds what reviewers wrote against what is stored: what would be applied, and what would not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from pipelines.database.effective import StoredCriterion
from pipelines.outputs.rows import judged_rows
from pipelines.review.files import ReviewLine
from pipelines.review.settle import NOTHING, Verdict

Effect = Literal["applied", "unchanged", "conflicting", "unknown", "wrong"]
"""``applied``: it is new and can be kept; ``unchanged``: it is in force already; ``conflicting``:
the row has changed since the report was written; ``unknown``: no advert holds this criterion any
more; ``wrong``: it does not say what is meant."""

EFFECTS: tuple[Effect, ...] = ("applied", "unchanged", "conflicting", "unknown", "wrong")
WORDS = ("accept", "reject", "change", "withdraw")


@dataclass(frozen=True, slots=True)
class Planned:
    """A row and what comes of it."""

    line: ReviewLine
    effect: Effect
    reason: str
    """A sentence for whoever sees it, empty for ``applied`` and ``unchanged``."""

    evidence: str = ""
    """The words the matcher had shown, to be kept with the decision."""

    @property
    def verdict(self) -> Verdict:
        """The decision of an applied row that is no withdrawal."""
        return cast(Verdict, self.line.decision)


def split_id(criterion_id: str) -> tuple[str, str, str] | None:
    """Return source, reference and key of a ``criterion_id``; None if it is none."""
    vacancy, _, key = criterion_id.rpartition("#")
    source, _, reference = vacancy.partition(":")
    return (source, reference, key) if source and reference and key else None


def make_plan(
    lines: Iterable[ReviewLine],
    stored: Mapping[tuple[str, str, str], StoredCriterion],
    requirements: Iterable[str],
) -> list[Planned]:
    """Return what comes of each row, in order.

    Args:
        lines: Rows in which a reviewer has written something.
        stored: The criteria as they count now, by source, reference and key.
        requirements: The ids a reviewer may name.
    """
    known = frozenset(requirements)
    plan = [_plan_line(line, stored, known) for line in lines]
    return _without_contradictions(_once(plan))


def _plan_line(
    line: ReviewLine,
    stored: Mapping[tuple[str, str, str], StoredCriterion],
    known: frozenset[str],
) -> Planned:
    name = split_id(line.criterion_id)
    criterion = stored.get(name) if name else None
    if problem := _unclear(line, known):
        return Planned(line, "wrong", problem)
    if criterion is None:
        return Planned(line, "unknown", "No advert in this store holds the criterion (any more).")
    if _is_in_force(line, criterion):
        return Planned(line, "unchanged", "")
    if not line.reviewer:
        return Planned(line, "wrong", "It names no reviewer: fill in the column, or --reviewer.")
    return _against_version(line, criterion)


def _unclear(line: ReviewLine, known: frozenset[str]) -> str | None:
    """Return why nobody can tell what a row means; None if it is clear."""
    named = repr(line.new_requirement) if line.new_requirement else "nothing"
    changes = line.decision == "change"
    checks = (
        (not line.decision, "It has a note, a reviewer or a requirement, but no review_decision."),
        (
            line.decision not in WORDS,
            f"The review_decision {line.decision!r} is not one of {', '.join(WORDS)}.",
        ),
        (
            bool(line.new_requirement) and not changes,
            f"It says {line.decision} but names another requirement: write change.",
        ),
        (
            line.decision == "reject" and line.requirement_id == NOTHING,
            "It rejects that nothing is asked: write change, and what is asked.",
        ),
        (
            changes and line.new_requirement not in known,
            f"It says change, but {named} is not the id of a documented requirement.",
        ),
        (
            changes and line.new_requirement == line.requirement_id,
            "It changes the requirement to itself: write accept.",
        ),
    )
    return next((problem for is_so, problem in checks if is_so), None)


def _is_in_force(line: ReviewLine, criterion: StoredCriterion) -> bool:
    accepted, judged = criterion.settled.accepted, criterion.settled.judged
    refused = line.requirement_id in judged - accepted
    if line.decision == "withdraw":
        return line.requirement_id not in judged
    if line.decision == "accept":
        return line.requirement_id in accepted
    if line.decision == "reject":
        return refused
    return refused and line.new_requirement in accepted


def _against_version(line: ReviewLine, criterion: StoredCriterion) -> Planned:
    vacancy = line.criterion_id.rpartition("#")[0]
    rows = [
        row
        for row in judged_rows(vacancy, criterion)
        if (row["requirement_id"] or NOTHING) == line.requirement_id
    ]
    for row in rows:
        if row["row_version"] == line.row_version:
            return Planned(line, "applied", "", row["evidence_quote"] or "")
    if line.decision == "withdraw" and not rows:
        return Planned(line, "conflicting", "Take it back with 'personspec review withdraw'.")
    if line.requirement_id in criterion.settled.judged:
        why = "A reviewer has decided on it since the report was written."
    elif rows:
        why = "The row has changed since the report was written."
    else:
        why = "The criterion is no longer tied to this requirement."
    return Planned(line, "conflicting", f"{why} Decide again in a new report.")


def _once(plan: Sequence[Planned]) -> list[Planned]:
    """Let the same decision count once, and refuse two different ones on the same row."""
    said: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for one in plan:
        line = one.line
        said[line.criterion_id, line.requirement_id].add((line.decision, line.new_requirement))
    seen: Counter[tuple[str, str]] = Counter()
    settled = []
    for one in plan:
        key = one.line.criterion_id, one.line.requirement_id
        seen[key] += 1
        if one.effect not in {"applied", "unchanged"}:
            settled.append(one)
        elif len(said[key]) > 1:
            settled.append(replace(one, effect="wrong", reason="Another row decides otherwise."))
        else:
            settled.append(replace(one, effect="unchanged") if seen[key] > 1 else one)
    return settled


def _without_contradictions(plan: Sequence[Planned]) -> list[Planned]:
    """Refuse rows that say of one requirement of a criterion that it is and is not asked."""
    sides: dict[tuple[str, str], set[bool]] = defaultdict(set)
    for one in plan:
        if one.effect == "applied":
            for requirement, asked in _says(one.line):
                sides[one.line.criterion_id, requirement].add(asked)
    return [
        replace(one, effect="wrong", reason="Another row says the contrary of one requirement.")
        if one.effect == "applied"
        and any(len(sides[one.line.criterion_id, name]) > 1 for name, _ in _says(one.line))
        else one
        for one in plan
    ]


def _says(line: ReviewLine) -> list[tuple[str, bool]]:
    if line.decision == "withdraw":
        return []
    said = [(line.requirement_id, line.decision == "accept")]
    return [*said, (line.new_requirement, True)] if line.decision == "change" else said
