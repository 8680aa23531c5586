"""Adverts that were never met before, stored together: four statements however many they are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from pipelines.database.documents import INCOMPLETE, is_complete
from pipelines.database.hashing import content_hash
from pipelines.database.mapping import (
    annotation_columns,
    criterion_columns,
    match_columns,
    page_columns,
)
from pipelines.database.models import (
    AdvertVersionRow,
    CriterionRow,
    MatchRow,
    RunRow,
    VacancyRow,
)
from pipelines.database.vacancies import new_columns
from pipelines.types import AnnotatedVacancy


def insert_new(session: Session, run: RunRow, batch: Sequence[AnnotatedVacancy]) -> None:
    """Store adverts of which no vacancy is stored; each reference at most once."""
    if not batch:
        return
    vacancies = [
        new_columns(run, annotated.vacancy.reference)
        | {"page_run_id": run.id}
        | {"page_listing_hash": None if is_complete(annotated.vacancy) else INCOMPLETE}
        for annotated in batch
    ]
    stored = insert(VacancyRow).returning(VacancyRow.reference, VacancyRow.id)
    ids = {row.reference: row.id for row in session.execute(stored, vacancies)}
    versions = [version_columns(one, ids[one.vacancy.reference]) for one in batch]
    stored = insert(AdvertVersionRow).returning(AdvertVersionRow.vacancy_id, AdvertVersionRow.id)
    numbers = {row.vacancy_id: row.id for row in session.execute(stored, versions)}
    insert_annotations(session, [(numbers[ids[one.vacancy.reference]], one) for one in batch])


def version_columns(annotated: AnnotatedVacancy, vacancy_id: int) -> dict[str, Any]:
    """Return the columns of an ``advert_version`` that is the first of its vacancy."""
    vacancy = annotated.vacancy
    return {
        "vacancy_id": vacancy_id,
        "content_hash": content_hash(vacancy),
        "fetched_at": vacancy.fetched_at,
        "checked_at": vacancy.fetched_at,
        "is_current": True,
        "changed_fields": [],
        "archive_file": vacancy.archive_file,
        "archive_record": vacancy.archive_record,
        "archive_sha256": vacancy.archive_sha256,
        **page_columns(vacancy),
        **annotation_columns(annotated),
    }


def insert_annotations(
    session: Session, annotations: Sequence[tuple[int, AnnotatedVacancy]]
) -> None:
    """Store criteria and matches of versions that have none.

    Args:
        session: A transaction for writing.
        annotations: Number of each version and what was read of it.
    """
    keyed = [({"advert_version_id": number}, one) for number, one in annotations]
    if criteria := [key | columns for key, one in keyed for columns in criterion_columns(one)]:
        session.execute(insert(CriterionRow), criteria)
    if matches := [key | columns for key, one in keyed for columns in match_columns(one)]:
        session.execute(insert(MatchRow), matches)
