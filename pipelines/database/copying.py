"""Whole stores copied: while they are written to, and from one kind of database to the other."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, delete, func, insert, select, text

from pipelines.database.engine import describe_failure, failures_told, sqlite_file
from pipelines.database.migrate import upgrade
from pipelines.database.models import Base
from pipelines.database.store import Store
from pipelines.exceptions import StoreError

ROWS = 500
"""Rows copied at once: bounds the memory whatever the size of the store."""

PAGES = 1_000
"""Pages of a SQLite file copied between two looks at whether somebody wrote."""


def copy_to_sqlite(store: Store, file: Path) -> None:
    """Write what a store holds at one moment to a new SQLite file, while others write to it.

    SQLite's own online backup copies a SQLite store. Any other is read, table by table, in one
    transaction that sees one moment, so that a backup has one form whatever the database.

    Raises:
        StoreError: The store is damaged, busy or gone, or the disk is full.
    """
    own = sqlite_file(store.engine.url)
    if own is None:
        _copy_tables_to_sqlite(store, file)
        return
    with closing(sqlite3.connect(own)) as source, closing(sqlite3.connect(file)) as target:
        try:
            source.backup(target, pages=PAGES)
            # A file of its own: no -wal and -shm beside it.
            target.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.DatabaseError as error:
            raise StoreError(describe_failure(store.engine.url, str(error))) from error


def _copy_tables_to_sqlite(store: Store, file: Path) -> None:
    target = create_engine(f"sqlite:///{file}")
    one_moment = store.engine.execution_options(isolation_level="REPEATABLE READ")
    try:
        upgrade(target)
        with (
            failures_told(store.engine.url),
            one_moment.begin() as reads,
            target.begin() as writes,
        ):
            _copy_tables(reads, writes)
    finally:
        target.dispose()


def check_store(store: Store) -> None:
    """Raise StoreError if a SQLite store is damaged anywhere; a server checks its own pages."""
    if store.engine.dialect.name != "sqlite":
        return
    with store.reading() as session:
        found = session.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if found != "ok":
        raise StoreError(describe_failure(store.engine.url, "malformed"))


def check_sqlite(file: Path) -> None:
    """Raise StoreError unless a SQLite file is whole: its pages, and every reference in it."""
    with _read_only(file) as connection:
        try:
            (found,) = connection.execute("PRAGMA integrity_check").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            raise StoreError(f"The copy of the store cannot be read: {error}.") from error
    if found != "ok" or broken:
        raise StoreError(f"The copy of the store is not whole: {found}, {len(broken)} references.")


def sqlite_counts(file: Path) -> dict[str, int]:
    """Return the rows of each table of a SQLite file, whatever its schema."""
    with _read_only(file) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {name: _count_rows(connection, name) for (name,) in sorted(names)}


def _count_rows(connection: sqlite3.Connection, table: str) -> int:
    quoted = '"' + table.replace('"', '""') + '"'
    (count,) = connection.execute(f"SELECT count(*) FROM {quoted}").fetchone()  # noqa: S608
    return int(count)


def _read_only(file: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True))


def is_empty(store: Store, *, apart_from: Collection[str] = ()) -> bool:
    """Return whether no table of a store, apart from those named, holds a row."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in apart_from]
    with store.reading() as session:
        return not any(session.execute(select(table).limit(1)).first() for table in tables)


def fill_from_sqlite(store: Store, file: Path) -> None:
    """Put what a SQLite file holds in the place of what a store holds: all of it, or nothing.

    The file, which is changed by it, is brought to the newest schema first.

    Args:
        store: The store to fill.
        file: A whole copy of a store (``copy_to_sqlite``).

    Raises:
        StoreError: The file is of a newer personspec, or not every row came over.
    """
    source = create_engine(f"sqlite:///{file}")
    try:
        upgrade(source)
        with source.begin() as reads, store.writing() as session:
            writes = session.connection()
            for table in reversed(Base.metadata.sorted_tables):
                writes.execute(delete(table))
            _copy_tables(reads, writes)
            _continue_numbers(writes)
            _require_same_counts(reads, writes)
    finally:
        source.dispose()


def _copy_tables(reads: Connection, writes: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        rows = reads.execution_options(yield_per=ROWS).execute(select(table))
        for batch in rows.mappings().partitions(ROWS):
            writes.execute(insert(table), [dict(row) for row in batch])


def _continue_numbers(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those copied; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table, column in _numbered():
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :value, :used)"),
            {
                "table": f'"{table.name}"',
                "column": column,
                "value": (top := connection.scalar(select(func.max(table.c[column])))) or 1,
                "used": top is not None,
            },
        )


def _numbered() -> Iterator[tuple[Table, str]]:
    for table in Base.metadata.sorted_tables:
        column: Any = table.autoincrement_column
        if column is not None:
            yield table, column.name


def _require_same_counts(reads: Connection, writes: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        count = select(func.count()).select_from(table)
        if reads.scalar(count) != writes.scalar(count):
            raise StoreError(f"Not every row of {table.name} came over: nothing was changed.")
