"""The outbox: mails queued, claimed and settled; and what each reader was told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from personspec.london import LONDON
from pipelines.database.subscriber_models import (
    DigestItemRow,
    DigestRow,
    FeedbackRow,
    SubscriberRow,
)
from pipelines.seekers.told import Telling

Kind = Literal["digest", "confirmation", "link", "still wanted"]
Settled = Literal["sent", "failed", "uncertain"]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail to be queued."""

    kind: Kind
    period: str
    message_id: str
    message: bytes
    drop_after: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """A vacancy told in a digest."""

    vacancy_id: int
    reason: str
    section: str
    shown: bool
    told: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail this process may send; nobody else will."""

    id: int
    subscriber_id: int
    email: str
    email_hash: str
    message: bytes
    attempts: int
    """Attempts before this one."""


def queue_mail(
    session: Session, subscriber_id: int, mail: Outgoing, items: Iterable[Item], now: datetime
) -> DigestRow | None:
    """Queue a mail with what it tells, in the caller's transaction.

    Returns None, and queues nothing, if the subscriber has one of this period already.
    """
    known = select(DigestRow.id).filter_by(subscriber_id=subscriber_id, period=mail.period)
    if session.scalar(known) is not None:
        return None
    row = DigestRow(
        subscriber_id=subscriber_id,
        kind=mail.kind,
        period=mail.period,
        status="queued",
        message_id=mail.message_id,
        message=mail.message,
        created_at=now,
        drop_after=mail.drop_after,
        attempts=0,
        next_attempt_at=now,
    )
    session.add(row)
    session.flush()
    session.add_all(
        DigestItemRow(
            digest_id=row.id,
            subscriber_id=subscriber_id,
            vacancy_id=item.vacancy_id,
            reason=item.reason,
            section=item.section,
            position=position,
            shown=item.shown,
            told=dict(item.told),
        )
        for position, item in enumerate(items, start=1)
    )
    return row


def histories(session: Session, subscribers: Sequence[int]) -> dict[int, dict[int, list[Telling]]]:
    """Return what each subscriber was told of each vacancy, oldest first."""
    query = (
        select(
            DigestItemRow.subscriber_id,
            DigestItemRow.vacancy_id,
            DigestItemRow.told,
            DigestRow.created_at,
        )
        .join(DigestRow, DigestRow.id == DigestItemRow.digest_id)
        .where(DigestItemRow.subscriber_id.in_(subscribers))
        .order_by(DigestItemRow.id)
    )
    found: dict[int, dict[int, list[Telling]]] = defaultdict(lambda: defaultdict(list))
    for subscriber, vacancy, told, at in session.execute(query):
        found[subscriber][vacancy].append(Telling(at, at.astimezone(LONDON).date(), told))
    return found


def last_periods(session: Session, subscribers: Sequence[int]) -> dict[int, date]:
    """Return the first day of each subscriber's latest period that had a digest."""
    query = (
        select(DigestRow.subscriber_id, func.max(DigestRow.period))
        .where(DigestRow.kind == "digest", DigestRow.subscriber_id.in_(subscribers))
        .group_by(DigestRow.subscriber_id)
    )
    return {subscriber: date.fromisoformat(period) for subscriber, period in session.execute(query)}


def unsure_of(session: Session, subscribers: Sequence[int]) -> set[int]:
    """Return the subscribers whose latest digest may not have reached them."""
    latest = (
        select(func.max(DigestRow.id))
        .where(DigestRow.kind == "digest", DigestRow.subscriber_id.in_(subscribers))
        .group_by(DigestRow.subscriber_id)
    )
    query = select(DigestRow.subscriber_id).where(
        DigestRow.id.in_(latest), DigestRow.status == "uncertain"
    )
    return set(session.scalars(query))


def feedback_of(session: Session, subscribers: Sequence[int]) -> dict[int, dict[int, bool]]:
    """Return what each subscriber said of which vacancies."""
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    query = select(FeedbackRow).where(FeedbackRow.subscriber_id.in_(subscribers))
    for row in session.scalars(query):
        found[row.subscriber_id][row.vacancy_id] = row.relevant
    return found


