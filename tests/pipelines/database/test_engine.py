import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event, text

from personspec.exceptions import UsageError
from pipelines.database import Store, open_store
from pipelines.exceptions import StoreError
from tests.pipelines.factories import sighting


def test_a_sqlite_store_is_set_up_so_that_nothing_acknowledged_is_lost(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    with store.reading() as session:
        values = {
            name: session.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    store.close()
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'new' / 'store.db'}").close()
    assert (tmp_path / "new" / "store.db").is_file()


@pytest.mark.parametrize("url", ["output/personspec.db", "oracle9://host/x", ""])
def test_a_url_that_is_none_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(UsageError, match="Examples: sqlite:///"):
        open_store(url)


def test_a_database_that_cannot_be_reached_is_one_sentence() -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store("postgresql+psycopg://nobody:geheim@127.0.0.1:1/none")


def test_the_password_is_not_in_the_message() -> None:
    with pytest.raises(StoreError) as raised:
        open_store("postgresql+psycopg://nobody:geheim@127.0.0.1:1/none")
    assert "geheim" not in str(raised.value)


def test_a_reader_does_not_wait_for_a_writer(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    store.start_run("nhs_jobs")
    with store.writing() as writer, store.reading() as reader:
        writer.execute(text("UPDATE run SET status = 'failed'"))
        assert reader.execute(text("SELECT status FROM run")).scalar() == "running"
    store.close()


def test_a_reader_sees_one_moment(store: Store) -> None:
    store.start_run("nhs_jobs")
    with store.reading() as reader:
        before = reader.execute(text("SELECT count(*) FROM run")).scalar()
        store.start_run("nhs_jobs")
        assert reader.execute(text("SELECT count(*) FROM run")).scalar() == before
    with store.reading() as reader:
        assert reader.execute(text("SELECT count(*) FROM run")).scalar() == 2


def test_a_database_that_stays_busy_is_one_sentence_and_nothing_is_lost(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.database.engine.BUSY_MS", 50)
    store, other = open_store(sqlite_url), open_store(sqlite_url)
    run = store.start_run("nhs_jobs")
    with other.writing() as session:
        session.execute(text("UPDATE run SET status = 'running'"))
        with pytest.raises(StoreError, match="is busy: another program has held it"):
            store.save_sightings(run, [sighting("X1")])
    store.save_sightings(run, [sighting("X1")])  # once it is free, all goes on
    assert store.past_runs()[0].status == "running"
    store.close()
    other.close()


def test_a_full_disk_is_one_sentence_and_nothing_is_half_written(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    run = store.start_run("nhs_jobs")
    with store.reading() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()

    @event.listens_for(store.engine, "connect")
    def fill(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    store.engine.dispose()
    many = [sighting(f"X{number}", summary="x" * 4000) for number in range(50)]
    with pytest.raises(StoreError, match=r"its disk is full.*what was stored before is kept"):
        store.save_sightings(run, many)
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM vacancy")).scalar() == 0
    store.close()
