"""Reviewers' decisions: looked up, kept, withdrawn. One is never lost, only ended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipelines.database.effective import StoredCriterion, criteria_of
from pipelines.database.models import AdvertVersionRow, VacancyRow
from pipelines.database.review_models import ReviewDecisionRow
from pipelines.database.vacancies import CHUNK
from pipelines.review.settle import Verdict

CriterionId = tuple[str, str, str]
"""Source, reference, key of the criterion."""


@dataclass(frozen=True, slots=True)
class KeptDecision:
    """A decision as it stands in the store, with the reviewer's mark."""

    criterion: CriterionId
    requirement: str
    verdict: Verdict
    new_requirement: str | None
    evidence: str
    reviewer: str
    note: str
    row_version: str
    """That of the row the reviewer saw."""

    decided_at: datetime


def decisions_in_force(session: Session, *, at: datetime | None = None) -> list[KeptDecision]:
    """Return all decisions that count, or did at a moment, in the order they were read in."""
    query = select(ReviewDecisionRow).order_by(ReviewDecisionRow.id)
    ended = ReviewDecisionRow.ended_at
    if at is None:
        query = query.where(ended.is_(None))
    else:
        query = query.where(ReviewDecisionRow.decided_at <= at, ended.is_(None) | (ended > at))
    return [
        KeptDecision(
            criterion=(row.source, row.reference, row.criterion_key),
            requirement=row.requirement,
            verdict=row.decision,  # type: ignore[arg-type]  # the database checks it
            new_requirement=row.new_requirement,
            evidence=row.evidence,
            reviewer=row.reviewer,
            note=row.note,
            row_version=row.row_version,
            decided_at=row.decided_at,
        )
        for row in session.scalars(query)
    ]


def save_decision(session: Session, decision: KeptDecision) -> None:
    """Put a decision in force; one on the same criterion and requirement ends."""
    source, reference, key = decision.criterion
    _end(
        session,
        decision.decided_at,
        source=source,
        reference=reference,
        criterion_key=key,
        requirement=decision.requirement,
    )
    session.add(
        ReviewDecisionRow(
            source=source,
            reference=reference,
            criterion_key=key,
            requirement=decision.requirement,
            decision=decision.verdict,
            new_requirement=decision.new_requirement,
            evidence=decision.evidence,
            reviewer=decision.reviewer,
            note=decision.note,
            row_version=decision.row_version,
            decided_at=decision.decided_at,
        )
    )
    session.flush()


def withdraw(session: Session, criterion: CriterionId, requirement: str, at: datetime) -> int:
    """End what is in force on a criterion and a requirement; return how many decisions that were.

    A change counts for both: the requirement it took away and the one it gave.
    """
    source, reference, key = criterion
    known = {"source": source, "reference": reference, "criterion_key": key}
    changed = select(ReviewDecisionRow.requirement).filter_by(
        **known, ended_at=None, new_requirement=requirement
    )
    wanted = {requirement, *session.scalars(changed)}
    return sum(_end(session, at, **known, requirement=one) for one in wanted)


def _end(session: Session, at: datetime, **known: str) -> int:
    query = select(ReviewDecisionRow).filter_by(**known, ended_at=None)
    ended = list(session.scalars(query))
    for row in ended:
        row.ended_at = at
    session.flush()  # before another takes its place: the database lets only one be in force
    return len(ended)


def criteria_by_id(
    session: Session, wanted: Iterable[CriterionId]
) -> Iterator[tuple[CriterionId, StoredCriterion]]:
    """Yield those of these criteria that the current adverts hold."""
    ids = set(wanted)
    references = sorted({reference for _, reference, _ in ids})
    for start in range(0, len(references), CHUNK):
        query = (
            select(VacancyRow.source, VacancyRow.reference, AdvertVersionRow.id)
            .join(AdvertVersionRow, AdvertVersionRow.vacancy_id == VacancyRow.id)
            .where(
                AdvertVersionRow.is_current,
                VacancyRow.reference.in_(references[start : start + CHUNK]),
            )
        )
        found = session.execute(query).all()
        criteria = criteria_of(session, [version for *_, version in found])
        for source, reference, version in found:
            for one in criteria.get(version, ()):
                if (source, reference, one.key) in ids:
                    yield (source, reference, one.key), one
