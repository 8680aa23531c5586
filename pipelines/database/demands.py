"""What the open vacancies ask of the documented requirements, counted."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipelines.database.models import AdvertVersionRow, MatchRow, VacancyRow

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
