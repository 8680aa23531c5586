"""The open vacancies with their criteria, as job seekers are told of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer

from matcher.types import AnnotatedCriterion, Criterion, Match
from pipelines.database.closings import CLOSING_DATE
from pipelines.database.models import AdvertVersionRow, CriterionRow, MatchRow, VacancyRow
from pipelines.database.vacancies import CHUNK
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
    criteria = _criteria_of(session, [version.id for _, version, _ in rows])
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
            criteria=criteria.get(version.id, ()),
        )
        for row, version, closing_date in rows
    ]


def _place(version: AdvertVersionRow) -> str:
    if not version.places:
        return ""
    first = version.places[0]
    return " ".join(part for part in (first["town"], first["postcode"]) if part)


def _reopened_at(row: VacancyRow) -> datetime | None:
    if not row.earlier_closings:
        return None
    return datetime.fromisoformat(row.earlier_closings[-1]["reopened_at"])


def _criteria_of(
    session: Session, versions: Sequence[int]
) -> dict[int, tuple[AnnotatedCriterion, ...]]:
    """Return the criteria of each version in their order."""
    criteria: dict[int, list[AnnotatedCriterion]] = defaultdict(list)
    for start in range(0, len(versions), CHUNK):
        chunk = versions[start : start + CHUNK]
        matches = _matches_of(session, chunk)
        query = (
            select(CriterionRow)
            .where(CriterionRow.advert_version_id.in_(chunk))
            .order_by(CriterionRow.advert_version_id, CriterionRow.position)
        )
        for row in session.scalars(query):
            key = row.advert_version_id, row.position
            criteria[row.advert_version_id].append(_criterion(row, matches.get(key, ())))
    return {version: tuple(found) for version, found in criteria.items()}


def _matches_of(
    session: Session, versions: Sequence[int]
) -> dict[tuple[int, int], tuple[Match, ...]]:
    matches: dict[tuple[int, int], list[Match]] = defaultdict(list)
    query = select(MatchRow).where(MatchRow.advert_version_id.in_(versions))
    for row in session.scalars(query.order_by(MatchRow.position)):
        matches[row.advert_version_id, row.criterion_position].append(
            Match(
                row.requirement,
                row.importance,  # type: ignore[arg-type]  # written from an Importance
                row.score,
                row.rule,
                row.evidence,
                row.start_offset,
                row.end_offset,
                row.aspect,
            )
        )
    return {key: tuple(found) for key, found in matches.items()}


def _criterion(row: CriterionRow, matches: tuple[Match, ...]) -> AnnotatedCriterion:
    return AnnotatedCriterion(
        criterion=Criterion(
            text=row.text,
            form=row.form,  # type: ignore[arg-type]  # written from a Form
            importance=row.importance,  # type: ignore[arg-type]  # written from an Importance
            group=row.group_heading,
        ),
        stated_importance=row.stated_importance,  # type: ignore[arg-type]  # likewise
        min_level=row.min_level,
        experience_alternative=row.experience_alternative,
        matches=matches,
    )
