"""Subscriptions over their life, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from matcher.catalogue import load_catalogue
from personspec.exceptions import UsageError
from pipelines.database import Store
from pipelines.database.addressees import addressees_of
from pipelines.database.digests import claim_next, settle
from pipelines.database.subscriber_models import (
    DigestItemRow,
    DigestRow,
    FeedbackRow,
    SubscriberRow,
    SuppressionRow,
)
from pipelines.outputs.digest.press import Queued, queue_due
from pipelines.seekers.subscription import Subscription
from pipelines.subscriptions import Subscriptions
from tests.pipelines.mail.keys import IDENTITY
from tests.pipelines.mail.readers import add_readers, add_vacancies
from tests.pipelines.seekers.people import profile

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
CATALOGUE = load_catalogue()
ADDRESS = "reader@example.org"
DAILY = Subscription(profile(), "daily")


@pytest.fixture
def subscriptions(store: Store) -> Subscriptions:
    return Subscriptions(store, IDENTITY)


def subscribe(subscriptions: Subscriptions, at: datetime = NOW) -> str:
    subscriptions.ask(ADDRESS, DAILY, "command line", at)
    key = subscriptions.key_of(ADDRESS)
    assert key is not None
    assert subscriptions.confirm(key, at)
    return key


def rows(store: Store) -> list[SubscriberRow]:
    with store.reading() as session:
        found = list(session.scalars(select(SubscriberRow)))
        session.expunge_all()
        return found


def kinds(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(DigestRow.kind).order_by(DigestRow.id)))


def send_all(store: Store, now: datetime, status: str = "sent") -> int:
    count = 0
    with store.writing() as session:
        while (mail := claim_next(session, now)) is not None:
            settle(session, mail.id, status, now)  # type: ignore[arg-type]
            count += 1
    return count


def test_a_vacancy_is_told_once_and_its_change_once(store: Store) -> None:
    add_vacancies(store, "X1", at=NOW, closing=datetime(2026, 12, 20).date())  # noqa: DTZ001
    add_readers(store, 1, now=NOW)
    told = []
    for days in range(6):
        now = NOW + timedelta(days=days)
        if days == 3:
            add_vacancies(store, "X1", at=now, closing=datetime(2026, 12, 24).date())  # noqa: DTZ001
        told.append(queue_due(store, CATALOGUE, IDENTITY, now))
        send_all(store, now)
    assert [one.queued for one in told] == [1, 0, 0, 1, 0, 0]
    with store.reading() as session:
        sections = list(session.scalars(select(DigestItemRow.section).order_by(DigestItemRow.id)))
    assert sections == ["new", "changed"]


def test_the_same_period_is_never_queued_twice(store: Store) -> None:
    add_vacancies(store, "X1", at=NOW, closing=datetime(2026, 12, 20).date())  # noqa: DTZ001
    add_readers(store, 60, now=NOW)
    assert queue_due(store, CATALOGUE, IDENTITY, NOW, dry_run=True) == Queued(queued=60)
    assert kinds(store) == []
    assert queue_due(store, CATALOGUE, IDENTITY, NOW) == Queued(queued=60)
    assert queue_due(store, CATALOGUE, IDENTITY, NOW) == Queued(not_due=60)
    assert kinds(store) == ["digest"] * 60


@pytest.mark.parametrize("status", ["failed", "uncertain"])
def test_what_did_not_surely_arrive_is_told_again(store: Store, status: str) -> None:
    add_vacancies(store, "X1", at=NOW, closing=datetime(2026, 12, 20).date())  # noqa: DTZ001
    add_readers(store, 1, now=NOW)
    queue_due(store, CATALOGUE, IDENTITY, NOW)
    send_all(store, NOW, status)
    with store.reading() as session:
        (addressee,) = addressees_of(session, rows(store)).values()
    assert addressee.unsure is (status == "uncertain")
    assert queue_due(store, CATALOGUE, IDENTITY, NOW + timedelta(days=1)).queued == 1


def test_two_senders_never_claim_the_same_mail(store: Store) -> None:
    add_vacancies(store, "X1", at=NOW, closing=datetime(2026, 12, 20).date())  # noqa: DTZ001
    add_readers(store, 3, now=NOW)
    queue_due(store, CATALOGUE, IDENTITY, NOW)
    claimed = []
    for _ in range(4):
        with store.writing() as session:
            mail = claim_next(session, NOW)
            claimed.append(mail and mail.id)
    assert claimed[3] is None
    assert len(set(claimed[:3])) == 3


def test_who_gives_no_sign_is_asked_and_then_deleted(
    subscriptions: Subscriptions, store: Store
) -> None:
    subscribe(subscriptions)
    silent = NOW + timedelta(days=366)
    assert subscriptions.keep_or_ask(silent - timedelta(days=2)).asked == 0
    assert subscriptions.keep_or_ask(silent, dry_run=True).asked == 1
    assert kinds(store) == ["confirmation"]
    assert subscriptions.keep_or_ask(silent).asked == 1
    assert kinds(store) == ["confirmation", "still wanted"]
    assert subscriptions.keep_or_ask(silent + timedelta(days=29)).deleted["no answer"] == 0
    assert subscriptions.keep_or_ask(silent + timedelta(days=31)).deleted["no answer"] == 1
    assert rows(store) == []
    assert kinds(store) == []


def test_an_answer_to_the_question_keeps_the_digest(
    subscriptions: Subscriptions, store: Store
) -> None:
    key = subscribe(subscriptions)
    silent = NOW + timedelta(days=366)
    subscriptions.keep_or_ask(silent)
    assert subscriptions.still_here(key, silent + timedelta(days=3))
    done = subscriptions.keep_or_ask(silent + timedelta(days=60))
    assert done.asked == 0
    assert set(done.deleted.values()) == {0}
    assert len(rows(store)) == 1


def test_who_stopped_without_having_confirmed_is_asked_to_confirm_not_given_the_link(
    subscriptions: Subscriptions, store: Store
) -> None:
    subscriptions.ask(ADDRESS, DAILY, "web page", NOW)
    key = subscriptions.key_of(ADDRESS)
    assert key
    assert subscriptions.move_to(key, "unsubscribed", NOW)
    later = NOW + timedelta(hours=1)
    subscriptions.ask_for_link(ADDRESS, later)
    assert kinds(store) == ["confirmation", "confirmation"]
    assert subscriptions.confirm(key, later)
    assert rows(store)[0].status == "active"


def test_what_is_not_confirmed_or_has_ended_does_not_stay(
    subscriptions: Subscriptions, store: Store
) -> None:
    subscriptions.ask(ADDRESS, DAILY, "web page", NOW)
    assert subscriptions.keep_or_ask(NOW + timedelta(days=6)).deleted["never confirmed"] == 0
    assert subscriptions.keep_or_ask(NOW + timedelta(days=8)).deleted["never confirmed"] == 1
    key = subscribe(subscriptions)
    assert subscriptions.move_to(key, "unsubscribed", NOW)
    assert subscriptions.keep_or_ask(NOW + timedelta(days=29)).deleted["unsubscribed"] == 0
    assert subscriptions.keep_or_ask(NOW + timedelta(days=31)).deleted["unsubscribed"] == 1
    assert rows(store) == []


def test_erasing_leaves_only_a_hash_and_coming_back_lifts_it(
    subscriptions: Subscriptions, store: Store
) -> None:
    add_vacancies(store, "X1", at=NOW, closing=datetime(2026, 12, 20).date())  # noqa: DTZ001
    key = subscribe(subscriptions)
    queue_due(store, CATALOGUE, IDENTITY, NOW)
    subscriptions.say_relevance(key, 1, relevant=True, now=NOW)
    assert subscriptions.erase(key, NOW)
    with store.reading() as session:
        for table in (SubscriberRow, DigestRow, DigestItemRow, FeedbackRow):
            assert session.scalars(select(table)).all() == [], table
        (suppression,) = session.scalars(select(SuppressionRow))
        assert "reader" not in suppression.email_hash
    subscribe(subscriptions, NOW + timedelta(days=1))
    with store.reading() as session:
        assert session.scalars(select(SuppressionRow)).all() == []


def test_an_address_that_must_not_be_written_to_gets_nothing(
    subscriptions: Subscriptions, store: Store
) -> None:
    subscriptions.suppress("Reader@Example.org", NOW)
    subscriptions.ask(ADDRESS, DAILY, "web page", NOW)
    assert rows(store) == []
    assert subscriptions.lift(ADDRESS)
    assert not subscriptions.lift(ADDRESS)
    subscriptions.ask(ADDRESS, DAILY, "web page", NOW)
    assert len(rows(store)) == 1


def test_pausing_before_confirming_starts_nothing(
    subscriptions: Subscriptions, store: Store
) -> None:
    subscriptions.ask(ADDRESS, DAILY, "web page", NOW)
    key = subscriptions.key_of(ADDRESS)
    assert key is not None
    assert subscriptions.move_to(key, "active", NOW)
    assert [row.status for row in rows(store)] == ["unconfirmed"]


def test_an_unknown_link_changes_nothing(subscriptions: Subscriptions) -> None:
    assert not subscriptions.confirm("nobody", NOW)
    assert not subscriptions.change("nobody", DAILY, NOW)
    assert not subscriptions.move_to("nobody", "paused", NOW)
    assert not subscriptions.erase("nobody", NOW)
    assert subscriptions.export("nobody") is None
    with pytest.raises(UsageError):
        subscriptions.ask("nobody", DAILY, "web page", NOW)
