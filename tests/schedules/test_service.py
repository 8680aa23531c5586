"""The service as systemd sees it: one process, ended in time, going on where it stopped."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from filelock import FileLock
from sqlalchemy import text

from crawler.practice_board.faults import Slow
from pipelines.database import Store
from schedules.children import GRACE_S
from schedules.service import PATIENCE_S as SERVICE_PATIENCE_S
from tests.schedules.commands import run
from tests.schedules.conftest import Installation

TEN_SECONDS = 10.0
PATIENCE_S = 180.0
"""A busy machine is slow; nothing here is timed."""


def test_what_is_under_way_may_not_hold_up_the_end_for_ten_seconds() -> None:
    assert GRACE_S < SERVICE_PATIENCE_S < TEN_SECONDS


@pytest.fixture
def port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def start(installation: Installation, port: int) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            **installation.environment,
            "PERSONSPEC_LOG_FORMAT": "json",
            "PERSONSPEC_METRICS_PORT": str(port),
        }
        service = subprocess.Popen(
            [sys.executable, "-m", "personspec", "schedule", "run"],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(service)
        return service

    yield start
    for service in started:
        if service.poll() is None:
            service.kill()
        service.communicate()


def test_a_second_service_says_once_that_there_is_one(tmp_path: Path) -> None:
    with FileLock(tmp_path / "schedule.lock"):
        second = subprocess.run(
            [sys.executable, "-m", "personspec", "schedule", "run"],
            env={**os.environ, "PERSONSPEC_OUTPUT_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 3
    assert second.stderr == (
        "The service runs already in another process: a second one would do all twice.\n"
    )


def wait_until(true: Callable[[], Any], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.05)


def test_the_service_ends_in_time_goes_on_where_it_stopped_and_is_alone(
    installation: Installation, start: Callable[[], subprocess.Popen[str]], port: int
) -> None:
    board = installation.board
    service = start()
    wait_until(lambda: len(board.requests) > 10, "the missed crawl was under way")
    board.faults[:] = [Slow(seconds=2)]  # it cannot be at its end before it is told to

    # A second start says so and leaves the first alone.
    second = start()
    _, said = second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 3
    assert "already in another process" in said
    assert service.poll() is None

    # SIGTERM ends it in time, with its child.
    service.send_signal(signal.SIGTERM)
    _, log = service.communicate(timeout=PATIENCE_S)
    assert service.returncode == 0
    asked = len(board.requests)
    time.sleep(0.5)
    assert len(board.requests) <= asked + 1
    store = installation.opened()
    (run,) = store.past_runs()
    assert run.status in {"interrupted", "running"}  # running: it was killed, being too slow to end
    assert store.last_jobs()["crawl-nhs_jobs"].outcome in {"stopped", "running"}
    kept = count_versions(store)
    assert kept

    # Started again it goes on, and then does the rest of what was missed, once.
    board.faults.clear()
    board.requests.clear()
    service = start()
    wait_until(lambda: "prune" in store.last_jobs(), "everything missed was caught up")
    wait_until(lambda: store.last_jobs()["prune"].outcome == "done", "the last was done")
    pages = re.compile(r"/candidate/jobadvert/[^/]+")  # not the documents attached to them
    read = [request for request in board.requests if pages.fullmatch(request.path)]
    assert kept + len(read) <= count_versions(store) + 1
    assert {name: job.outcome for name, job in store.last_jobs().items()} == {
        "crawl-nhs_jobs": "done",
        "annotate": "done",
        "expire": "done",
        "retain": "done",
        "report": "done",
        "digest": "skipped",
        "backup": "done",
        "prune": "done",
    }
    assert [run.status for run in store.past_runs()] == ["finished", "interrupted"]
    assert (installation.folder / "vacancies.csv").stat().st_size

    # Its figures are answered on loopback, and lie in a file.
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        figures = answer.read().decode()
    assert 'personspec_source_healthy{source="nhs_jobs"} 1.0' in figures
    assert "personspec_vacancies" in (installation.folder / "metrics.prom").read_text()

    service.terminate()
    _, second_log = service.communicate(timeout=PATIENCE_S)
    store.close()
    for line in (log + second_log).splitlines():
        assert json.loads(line)["event"], "every line is a JSON object"


def count_versions(store: Store) -> int:
    with store.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM advert_version")).scalar() or 0)


def test_a_port_that_is_taken_is_one_sentence(
    installation: Installation, start: Callable[[], subprocess.Popen[str]], port: int
) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        service = start()
        _, said = service.communicate(timeout=PATIENCE_S)
    assert service.returncode == 1
    assert f"port {port}" in said
    assert "Traceback" not in said


def test_the_timetable_is_shown_in_words_and_for_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "schedule", "show") == 0
    words = capsys.readouterr().out
    assert "Crawl NHS Jobs" in words
    assert "the clocks go back" in words
    assert "the clocks go forward" in words
    assert run(monkeypatch, "schedule", "show", "--json") == 0
    entries = json.loads(capsys.readouterr().out)
    assert entries[0]["id"] == "crawl-nhs_jobs"
    assert len(entries[0]["next"]) == 3
