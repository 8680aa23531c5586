"""How much the store holds, for metrics and backups."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipelines.database.models import RejectedRow, VacancyRow


def count_vacancies(session: Session) -> dict[tuple[str, str], int]:
    """Return how many vacancies there are, by source and state: open, withdrawn or expired."""
    state = func.coalesce(VacancyRow.end_reason, "open")
    query = select(VacancyRow.source, state, func.count()).group_by(VacancyRow.source, state)
    return {(source, found): count for source, found, count in session.execute(query)}


def count_rejected(session: Session) -> dict[str, int]:
    """Return how many refusals are kept, by source."""
    query = select(RejectedRow.source, func.count()).group_by(RejectedRow.source)
    return {source: int(count) for source, count in session.execute(query)}
