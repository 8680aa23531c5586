"""The criteria as they count: what the matcher found, with reviewers' decisions in force.

Every output reads criteria here, so that a correction shows in all of them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matcher.types import AnnotatedCriterion, Criterion, Match
from pipelines.database.models import AdvertVersionRow, CriterionRow, MatchRow, VacancyRow
from pipelines.database.review_models import ReviewDecisionRow
from pipelines.database.vacancies import CHUNK
from pipelines.review.settle import Decision, Settled, settle


@dataclass(frozen=True, slots=True)
class StoredCriterion:
    """A criterion of an advert, with where it stood and what reviewers said of it."""

    key: str
    """Made of its words: with the vacancy it names the criterion for good."""

    settled: Settled
    source_label: str
    """Which part of the advert it stood in, in words."""

    source_url: str | None
    """Address of the linked document it stood in; None for the page itself."""

    @property
    def annotated(self) -> AnnotatedCriterion:
        """The criterion with the matches that count."""
        return self.settled.criterion


def criteria_of(
    session: Session, versions: Sequence[int]
) -> dict[int, tuple[StoredCriterion, ...]]:
    """Return the criteria that count of each of these advert versions, in their order.

    Args:
        session: A view of the store.
        versions: Ids of ``advert_version``; those without criteria are left out of the answer.
    """
    criteria: dict[int, list[StoredCriterion]] = defaultdict(list)
    for start in range(0, len(versions), CHUNK):
        chunk = versions[start : start + CHUNK]
        for version, criterion in _stored(session, chunk):
            criteria[version].append(criterion)
    return {version: tuple(found) for version, found in criteria.items()}


def _stored(session: Session, versions: Sequence[int]) -> Iterator[tuple[int, StoredCriterion]]:
    matches = _matches(session, versions)
    decisions = _decisions(session, versions)
    # Rows as plain tuples: a report reads hundreds of thousands.
    for version, position, key, label, url, annotated in _criteria(session, versions):
        found = tuple(matches.get((version, position), ()))
        stated, level, experience, *printed = annotated
        printed[-1] = tuple(printed[-1])
        read = Criterion(*printed)
        criterion = AnnotatedCriterion(read, stated, level, experience, found)
        settled = settle(criterion, decisions.get((version, key), ()))
        yield version, StoredCriterion(key, settled, label, url)


def _criteria(
    session: Session, versions: Sequence[int]
) -> Iterator[tuple[int, int, str, str, str | None, Sequence[Any]]]:
    query = (
        select(
            CriterionRow.advert_version_id,
            CriterionRow.position,
            CriterionRow.key,
            CriterionRow.source_label,
            CriterionRow.source_url,
            CriterionRow.stated_importance,
            CriterionRow.min_level,
            CriterionRow.experience_alternative,
            CriterionRow.text,
            CriterionRow.form,
            CriterionRow.importance,
            CriterionRow.importance_source,
            CriterionRow.group_heading,
            CriterionRow.group_kind,
            CriterionRow.assessed_by,
        )
        .where(CriterionRow.advert_version_id.in_(versions))
        .order_by(CriterionRow.advert_version_id, CriterionRow.position)
    )
    for version, position, key, label, url, *annotated in session.execute(query):
        yield version, position, key, label, url, annotated


def _matches(session: Session, versions: Sequence[int]) -> dict[tuple[int, int], list[Match]]:
    query = (
        select(
            MatchRow.advert_version_id,
            MatchRow.criterion_position,
            MatchRow.requirement,
            MatchRow.importance,
            MatchRow.score,
            MatchRow.rule,
            MatchRow.evidence,
            MatchRow.start_offset,
            MatchRow.end_offset,
            MatchRow.aspect,
        )
        .where(MatchRow.advert_version_id.in_(versions))
        .order_by(MatchRow.advert_version_id, MatchRow.criterion_position, MatchRow.position)
    )
    found: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for version, position, *match in session.execute(query):
        found[version, position].append(Match(*match))
    return found


def _decisions(session: Session, versions: Sequence[int]) -> dict[tuple[int, str], list[Decision]]:
    query = (
        select(
            AdvertVersionRow.id,
            ReviewDecisionRow.criterion_key,
            ReviewDecisionRow.requirement,
            ReviewDecisionRow.decision,
            ReviewDecisionRow.new_requirement,
            ReviewDecisionRow.evidence,
        )
        .join(VacancyRow, VacancyRow.id == AdvertVersionRow.vacancy_id)
        .join(
            ReviewDecisionRow,
            (ReviewDecisionRow.source == VacancyRow.source)
            & (ReviewDecisionRow.reference == VacancyRow.reference),
        )
        .where(AdvertVersionRow.id.in_(versions), ReviewDecisionRow.ended_at.is_(None))
        .order_by(ReviewDecisionRow.id)
    )
    found: dict[tuple[int, str], list[Decision]] = defaultdict(list)
    for version, key, requirement, verdict, new, evidence in session.execute(query):
        decision = Decision(requirement, verdict, new, evidence)  # type: ignore[arg-type]  # checked
        found[version, key].append(decision)
    return found
