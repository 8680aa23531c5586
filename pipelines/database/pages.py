"""What advert pages say: each different content is a version, with what was read of it."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from crawler.items import Vacancy
from pipelines.database.documents import INCOMPLETE, find_same_page, is_complete
from pipelines.database.hashing import content_hash
from pipelines.database.mapping import (
    PRINTED,
    annotation_columns,
    page_columns,
    salary_columns,
)
from pipelines.database.models import (
    AdvertVersionRow,
    CriterionRow,
    RunRow,
    VacancyRow,
)
from pipelines.database.new_pages import insert_annotations, insert_new, version_columns
from pipelines.database.vacancies import find_vacancies, mark_seen, new_vacancy
from pipelines.types import AnnotatedVacancy

Outcome = Literal["new", "changed", "annotated again", "unchanged"]
"""What storing a vacancy did: its first version, another one, the same with a new annotation,
or nothing but the time of the check."""


def save_vacancies(
    session: Session, run: RunRow, batch: Sequence[AnnotatedVacancy]
) -> list[Outcome]:
    """Store several pages as ``save_vacancy`` does one after the other, but faster."""
    known = find_vacancies(session, run.source, (one.vacancy.reference for one in batch))
    first = {one.vacancy.reference: one for one in reversed(batch)}
    new = [one for reference, one in first.items() if reference not in known]
    insert_new(session, run, new)
    inserted = {id(one) for one in new}
    return ["new" if id(one) in inserted else save_vacancy(session, run, one) for one in batch]


def save_vacancy(session: Session, run: RunRow, annotated: AnnotatedVacancy) -> Outcome:
    """Store an advert page and what was made of it, all in the caller's transaction.

    The same content again only moves ``checked_at``. An annotation by other versions of reader,
    matcher, catalogue or facts replaces the stored one.
    """
    vacancy = annotated.vacancy
    row = _mark_read(session, run, vacancy)
    digest = content_hash(vacancy)
    version = session.scalar(
        select(AdvertVersionRow).filter_by(vacancy_id=row.id, content_hash=digest)
    )
    if version is None:
        known = find_same_page(session, row, vacancy)
        if known is None:
            return _add_version(session, row, annotated, digest)
        return _complete(session, known, annotated, digest)
    moved = _check(version, vacancy)
    if moved:
        _order_versions(session, row)
    columns = annotation_columns(annotated)
    if all(
        getattr(version, name) == columns[name] for name in columns if name.endswith("_version")
    ):
        return "unchanged"
    replace_annotation(session, version, annotated)
    return "annotated again"


def _mark_read(session: Session, run: RunRow, vacancy: Vacancy) -> VacancyRow:
    row = find_vacancies(session, run.source, [vacancy.reference]).get(vacancy.reference)
    if row is None:
        row = new_vacancy(session, run, vacancy.reference)
    mark_seen(row, run)
    if run.id >= (row.page_run_id or 0):
        row.page_run_id = run.id
        row.page_listing_hash = None if is_complete(vacancy) else INCOMPLETE
    session.flush()
    return row


def _add_version(
    session: Session, row: VacancyRow, annotated: AnnotatedVacancy, digest: str
) -> Outcome:
    columns = version_columns(annotated, row.id) | {"content_hash": digest, "is_current": False}
    version = AdvertVersionRow(**columns)
    session.add(version)
    session.flush()
    insert_annotations(session, [(version.id, annotated)])
    return "new" if _order_versions(session, row) == 1 else "changed"


def _complete(
    session: Session, version: AdvertVersionRow, annotated: AnnotatedVacancy, digest: str
) -> Outcome:
    """Take over the documents that a stored page lacks; one that lacks some itself adds nothing."""
    _check(version, annotated.vacancy)
    if not is_complete(annotated.vacancy):
        return "unchanged"
    version.content_hash = digest
    replace_annotation(session, version, annotated)
    return "annotated again"


def _check(version: AdvertVersionRow, vacancy: Vacancy) -> bool:
    _point_to_copy(version, vacancy)
    before = version.fetched_at, version.checked_at
    version.fetched_at = min(version.fetched_at, vacancy.fetched_at)
    version.checked_at = max(version.checked_at, vacancy.fetched_at)
    return before != (version.fetched_at, version.checked_at)


def _point_to_copy(version: AdvertVersionRow, vacancy: Vacancy) -> None:
    """Point to the latest copy of this content: archives are deleted oldest first.

    Archives are named by their time, so the order of names is that of time, and the greatest is
    the same whatever the order in which the copies come.
    """
    if vacancy.archive_file is None or vacancy.archive_record is None:
        return
    stored = version.archive_file or "", version.archive_record or ""
    if (vacancy.archive_file, vacancy.archive_record) > stored:
        version.archive_file, version.archive_record = vacancy.archive_file, vacancy.archive_record
        version.archive_sha256 = vacancy.archive_sha256


def _order_versions(session: Session, row: VacancyRow) -> int:
    """Settle which version is in force and what changed from one to the next; return how many."""
    session.flush()
    query = select(AdvertVersionRow).filter_by(vacancy_id=row.id)
    versions = sorted(session.scalars(query), key=lambda v: (v.fetched_at, v.content_hash))
    current = max(versions, key=lambda v: v.checked_at)
    for before, after in zip([None, *versions], versions, strict=False):
        changed = [] if before is None else _changed_fields(before, after)
        if after.changed_fields != changed:
            after.changed_fields = changed
        if after is not current and after.is_current:
            after.is_current = False
    session.flush()  # before the other is made current: the database lets only one be
    current.is_current = True
    return len(versions)


def _changed_fields(before: AdvertVersionRow, after: AdvertVersionRow) -> list[str]:
    salary = tuple(salary_columns(None))
    names = [name for name in PRINTED if name != "salary" and _differ(before, after, (name,))]
    return sorted([*names, "salary"] if _differ(before, after, salary) else names)


def _differ(before: AdvertVersionRow, after: AdvertVersionRow, names: tuple[str, ...]) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in names)


def replace_annotation(
    session: Session, version: AdvertVersionRow, annotated: AnnotatedVacancy
) -> None:
    """Put an annotation in the place of that of a version, in the caller's transaction."""
    session.execute(delete(CriterionRow).filter_by(advert_version_id=version.id))
    for name, value in annotation_columns(annotated).items():
        setattr(version, name, value)
    version.specification = page_columns(annotated.vacancy)["specification"]  # unread documents
    insert_annotations(session, [(version.id, annotated)])


def forget_archives(session: Session, files: Sequence[str]) -> None:
    """Take the pointers into archives that are about to be deleted."""
    for file in files:
        session.execute(
            update(AdvertVersionRow)
            .where(AdvertVersionRow.archive_file == file)
            .values(archive_file=None, archive_record=None)
        )
