"""When a vacancy is closed, and when it is open again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from personspec.london import LONDON
from pipelines.database.models import AdvertVersionRow, RunRow, VacancyRow
from pipelines.exceptions import StoreError

CLOSING_DATE: ColumnElement[date | None] = func.coalesce(
    VacancyRow.closing_date, AdvertVersionRow.closing_date
)
"""The listing's date before the page's: the listing is seen in every run."""

EndReason = Literal["withdrawn", "expired"]


@dataclass(frozen=True, slots=True)
class Closings:
    """How many vacancies were found closed."""

    withdrawn: int = 0
    expired: int = 0


def end_reason(closing_date: date | None, today: date, *, seen: bool) -> EndReason | None:
    """Return why a vacancy is closed, None if it is open.

    Args:
        closing_date: Last day for applications, of the advert; None if it gives none.
        today: The day in London.
        seen: The latest healthy run of its source listed it.
    """
    if closing_date is not None and closing_date < today:
        return "expired"
    return None if seen else "withdrawn"


def close_missing(session: Session, run: RunRow) -> Closings:
    """Close the source's vacancies that a healthy run did not meet, or whose date has passed.

    Only vacancies that were once in scope are stored, so no others are looked at.

    Raises:
        StoreError: The run has failed or was interrupted: what it did not meet may be there.
    """
    if run.status not in {"running", "finished"}:
        raise StoreError(f"Run {run.id} is {run.status}: nothing can be closed from it.")
    closed: list[EndReason] = []
    for row, closing_date in session.execute(
        _with_closing_date().where(VacancyRow.source == run.source, VacancyRow.closed_at.is_(None))
    ):
        reason = end_reason(closing_date, day_of(run), seen=row.last_run_id >= run.id)
        if reason is not None:
            row.closed_at, row.end_reason = run.started_at, reason
            closed.append(reason)
    return Closings(closed.count("withdrawn"), closed.count("expired"))


def close_expired(session: Session, now: datetime) -> int:
    """Close the vacancies of every source whose closing date has passed; return how many.

    For sources that are not crawled, such as imported files: they have no listing to go missing
    from.
    """
    today = now.astimezone(LONDON).date()
    rows = session.execute(
        _with_closing_date().where(VacancyRow.closed_at.is_(None), today > CLOSING_DATE)
    ).all()
    for row, _ in rows:
        row.closed_at, row.end_reason = now, "expired"
    return len(rows)


def reopen_seen(session: Session, run: RunRow) -> int:
    """Open again what a run met although it was closed, and keep the closing; return how many.

    A board may go on listing an advert past its closing date: that one stays expired.
    """
    rows = session.execute(
        _with_closing_date().where(
            VacancyRow.last_run_id == run.id, VacancyRow.closed_at.is_not(None)
        )
    ).all()
    open_again = [
        row for row, closing in rows if end_reason(closing, day_of(run), seen=True) is None
    ]
    for row in open_again:
        assert row.closed_at is not None  # the query asks for it
        row.earlier_closings = [
            *row.earlier_closings,
            {
                "closed_at": row.closed_at.isoformat(),
                "end_reason": row.end_reason,
                "reopened_at": run.started_at.isoformat(),
            },
        ]
        row.closed_at = row.end_reason = None
    return len(open_again)


def day_of(run: RunRow) -> date:
    """Return the day in London on which a run started: closing dates are days there."""
    return run.started_at.astimezone(LONDON).date()


def _with_closing_date() -> Select[VacancyRow, date | None]:
    return select(VacancyRow, CLOSING_DATE).outerjoin(
        AdvertVersionRow,
        (AdvertVersionRow.vacancy_id == VacancyRow.id) & AdvertVersionRow.is_current,
    )
