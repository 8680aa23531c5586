"""The tables of job seekers and their mails.

subscriber ── digest ── digest_item ── vacancy
    └── feedback ─────────────────────────┘
suppression (no address, only its keyed hash)
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pipelines.database.models import Base


class SubscriberRow(Base):
    """A person who asked for a digest, what they look for and what they have."""

    __tablename__ = "subscriber"
    __table_args__ = (
        CheckConstraint("status IN ('unconfirmed', 'active', 'paused', 'unsubscribed')", "status"),
        CheckConstraint("frequency IN ('daily', 'weekly')", "frequency"),
        CheckConstraint("weekday BETWEEN 0 AND 6", "weekday"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Random; what links carry instead of the address."""

    email: Mapped[str]
    email_hash: Mapped[str] = mapped_column(unique=True)
    """Keyed hash of the address in lower case: one subscription an address."""

    status: Mapped[str]
    status_since: Mapped[datetime]
    profile: Mapped[dict[str, Any]]
    """``pipelines.seekers.profile.Profile`` as JSON."""

    frequency: Mapped[str]
    weekday: Mapped[int]
    """Day of a weekly digest, 0 is Monday; kept while the digest is daily."""

    asked_at: Mapped[datetime]
    consent_wording: Mapped[str]
    """The words the person agreed to, whole."""

    consent_given_by: Mapped[str]
    """How: ``web page`` or ``command line``."""

    confirmed_at: Mapped[datetime | None]
    last_sign_at: Mapped[datetime]
    """Last time the person did something: subscribed, confirmed, changed, answered."""

    still_wanted_asked_at: Mapped[datetime | None]
    """When they were asked whether they still want the digest; None once they have answered."""


class SuppressionRow(Base):
    """An address that gets no mail, as a keyed hash: it cannot be read back."""

    __tablename__ = "suppression"
    __table_args__ = (CheckConstraint("reason IN ('erased', 'refused', 'asked')", "reason"),)

    email_hash: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    """``erased``: the person asked to be forgotten; ``refused``: a mail server said that there
    is no such address; ``asked``: an operator was asked not to write there."""

    since: Mapped[datetime]


class DigestRow(Base):
    """One mail to one subscriber; the outbox."""

    __tablename__ = "digest"
    __table_args__ = (
        UniqueConstraint("subscriber_id", "period"),
        CheckConstraint("status IN ('queued', 'sending', 'sent', 'failed', 'uncertain')", "status"),
        CheckConstraint("kind IN ('digest', 'confirmation', 'link', 'still wanted')", "kind"),
        Index(None, "status", "next_attempt_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"))
    kind: Mapped[str]
    period: Mapped[str]
    """First day of the period, e.g. ``2026-11-23``; another kind of mail has its kind and its
    time here."""

    status: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    message: Mapped[bytes | None]
    """The mail as it goes out; None once it is settled, so that it is not kept."""

    created_at: Mapped[datetime]
    drop_after: Mapped[datetime]
    """A mail that could not be sent until then is not sent any more."""

    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    """When it was sent, failed or found uncertain."""

    error: Mapped[str | None]
    """What the server answered, addresses removed."""


class DigestItemRow(Base):
    """One vacancy in one digest, with what the reader was told of it."""

    __tablename__ = "digest_item"
    __table_args__ = (
        UniqueConstraint("subscriber_id", "vacancy_id", "reason"),
        CheckConstraint("section IN ('new', 'changed', 'closing')", "section"),
        Index(None, "digest_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"))
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"))
    vacancy_id: Mapped[int] = mapped_column(ForeignKey("vacancy.id", ondelete="CASCADE"))
    reason: Mapped[str]
    """Why it is told: ``new``, ``changed`` with the day, or ``closing`` with the days left and the
    closing date; each at most once a person and vacancy."""

    section: Mapped[str]
    position: Mapped[int]
    """Order in the mail, from 1; those behind its limit are on the page it links to."""

    shown: Mapped[bool]
    """It stood in the mail itself, not only on that page."""

    told: Mapped[dict[str, Any]]
    """The facts as told, to notice later what has changed for this reader."""


class FeedbackRow(Base):
    """What a reader said of a vacancy."""

    __tablename__ = "feedback"

    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"), primary_key=True
    )
    vacancy_id: Mapped[int] = mapped_column(
        ForeignKey("vacancy.id", ondelete="CASCADE"), primary_key=True
    )
    relevant: Mapped[bool]
    said_at: Mapped[datetime]
