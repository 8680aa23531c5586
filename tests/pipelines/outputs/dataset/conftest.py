"""A SQLite store for most tests; ``any_store`` is on each database in turn."""

from collections.abc import Iterator

import pytest

from pipelines.database import Store, open_store


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    opened = open_store(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def any_store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url)
    yield opened
    opened.close()
