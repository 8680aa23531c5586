"""The open vacancies with their criteria, as job seekers are told of them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer

from pipelines.database.closings import CLOSING_DATE
from pipelines.database.duplicates import Key, duplicates_of
from pipelines.database.effective import criteria_of
from pipelines.database.models import AdvertVersionRow, VacancyRow
from pipelines.database.vacancies import CHUNK
from pipelines.seekers.judge import asking_of
from pipelines.seekers.types import OpenVacancy

_PROSE = (
    AdvertVersionRow.summary,
    AdvertVersionRow.main_duties,
    AdvertVersionRow.about_employer,
    AdvertVersionRow.job_description,
    AdvertVersionRow.specification,
)


def load_open_vacancies(session: Session, until: datetime) -> list[OpenVacancy]:
    """Return the vacancies that were seen by then and are open and read, in order of first sight.

    Args:
        session: A view of the store.
        until: A vacancy first seen later is left out.
    """
    return _load(session, VacancyRow.closed_at.is_(None), VacancyRow.first_seen <= until)


def load_vacancies(session: Session, ids: Iterable[int]) -> list[OpenVacancy]:
    """Return the vacancies of these keys, closed ones too; those never read are left out."""
    wanted = sorted(set(ids))
    found = []
    for start in range(0, len(wanted), CHUNK):
        found += _load(session, VacancyRow.id.in_(wanted[start : start + CHUNK]))
    return found


def _load(session: Session, *wanted: ColumnElement[bool]) -> list[OpenVacancy]:
    query = (
        select(VacancyRow, AdvertVersionRow, CLOSING_DATE)
        .join(AdvertVersionRow, AdvertVersionRow.vacancy_id == VacancyRow.id)
        .where(AdvertVersionRow.is_current, *wanted)
        .order_by(VacancyRow.first_seen, VacancyRow.id)
        .options(*(defer(column) for column in _PROSE), defer(VacancyRow.summary))
    )
    rows = session.execute(query).all()
    posts = _posts(session)
    criteria = criteria_of(session, [version.id for _, version, _ in rows])
    return [
        OpenVacancy(
            id=row.id,
            reference=row.reference,
            url=version.url,
            title=version.title,
            employer=version.employer,
            first_seen=row.first_seen,
            closing_date=closing_date,
            place=_place(version),
            region=version.region,
            latitude=version.latitude,
            longitude=version.longitude,
            band=version.pay_band or version.band,
            salary=version.salary_raw or "",
            contract_type=version.contract_type,
            working_patterns=tuple(version.working_patterns),
            sponsorship=version.sponsorship,
            driving=version.driving,
            may_close_early=version.may_close_early,
            reopened_at=_reopened_at(row),
            post=posts.get((row.source, row.reference), ""),
            criteria=tuple(asking_of(one.annotated) for one in criteria.get(version.id, ())),
        )
        for row, version, closing_date in rows
    ]


def _posts(session: Session) -> dict[Key, str]:
    """Return a key of the post for every vacancy that has near-duplicates."""
    originals = duplicates_of(session)
    return {one: " ".join(original) for one, original in originals.items()} | {
        original: " ".join(original) for original in originals.values()
    }


def _place(version: AdvertVersionRow) -> str:
    if not version.places:
        return ""
    first = version.places[0]
    return " ".join(part for part in (first["town"], first["postcode"]) if part)


def _reopened_at(row: VacancyRow) -> datetime | None:
    if not row.earlier_closings:
        return None
    return datetime.fromisoformat(row.earlier_closings[-1]["reopened_at"])
