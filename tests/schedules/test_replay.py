"""A store built again from the archives is the store that the crawls wrote."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive import find_archives
from crawler.practice_board import PracticeBoard, load_adverts
from personspec.exceptions import UsageError
from pipelines.database import Store, open_store
from pipelines.types import PastRun
from schedules.replay import ArchivedRun, runs_to_replay
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

    def held(self, store: str) -> tuple[dict, list[PastRun]]:
        opened = open_store(self.url(store))
        found = snapshot(opened), opened.past_runs()
        opened.close()
        return found


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
