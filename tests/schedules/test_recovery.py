"""A crawl killed at any moment, and started again, ends as if nothing had happened.

The kills are real (SIGKILL) and hit the crawl process at random moments: while it starts, lists,
reads, stores and closes. Three days of the board are crawled, so that there is something to
change, to close and to open again.
"""

import random
import secrets
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crawler.practice_board import PracticeBoard
from personspec.london import LONDON
from tests.schedules.conftest import Installation, few_adverts
from tests.schedules.contents import contents
from tests.schedules.forked import start_crawl

DAYS = (1, 3, 5)
"""Days of the board on which adverts are new, changed, gone, and there again."""

PAUSE_S = 0.01


def first_day() -> date:
    """Return the date of the board's first day that makes the last of the days today."""
    return datetime.now(LONDON).date() - timedelta(days=DAYS[-1] - 1)


@pytest.fixture(scope="module")
def board() -> Iterator[PracticeBoard]:
    """One board for all: its address is part of what adverts say."""
    with PracticeBoard(few_adverts(), today=first_day()) as running:
        yield running


@pytest.fixture(scope="module")
def undisturbed(board: PracticeBoard, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a store holds after three days crawled in peace."""
    folder = tmp_path_factory.mktemp("undisturbed")
    installation = Installation(folder, f"sqlite:///{folder / 'store.db'}", board)
    for day in DAYS:
        board.day = day
        assert installation.crawl() == 0, installation.log.read_text()
    store = installation.opened()
    held = contents(store)
    store.close()
    vacancies = [row for row in held.values() if "end_reason" in row]
    assert {row["end_reason"] for row in vacancies} == {None, "withdrawn", "expired"}
    assert any(row["earlier_closings"] for row in vacancies)
    return held


@pytest.fixture(params=["sqlite", "postgres"])
def killed(request: pytest.FixtureRequest, board: PracticeBoard, tmp_path: Path) -> Installation:
    """An installation whose crawls will be killed, on each database in turn."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    if request.param == "postgres":
        url = str(request.getfixturevalue("emptied_postgres_url"))
    return Installation(tmp_path, url, board)


def test_three_kills_lose_and_double_nothing(
    killed: Installation, undisturbed: dict[str, Any]
) -> None:
    crawl_with_kills(killed, kills=1, seed=secrets.randbelow(10**6))
    assert_equal_stores(killed, undisturbed)


@pytest.mark.soak
@pytest.mark.parametrize("series", range(5))
def test_thirty_kills_lose_and_double_nothing(
    killed: Installation, undisturbed: dict[str, Any], series: int
) -> None:
    """Six kills in each of five series make thirty on each database."""
    crawl_with_kills(killed, kills=2, seed=secrets.randbelow(10**6))
    assert_equal_stores(killed, undisturbed)


def crawl_with_kills(installation: Installation, kills: int, seed: int) -> None:
    """Crawl the days of the board; on each so many crawls are killed before one may end."""
    print(f"seed of the kills: {seed}")  # noqa: T201 to repeat a failure
    chance = random.Random(seed)  # noqa: S311 moments, not secrets
    for day in DAYS:
        installation.board.day = day
        for _ in range(kills):
            kill_at_random(installation, chance)
        assert installation.crawl() == 0, installation.log.read_text()


def kill_at_random(installation: Installation, chance: random.Random) -> None:
    """Start a crawl and kill it after a random number of requests and a random moment more."""
    board = installation.board
    process = start_crawl("nhs_jobs", installation.environment, installation.log)
    most = 40 if board.day == 1 else 8  # later only what is new or changed is read
    target = len(board.requests) + chance.randint(0, most)
    wait_for_requests(process, board, target)
    time.sleep(chance.uniform(0, 0.3))
    process.kill()
    process.join()


def wait_for_requests(process: BaseProcess, board: PracticeBoard, target: int) -> None:
    """Wait until so many requests were made, or the crawl has ended or makes no more."""
    quiet_since, seen = time.monotonic(), len(board.requests)
    while process.is_alive() and len(board.requests) < target:
        if len(board.requests) != seen:
            quiet_since, seen = time.monotonic(), len(board.requests)
        elif seen and time.monotonic() - quiet_since > 10:
            return
        time.sleep(PAUSE_S)


def assert_equal_stores(installation: Installation, undisturbed: dict[str, Any]) -> None:
    store = installation.opened()
    held = contents(store)
    with store.reading() as session:
        unended = session.execute(text("SELECT count(*) FROM run WHERE status = 'running'"))
        assert unended.scalar() == 0
    store.close()
    assert held.keys() == undisturbed.keys()
    assert differences(held, undisturbed) == []


def differences(held: dict[str, Any], expected: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the values that differ, so that a failure names them."""
    found: list[tuple[Any, ...]] = []
    for key, rows in expected.items():
        if isinstance(rows, dict):
            found += [(key, n, held[key][n], v) for n, v in rows.items() if held[key][n] != v]
        elif held[key] != rows:
            found.append((key, held[key], rows))
    return found


def test_a_killed_crawl_is_gone_on_with_and_not_begun_anew(installation: Installation) -> None:
    board = installation.board
    board.day = 1
    board.requests.clear()
    process = start_crawl("nhs_jobs", installation.environment, installation.log)
    wait_for_requests(process, board, 30)
    process.kill()
    process.join()
    store = installation.opened()
    with store.reading() as session:
        kept = session.execute(text("SELECT count(*) FROM advert_version")).scalar()
    asked = {request.path for request in board.requests if "jobadvert" in request.path}
    board.requests.clear()

    assert installation.crawl() == 0

    again = {request.path for request in board.requests if "jobadvert" in request.path}
    assert kept
    assert len(asked & again) <= len(asked) - kept
    assert [run.status for run in store.past_runs()] == ["finished", "interrupted"]
    store.close()
