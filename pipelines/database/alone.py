"""Keeps a second sender away from a store, wherever it runs."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, func, select

from pipelines.database.engine import failures_told

SENDING = 7_373_101
"""Number of PostgreSQL's advisory lock; every sender of a database has to know the same."""


@contextmanager
def only_sender(engine: Engine) -> Iterator[bool]:
    """Give whether no other process sends from a PostgreSQL store; then none can until the end.

    A SQLite store is of one machine, where a lock file does the same: always True.

    Raises:
        StoreError: The database is gone.
    """
    if engine.dialect.name != "postgresql":
        yield True
        return
    # The lock is its connection's: one of its own, without a transaction that would stand open
    # for as long as mails are sent.
    alone = engine.execution_options(isolation_level="AUTOCOMMIT")
    with failures_told(engine.url), alone.connect() as connection:
        taken = bool(connection.scalar(select(func.pg_try_advisory_lock(SENDING))))
        try:
            yield taken
        finally:
            if taken:
                connection.execute(select(func.pg_advisory_unlock(SENDING)))
