"""Labelled lines for ``evaluate``, made of what reviewers decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipelines.database import Transaction
from pipelines.database.reviews import criteria_by_id, decisions_in_force


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labelled lines, and what was left out."""

    lines: tuple[dict[str, Any], ...]
    partly: int
    """Criteria with a match that nobody has judged: their labels would be incomplete."""

    gone: int
    """Criteria that no current advert holds any more."""


def labelled_lines(session: Transaction) -> Labelled:
    """Return a line for each criterion whose every match a reviewer has judged."""
    decided = {decision.criterion for decision in decisions_in_force(session)}
    stored = sorted(criteria_by_id(session, decided), key=lambda found: found[0])
    judged = [found for found in stored if found[1].settled.is_fully_judged]
    return Labelled(
        lines=tuple(
            {
                "id": f"{source}:{reference}#{key}",
                "text": criterion.annotated.criterion.text,
                "labels": _ordered(match.requirement for match in criterion.annotated.matches),
            }
            for (source, reference, key), criterion in judged
        ),
        partly=len(stored) - len(judged),
        gone=len(decided) - len(stored),
    )


def _ordered(names: Iterable[str]) -> list[str]:
    return sorted(set(names))
