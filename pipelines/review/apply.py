"""Brings corrected reports into the store: what reviewers wrote, checked and kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from matcher.catalogue import Catalogue
from personspec.exceptions import UsageError
from pipelines.database import Store, Transaction
from pipelines.database.reviews import KeptDecision, criteria_by_id, save_decision, withdraw
from pipelines.review.files import ReviewLine, read_review_file
from pipelines.review.plan import Planned, make_plan, split_id


def read_lines(paths: Iterable[Path], reviewer: str) -> list[ReviewLine]:
    """Return what reviewers wrote in corrected reports.

    Args:
        paths: CSV or XLSX files.
        reviewer: Who decided where a row with a decision does not say it.

    Raises:
        UsageError: A file cannot be read, or holds nothing that a reviewer has written.
    """
    lines = [line for path in paths for line in read_review_file(path)]
    return [
        replace(line, reviewer=reviewer) if line.decision and not line.reviewer else line
        for line in lines
    ]


def plan_review(store: Store, lines: Sequence[ReviewLine], catalogue: Catalogue) -> list[Planned]:
    """Return what would come of these rows; nothing is kept."""
    with store.reading() as session:
        return _plan(session, lines, catalogue)


def apply_review(
    store: Store, lines: Sequence[ReviewLine], catalogue: Catalogue, at: datetime
) -> list[Planned]:
    """Keep what can be applied, all in one transaction; return what came of each row."""
    with store.writing() as session:
        plan = _plan(session, lines, catalogue)
        for planned in plan:
            if planned.effect == "applied":
                _apply(session, planned, at)
    return plan


def _plan(session: Transaction, lines: Sequence[ReviewLine], catalogue: Catalogue) -> list[Planned]:
    wanted = {name for line in lines if (name := split_id(line.criterion_id))}
    stored = dict(criteria_by_id(session, wanted))
    plan = make_plan(lines, stored, catalogue.by_id)
    if lines and wanted and not stored:
        raise UsageError(
            f"None of the {len(lines)} decided rows is of this store: is it the report of another "
            "one? PERSONSPEC_DATABASE_URL says which store is used."
        )
    return plan


def _apply(session: Transaction, planned: Planned, at: datetime) -> None:
    line = planned.line
    criterion = split_id(line.criterion_id)
    assert criterion is not None  # a row without a key is unknown
    if line.decision == "withdraw":
        withdraw(session, criterion, line.requirement_id, at)
        return
    save_decision(
        session,
        KeptDecision(
            criterion=criterion,
            requirement=line.requirement_id,
            verdict=planned.verdict,
            new_requirement=line.new_requirement or None,
            evidence=planned.evidence,
            reviewer=line.reviewer,
            note=line.note,
            row_version=line.row_version,
            decided_at=at,
        ),
    )