def items_of(session: Session, subscriber_id: int, period: str) -> list[DigestItemRow]:
    """Return what a digest told, in its order; empty if there is no such digest."""
    query = (
        select(DigestItemRow)
        .join(DigestRow, DigestRow.id == DigestItemRow.digest_id)
        .where(DigestRow.subscriber_id == subscriber_id, DigestRow.period == period)
        .order_by(DigestItemRow.position)
    )
    return list(session.scalars(query))


def latest_mail(session: Session, subscriber_id: int, kinds: Sequence[Kind]) -> datetime | None:
    """Return when the latest mail of these kinds was written; None if there is none."""
    query = select(func.max(DigestRow.created_at)).where(
        DigestRow.subscriber_id == subscriber_id, DigestRow.kind.in_(kinds)
    )
    return session.scalar(query)


def give_up_interrupted(session: Session, now: datetime) -> int:
    """Mark as uncertain what a sender was sending when it died; return how many.

    To be called only while no other sender can be at work.
    """
    ids = list(session.scalars(select(DigestRow.id).filter_by(status="sending")))
    for id_ in ids:
        settle(session, id_, "uncertain", now, "the sender stopped while sending it")
    return len(ids)


def drop_overdue(session: Session, now: datetime) -> int:
    """Give up the queued mails whose time is over; return how many."""
    query = select(DigestRow.id).where(DigestRow.status == "queued", DigestRow.drop_after < now)
    ids = list(session.scalars(query))
    for id_ in ids:
        settle(session, id_, "failed", now, "it could not be sent while it was of use")
    return len(ids)


def claim_next(session: Session, now: datetime) -> Claimed | None:
    """Claim the next mail that is due, in the caller's transaction; None if none is."""
    query = (
        select(DigestRow.id)
        .where(DigestRow.status == "queued", DigestRow.next_attempt_at <= now)
        .order_by(DigestRow.next_attempt_at, DigestRow.id)
        .limit(1)
    )
    while (id_ := session.scalar(query)) is not None:
        claimed = session.execute(
            update(DigestRow)
            .where(DigestRow.id == id_, DigestRow.status == "queued")
            .values(status="sending", claimed_at=now, attempts=DigestRow.attempts + 1)
            .returning(DigestRow.id)
        ).scalar()
        if claimed is not None and (mail := _claimed(session, id_, now)) is not None:
            return mail
    return None


def _claimed(session: Session, id_: int, now: datetime) -> Claimed | None:
    query = (
        select(DigestRow, SubscriberRow)
        .join(SubscriberRow, SubscriberRow.id == DigestRow.subscriber_id)
        .where(DigestRow.id == id_)
        .execution_options(populate_existing=True)
    )
    row, subscriber = session.execute(query).one()
    if row.kind == "digest" and subscriber.status != "active":
        settle(session, id_, "failed", now, "the reader has left or paused since")
        return None
    assert row.message is not None  # kept until it is settled
    return Claimed(
        row.id,
        subscriber.id,
        subscriber.email,
        subscriber.email_hash,
        row.message,
        row.attempts - 1,
    )


def settle(
    session: Session, id_: int, status: Settled, now: datetime, error: str | None = None
) -> None:
    """End a mail: it is sent, has failed, or nobody knows.

    What a digest held that did not surely arrive is told again in the next one.
    """
    values: dict[str, Any] = {
        "status": status,
        "settled_at": now,
        "message": None,
        "error": error,
    }
    session.execute(update(DigestRow).where(DigestRow.id == id_).values(values))
    if status != "sent":
        session.execute(delete(DigestItemRow).where(DigestItemRow.digest_id == id_))


def put_back(session: Session, id_: int, next_attempt_at: datetime, error: str) -> None:
    """Queue a claimed mail again: the server surely did not take it."""
    session.execute(
        update(DigestRow)
        .where(DigestRow.id == id_, DigestRow.status == "sending")
        .values(status="queued", next_attempt_at=next_attempt_at, claimed_at=None, error=error)
    )


def counts_by_status(session: Session) -> dict[str, int]:
    """Return how many mails there are of each status."""
    query = select(DigestRow.status, func.count().label("mails")).group_by(DigestRow.status)
    return {row.status: row.mails for row in session.execute(query)}
