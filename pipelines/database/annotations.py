"""Annotations that the programs of today would make otherwise."""

from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crawler.items import Vacancy
from pipelines.database.mapping import vacancy_of
from pipelines.database.models import AdvertVersionRow, VacancyRow
from pipelines.database.pages import replace_annotation
from pipelines.types import AnnotatedVacancy, Versions

BATCH = 100
"""Adverts held in memory at once, with their prose."""


def outdated_versions(session: Session, versions: Versions) -> list[int]:
    """Return the current adverts that were annotated by other versions than these, by id."""
    wanted = (
        getattr(AdvertVersionRow, f"{name}_version") != value
        for name, value in asdict(versions).items()
    )
    query = select(AdvertVersionRow.id).where(AdvertVersionRow.is_current, or_(*wanted))
    return list(session.scalars(query.order_by(AdvertVersionRow.id)))


def stored_vacancies(session: Session, ids: list[int]) -> Iterator[tuple[int, Vacancy]]:
    """Yield these adverts as they came from their pages, with their ids."""
    query = (
        select(VacancyRow.source, VacancyRow.reference, AdvertVersionRow)
        .join(AdvertVersionRow, AdvertVersionRow.vacancy_id == VacancyRow.id)
        .where(AdvertVersionRow.id.in_(ids))
        .order_by(AdvertVersionRow.id)
    )
    for source, reference, version in session.execute(query):
        yield version.id, vacancy_of(source, reference, version)


def save_annotation(session: Session, version_id: int, annotated: AnnotatedVacancy) -> None:
    """Put a new annotation in the place of the stored one."""
    version = session.get_one(AdvertVersionRow, version_id)
    replace_annotation(session, version, annotated)
