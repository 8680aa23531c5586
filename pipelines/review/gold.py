"""Labelled lines for ``evaluate``, made of what reviewers decided."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.types import AnnotatedCriterion
from pipelines.database import Transaction
from pipelines.database.effective import StoredCriterion
from pipelines.database.reviews import criteria_by_id, decisions_in_force
from pipelines.outputs.rows import judged_rows
from pipelines.outputs.schema import CRITERION_COLUMNS, row_version


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labelled lines, and what was left out."""

    lines: tuple[dict[str, Any], ...]
    partly: int
    """Criteria with a match that nobody has judged: their labels would be incomplete."""

    gone: int
    """Criteria that no current advert holds any more."""


def labelled_lines(session: Transaction) -> Labelled:
    """Return a line for each criterion whose every match a reviewer has judged.

    What else a line may say it says only if a reviewer accepted each row as it stands today; a
    field that is left out is not labelled.
    """
    accepted: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for decision in decisions_in_force(session):
        accepted[decision.criterion] |= (
            {decision.row_version} if decision.verdict == "accept" else set()
        )
    stored = sorted(criteria_by_id(session, accepted), key=lambda found: found[0])
    judged = [found for found in stored if found[1].settled.is_fully_judged]
    return Labelled(
        lines=tuple(_line(name, criterion, accepted[name]) for name, criterion in judged),
        partly=len(stored) - len(judged),
        gone=len(accepted) - len(stored),
    )


def _line(
    name: tuple[str, str, str], criterion: StoredCriterion, accepted: Iterable[str]
) -> dict[str, Any]:
    source, reference, key = name
    annotated = criterion.annotated
    line = {
        "id": f"{source}:{reference}#{key}",
        "text": annotated.criterion.text,
        "labels": sorted({match.requirement for match in annotated.matches}),
    }
    rows = judged_rows(f"{source}:{reference}", criterion)
    stand = all(_as_first_seen(row) in accepted for row in rows)
    return line | _confirmed(annotated) if stand else line


def _as_first_seen(row: Mapping[str, Any]) -> str:
    """Return the version the row had before anybody had decided on it."""
    return row_version({**row, "review_decision": None}, CRITERION_COLUMNS)


def _confirmed(annotated: AnnotatedCriterion) -> dict[str, Any]:
    """Return what the rows showed beside the requirement, as far as an empty cell says nothing."""
    confirmed: dict[str, Any] = {"experience_alternative": annotated.experience_alternative}
    if annotated.min_level is not None:
        confirmed["min_level"] = annotated.min_level
    # Only what the line itself says is labelled; a heading above it is no part of its text.
    shown = {match.importance for match in annotated.matches}
    stated = {"mixed": {"essential", "desirable"}}.get(
        str(annotated.stated_importance), {annotated.stated_importance}
    )
    if annotated.criterion.importance_source == "inline" and shown == stated:
        confirmed["stated_importance"] = annotated.stated_importance
    return confirmed
