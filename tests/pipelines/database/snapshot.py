"""What a store holds, without the numbers it gave out."""

from typing import Any

from sqlalchemy import select

from pipelines.database import Store
from pipelines.database.models import (
    AdvertVersionRow,
    Base,
    CriterionRow,
    MatchRow,
    RejectedRow,
    VacancyRow,
)


def snapshot(store: Store) -> dict[str, Any]:
    """Return every row of every vacancy, under keys that do not depend on the order of storing."""
    held: dict[str, Any] = {}
    with store.reading() as session:
        for row in session.scalars(select(VacancyRow)):
            held[row.reference] = _columns(row, "id")
        for version, reference in session.execute(
            select(AdvertVersionRow, VacancyRow.reference).join(
                VacancyRow, AdvertVersionRow.vacancy_id == VacancyRow.id
            )
        ):
            key = f"{reference} {version.content_hash}"
            held[key] = _columns(version, "id", "vacancy_id")
            for table in (CriterionRow, MatchRow):
                rows = session.scalars(select(table).filter_by(advert_version_id=version.id))
                held[f"{key} {table.__tablename__}"] = sorted(
                    (_columns(row, "advert_version_id") for row in rows), key=str
                )
        rejected = [_columns(row, "id") for row in session.scalars(select(RejectedRow))]
        held["rejected"] = sorted(rejected, key=str)
    return held


def _columns(row: Base, *without: str) -> dict[str, Any]:
    names = [column.key for column in row.__table__.columns if column.key not in without]
    return {name: getattr(row, name) for name in names}
