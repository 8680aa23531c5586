"""``personspec crawl`` against the practice board, in processes as a user has them."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from crawler.practice_board import PracticeBoard, apprenticeships, load_adverts
from crawler.practice_board.faults import FAULTS

RUN_TIMES = {
    # page_listing_hash notes, for the next crawl, under which listing the page was read.
    "vacancy": {"last_seen", "last_run_id", "listing_run_id", "page_listing_hash"},
    "advert_version": {"checked_at"},
    "source": set(),
    "criterion": set(),
    "match": set(),
}
"""What a second crawl of the same board may move, by table."""

Rows = dict[str, list[dict[str, object]]]


@pytest.fixture(scope="module")
def running() -> Iterator[PracticeBoard]:
    """Every third advert of the board: of each kind some, and quicker than all."""
    with PracticeBoard(load_adverts()[::3]) as running:
        yield running


@pytest.fixture
def board(running: PracticeBoard) -> PracticeBoard:
    """The board, well, and asked nothing yet."""
    running.faults.clear()
    running.requests.clear()
    return running


@pytest.fixture(scope="module")
def first(running: PracticeBoard, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the board was crawled once, in peace."""
    folder = tmp_path_factory.mktemp("first")
    ran = crawl(running, folder)
    assert ran.returncode == 0, ran.stderr
    return folder


@pytest.fixture
def crawled(first: Path, tmp_path: Path) -> Path:
    """A copy of that folder."""
    return Path(shutil.copytree(first, tmp_path / "crawled"))


def crawl(board: PracticeBoard, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "personspec", "crawl", "nhs_jobs"],
        env={
            **os.environ,
            "PERSONSPEC_NHS_JOBS_URL": board.url,
            "PERSONSPEC_OUTPUT_DIR": str(folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def rows_of(folder: Path, tables: dict[str, set[str]] = RUN_TIMES) -> Rows:
    connection = sqlite3.connect(folder / "personspec.db")
    connection.row_factory = sqlite3.Row
    with connection:
        found = {
            table: [
                {name: row[name] for name in row.keys() if name not in but}  # noqa: SIM118 a Row
                for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2')  # noqa: S608
            ]
            for table, but in tables.items()
        }
    connection.close()
    return found


def test_a_second_crawl_fetches_no_advert_and_changes_only_what_was_seen_when(
    board: PracticeBoard, crawled: Path
) -> None:
    stored = rows_of(crawled)
    second = crawl(board, crawled)

    assert second.returncode == 0, second.stderr
    assert "the run is healthy" in second.stderr
    assert rows_of(crawled) == stored
    assert len(stored["vacancy"]) == len(stored["advert_version"]) >= 10
    assert len(stored["match"]) > len(stored["vacancy"])
    again = [request.path for request in board.requests]
    assert again
    assert not [path for path in again if "/jobadvert/" in path]


def test_nobody_named_as_a_contact_is_stored(tmp_path: Path) -> None:
    with PracticeBoard() as board:
        crawl(board, tmp_path)
    connection = sqlite3.connect(tmp_path / "personspec.db")
    dump = "\n".join(connection.iterdump())
    connection.close()

    contacts = [advert.contact for advert in load_adverts() if advert.contact]
    assert contacts
    for contact in contacts:
        assert contact.name not in dump
        assert contact.email not in dump
        assert contact.telephone not in dump
    assert re.search(r"[\w.]+@[\w.]+\.\w+", dump) is None


@pytest.mark.parametrize(
    ("fault", "problem"),
    [("empty-feed", "the feed could not be used"), ("changed-layout", "not the pages we know")],
)
def test_a_run_with_a_problem_fails_and_closes_nothing(
    board: PracticeBoard, crawled: Path, fault: str, problem: str
) -> None:
    before = rows_of(crawled, {"vacancy": set()})
    board.faults[:] = [FAULTS[fault]()]
    ran = crawl(board, crawled)

    assert ran.returncode == 1
    assert problem in ran.stderr
    assert "nothing is closed" in ran.stderr
    assert "Traceback" not in ran.stderr
    after = rows_of(crawled, {"vacancy": set()})
    assert [row["closed_at"] for row in after["vacancy"]] == [None] * len(before["vacancy"])


def test_a_second_crawl_at_the_same_time_is_refused(board: PracticeBoard, tmp_path: Path) -> None:
    with FileLock(tmp_path / "crawl-nhs_jobs.lock"):
        ran = crawl(board, tmp_path)

    assert ran.returncode == 3
    assert "being crawled already" in ran.stderr
    assert not board.requests


def test_after_ctrl_c_no_other_source_is_crawled(board: PracticeBoard, tmp_path: Path) -> None:
    crawling = subprocess.Popen(
        [sys.executable, "-m", "personspec", "crawl", "nhs_jobs", "find_an_apprenticeship"],
        env={
            **os.environ,
            "PERSONSPEC_NHS_JOBS_URL": board.url,
            "PERSONSPEC_FIND_AN_APPRENTICESHIP_URL": f"{board.url}/vacancies",
            "PERSONSPEC_FIND_AN_APPRENTICESHIP_KEY": apprenticeships.KEY,
            "PERSONSPEC_OUTPUT_DIR": str(tmp_path),
        },
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not board.requests and crawling.poll() is None:
        time.sleep(0.01)
    os.killpg(crawling.pid, signal.SIGINT)  # as a terminal does
    _, told = crawling.communicate()

    assert crawling.returncode == 130
    assert "nhs_jobs: the crawl was stopped before its end" in told
    assert "Traceback" not in told
    assert not [one.path for one in board.requests if one.path.startswith("/vacancies")]


def test_a_board_that_is_down_is_told_in_sentences(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "personspec", "crawl", "nhs_jobs"],
        env={
            **os.environ,
            "PERSONSPEC_NHS_JOBS_URL": "http://127.0.0.1:9",
            "PERSONSPEC_OUTPUT_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1
    assert "Connection was refused" in ran.stderr
    assert "the board's robots.txt could not be fetched, so nothing may be read" in ran.stderr
    for unwanted in ("Traceback", "robots_txt_unavailable", "search pages were read instead"):
        assert unwanted not in ran.stderr
