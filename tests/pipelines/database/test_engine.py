import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from personspec.exceptions import UsageError
from pipelines.database import Store, open_existing, open_store
from pipelines.database.copying import check_store
from pipelines.database.engine import is_missing
from pipelines.database.migrate import schema_state
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


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("output/personspec.db", "it is not of the form kind://place"),
        ("", "it is not of the form kind://place"),
        ("://", "it is not of the form kind://place"),
        ("oracle9://host/x", "no database called oracle9 is known"),
        ("mysql://host/x", "the Python package MySQLdb is not installed"),
    ],
)
@pytest.mark.parametrize("opening", [open_store, open_existing, is_missing, schema_state])
def test_a_url_that_is_none_is_refused_with_an_example(
    opening: Callable[[str], object], url: str, why: str
) -> None:
    if opening is is_missing and "host" in url:
        assert opening(url) is False
        return
    with pytest.raises(UsageError, match=rf"{why}\. Examples: sqlite:///"):
        opening(url)


def test_to_look_for_a_store_makes_neither_it_nor_its_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"There is no store at sqlite:///.*personspec crawl"):
        open_existing(f"sqlite:///{tmp_path / 'new' / 'store.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_server_without_our_tables_is_no_store_either(new_postgres_url: str) -> None:
    with pytest.raises(UsageError, match="There is no store at postgresql"):
        open_existing(new_postgres_url)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"The folder .*file of the store .* cannot be made"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'store.db'}")


@pytest.fixture
def filled(sqlite_url: str) -> Path:
    """The file of a store with many pages."""
    store = open_store(sqlite_url)
    many = [sighting(f"X{number}", summary="x" * 4000) for number in range(50)]
    store.save_sightings(store.start_run("nhs_jobs"), many)
    store.close()
    return Path(sqlite_url.removeprefix("sqlite:///"))


def overwrite(file: Path, first_page: int) -> None:
    """Write nonsense over all pages of a SQLite file from one on."""
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.seek(4096 * first_page)
        stream.write(b"\x5a" * (size - 4096 * first_page))


READ = text("SELECT count(*), max(summary) FROM vacancy")


def test_a_damaged_store_is_one_sentence_and_what_to_do(filled: Path, sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    check_store(store)
    store.close()  # or it would read what it remembers
    overwrite(filled, 20)
    sentence = r"is damaged: move it away .* personspec restore BACKUP\.$"
    with pytest.raises(StoreError, match=sentence), store.reading() as session:
        session.execute(READ).all()
    with pytest.raises(StoreError, match=sentence), store.writing() as session:
        session.execute(text("UPDATE vacancy SET summary = 'y'"))
    with pytest.raises(StoreError, match=sentence):
        check_store(store)
    store.close()


@pytest.mark.parametrize("opening", [open_store, open_existing, schema_state])
def test_a_file_that_is_no_store_any_more_is_one_sentence(
    opening: Callable[[str], object], filled: Path, sqlite_url: str
) -> None:
    overwrite(filled, 0)
    with pytest.raises(StoreError, match="is damaged"):
        opening(sqlite_url)


def test_a_damaged_schema_whose_words_cannot_be_read_is_one_sentence(
    filled: Path, sqlite_url: str
) -> None:
    content = filled.read_bytes()
    name = content.index(b"tablejob_run") + len(b"table")
    broken = content[name:].replace(b"job_run", b"\xca\xdcb_run", 1)
    filled.write_bytes(content[:name] + broken.replace(b"CREATE TABLE", b"CREATE TABL(", 1))
    with pytest.raises(StoreError, match="is damaged"):
        open_store(sqlite_url)


def test_a_store_that_vanished_is_one_sentence(filled: Path, sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    store.close()
    for file in filled.parent.glob("store.db*"):
        file.unlink()
    with pytest.raises(StoreError, match="has lost its tables"):
        store.past_runs()
    store.close()


def test_lost_tables_are_one_sentence(new_url: str) -> None:
    store = open_store(new_url)
    with store.writing() as session:
        session.execute(text("ALTER TABLE job_run RENAME TO other"))
    with pytest.raises(StoreError, match=r"has lost its tables|a table of it does not exist"):
        store.last_jobs()
    store.close()


@pytest.mark.parametrize(
    "statement",
    ["SELEKT 1", "SELECT no_such_column FROM run", "INSERT INTO run (id) VALUES (NULL)"],
)
def test_mistakes_of_our_own_are_not_blamed_on_the_store(store: Store, statement: str) -> None:
    with pytest.raises(DBAPIError), store.writing() as session:
        session.execute(text(statement))


def test_a_database_that_cannot_be_reached_is_one_sentence() -> None:
    with pytest.raises(StoreError, match="cannot be reached: no database answers there") as raised:
        open_store("postgresql+psycopg://nobody:geheim@127.0.0.1:1/none")
    assert "\n" not in str(raised.value)


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
