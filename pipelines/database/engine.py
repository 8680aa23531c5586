"""How the store is opened: connections that cannot lose what they acknowledged."""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from personspec.exceptions import UsageError

BUSY_MS = 30_000
"""How long a connection waits for another writer: a report or a backup may hold the file."""

READ_ONLY = "personspec_read_only"
"""Execution option of a connection that only reads, so that it need not wait for a writer."""


def make_engine(url: str) -> Engine:
    """Return an engine for the store at ``url``, with the folder of a SQLite file made.

    Raises:
        UsageError: The URL is not one, or its database has no driver here.
    """
    try:
        parsed = make_url(url)
        _make_folder(parsed)
        engine = create_engine(parsed)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(
            "PERSONSPEC_DATABASE_URL is not an SQLAlchemy URL of a database that can be used here: "
            f"{error}. Examples: sqlite:///output/personspec.db, postgresql+psycopg://host/name."
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


_FAILURES = {
    "locked": (
        f"is busy: another program has held it for {BUSY_MS // 1000} s. End that program, such as "
        "a database browser, and start this again"
    ),
    "full": "cannot be written: its disk is full. Free some space and start this again",
    "No space left": "cannot be written: its disk is full. Free some space and start this again",
    "disk I/O error": (
        "cannot be written: the disk or a limit on file sizes refused it. Look at both and start "
        "this again"
    ),
    "readonly": "cannot be written by this user: look at the owner of the file and its folder",
}
"""Words of a database's message, and what they mean to whoever runs this."""


def describe_failure(url: URL, error: DBAPIError) -> str:
    """Return in one sentence why the store could not be used, and that nothing is half-written."""
    message = str(error.orig)
    where = url.render_as_string(hide_password=True)
    for word, meaning in _FAILURES.items():
        if word in message:
            return f"The store {where} {meaning}; what was stored before is kept."
    return f"The store {where} failed ({message.strip()}); what was stored before is kept."


def is_missing(url: str) -> bool:
    """Return whether a URL names a SQLite file that is not there yet."""
    file = sqlite_file(make_url(url)) if "://" in url else None
    return file is not None and not file.exists()


def sqlite_file(url: URL) -> Path | None:
    """Return the file of a SQLite store; None for another database or one in memory."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def is_there(url: str) -> bool:
    """Return False for the SQLite file of a store that has yet to be made."""
    file = sqlite_file(make_url(url))
    return file is None or file.exists()


def _make_folder(url: URL) -> None:
    if file := sqlite_file(url):
        file.parent.mkdir(parents=True, exist_ok=True)


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin a transaction only at the first write, and not for tables.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    # Readers do not stop the writer, and a commit that was answered outlives a power cut.
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads and then writes must own the write lock from the start: SQLite
    # refuses to raise a read lock, without waiting, once another writer has committed.
    reads = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    # Otherwise each statement would see a later moment, and a report would not add up.
    if connection.get_execution_options().get(READ_ONLY, False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
