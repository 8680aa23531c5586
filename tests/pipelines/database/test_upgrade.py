"""A store of the first schema, with data in every table, comes to the newest whole."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Engine, MetaData, select, text

from pipelines.database import open_store
from pipelines.database.engine import make_engine
from pipelines.database.migrate import migrations_config
from tests.pipelines.factories import NOON, annotated, criterion, sighting, vacancy

FIRST = "0001"
DATA = Path(__file__).with_name("at_0001.sql")
"""A store as the first release wrote it: a healthy run, one that failed, an open vacancy whose
advert changed, a closed one that had come back, and a refusal."""


NUMBERED = ("run", "rejected", "vacancy", "advert_version")


def make_first_store(url: str) -> Engine:
    engine = make_engine(url)
    config = migrations_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST)
        is_postgres = connection.dialect.name == "postgresql"
        statements = DATA.read_text("utf-8").split(";\n")
        if is_postgres:
            statements.insert(0, "SET LOCAL TIME ZONE 'UTC'")
            statements += [
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 100)" for name in NUMBERED
            ]
        for statement in filter(str.strip, statements):
            # A percent sign is the driver's own on PostgreSQL.
            connection.exec_driver_sql(statement.replace("%", "%%") if is_postgres else statement)
    return engine


def rows(engine: Engine, columns: dict[str, list[str]] | None = None) -> dict[str, list[Any]]:
    """Return what stands in every table, of the columns named or of all."""
    metadata = MetaData()
    metadata.reflect(engine)
    found = {}
    with engine.connect() as connection:
        for name, table in metadata.tables.items():
            if name == "alembic_version" or (columns is not None and name not in columns):
                continue
            wanted = columns[name] if columns else [column.name for column in table.columns]
            chosen = [table.c[column] for column in wanted]
            found[name] = sorted(
                (dict(row) for row in connection.execute(select(*chosen)).mappings()), key=str
            )
    return found


def test_an_upgrade_from_the_first_schema_keeps_everything(new_url: str) -> None:
    engine = make_first_store(new_url)
    before = rows(engine)
    assert all(before.values()), "a table of the first schema is empty: nothing is shown for it"
    columns = {name: list(held[0]) for name, held in before.items()}

    open_store(new_url).close()

    assert rows(engine, columns) == before
    engine.dispose()


def test_an_upgraded_store_goes_on_as_if_it_had_always_been_new(new_url: str) -> None:
    make_first_store(new_url).dispose()
    store = open_store(new_url)
    assert [run.status for run in store.past_runs()] == ["failed", "finished"]

    run = store.start_run("nhs_jobs", at=NOON + timedelta(days=9))
    store.save_sightings(run, [sighting("X1"), sighting("X2")])
    page = annotated(vacancy("X1", fetched_at=NOON + timedelta(days=9)), criterion())
    # Its content is that of the first version: the fingerprint of then is the fingerprint of now.
    assert store.save_vacancy(run, page) == "unchanged"
    closed = store.end_run(run, [], {})

    assert (closed.withdrawn, closed.expired) == (0, 0)
    with store.reading() as session:
        reopened = session.execute(
            text("SELECT reference FROM vacancy WHERE closed_at IS NULL ORDER BY reference")
        )
        assert reopened.scalars().all() == ["X1", "X2"]
    store.close()
