"""A practice board, a folder, and crawls between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.practice_board import PracticeBoard
from crawler.practice_board.adverts import PracticeAdvert, load_adverts
from pipelines.database import Store, open_store
from tests.pipelines.conftest import (
    emptied_postgres_url,
    migrated_postgres_url,
    new_postgres_url,
    postgres_url,
)
from tests.schedules.forked import crawl

__all__ = ["emptied_postgres_url", "migrated_postgres_url", "new_postgres_url", "postgres_url"]
"""The databases of tests/pipelines, by the names that tests ask for."""


SOON = 6
"""Days of the board that the tests go through."""


def few_adverts() -> list[PracticeAdvert]:
    """Return what makes a board worth crawling day after day, in half the time of the whole one.

    All that come, change, go or have documents, and every third of those that only stand there.
    """
    adverts = load_adverts()
    lively = [a for a in adverts if a.changes or a.posted > 0 or a.documents or closes_soon(a)]
    return [a for n, a in enumerate(adverts) if a in lively or n % 3 == 0]


def closes_soon(advert: PracticeAdvert) -> bool:
    return advert.closes is not None and advert.closes < SOON


@dataclass(frozen=True)
class Installation:
    """A folder with a store, and the board it crawls."""

    folder: Path
    database_url: str
    board: PracticeBoard

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PERSONSPEC_OUTPUT_DIR": str(self.folder),
            "PERSONSPEC_DATABASE_URL": self.database_url,
            "PERSONSPEC_NHS_JOBS_URL": self.board.url,
        }

    @property
    def log(self) -> Path:
        return self.folder / "crawl.log"

    def crawl(self) -> int:
        return crawl("nhs_jobs", self.environment, self.log)

    def opened(self) -> Store:
        return open_store(self.database_url)


@pytest.fixture
def board() -> Iterator[PracticeBoard]:
    with PracticeBoard(few_adverts()) as running:
        yield running


@pytest.fixture
def installation(tmp_path: Path, board: PracticeBoard) -> Installation:
    return Installation(tmp_path, f"sqlite:///{tmp_path / 'store.db'}", board)
