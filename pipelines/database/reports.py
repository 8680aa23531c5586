"""What the reports read: vacancies with their current version, criteria with their matches."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipelines.database.models import AdvertVersionRow, CriterionRow, MatchRow, VacancyRow

BATCH = 500
"""Vacancies held in memory at once."""

_PROSE = {"summary", "main_duties", "about_employer", "job_description", "specification", "id"}

_VERSION = [
    column.label(f"version_{column.key}")
    for column in AdvertVersionRow.__table__.columns
    if column.key not in _PROSE
]


def batches_of_vacancies(session: Session) -> Iterator[list[dict[str, Any]]]:
    """Yield all vacancies in batches, in order of source and reference.

    Each row holds the columns of ``vacancy`` under their names and those of its current version,
    if it has one, as ``version_…``; without the prose.
    """
    query = (
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
    result = session.execute(query.execution_options(yield_per=BATCH))
    for batch in result.mappings().partitions():
        yield [dict(row) for row in batch]


def criteria_of(session: Session, versions: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield the criteria of these versions, a row a match, in the order of the specification.

    A criterion without a match is one row whose ``match_…`` columns are None.
    """
    matched = [c.label(f"match_{c.key}") for c in MatchRow.__table__.columns]
    query = (
        select(*CriterionRow.__table__.columns, *matched)
        .outerjoin(
            MatchRow,
            (MatchRow.advert_version_id == CriterionRow.advert_version_id)
            & (MatchRow.criterion_position == CriterionRow.position),
        )
        .where(CriterionRow.advert_version_id.in_(versions))
        .order_by(CriterionRow.advert_version_id, CriterionRow.position, MatchRow.position)
    )
    yield from map(dict, session.execute(query).mappings())
