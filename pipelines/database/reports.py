"""What the reports read: vacancies with their current version, and what changed of them.

Their criteria stand in ``pipelines.database.effective``.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from pipelines.database.models import AdvertVersionRow, CriterionRow, RunRow, VacancyRow

BATCH = 500
"""Vacancies held in memory at once."""

_PROSE = {"summary", "main_duties", "about_employer", "job_description", "specification", "id"}

_VERSION = [
    column.label(f"version_{column.key}")
    for column in AdvertVersionRow.__table__.columns
    if column.key not in _PROSE
]

_WITH_VERSION = (
    select(
        *(c for c in VacancyRow.__table__.columns if c.key != "summary"),
        AdvertVersionRow.id.label("version_id"),
        *_VERSION,
    )
    .outerjoin(
        AdvertVersionRow,
        (AdvertVersionRow.vacancy_id == VacancyRow.id) & AdvertVersionRow.is_current,
    )
    .order_by(VacancyRow.source, VacancyRow.reference)
)


def batches_of_vacancies(session: Session) -> Iterator[list[dict[str, Any]]]:
    """Yield all vacancies in batches, in order of source and reference.

    Each row holds the columns of ``vacancy`` under their names and those of its current version,
    if it has one, as ``version_…``; without the prose.
    """
    result = session.execute(_WITH_VERSION.execution_options(yield_per=BATCH))
    for batch in result.mappings().partitions():
        yield [dict(row) for row in batch]


def vacancies_named(session: Session, name: str) -> list[dict[str, Any]]:
    """Return the vacancies of a reference, or of source and reference with a colon between.

    Rows as ``batches_of_vacancies`` gives them; several if two boards use the reference.
    """
    source, _, reference = name.rpartition(":")
    query = _WITH_VERSION.where(VacancyRow.reference == reference)
    if source:
        query = query.where(VacancyRow.source == source)
    return [dict(row) for row in session.execute(query).mappings()]


def essential_counts(session: Session, band: str) -> list[int]:
    """Return how many essential criteria each advert of a band has, of those with criteria."""
    essential = case((CriterionRow.importance == "essential", 1), else_=0)
    query = (
        select(func.sum(essential))
        .join(AdvertVersionRow, AdvertVersionRow.id == CriterionRow.advert_version_id)
        .where(AdvertVersionRow.is_current, AdvertVersionRow.pay_band == band)
        .group_by(CriterionRow.advert_version_id)
    )
    return [int(count) for count in session.scalars(query)]


def changed_fields_since(session: Session, since: datetime) -> dict[int, list[str]]:
    """Return what has changed in each vacancy's advert since a moment, by the vacancy's id.

    A field as printed, ``…_raw``, is named only where what it says has stayed the same.
    """
    query = select(AdvertVersionRow.vacancy_id, AdvertVersionRow.changed_fields).where(
        AdvertVersionRow.fetched_at >= since
    )
    changed: dict[int, set[str]] = {}
    for vacancy, fields in session.execute(query):
        changed.setdefault(vacancy, set()).update(fields)
    return {
        vacancy: sorted(one for one in fields if one.removesuffix("_raw") not in fields - {one})
        for vacancy, fields in changed.items()
        if fields
    }


def counted_until(session: Session) -> datetime:
    """Return the moment up to which the store is complete: now, or the start of a run under way.

    What a run finds carries the run's start, so that a report made while it goes on would
    otherwise hide the rest of its finds from the next report.
    """
    now = datetime.now(UTC)
    under_way = select(func.min(RunRow.started_at)).where(
        RunRow.status == "running",
        RunRow.started_at > now - timedelta(days=1),  # an older one was killed
    )
    started = session.scalar(under_way)
    return min(started, now) if started else now
