"""When each entry of the timetable was carried out, and what came of it."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipelines.database.models import JobRunRow
from pipelines.types import JobOutcome, JobRun


def start_job(session: Session, entry: str, *, at: datetime | None = None) -> int:
    """Return the number of a new carrying out of an entry."""
    row = JobRunRow(entry=entry, started_at=at or datetime.now(UTC), outcome="running", detail="")
    session.add(row)
    session.flush()
    return row.id


def finish_job(
    session: Session, number: int, outcome: JobOutcome, detail: str, *, at: datetime | None = None
) -> None:
    """Note what came of it."""
    row = session.get_one(JobRunRow, number)
    row.finished_at, row.outcome, row.detail = at or datetime.now(UTC), outcome, detail


def last_jobs(session: Session) -> dict[str, JobRun]:
    """Return the latest carrying out of every entry, whatever came of it, by entry."""
    latest = select(func.max(JobRunRow.id)).group_by(JobRunRow.entry)
    rows = session.scalars(select(JobRunRow).where(JobRunRow.id.in_(latest)))
    return {row.entry: _job_run(row) for row in rows}


def _job_run(row: JobRunRow) -> JobRun:
    return JobRun(
        row.entry,
        row.started_at,
        row.finished_at,
        row.outcome,  # type: ignore[arg-type]  # the database checks it
        row.detail,
    )
