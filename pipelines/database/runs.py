"""Runs: started, checked, ended."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pipelines.database.closings import reopen_seen
from pipelines.database.models import RejectedRow, RunRow, SourceRow
from pipelines.exceptions import StoreError
from pipelines.types import PastRun, Refusal


def start_run(session: Session, source: str, *, at: datetime | None = None) -> RunRow:
    """Return a new run of a source; one of it that never ended is marked interrupted.

    Args:
        session: A transaction for writing.
        source: Name of the source; new ones need no other introduction.
        at: Start of the run, which is when its vacancies count as seen; now if not given.
    """
    now = at or datetime.now(UTC)
    if session.get(SourceRow, source) is None:
        session.add(SourceRow(name=source, first_run_at=now))
        session.flush()
    session.execute(
        update(RunRow)
        .where(RunRow.source == source, RunRow.status == "running")
        .values(status="interrupted", finished_at=now)
    )
    run = RunRow(source=source, started_at=now, status="running", problems=[], stats={})
    session.add(run)
    session.flush()
    return run


def find_run(session: Session, run_id: int) -> RunRow:
    """Return a run; raise StoreError if there is none of this number."""
    run = session.get(RunRow, run_id)
    if run is None:
        raise StoreError(f"The store holds no run {run_id}: was it opened at the right place?")
    return run


def finish_run(
    session: Session,
    run: RunRow,
    problems: Sequence[str],
    stats: Mapping[str, object],
    *,
    at: datetime | None = None,
) -> None:
    """End a run: ``failed`` if its check found problems, else ``finished``.

    What it saw is open again either way: seeing is sure, not seeing is not.
    """
    reopen_seen(session, run)
    run.status = "failed" if problems else "finished"
    run.finished_at = at or datetime.now(UTC)
    run.problems = list(problems)
    run.stats = {name: _plain(value) for name, value in stats.items()}


def interrupt_run(
    run: RunRow, problems: Sequence[str], stats: Mapping[str, object], *, at: datetime | None = None
) -> None:
    """End a run that was stopped before its end: it says nothing of the source."""
    run.status = "interrupted"
    run.finished_at = at or datetime.now(UTC)
    run.problems = list(problems)
    run.stats = {name: _plain(value) for name, value in stats.items()}


def fail_unended(
    session: Session, source: str, problem: str, *, since: datetime, stopped_too: bool
) -> None:
    """Mark the latest run of a source failed if its process is gone and it never ended.

    Args:
        session: A transaction for writing.
        source: Name of the source.
        problem: Why, one sentence.
        since: Runs that started earlier are left alone.
        stopped_too: Also mark a run that was stopped in good order.
    """
    run = last_run(session, source)
    unended = ("running", "interrupted") if stopped_too else ("running",)
    if run is None or run.started_at < since or run.status not in unended:
        return
    run.status, run.problems = "failed", [problem]
    run.finished_at = run.finished_at or datetime.now(UTC)


def past_runs(session: Session, source: str | None = None, *, limit: int = 100) -> list[PastRun]:
    """Return the latest runs, of one source or of all, newest first."""
    query = select(RunRow).order_by(RunRow.id.desc()).limit(limit)
    if source is not None:
        query = query.filter_by(source=source)
    return [_past_run(row) for row in session.scalars(query)]


def _past_run(row: RunRow) -> PastRun:
    return PastRun(
        id=row.id,
        source=row.source,
        started_at=row.started_at,
        finished_at=row.finished_at,
        status=row.status,  # type: ignore[arg-type]  # the database checks it
        problems=tuple(row.problems),
        stats=row.stats,
    )


def save_refusal(session: Session, run: RunRow, refusal: Refusal) -> None:
    """Keep why an item was refused; the same refusal twice in a run is kept once."""
    known = select(RejectedRow.id).filter_by(
        run_id=run.id, reference=refusal.reference, url=refusal.url, reason=refusal.reason
    )
    if session.scalar(known) is None:
        session.add(RejectedRow(run_id=run.id, rejected_at=run.started_at, **asdict(refusal)))


def last_run(session: Session, source: str) -> RunRow | None:
    """Return the latest run of a source; None if it never ran."""
    latest = select(RunRow).filter_by(source=source).order_by(RunRow.id.desc()).limit(1)
    return session.scalar(latest)


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str | bool | None) else str(value)
