"""What the open vacancies ask of the documented requirements, counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipelines.database.effective import StoredCriterion, criteria_of
from pipelines.database.models import AdvertVersionRow, VacancyRow
from pipelines.database.vacancies import CHUNK

_STRONGEST_FIRST = ("essential", "desirable", "unknown")


def count_open(session: Session) -> int:
    """Return how many vacancies are open and read."""
    query = (
        select(func.count())
        .select_from(AdvertVersionRow)
        .join(VacancyRow, VacancyRow.id == AdvertVersionRow.vacancy_id)
        .where(VacancyRow.closed_at.is_(None), AdvertVersionRow.is_current)
    )
    return session.scalar(query) or 0


def count_demands(session: Session) -> Counter[tuple[str, str]]:
    """Return how many open vacancies ask each requirement, by requirement and importance.

    A vacancy counts once a requirement, with the strongest importance it gives it.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for _, criteria in _open_criteria(session):
        strongest: dict[str, str] = {}
        for match in (match for one in criteria for match in one.annotated.matches):
            known = strongest.get(match.requirement, match.importance)
            strongest[match.requirement] = min(known, match.importance, key=_STRONGEST_FIRST.index)
        counts.update(strongest.items())
    return counts


def _open_criteria(session: Session) -> Iterator[tuple[int, tuple[StoredCriterion, ...]]]:
    query = (
        select(AdvertVersionRow.id)
        .join(VacancyRow, VacancyRow.id == AdvertVersionRow.vacancy_id)
        .where(VacancyRow.closed_at.is_(None), AdvertVersionRow.is_current)
        .order_by(VacancyRow.reference, VacancyRow.source)
    )
    versions = list(session.scalars(query))
    for start in range(0, len(versions), CHUNK):
        chunk = versions[start : start + CHUNK]
        criteria = criteria_of(session, chunk)
        yield from ((version, criteria[version]) for version in chunk if version in criteria)


@dataclass(frozen=True, slots=True)
class Example:
    """A vacancy and some of its criteria, to show what the store holds."""

    title: str
    employer: str
    lines: tuple[tuple[str, str, str, str], ...]
    """Criterion, importance, requirement id, evidence."""


def find_example(session: Session, lines: int) -> Example | None:
    """Return the open vacancy that asks most of the document, with its first matched criteria.

    None if nothing that is open asks anything.
    """
    richest: int | None = None
    criteria: tuple[StoredCriterion, ...] = ()
    most = 0
    for version, found in _open_criteria(session):
        asked = len({match.requirement for one in found for match in one.annotated.matches})
        if asked > most:
            richest, criteria, most = version, found, asked
    if richest is None:
        return None
    advert = session.get_one(AdvertVersionRow, richest)
    matched = (
        (one.annotated.criterion.text, match.importance, match.requirement, match.evidence)
        for one in criteria
        for match in one.annotated.matches
    )
    return Example(advert.title, advert.employer, tuple(islice(matched, lines)))
