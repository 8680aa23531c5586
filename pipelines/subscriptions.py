"""What can be done with a subscription, by page or by command; each call is one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from personspec.london import LONDON
from pipelines.database import Store, Transaction, digests, subscribers
from pipelines.database.digests import Kind, Outgoing
from pipelines.database.subscriber_models import SubscriberRow
from pipelines.database.subscribers import DELETE_AFTER, Consent, Mailbox
from pipelines.mail.addresses import address_hash, checked_address
from pipelines.mail.identity import Identity
from pipelines.mail.message import Letter, build_message, message_id
from pipelines.outputs.digest.notices import confirmation, link_asked_for, still_wanted
from pipelines.outputs.digest.sentences import search_in_words
from pipelines.seekers.subscription import Status, Subscription

CONSENT = (
    "I want an email digest of vacancies that match what I entered here. I agree that my email "
    "address and my answers are kept for that, and for nothing else, until I stop it. I can "
    "change, stop, see or erase everything at any time by the links in each email."
)
"""The words a person agrees to; kept with the subscription as they stood."""


PAUSE_BETWEEN = timedelta(minutes=10)
"""Between two mails that anybody can cause by typing an address."""

MOST_ASKED_FOR = timedelta(days=1)
"""A mail somebody asked for just now is of no use after so long."""


@dataclass(frozen=True, slots=True)
class Retention:
    """What keeping the rules of retention did."""

    asked: int
    """Silent subscribers who were asked whether they still want the digest."""

    deleted: Mapping[str, int]
    """Subscriptions deleted, by the reason."""


def delete_outdated(store: Store, now: datetime) -> Mapping[str, int]:
    """Delete the subscriptions kept no longer; return how many for each reason.

    Needs no sender, so that what was promised is kept where no mail goes out any more.
    """
    with store.writing() as session:
        return subscribers.delete_outdated(session, now)


@dataclass(frozen=True)
class Subscriptions:
    """The subscriptions of a store, as pages and commands act on them."""

    store: Store
    identity: Identity

    def ask(self, email: str, subscription: Subscription, given_by: str, now: datetime) -> None:
        """Take a request to subscribe; the answer comes by mail, whoever asked.

        What is done does not show outside: an address that has a digest gets the link to it, one
        that must not be written to gets nothing, any other is asked to confirm.

        Raises:
            UsageError: It is not an email address.
        """
        mailbox = self.mailbox(email)
        consent = Consent(CONSENT, given_by)
        with self.store.writing() as session:
            suppression = subscribers.suppression_of(session, mailbox.hash)
            if suppression is not None and suppression.reason != "erased":
                return
            row = subscribers.find_by_hash(session, mailbox.hash)
            if row is None:
                row = subscribers.add_subscriber(session, mailbox, subscription, consent, now)
            elif row.status in {"active", "paused"}:
                self._queue_asked_for(session, row, "link", now)
                return
            else:
                subscribers.ask_again(row, subscription, consent, now)
            self._queue_asked_for(session, row, "confirmation", now)

    def ask_for_link(self, email: str, now: datetime) -> None:
        """Send the link to somebody's own page, if they have a digest; nothing shows outside.

        Who asked for a digest and stopped it without having confirmed is asked to confirm.

        Raises:
            UsageError: It is not an email address.
        """
        mailbox = self.mailbox(email)
        with self.store.writing() as session:
            row = subscribers.find_by_hash(session, mailbox.hash)
            if row is not None and row.status != "unconfirmed":
                kind: Kind = "confirmation" if row.confirmed_at is None else "link"
                self._queue_asked_for(session, row, kind, now)

    def confirm(self, key: str, now: datetime) -> bool:
        """Start the digest of who opened the confirmation link; return whether there is one."""
        with self.store.writing() as session:
            row = subscribers.find_by_key(session, key)
            if row is None:
                return False
            if row.status in {"unconfirmed", "unsubscribed"}:
                row.confirmed_at = now
                subscribers.set_status(row, "active", now)
            subscribers.note_sign(row, now)
            subscribers.lift_erased(session, row.email_hash)
            return True

    def change(self, key: str, subscription: Subscription, now: datetime) -> bool:
        """Keep what a subscriber wants from now on; return whether there is one."""
        with self.store.writing() as session:
            row = subscribers.find_by_key(session, key)
            if row is None:
                return False
            for name, value in subscribers.subscription_columns(subscription).items():
                setattr(row, name, value)
            subscribers.note_sign(row, now)
            return True

    def move_to(self, key: str, status: Status, now: datetime) -> bool:
        """Pause, take up again or end a digest; return whether there is such a subscriber.

        One that was never confirmed can only be ended.
        """
        with self.store.writing() as session:
            row = subscribers.find_by_key(session, key)
            if row is None:
                return False
            if row.confirmed_at is not None or status == "unsubscribed":
                subscribers.set_status(row, status, now)
            subscribers.note_sign(row, now)
            return True

    def still_here(self, key: str, now: datetime) -> bool:
        """Note that a subscriber did something; return whether there is one."""
        with self.store.writing() as session:
            row = subscribers.find_by_key(session, key)
            if row is not None:
                subscribers.note_sign(row, now)
            return row is not None

    def erase(self, key: str, now: datetime) -> bool:
        """Forget a subscriber but for the hash of the address; return whether there was one."""
        with self.store.writing() as session:
            row = subscribers.find_by_key(session, key)
            if row is not None:
                subscribers.erase(session, row, now)
            return row is not None

    def say_relevance(self, key: str, vacancy_id: int, *, relevant: bool, now: datetime) -> bool:
        """Keep what a reader said of a vacancy; return whether there is such a reader."""
        with self.store.writing() as session:
            row = subscribers.find_by_key(session, key)
            if row is None:
                return False
            subscribers.say_relevance(session, row, vacancy_id, relevant=relevant, now=now)
            subscribers.note_sign(row, now)
            return True

    def export(self, key: str) -> dict[str, Any] | None:
        """Return everything that is kept of a subscriber; None if there is none."""
        with self.store.reading() as session:
            row = subscribers.find_by_key(session, key)
            return None if row is None else subscribers.export_of(session, row)

    def key_of(self, email: str) -> str | None:
        """Return the key of an address; None if it has no subscription.

        Raises:
            UsageError: It is not an email address.
        """
        with self.store.reading() as session:
            row = subscribers.find_by_hash(session, self.mailbox(email).hash)
            return None if row is None else row.key

    def suppress(self, email: str, now: datetime) -> None:
        """Write to an address no more, because somebody asked for it.

        Raises:
            UsageError: It is not an email address.
        """
        mailbox = self.mailbox(email)
        with self.store.writing() as session:
            row = subscribers.find_by_hash(session, mailbox.hash)
            if row is not None:
                subscribers.set_status(row, "unsubscribed", now)
            subscribers.suppress(session, mailbox.hash, "asked", now)

    def lift(self, email: str) -> bool:
        """Let an address get mail again; return whether it could not before.

        Raises:
            UsageError: It is not an email address.
        """
        with self.store.writing() as session:
            return subscribers.lift_suppression(session, self.mailbox(email).hash)

    def mailbox(self, email: str) -> Mailbox:
        """Return a checked address with its hash; raise UsageError if it is none."""
        address = checked_address(email)
        return Mailbox(address, address_hash(address, self.identity.address_key))

    def keep_or_ask(self, now: datetime, *, dry_run: bool = False) -> Retention:
        """Ask who gave no sign for a year, and delete what is kept no longer.

        Args:
            now: The time.
            dry_run: Only count.
        """
        with self.store.writing() as session:
            deleted = subscribers.delete_outdated(session, now)
            silent = subscribers.overdue_for_question(session, now)
            for row in silent:
                row.still_wanted_asked_at = now
                self._queue(session, row, "still wanted", now)
            if dry_run:
                session.rollback()
        return Retention(asked=len(silent), deleted=deleted)

    def _queue_asked_for(
        self, session: Transaction, row: SubscriberRow, kind: Kind, now: datetime
    ) -> None:
        """Queue a mail that was asked for, unless one was just now: nobody can be flooded."""
        latest = digests.latest_mail(session, row.id, ("confirmation", "link"))
        if latest is None or now - latest >= PAUSE_BETWEEN:
            self._queue(session, row, kind, now)

    def _queue(self, session: Transaction, row: SubscriberRow, kind: Kind, now: datetime) -> None:
        period = f"{kind} {now.astimezone(UTC).isoformat(timespec='seconds')}"
        id_ = message_id(self.identity, row.key, period)
        message = build_message(
            self._letter(row, kind, now), self.identity, to=row.email, id_=id_, at=now
        )
        drop_after = now + (DELETE_AFTER if kind == "still wanted" else MOST_ASKED_FOR)
        digests.queue_mail(
            session, row.id, Outgoing(kind, period, id_, message, drop_after), (), now
        )

    def _letter(self, row: SubscriberRow, kind: Kind, now: datetime) -> Letter:
        links = self.identity.links(row.key)
        if kind == "confirmation":
            profile = subscribers.subscription_of(row).profile
            return confirmation(self.identity, links, search_in_words(profile))
        if kind == "link":
            return link_asked_for(self.identity, links)
        assert kind == "still wanted"
        return still_wanted(self.identity, links, (now + DELETE_AFTER).astimezone(LONDON).date())
