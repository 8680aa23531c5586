"""The outbox against a real server: refusals, greylisting, broken connections, a second sender."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import select

from matcher.catalogue import load_catalogue
from pipelines.database import Store, open_store, subscribers
from pipelines.database.subscriber_models import DigestItemRow, DigestRow, SubscriberRow
from pipelines.mail.outbox import AlreadySendingError, Outbox, Sent
from pipelines.mail.smtp import MailServer, ServerSettings
from pipelines.outputs.digest.press import Queued, queue_due
from tests.pipelines.mail.keys import IDENTITY
from tests.pipelines.mail.readers import add_readers, add_vacancies, in_days
from tests.pipelines.mail.server import Mailboxes, mail_server

CATALOGUE = load_catalogue()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    add_vacancies(opened, "X1", "X2", at=datetime.now(UTC), closing=in_days(20))
    add_readers(opened, 3)
    yield opened
    opened.close()


def queue(store: Store, now: datetime | None = None) -> Queued:
    return queue_due(store, CATALOGUE, IDENTITY, now or datetime.now(UTC))


def send(
    store: Store, mailboxes: Mailboxes, tmp_path: Path, *, after: timedelta = timedelta()
) -> Sent:
    outbox = Outbox(
        store, IDENTITY.address, tmp_path / "lock", 600_000, lambda: datetime.now(UTC) + after
    )
    with mail_server(mailboxes) as port:
        settings = ServerSettings("127.0.0.1", port, "none", "", "", 2.0)
        with MailServer(settings) as server:
            return outbox.send(server)


def statuses(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(DigestRow.status).order_by(DigestRow.id)))


def test_everybody_gets_one_mail_however_often_it_is_run(store: Store, tmp_path: Path) -> None:
    mailboxes = Mailboxes()
    assert queue(store) == Queued(queued=3)
    assert send(store, mailboxes, tmp_path).fates == {"accepted": 3}
    assert queue(store) == Queued(not_due=3)
    assert send(store, mailboxes, tmp_path).fates == {}
    assert sorted(receiver for receiver, _ in mailboxes.accepted) == [
        f"reader{number}@example.org" for number in range(3)
    ]
    assert statuses(store) == ["sent"] * 3


def test_a_sent_mail_is_not_kept(store: Store, tmp_path: Path) -> None:
    queue(store)
    send(store, Mailboxes(), tmp_path)
    with store.reading() as session:
        assert set(session.scalars(select(DigestRow.message))) == {None}


def test_an_address_that_does_not_exist_is_not_written_to_again(
    store: Store, tmp_path: Path
) -> None:
    mailboxes = Mailboxes()
    mailboxes.on_step = lambda step, address: (
        "550 5.1.1 no such user" if step == "RCPT" and address.startswith("reader1") else None
    )
    queue(store)
    sent = send(store, mailboxes, tmp_path)
    assert sent.fates == {"accepted": 2, "no such address": 1}
    with store.reading() as session:
        row = session.scalars(select(SubscriberRow).filter_by(id=2)).one()
        assert row.status == "unsubscribed"
        suppression = subscribers.suppression_of(session, row.email_hash)
        assert suppression is not None
        assert suppression.reason == "refused"
    add_vacancies(store, "X3", at=datetime.now(UTC), closing=in_days(20))
    assert queue(store, datetime.now(UTC) + timedelta(days=1)).queued == 2


def test_a_greylisted_mail_comes_later_and_once(store: Store, tmp_path: Path) -> None:
    mailboxes = Mailboxes()
    mailboxes.on_step = lambda step, _: "450 4.2.0 greylisted" if step == "RCPT" else None
    queue(store)
    assert send(store, mailboxes, tmp_path).fates == {"later": 3}
    mailboxes.on_step = lambda _step, _address: None
    assert send(store, mailboxes, tmp_path).fates == {}
    assert send(store, mailboxes, tmp_path, after=timedelta(minutes=6)).fates == {"accepted": 3}
    assert statuses(store) == ["sent"] * 3


def test_what_cannot_be_sent_in_its_time_is_told_in_the_next_digest(
    store: Store, tmp_path: Path
) -> None:
    queue(store)
    late = timedelta(days=1, hours=5)
    assert send(store, Mailboxes(), tmp_path, after=late).overdue == 3
    assert statuses(store) == ["failed"] * 3
    mailboxes = Mailboxes()
    assert queue(store, datetime.now(UTC) + late) == Queued(queued=3)
    assert send(store, mailboxes, tmp_path, after=late).fates == {"accepted": 3}
    assert b"2 new vacancies for you" in mailboxes.accepted[0][1]


def test_an_uncertain_mail_is_not_sent_again_but_its_news_is_repeated_and_said_to_be(
    store: Store, tmp_path: Path
) -> None:
    mailboxes = Mailboxes()
    mailboxes.on_step = lambda step, _: "hang up" if step == "DATA" else None
    queue(store)
    assert send(store, mailboxes, tmp_path).fates == {"unknown": 3}
    assert statuses(store) == ["uncertain"] * 3
    mailboxes.on_step = lambda _step, _address: None
    assert send(store, mailboxes, tmp_path).fates == {}
    tomorrow = timedelta(days=1)
    queue(store, datetime.now(UTC) + tomorrow)
    send(store, mailboxes, tmp_path, after=tomorrow)
    assert len(mailboxes.accepted) == 3
    assert b"We are not sure that your last digest reached you" in mailboxes.accepted[0][1]


def test_a_server_that_closes_leaves_everything_queued(store: Store, tmp_path: Path) -> None:
    mailboxes = Mailboxes()
    mailboxes.on_step = lambda step, _: "421 4.3.2 closing" if step == "MAIL" else None
    queue(store)
    assert send(store, mailboxes, tmp_path).fates == {"later": 3}
    assert statuses(store) == ["queued"] * 3


def test_a_server_that_is_away_leaves_everything_queued(store: Store, tmp_path: Path) -> None:
    queue(store)
    outbox = Outbox(store, IDENTITY.address, tmp_path / "lock", 600_000)
    with MailServer(ServerSettings("127.0.0.1", 9, "none", "", "", 1.0)) as server:
        sent = outbox.send(server)
    assert "cannot be used" in sent.stopped
    assert statuses(store) == ["queued"] * 3


def test_a_second_sender_is_turned_away(store: Store, tmp_path: Path) -> None:
    queue(store)
    with FileLock(tmp_path / "lock"), pytest.raises(AlreadySendingError):
        send(store, Mailboxes(), tmp_path)


def test_who_leaves_before_the_mail_goes_out_gets_none(store: Store, tmp_path: Path) -> None:
    queue(store)
    with store.writing() as session:
        for row in session.scalars(select(SubscriberRow).filter(SubscriberRow.id > 1)):
            subscribers.set_status(row, "paused" if row.id == 2 else "unsubscribed", row.asked_at)
    mailboxes = Mailboxes()
    send(store, mailboxes, tmp_path)
    assert [receiver for receiver, _ in mailboxes.accepted] == ["reader0@example.org"]


def test_no_address_is_logged(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mailboxes = Mailboxes()
    mailboxes.on_step = lambda step, address: (
        f"550 5.1.1 <{address}>: no such user" if step == "RCPT" and "1" in address else None
    )
    with caplog.at_level(logging.DEBUG):
        queue(store)
        send(store, mailboxes, tmp_path)
    ours = "\n".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("mail.")
    )
    assert "no such user" in ours
    assert "reader" not in ours
    with store.reading() as session:
        assert "reader" not in str(list(session.scalars(select(DigestRow.error))))
        assert session.scalars(select(DigestItemRow)).first() is not None
