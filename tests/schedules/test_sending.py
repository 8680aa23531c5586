"""Mails between the entries of the timetable, with a real mail server that puts them off."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from filelock import FileLock
from sqlalchemy import select

from matcher.catalogue import load_catalogue
from pipelines.database import Store, open_store
from pipelines.database.subscriber_models import DigestRow
from pipelines.outputs.digest.press import queue_due
from pipelines.seekers.subscription import Subscription
from pipelines.subscriptions import Subscriptions
from schedules import jobs
from schedules.jobs import Result, digest, send_mail
from tests.pipelines.mail.keys import IDENTITY, SETTINGS
from tests.pipelines.mail.readers import add_readers, add_vacancies, in_days
from tests.pipelines.mail.server import Mailboxes, mail_server
from tests.pipelines.seekers.people import profile

NEW = "new@example.org"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store of which no source is healthy, with a digest and a confirmation in the queue."""
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    opened = open_store(f"sqlite:///{tmp_path / 'personspec.db'}")
    now = datetime.now(UTC)
    add_vacancies(opened, "X1", at=now, closing=in_days(20))
    add_readers(opened, 1)
    queue_due(opened, load_catalogue(), IDENTITY, now)
    Subscriptions(opened, IDENTITY).ask(NEW, Subscription(profile(), "daily"), "web page", now)
    opened.end_run(opened.start_run("nhs_jobs"), ["it is broken"], {"refused/403": 3})
    yield opened
    opened.close()


@pytest.fixture
def boxes(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailboxes]:
    """The mail server of the settings."""
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as port:
        values = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_SECURITY": "none"}
        values |= {"MAILS_PER_MINUTE": "600000"}
        for name, value in {f"PERSONSPEC_{name}": values[name] for name in values}.items():
            monkeypatch.setenv(name, value)
        for name, value in SETTINGS.items():
            monkeypatch.setenv(name, value)
        yield mailboxes


def statuses(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(DigestRow.status).order_by(DigestRow.id)))


def greylist(boxes: Mailboxes) -> None:
    boxes.on_step = lambda step, _: "451 4.7.1 try again later" if step == "RCPT" else None


def take_all(boxes: Mailboxes) -> None:
    boxes.on_step = lambda _step, _receiver: None


def later(minutes: int) -> time_machine.travel:
    return time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes), tick=True)


def test_what_a_server_put_off_is_tried_again_without_the_timetable_and_healthy_sources(
    store: Store, boxes: Mailboxes
) -> None:
    greylist(boxes)
    send_mail()
    assert statuses(store) == ["queued", "queued"]
    take_all(boxes)
    with later(2):
        send_mail()
    assert boxes.accepted == []  # too early for a server that greylists
    with later(6):
        send_mail()
    assert {receiver for receiver, _ in boxes.accepted} == {"reader0@example.org", NEW}
    assert statuses(store) == ["sent", "sent"]
    with later(12):
        send_mail()
    assert len(boxes.accepted) == 2


def test_what_stays_put_off_is_tried_for_as_long_as_it_is_of_use(
    store: Store, boxes: Mailboxes
) -> None:
    greylist(boxes)
    send_mail()
    for minutes in (6, 27, 88, 269):
        with later(minutes):
            send_mail()
    assert boxes.commands.count("RCPT") >= 2 * 4
    with later(60 * 36):
        send_mail()
    assert statuses(store) == ["failed", "failed"]


def test_without_a_mail_server_nothing_is_touched(store: Store) -> None:
    with later(60 * 36):
        send_mail()
    assert statuses(store) == ["queued", "queued"]


def test_a_missing_setting_is_logged_and_the_service_goes_on(
    store: Store, boxes: Mailboxes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PERSONSPEC_MAIL_FROM")
    send_mail()
    assert statuses(store) == ["queued", "queued"]


def test_the_entry_of_the_timetable_sends_what_is_queued_and_says_so(
    store: Store, boxes: Mailboxes, capsys: pytest.CaptureFixture[str]
) -> None:
    store.end_run(store.start_run("nhs_jobs"), [], {})
    assert digest() == Result("done", "What was due is sent.")
    assert len(boxes.accepted) == 2
    assert json.loads(capsys.readouterr().out)["fates"] == {"accepted": 2}


def test_two_senders_are_never_at_work_and_a_digest_left_to_the_other_is_no_failure(
    store: Store, boxes: Mailboxes, tmp_path: Path
) -> None:
    with FileLock(tmp_path / "sending.lock"):
        send_mail()
        store.end_run(store.start_run("nhs_jobs"), [], {})
        said = "What was due is queued; who is sending already sends it too."
        assert digest() == Result("done", said)
    assert boxes.accepted == []
    send_mail()
    assert len(boxes.accepted) == 2


@pytest.mark.parametrize("send", [send_mail, digest])
def test_a_service_that_ends_leaves_the_rest_for_its_next_start(
    store: Store, boxes: Mailboxes, send: Callable[[], object]
) -> None:
    store.end_run(store.start_run("nhs_jobs"), [], {})

    def end(step: str, _receiver: str) -> None:
        if step == "ACCEPTED":
            jobs.STOP.set()

    boxes.on_step = end
    try:
        send()
    finally:
        jobs.STOP.clear()
    assert statuses(store) == ["sent", "queued"]
