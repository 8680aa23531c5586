"""How the store is opened: connections that cannot lose what they acknowledged."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InternalError,
    NoSuchModuleError,
    OperationalError,
)

from personspec.exceptions import UsageError
from personspec.folders import make_folder
from pipelines.exceptions import StoreError

BUSY_MS = 30_000
"""How long a connection waits for another writer: a report or a backup may hold the file."""

READ_ONLY = "personspec_read_only"
"""Execution option of a connection that only reads, so that it need not wait for a writer."""


def make_engine(url: str) -> Engine:
    """Return an engine for the store at ``url``, with the folder of a SQLite file made.

    Raises:
        UsageError: The URL is not one, its database has no driver here, or the folder cannot be
            made.
    """
    parsed = parse_url(url)
    try:
        engine = create_engine(parsed)
    except ModuleNotFoundError as error:
        raise UsageError(_unusable(f"the Python package {error.name} is not installed")) from error
    except (ArgumentError, NoSuchModuleError) as error:
        name = parsed.drivername
        raise UsageError(_unusable(f"no database called {name} is known")) from error
    if file := sqlite_file(parsed):
        make_folder(file.parent, "the store (PERSONSPEC_DATABASE_URL or PERSONSPEC_OUTPUT_DIR)")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


def parse_url(url: str) -> URL:
    """Return an SQLAlchemy URL in its parts.

    Raises:
        UsageError: It is none.
    """
    try:
        return make_url(url)
    except ArgumentError as error:
        raise UsageError(_unusable("it is not of the form kind://place")) from error


def _unusable(why: str) -> str:
    return (
        f"PERSONSPEC_DATABASE_URL cannot be used: {why}. Examples: "
        "sqlite:///output/personspec.db, postgresql+psycopg://host/name (which needs: pip install "
        "'personspec[postgres]')."
    )


_KEPT = "; what was stored before is kept"
_DAMAGED = (
    "is damaged: move it away (of a SQLite store all files beginning with its name) and fill a new "
    "one with personspec restore BACKUP"
)
_GONE = "has lost its tables: fill a new one with personspec restore BACKUP"
_FULL = f"cannot be written: its disk is full. Free some space and start this again{_KEPT}"
_UNREACHABLE = "cannot be reached: {}. Look at PERSONSPEC_DATABASE_URL, and whether it runs"
_FAILURES = {
    "locked": (
        f"is busy: another program has held it for {BUSY_MS // 1000} s. End that program, such as "
        f"a database browser, and start this again{_KEPT}"
    ),
    "full": _FULL,
    "No space left": _FULL,
    "disk I/O error": (
        "cannot be read or written: the disk or a limit on file sizes refused it. Look at both and "
        f"start this again{_KEPT}"
    ),
    "readonly": (
        f"cannot be written by this user: look at the owner of the file and its folder{_KEPT}"
    ),
    "unable to open": (
        "cannot be opened: look at whether its folder is there and this user may read and write it"
    ),
    "permission denied": "does not let this user in: ask whoever keeps it for the rights",
    "malformed": _DAMAGED,
    "not a database": _DAMAGED,
    "corrupt": _DAMAGED,
    "invalid page": _DAMAGED,
    "decode to UTF-8": _DAMAGED,
    "no such table": _GONE,
    "does not exist": "is not whole: the database or a table of it does not exist there",
    "failed to resolve host": _UNREACHABLE.format("there is no such host"),
    "Connection refused": _UNREACHABLE.format("no database answers there"),
    "timeout expired": _UNREACHABLE.format("it did not answer in time"),
    "authentication failed": _UNREACHABLE.format("it refuses the user name or the password"),
}
"""Words of a database's message, and what they mean to whoever runs this."""


def describe_failure(url: URL, message: str) -> str:
    """Return in one sentence why the store could not be used, and what to do."""
    where = url.render_as_string(hide_password=True)
    for word, meaning in _FAILURES.items():
        if word in message:
            return f"The store {where} {meaning}."
    # psycopg adds lines of advice that is not ours.
    first = next(iter(message.strip().splitlines()), "it does not say why").rstrip(" .?:")
    return f"The store {where} failed ({first}); look at its own log, and start this again."


@contextmanager
def failures_told(url: URL) -> Iterator[None]:
    """Turn what can befall a database into StoreError; mistakes in our own SQL go through.

    Raises:
        StoreError: The database is damaged, busy, full, or gone.
    """
    try:
        yield
    except DBAPIError as error:
        if not _befell(error):
            raise
        raise StoreError(describe_failure(url, str(error.orig))) from error


def _befell(error: DBAPIError) -> bool:
    """Return whether an error is the database's and not of what it was asked."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_ERROR:  # any wrong statement; of ours only a lost table is not
        return "no such table" in str(error.orig)
    if getattr(error.orig, "sqlstate", None) in _NOT_OURS:
        return True
    # SQLite says of a damaged file only DatabaseError, PostgreSQL of damaged pages InternalError.
    is_plain = type(error) is DatabaseError
    return (
        is_plain
        or isinstance(error, OperationalError | InternalError)
        or (error.connection_invalidated)
    )


_NOT_OURS = {"42501", "42P01"}
"""PostgreSQL's codes for a missing right and a missing table, which it calls programming errors."""


def is_missing(url: str) -> bool:
    """Return whether a URL names a SQLite file that is not there yet."""
    file = sqlite_file(parse_url(url))
    try:
        return file is not None and not file.exists()
    except OSError:  # whoever opens it says why it cannot be
        return False


def sqlite_file(url: URL) -> Path | None:
    """Return the file of a SQLite store; None for another database or one in memory."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin a transaction only at the first write, and not for tables.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        _set_pragmas(cursor)
    except UnicodeDecodeError as error:  # the driver's, of a message that quotes damaged bytes
        raise sqlite3.DatabaseError("the schema is malformed") from error
    finally:
        cursor.close()


def _set_pragmas(cursor: sqlite3.Cursor) -> None:
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    # Readers do not stop the writer, and a commit that was answered outlives a power cut.
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads and then writes must own the write lock from the start: SQLite
    # refuses to raise a read lock, without waiting, once another writer has committed.
    reads = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    # Otherwise each statement would see a later moment, and a report would not add up.
    if connection.get_execution_options().get(READ_ONLY, False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
