"""Subscribers: found, kept, forgotten. Addresses are compared by their keyed hash only."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pipelines.database.models import VacancyRow
from pipelines.database.subscriber_models import (
    DigestItemRow,
    DigestRow,
    FeedbackRow,
    SubscriberRow,
    SuppressionRow,
)
from pipelines.seekers.profile import Profile
from pipelines.seekers.subscription import Status, Subscription

SuppressionReason = Literal["erased", "refused", "asked"]

BATCH = 50
"""Subscribers in memory at once."""

UNCONFIRMED_DAYS = 7
"""A subscription nobody confirmed is deleted after so many days."""

UNSUBSCRIBED_DAYS = 30
"""One that was ended is deleted after so many: until then it can be taken up again."""

ASK_AFTER = timedelta(days=365)
"""Without a sign of the person for so long they are asked whether they still want the digest."""

DELETE_AFTER = timedelta(days=30)
"""Without an answer for so long the subscription is deleted."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address and its keyed hash."""

    email: str
    hash: str


@dataclass(frozen=True, slots=True)
class Consent:
    """How a person agreed."""

    wording: str
    given_by: str
    """``web page`` or ``command line``."""


def add_subscriber(
    session: Session,
    mailbox: Mailbox,
    subscription: Subscription,
    consent: Consent,
    now: datetime,
) -> SubscriberRow:
    """Return a new subscriber who has not confirmed yet."""
    row = SubscriberRow(
        key=secrets.token_urlsafe(16),
        email=mailbox.email,
        email_hash=mailbox.hash,
        status="unconfirmed",
        status_since=now,
        asked_at=now,
        consent_wording=consent.wording,
        consent_given_by=consent.given_by,
        last_sign_at=now,
        **subscription_columns(subscription),
    )
    session.add(row)
    session.flush()
    return row


def ask_again(
    row: SubscriberRow, subscription: Subscription, consent: Consent, now: datetime
) -> None:
    """Take a new request of somebody who never confirmed, or who had left."""
    for name, value in subscription_columns(subscription).items():
        setattr(row, name, value)
    row.asked_at = row.last_sign_at = row.status_since = now
    row.consent_wording, row.consent_given_by = consent.wording, consent.given_by
    row.confirmed_at = None
    row.status = "unconfirmed"


def subscription_columns(subscription: Subscription) -> dict[str, Any]:
    """Return the columns that hold what a subscriber wants."""
    return {
        "profile": subscription.profile.model_dump(mode="json"),
        "frequency": subscription.frequency,
        "weekday": subscription.weekday,
    }


def subscription_of(row: SubscriberRow) -> Subscription:
    """Return what a subscriber wants."""
    return Subscription(
        Profile.model_validate(row.profile),
        row.frequency,  # type: ignore[arg-type]  # written from a Frequency
        row.weekday,
    )


def find_by_key(session: Session, key: str) -> SubscriberRow | None:
    """Return the subscriber of a link; None if there is none any more."""
    return session.scalar(select(SubscriberRow).filter_by(key=key))


def find_by_hash(session: Session, email_hash: str) -> SubscriberRow | None:
    """Return the subscriber of an address, by its hash; None if there is none."""
    return session.scalar(select(SubscriberRow).filter_by(email_hash=email_hash))


def set_status(row: SubscriberRow, status: Status, now: datetime) -> None:
    """Move a subscriber to another status."""
    if row.status != status:
        row.status, row.status_since = status, now


def note_sign(row: SubscriberRow, now: datetime) -> None:
    """Note that the person did something, so that they need not be asked whether they are there."""
    row.last_sign_at = now
    row.still_wanted_asked_at = None


def next_batch(session: Session, status: Status, *, after: int) -> list[SubscriberRow]:
    """Return the next subscribers of a status behind a number, in order; empty at the end."""
    query = select(SubscriberRow).where(SubscriberRow.status == status, SubscriberRow.id > after)
    return list(session.scalars(query.order_by(SubscriberRow.id).limit(BATCH)))


def erase(session: Session, row: SubscriberRow, now: datetime) -> None:
    """Delete a subscriber with every mail and answer, and keep the hash so that none follows."""
    suppress(session, row.email_hash, "erased", now)
    session.delete(row)
    session.flush()


def suppress(session: Session, email_hash: str, reason: SuppressionReason, now: datetime) -> None:
    """Keep that an address gets no mail; the first reason stays."""
    if session.get(SuppressionRow, email_hash) is None:
        session.add(SuppressionRow(email_hash=email_hash, reason=reason, since=now))


