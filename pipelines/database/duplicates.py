"""Vacancies of the store that are one post, advertised twice."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.duplicates import Advertised, find_candidates, find_duplicates
from pipelines.database.closings import CLOSING_DATE
from pipelines.database.models import AdvertVersionRow, VacancyRow
from pipelines.database.vacancies import CHUNK

Key = tuple[str, str]
"""Source and reference."""


def duplicates_of(session: Session) -> dict[Key, Key]:
    """Return for each vacancy that is a duplicate the one that was seen first."""
    candidates = find_candidates(_advertised(session))
    originals: dict[Key, Key] = {}
    for pair in find_duplicates(_with_text(session, candidates)):
        # The first of a chain stands for all: it is settled before its duplicates are met.
        originals.setdefault(pair.second, originals.get(pair.first, pair.first))
    return originals


def _advertised(session: Session) -> Iterator[Advertised]:
    query = (
        select(
            VacancyRow.source,
            VacancyRow.reference,
            AdvertVersionRow.title,
            AdvertVersionRow.employer,
            AdvertVersionRow.places,
            CLOSING_DATE,
        )
        .join(AdvertVersionRow, AdvertVersionRow.vacancy_id == VacancyRow.id)
        .where(AdvertVersionRow.is_current)
        .order_by(VacancyRow.first_seen, VacancyRow.source, VacancyRow.reference)
    )
    for source, reference, title, employer, places, closing in session.execute(query):
        town = places[0]["town"] if places else ""
        yield Advertised(reference, source, title, employer, town, closing)


def _with_text(session: Session, candidates: list[Advertised]) -> Iterator[Advertised]:
    for start in range(0, len(candidates), CHUNK):
        chunk = candidates[start : start + CHUNK]
        query = (
            select(
                VacancyRow.source,
                VacancyRow.reference,
                AdvertVersionRow.main_duties,
                AdvertVersionRow.job_description,
            )
            .join(AdvertVersionRow, AdvertVersionRow.vacancy_id == VacancyRow.id)
            .where(
                AdvertVersionRow.is_current,
                VacancyRow.reference.in_([one.reference for one in chunk]),
            )
        )
        texts = {
            (source, reference): f"{duties} {description}"
            for source, reference, duties, description in session.execute(query)
        }
        for one in chunk:
            yield replace(one, text=texts[one.source, one.reference].strip())
