"""What a dataset release reads, in batches: memory stays flat however large the store is.

Vacancies stand in ``pipelines.database.reports``, criteria in ``pipelines.database.effective``.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipelines.database.models import AdvertVersionRow, RunRow, SourceRow, VacancyRow
from pipelines.database.reports import BATCH
from pipelines.database.review_models import ReviewDecisionRow

_PROSE = {"summary", "main_duties", "about_employer", "job_description", "specification"}


def batches_of_versions(session: Session) -> Iterator[list[dict[str, Any]]]:
    """Yield all contents of adverts in batches, without the prose.

    Each row holds the columns of ``advert_version`` with the ``source`` and ``reference`` of its
    vacancy, in the order of these and of the content's hash.
    """
    query = (
        select(
            *(c for c in AdvertVersionRow.__table__.columns if c.key not in _PROSE),
            VacancyRow.source,
            VacancyRow.reference,
        )
        .join(VacancyRow, VacancyRow.id == AdvertVersionRow.vacancy_id)
        .order_by(VacancyRow.source, VacancyRow.reference, AdvertVersionRow.content_hash)
    )
    result = session.execute(query.execution_options(yield_per=BATCH))
    for batch in result.mappings().partitions():
        yield [dict(row) for row in batch]


def batches_of_runs(session: Session) -> Iterator[list[dict[str, Any]]]:
    """Yield all runs that ended in batches, in the order of source and start."""
    query = (
        select(*RunRow.__table__.columns)
        .where(RunRow.status != "running")
        .order_by(RunRow.source, RunRow.started_at, RunRow.id)
    )
    result = session.execute(query.execution_options(yield_per=BATCH))
    for batch in result.mappings().partitions():
        yield [dict(row) for row in batch]


def first_runs(session: Session) -> dict[str, datetime]:
    """Return when each source was first crawled: what it listed then may be older than that."""
    query = select(SourceRow.name, SourceRow.first_run_at)
    return {row.name: row.first_run_at for row in session.execute(query)}


def data_as_of(session: Session) -> datetime | None:
    """Return the start of the latest run that ended; None if none has."""
    return session.scalar(select(func.max(RunRow.started_at)).where(RunRow.status != "running"))


def count_healthy_runs(session: Session) -> int:
    """Return how many runs ended and their check found no problem."""
    query = select(func.count()).select_from(RunRow).where(RunRow.status == "finished")
    return session.execute(query).scalar_one()


def count_unread(session: Session) -> tuple[int, int]:
    """Return how many adverts were read, and in how many of them no criterion was found."""
    read = select(func.count(), func.count(AdvertVersionRow.no_criteria_reason)).where(
        AdvertVersionRow.is_current
    )
    adverts, unread = session.execute(read).one()
    return adverts, unread


def decisions_in_force(session: Session) -> list[tuple[str, str, str | None, str]]:
    """Return requirement, verdict, new requirement and evidence of each decision of reviewers."""
    query = (
        select(
            ReviewDecisionRow.requirement,
            ReviewDecisionRow.decision,
            ReviewDecisionRow.new_requirement,
            ReviewDecisionRow.evidence,
        )
        .where(ReviewDecisionRow.ended_at.is_(None))
        .order_by(ReviewDecisionRow.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]
