"""What reviewers do is the same on each database; tests/pipelines/database has the queries."""

import pytest


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    return sqlite_url
