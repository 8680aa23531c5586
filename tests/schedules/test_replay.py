"""A store built again from the archives is the store that the crawls wrote."""

import gzip
import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import ArchiveReader, find_archives
from crawler.practice_board import PracticeBoard, load_adverts
from crawler.practice_board.apprenticeships import KEY
from personspec.exceptions import UsageError
from personspec.settings import Settings
from pipelines.database import open_store
from pipelines.types import PastRun, RunStatus
from schedules.replay import ArchivedRun, replay, runs_to_replay
from tests.pipelines.database.snapshot import snapshot

DAYS = (1, 2, 3)
FOLLOWED = 12
"""Adverts enough to see changes, few enough to be quick."""


class World:
    """A board that was crawled on three days, and where its pages and the store are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive = folder / "archive"

    def url(self, name: str) -> str:
        return f"sqlite:///{self.folder / name}.db"

    def run(self, module: str, *arguments: str, store: str, **settings: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env={
                **os.environ,
                "PERSONSPEC_OUTPUT_DIR": str(self.folder),
                "PERSONSPEC_DATABASE_URL": self.url(store),
                **settings,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout + ran.stderr

    def replay(self, store: str) -> str:
        return self.run("personspec", "replay", "--archive", str(self.archive), store=store)

    def held(self, store: str) -> tuple[dict[str, Any], list[PastRun]]:
        opened = open_store(self.url(store))
        found = snapshot(opened), opened.past_runs()
        opened.close()
        return found


def apprenticeships_at(board: PracticeBoard) -> dict[str, str]:
    """Return the settings with which the second source reads a board."""
    return {
        "PERSONSPEC_FIND_AN_APPRENTICESHIP_URL": f"{board.url}/vacancies",
        "PERSONSPEC_FIND_AN_APPRENTICESHIP_KEY": KEY,
    }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = World(tmp_path_factory.mktemp("world"))
    changing = sorted(load_adverts(), key=lambda advert: not advert.changes)
    with PracticeBoard(changing[:FOLLOWED]) as board:
        for day in DAYS:
            board.day = day
            made.run(
                "schedules.crawl", "nhs_jobs", store="crawled", PERSONSPEC_NHS_JOBS_URL=board.url
            )
    return made


def test_a_replayed_store_equals_the_crawled_one(world: World) -> None:
    world.replay("replayed")

    crawled, crawls = world.held("crawled")
    replayed, replays = world.held("replayed")

    assert replayed == crawled
    assert replays == crawls
    assert [run.status for run in replays] == ["finished"] * len(DAYS)
    versions = [row for key, row in crawled.items() if " " in key and isinstance(row, dict)]
    assert any(row["changed_fields"] for row in versions), "no advert changed: the test is idle"
    assert any(row.get("end_reason") for row in crawled.values() if isinstance(row, dict))


def test_a_source_with_a_key_is_replayed_without_it(tmp_path: Path) -> None:
    made = World(tmp_path)
    with PracticeBoard() as board:
        settings = apprenticeships_at(board)
        made.run("schedules.crawl", "find_an_apprenticeship", store="crawled", **settings)

    made.replay("replayed")

    crawled, crawls = made.held("crawled")
    replayed, replays = made.held("replayed")
    assert replayed == crawled
    assert replays == crawls
    assert [(run.source, run.status) for run in replays] == [("find_an_apprenticeship", "finished")]
    assert any(key.startswith("VAC") for key in crawled), "nothing was read: the test is idle"
    assert KEY.encode() not in b"".join(
        gzip.decompress(path.read_bytes()) for path in find_archives(made.archive).values()
    )


def test_a_replay_that_was_done_adds_nothing_and_a_foreign_run_is_refused(world: World) -> None:
    assert f"0 runs replayed, {len(DAYS)} in the store already" in world.replay("crawled")

    store = open_store(world.url("foreign"))
    store.start_run("nhs_jobs")
    store.close()
    with pytest.raises(AssertionError, match="name an empty store"):
        world.replay("foreign")


def test_of_a_killed_crawl_that_is_replayed_which_was_archived(
    world: World, tmp_path: Path
) -> None:
    first, *_ = find_archives(world.archive).values()
    cut = tmp_path / "archive" / "nhs_jobs" / first.name
    cut.parent.mkdir(parents=True)
    cut.write_bytes(first.read_bytes()[: first.stat().st_size * 2 // 3])
    part = World(tmp_path)

    said = part.replay("part")

    held, (run,) = part.held("part")
    whole, _ = world.held("crawled")
    assert "cut" in said
    assert run.status == "interrupted"
    versions = {key for key in held if " " in key and not key.endswith(("criterion", "match"))}
    assert versions
    assert versions < set(whole)
    assert all(row["end_reason"] is None for row in held.values() if "end_reason" in row)


def test_every_page_read_points_into_the_archive(world: World) -> None:
    held, _ = world.held("crawled")
    pointers = [
        (row["archive_file"], row["archive_record"], row["url"], row["archive_sha256"])
        for row in held.values()
        if "archive_file" in row
    ]
    kept = {
        (name.relative, page.record): (page.url, hashlib.sha256(page.body).hexdigest())
        for name, path in find_archives(world.archive).items()
        for page in ArchiveReader(path)
    }
    assert len(pointers) >= FOLLOWED // 2
    assert all(kept[file, record] == (url, sha256) for file, record, url, sha256 in pointers)


def run(day: int, source: str = "nhs_jobs") -> ArchivedRun:
    return ArchivedRun(Path(f"{day}"), source, datetime(2026, 11, day, 6, tzinfo=UTC))


def past(day: int, status: RunStatus = "finished") -> PastRun:
    return PastRun(day, "nhs_jobs", run(day).started_at, None, status, (), {})


def test_the_runs_that_the_store_lacks_are_replayed_oldest_first() -> None:
    assert runs_to_replay([run(2), run(1)], []) == [run(1), run(2)]
    assert runs_to_replay([run(1), run(2)], [past(1)]) == [run(2)]
    assert runs_to_replay([run(1), run(2)], [past(1), past(2, "running")]) == [run(2)]


@pytest.mark.parametrize("held", [[past(3)], [past(2)], [past(1), past(3)]])
def test_a_store_that_holds_other_or_later_runs_is_refused(held: list[PastRun]) -> None:
    with pytest.raises(UsageError, match="empty store"):
        runs_to_replay([run(1), run(2)], held)


def test_a_folder_without_archives_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no page archive"):
        replay(tmp_path, Settings(output_dir=tmp_path))
