"""The vacancy itself: found by its key, and marked as seen."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipelines.database.models import RunRow, VacancyRow

CHUNK = 500
"""References asked for at once: databases limit the parameters of one statement."""

_LISTED = ("url", "title", "employer", "summary", "contract_type_raw", "staff_group")
"""Texts that only a listing gives."""


def find_vacancies(
    session: Session, source: str, references: Iterable[str]
) -> dict[str, VacancyRow]:
    """Return the stored vacancies of a source among these references, by reference."""
    wanted = sorted(set(references))
    found = {}
    for start in range(0, len(wanted), CHUNK):
        query = select(VacancyRow).where(
            VacancyRow.source == source,
            VacancyRow.reference.in_(wanted[start : start + CHUNK]),
        )
        found.update({row.reference: row for row in session.scalars(query)})
    return found


def new_vacancy(session: Session, run: RunRow, reference: str) -> VacancyRow:
    """Return a new vacancy, first seen in this run; what listings say of it stays empty."""
    row = VacancyRow(**new_columns(run, reference))
    session.add(row)
    return row


def new_columns(run: RunRow, reference: str) -> dict[str, Any]:
    """Return the columns of a new vacancy."""
    return {
        "source": run.source,
        "reference": reference,
        "first_seen": run.started_at,
        "last_seen": run.started_at,
        "last_run_id": run.id,
        "earlier_closings": [],
        **dict.fromkeys(_LISTED, ""),
        "places": [],
        "relevance": 0.0,
    }


def mark_seen(row: VacancyRow, run: RunRow) -> None:
    """Move the times of a vacancy so that they hold this run."""
    row.first_seen = min(row.first_seen, run.started_at)
    row.last_seen = max(row.last_seen, run.started_at)
    row.last_run_id = max(row.last_run_id, run.id)