def suppression_of(session: Session, email_hash: str) -> SuppressionRow | None:
    """Return why an address gets no mail; None if it may."""
    return session.get(SuppressionRow, email_hash)


def lift_suppression(session: Session, email_hash: str) -> bool:
    """Let an address get mail again; return whether it could not before."""
    row = session.get(SuppressionRow, email_hash)
    if row is not None:
        session.delete(row)
    return row is not None


def lift_erased(session: Session, email_hash: str) -> None:
    """Forget that somebody wanted to be forgotten: they have come back and confirmed it."""
    row = session.get(SuppressionRow, email_hash)
    if row is not None and row.reason == "erased":
        session.delete(row)


def export_of(session: Session, row: SubscriberRow) -> dict[str, Any]:
    """Return everything that is kept of a subscriber, as JSON can hold it."""
    digests = session.scalars(
        select(DigestRow).filter_by(subscriber_id=row.id).order_by(DigestRow.id)
    )
    items = session.execute(
        select(DigestItemRow, VacancyRow.reference)
        .join(VacancyRow, VacancyRow.id == DigestItemRow.vacancy_id)
        .where(DigestItemRow.subscriber_id == row.id)
        .order_by(DigestItemRow.id)
    ).all()
    said = session.execute(
        select(FeedbackRow, VacancyRow.reference)
        .join(VacancyRow, VacancyRow.id == FeedbackRow.vacancy_id)
        .where(FeedbackRow.subscriber_id == row.id)
    )
    return {
        "email": row.email,
        "status": row.status,
        "status_since": row.status_since.isoformat(),
        "frequency": row.frequency,
        "weekday": row.weekday,
        "profile": row.profile,
        "consent": {
            "asked_at": row.asked_at.isoformat(),
            "confirmed_at": row.confirmed_at and row.confirmed_at.isoformat(),
            "given_by": row.consent_given_by,
            "wording": row.consent_wording,
        },
        "last_sign_at": row.last_sign_at.isoformat(),
        "mails": [
            {
                "kind": digest.kind,
                "period": digest.period,
                "status": digest.status,
                "created_at": digest.created_at.isoformat(),
                "vacancies": [
                    {"reference": reference, "reason": item.reason, "told": item.told}
                    for item, reference in items
                    if item.digest_id == digest.id
                ],
            }
            for digest in digests
        ],
        "feedback": [
            {
                "reference": reference,
                "relevant": feedback.relevant,
                "said_at": feedback.said_at.isoformat(),
            }
            for feedback, reference in said
        ],
    }


def say_relevance(
    session: Session, row: SubscriberRow, vacancy_id: int, *, relevant: bool, now: datetime
) -> None:
    """Keep what a reader said of a vacancy; the last word counts."""
    session.merge(
        FeedbackRow(subscriber_id=row.id, vacancy_id=vacancy_id, relevant=relevant, said_at=now)
    )


def overdue_for_question(session: Session, now: datetime) -> list[SubscriberRow]:
    """Return the subscribers who have given no sign for a year and were not asked yet."""
    query = select(SubscriberRow).where(
        SubscriberRow.status.in_(("active", "paused")),
        SubscriberRow.still_wanted_asked_at.is_(None),
        SubscriberRow.last_sign_at < now - ASK_AFTER,
    )
    return list(session.scalars(query))


def delete_outdated(session: Session, now: datetime) -> dict[str, int]:
    """Delete the subscriptions that are kept no longer; return how many of each kind.

    They were never confirmed, ended a month ago, or got no answer to the question. Their
    addresses are not suppressed: nobody asked to be left alone.
    """
    limits = {
        "never confirmed": (SubscriberRow.status == "unconfirmed")
        & (SubscriberRow.status_since < now - timedelta(days=UNCONFIRMED_DAYS)),
        "unsubscribed": (SubscriberRow.status == "unsubscribed")
        & (SubscriberRow.status_since < now - timedelta(days=UNSUBSCRIBED_DAYS)),
        "no answer": SubscriberRow.still_wanted_asked_at < now - DELETE_AFTER,
    }
    counts = {}
    for name, condition in limits.items():
        ids = list(session.scalars(select(SubscriberRow.id).where(condition)))
        session.execute(delete(SubscriberRow).where(condition))
        counts[name] = len(ids)
    return counts


def give_up_address(session: Session, subscriber_id: int, email_hash: str, now: datetime) -> None:
    """Write no more to an address that a mail server says does not exist."""
    suppress(session, email_hash, "refused", now)
    row = session.get(SubscriberRow, subscriber_id)
    if row is not None:
        set_status(row, "unsubscribed", now)
