"""What the open vacancies ask of the documented requirements, counted."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipelines.database.models import AdvertVersionRow, CriterionRow, MatchRow, VacancyRow

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
    query = (
        select(MatchRow.advert_version_id, MatchRow.requirement, MatchRow.importance)
        .distinct()
        .join(AdvertVersionRow, AdvertVersionRow.id == MatchRow.advert_version_id)
        .join(VacancyRow, VacancyRow.id == AdvertVersionRow.vacancy_id)
        .where(VacancyRow.closed_at.is_(None), AdvertVersionRow.is_current)
    )
    strongest: dict[tuple[int, str], str] = {}
    for version, requirement, importance in session.execute(query):
        known = strongest.get((version, requirement), "unknown")
        strongest[version, requirement] = min(known, importance, key=_STRONGEST_FIRST.index)
    return Counter((requirement, asked) for (_, requirement), asked in strongest.items())


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
    richest = session.execute(
        select(AdvertVersionRow.id, AdvertVersionRow.title, AdvertVersionRow.employer)
        .join(VacancyRow, VacancyRow.id == AdvertVersionRow.vacancy_id)
        .join(MatchRow, MatchRow.advert_version_id == AdvertVersionRow.id)
        .where(VacancyRow.closed_at.is_(None), AdvertVersionRow.is_current)
        .group_by(AdvertVersionRow.id, VacancyRow.reference)
        .order_by(func.count(MatchRow.requirement.distinct()).desc(), VacancyRow.reference)
        .limit(1)
    ).first()
    if richest is None:
        return None
    query = (
        select(CriterionRow.text, MatchRow.importance, MatchRow.requirement, MatchRow.evidence)
        .join(
            MatchRow,
            (MatchRow.advert_version_id == CriterionRow.advert_version_id)
            & (MatchRow.criterion_position == CriterionRow.position),
        )
        .where(CriterionRow.advert_version_id == richest.id)
        .order_by(CriterionRow.position, MatchRow.position)
        .limit(lines)
    )
    found = tuple((row[0], row[1], row[2], row[3]) for row in session.execute(query))
    return Example(richest.title, richest.employer, found)
