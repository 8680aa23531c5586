"""A sender killed at any step: nobody gets a period twice, and nobody silently none."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from pipelines.database import Store, open_store
from pipelines.database.subscriber_models import DigestRow
from tests.pipelines.mail.keys import SETTINGS
from tests.pipelines.mail.readers import add_readers, add_vacancies, in_days
from tests.pipelines.mail.server import Mailboxes, mail_server

READERS = 6
STEPS = ("EHLO", "MAIL", "RCPT", "DATA", "ACCEPTED")


def prepare(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url)
    add_vacancies(store, "X1", "X2", at=datetime.now(UTC), closing=in_days(20))
    add_readers(store, READERS)
    store.close()
    return url


def start(environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "personspec", "digest", "send"],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def environment_of(tmp_path: Path, url: str, port: int) -> dict[str, str]:
    return {
        **SETTINGS,
        "PERSONSPEC_DATABASE_URL": url,
        "PERSONSPEC_OUTPUT_DIR": str(tmp_path),
        "PERSONSPEC_SMTP_HOST": "127.0.0.1",
        "PERSONSPEC_SMTP_PORT": str(port),
        "PERSONSPEC_SMTP_SECURITY": "none",
        "PERSONSPEC_MAILS_PER_MINUTE": "600000",
    }


def run_and_kill_at(step: str, nth: int, environment: Mapping[str, str], boxes: Mailboxes) -> None:
    """Run a sender that dies when the server sees the step for the nth time."""
    seen = 0
    child: list[subprocess.Popen[bytes]] = []
    started = threading.Event()

    def kill(at: str, _address: str) -> str | None:
        nonlocal seen
        seen += at == step
        if seen == nth and at == step:
            started.wait()
            child[0].send_signal(signal.SIGKILL)
            child[0].wait()
        return None

    boxes.on_step = kill
    child.append(start(environment))
    started.set()
    child[0].communicate()
    boxes.on_step = lambda _step, _address: None


def run_and_kill_after(seconds: float, environment: Mapping[str, str]) -> None:
    child = start(environment)
    try:
        child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        child.communicate()


def finish(environment: Mapping[str, str]) -> None:
    """Run the sender to its end; 1 says that what was cut off is uncertain now."""
    child = start(environment)
    _, said = child.communicate()
    assert child.returncode in {0, 1}, said


def check(url: str, boxes: Mailboxes, kills: int) -> None:
    store: Store = open_store(url)
    with store.reading() as session:
        rows = list(session.scalars(select(DigestRow)))
        status = {f"reader{row.subscriber_id - 1}@example.org": row.status for row in rows}
    store.close()
    accepted = Counter(receiver for receiver, _ in boxes.accepted)
    assert len(rows) == READERS, "somebody silently got none"
    assert max(accepted.values()) == 1, "somebody got a period twice"
    assert set(status.values()) <= {"sent", "uncertain"}
    assert list(status.values()).count("uncertain") <= kills
    assert {reader for reader, found in status.items() if found == "sent"} <= set(accepted)


@pytest.mark.parametrize(("step", "nth"), [("RCPT", 3), ("DATA", 1), ("ACCEPTED", READERS)])
def test_a_kill_at_a_step_of_the_server(step: str, nth: int, tmp_path: Path) -> None:
    url, boxes = prepare(tmp_path), Mailboxes()
    with mail_server(boxes) as port:
        environment = environment_of(tmp_path, url, port)
        run_and_kill_at(step, nth, environment, boxes)
        finish(environment)
    check(url, boxes, 1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_kills_at_many_steps_of_the_server(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)  # noqa: S311 the same choices in every run
    url, boxes = prepare(tmp_path), Mailboxes()
    with mail_server(boxes) as port:
        environment = environment_of(tmp_path, url, port)
        for step in choose.sample(STEPS, 2):
            run_and_kill_at(step, choose.randint(1, READERS // 2), environment, boxes)
        finish(environment)
    check(url, boxes, 2)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_kills_at_any_time(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)  # noqa: S311 the same choices in every run
    url, boxes = prepare(tmp_path), Mailboxes()
    boxes.delay_s = 0.05
    with mail_server(boxes) as port:
        environment = environment_of(tmp_path, url, port)
        for _ in range(3):
            run_and_kill_after(choose.uniform(0.5, 3.5), environment)
        finish(environment)
    check(url, boxes, 3)
