"""Makes the digests of one day: composed, put into words, queued; each reader once a period."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from matcher.catalogue import Catalogue
from personspec.london import LONDON
from pipelines.database import Store, digests, subscribers
from pipelines.database.addressees import addressees_of
from pipelines.database.digests import Item, Outgoing
from pipelines.database.open_vacancies import load_open_vacancies
from pipelines.mail.identity import Identity
from pipelines.mail.message import Letter, build_message, message_id
from pipelines.outputs.digest.compose import Digest, Offer, compose
from pipelines.outputs.digest.render import render_digest
from pipelines.outputs.digest.views import DigestView, Writer
from pipelines.seekers.addressee import Addressee
from pipelines.seekers.filters import passes
from pipelines.seekers.profile import Profile
from pipelines.seekers.score import Reader
from pipelines.seekers.subscription import period_due
from pipelines.seekers.told import told_facts
from pipelines.seekers.types import OpenVacancy

MANY_A_WEEK = 50
"""Above so many new vacancies a week a search is too wide to be read."""


@dataclass(frozen=True, slots=True)
class Made:
    """A digest ready for the outbox."""

    mail: Outgoing
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Press:
    """Makes the digests of one day for any number of addressees."""

    offer: Offer
    writer: Writer
    identity: Identity

    @classmethod
    def of(
        cls,
        vacancies: Iterable[OpenVacancy],
        today: date,
        catalogue: Catalogue,
        identity: Identity,
    ) -> "Press":
        """Return the press of a day in London."""
        return cls(Offer.of(vacancies, today), Writer(catalogue, today), identity)

    def make(self, addressee: Addressee, period: date) -> tuple[Digest, Letter] | None:
        """Return the digest of an addressee and its words; None if there is nothing to say."""
        made = self._compose(addressee, period)
        return made and (made[0], render_digest(made[1], self.identity.contact))

    def view(self, addressee: Addressee, period: date) -> DigestView | None:
        """Return what a digest would say; None if there is nothing to say."""
        made = self._compose(addressee, period)
        return made and made[1]

    def _compose(self, addressee: Addressee, period: date) -> tuple[Digest, DigestView] | None:
        reader = Reader(addressee.subscription.profile, addressee.rated)
        digest = compose(
            self.offer,
            reader,
            addressee.history,
            unwanted=lambda vacancy: addressee.said.get(vacancy) is False,
        )
        if digest is None:
            return None
        links = self.identity.links(addressee.key)
        view = self.writer.digest_view(
            digest, reader, links, period=period.isoformat(), unsure=addressee.unsure
        )
        return digest, view

    def next(self, addressee: Addressee, email: str, now: datetime) -> Made | None:
        """Return the mail an addressee would get today, due or not; None for nothing to say."""
        made = self.make(addressee, self.offer.today)
        return None if made is None else self._made(made, addressee, email, self.offer.today, now)

    def mail(
        self, addressee: Addressee, email: str, now: datetime
    ) -> Made | Literal["nothing_to_say", "not_due"]:
        """Return the mail of an addressee as the outbox takes it, or why there is none."""
        period = period_due(addressee.subscription, self.offer.today, addressee.last_period)
        if period is None:
            return "not_due"
        made = self.make(addressee, period)
        if made is None:
            return "nothing_to_say"
        return self._made(made, addressee, email, period, now)

    def _made(
        self,
        made: tuple[Digest, Letter],
        addressee: Addressee,
        email: str,
        period: date,
        now: datetime,
    ) -> Made:
        digest, letter = made
        id_ = message_id(self.identity, addressee.key, period.isoformat())
        days = 1 if addressee.subscription.frequency == "daily" else 7
        end = datetime.combine(period + timedelta(days=days), datetime.min.time(), LONDON)
        mail = Outgoing(
            kind="digest",
            period=period.isoformat(),
            message_id=id_,
            message=build_message(letter, self.identity, to=email, id_=id_, at=now),
            # Of use until the period is over, and long enough for a greylisting server.
            drop_after=max(end.astimezone(UTC), now + timedelta(hours=4)),
        )
        return Made(mail, tuple(items_of(digest)))

    def new_in_a_week(self, profile: Profile) -> int:
        """Return how many open vacancies that a profile asks for were first seen this week."""
        since = self.offer.today - timedelta(days=7)
        return sum(
            vacancy.first_seen.date() > since and passes(vacancy, profile)
            for vacancy in self.offer.index.candidates(profile)
        )


@dataclass(frozen=True, slots=True)
class Queued:
    """What a run of the press did."""

    queued: int = 0
    nothing_to_say: int = 0
    not_due: int = 0


def open_press(store: Store, catalogue: Catalogue, identity: Identity, now: datetime) -> Press:
    """Return the press of the day, with the vacancies the store knew by then."""
    with store.reading() as session:
        vacancies = load_open_vacancies(session, now)
    return Press.of(vacancies, now.astimezone(LONDON).date(), catalogue, identity)


def queue_due(
    store: Store,
    catalogue: Catalogue,
    identity: Identity,
    now: datetime,
    *,
    dry_run: bool = False,
) -> Queued:
    """Queue the digest of every active subscriber who is due; may be run again at any time.

    A batch of subscribers is one transaction: killed in between, the next run goes on where
    this one stopped, and nobody gets a period twice. A dry run composes and queues nothing.
    """
    press = open_press(store, catalogue, identity, now)
    done: Counter[str] = Counter()
    last = 0
    while True:
        with store.writing() as session:
            batch = subscribers.next_batch(session, "active", after=last)
            if not batch:
                return Queued(**done)
            last = batch[-1].id
            addressees = addressees_of(session, batch)
            for row in batch:
                made = press.mail(addressees[row.id], row.email, now)
                if not isinstance(made, Made):
                    done[made] += 1
                    continue
                done["queued"] += 1
                if not dry_run:
                    digests.queue_mail(session, row.id, made.mail, made.items, now)


def items_of(digest: Digest) -> list[Item]:
    """Return everything a digest tells: in the mail, on its page, and under a near-duplicate."""
    return [
        Item(one.vacancy.id, one.reason, one.section, shown, told_facts(one.vacancy))
        for entries, shown in ((digest.entries, True), (digest.more, False))
        for entry in entries
        for one in (entry, *entry.alike)
    ]
