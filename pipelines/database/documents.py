"""Attached documents in the store: pages that lacked one for a while, and what was read of them."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.items import Vacancy
from matcher.types import Criterion, Specification
from pipelines.database.hashing import content_hash
from pipelines.database.mapping import vacancy_of
from pipelines.database.models import AdvertVersionRow, CriterionRow, VacancyRow

INCOMPLETE = "incomplete"
"""Stands as ``page_listing_hash`` of a page that lacks a document: no listing has this hash, so
the page is read again in the next run."""


def is_complete(vacancy: Vacancy) -> bool:
    """Return False if a document could not be fetched for a reason that will pass."""
    return not any(source.is_pending for source in vacancy.specification)


def find_same_page(session: Session, row: VacancyRow, vacancy: Vacancy) -> AdvertVersionRow | None:
    """Return the version in force if it says the same but for documents that one of them lacks.

    A document that the board could not give for once is no change of the advert.
    """
    version = session.scalar(select(AdvertVersionRow).filter_by(vacancy_id=row.id, is_current=True))
    if version is None:
        return None
    stored = vacancy_of(row.source, row.reference, version)
    pending = {s.url for v in (stored, vacancy) for s in v.specification if s.is_pending}
    if not pending:
        return None
    pages = {content_hash(_without_documents(page, pending)) for page in (stored, vacancy)}
    return version if len(pages) == 1 else None


def _without_documents(vacancy: Vacancy, urls: set[str | None]) -> Vacancy:
    sources = (
        replace(source, sha256=None) if source.url in urls else source
        for source in vacancy.specification
    )
    return replace(vacancy, specification=tuple(sources))


def stored_documents(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Specification]]:
    """Return the criteria that were read of documents, by version and address of the document.

    The documents themselves are not stored, so that only what was not on the page too is known.
    """
    query = (
        select(CriterionRow)
        .where(CriterionRow.advert_version_id.in_(ids), CriterionRow.source_url.is_not(None))
        .order_by(CriterionRow.advert_version_id, CriterionRow.position)
    )
    found: dict[int, dict[str, Specification]] = {}
    for row in session.scalars(query):
        documents = found.setdefault(row.advert_version_id, {})
        known = documents.get(row.source_url or "", Specification(()))
        documents[row.source_url or ""] = Specification((*known.criteria, _criterion(row)))
    return found


def _criterion(row: CriterionRow) -> Criterion:
    return Criterion(
        text=row.text,
        form=row.form,  # type: ignore[arg-type]  # written from a Criterion, as below
        importance=row.importance,  # type: ignore[arg-type]
        importance_source=row.importance_source,  # type: ignore[arg-type]
        group=row.group_heading,
        group_kind=row.group_kind,
        assessed_by=tuple(row.assessed_by),
    )
