"""Child processes: with a limit on their time, and ended with the service that started them."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Literal

Ending = Literal["exited", "too long", "stopped"]

POLL_S = 0.1

GRACE_S = 5.0
"""Between asking a child to end and killing it: the service itself has ten seconds."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a child process came to its end."""

    ending: Ending
    """``exited`` by itself; ``too long`` or ``stopped``: ended by us."""

    code: int
    """Its exit code; minus the number of the signal that ended it."""


def run_child(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    limit_s: float | None = None,
    stop: Event | None = None,
) -> Ended:
    """Run a command to its end and return how it ended; its children end with it.

    Args:
        command: Program and arguments.
        environment: Variables beside this process's own.
        limit_s: Seconds after which it is ended; None for no limit.
        stop: Set by another thread to have it ended; with it the child is a process group of
            its own, so that its children can be ended too.
    """
    child = subprocess.Popen(  # noqa: S603 our own commands
        list(command), env={**os.environ, **environment}, start_new_session=stop is not None
    )
    try:
        ending = _watch(child, limit_s, stop)
    except KeyboardInterrupt:
        ending = "stopped"  # the child has had the terminal's Ctrl-C as well: a second would tear
        _wait(child, GRACE_S)
    if ending == "too long" or stop is not None:
        _end(child, group=stop is not None)
    return Ended(ending, child.wait())


def _watch(child: subprocess.Popen[bytes], limit_s: float | None, stop: Event | None) -> Ending:
    deadline = None if limit_s is None else time.monotonic() + limit_s
    while not _wait(child, POLL_S):
        if stop is not None and stop.is_set():
            return "stopped"
        if deadline is not None and time.monotonic() > deadline:
            return "too long"
    return "exited"


def _end(child: subprocess.Popen[bytes], *, group: bool) -> None:
    """End a child and, if it leads a group, whatever it has started and left."""
    if child.poll() is None:
        child.terminate()
        _wait(child, GRACE_S)
    # What the crawl has stored is whole at any moment, so it may be killed.
    with contextlib.suppress(ProcessLookupError):
        if group:
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()


def _wait(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait so long for a child to end; return whether it has."""
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
