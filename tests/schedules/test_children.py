import os
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from schedules import children
from schedules.children import run_child

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
]


@pytest.fixture(autouse=True)
def little_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "GRACE_S", 0.5)


def test_a_child_that_ends_gives_its_code_and_had_its_environment() -> None:
    command = [sys.executable, "-c", "import os, sys; sys.exit(int(os.environ['CODE']))"]
    ended = run_child(command, {"CODE": "7"})
    assert (ended.ending, ended.code) == ("exited", 7)


def test_a_child_that_takes_too_long_is_ended() -> None:
    began = time.monotonic()
    ended = run_child(SLEEP, {}, limit_s=0.3)
    assert ended.ending == "too long"
    assert ended.code < 0
    assert time.monotonic() - began < 20


def test_a_child_that_will_not_end_is_killed() -> None:
    assert run_child(STUBBORN, {}, limit_s=1.5).code == -9


def test_a_child_is_stopped_with_what_it_started(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    grandchild = (
        "import subprocess, sys, time; from pathlib import Path;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"Path({str(pid_file)!r}).write_text(str(child.pid)); time.sleep(60)"
    )
    stop = Event()

    def stop_when_started() -> None:
        while not (pid_file.exists() and pid_file.read_text()):
            time.sleep(0.05)
        stop.set()

    Thread(target=stop_when_started).start()
    ended = run_child([sys.executable, "-c", grandchild], {}, stop=stop)
    assert ended.ending == "stopped"
    assert is_gone(int(pid_file.read_text()))


def is_gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.05)
    return False
