"""Backups on both databases: whole, verified, and nothing that comes in unchecked."""

import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from personspec.exceptions import PersonspecError, UsageError
from pipelines.backup import COPY, MANIFEST, restore_backup, unpacked, write_backup
from pipelines.database import Store, open_store
from pipelines.types import Refusal
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import annotated, criterion, sighting, vacancy


@pytest.fixture
def filled(store: Store) -> Store:
    run = store.start_run("nhs_jobs")
    store.save_sightings(run, [sighting("X1"), sighting("X2")])
    store.save_vacancy(run, annotated(vacancy("X1"), criterion("IT skills – £", "it-skills")))
    store.save_refusal(run, Refusal("nhs_jobs", "X3", "https://jobs.example.org/X3", "No.", "…"))
    store.end_run(run, [], {"sightings/listed": 2})
    return store


@pytest.fixture
def backup(filled: Store, tmp_path: Path) -> Path:
    file = tmp_path / "backups" / "one.zip"
    write_backup(filled, file)
    return file


@pytest.fixture
def other_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'target.db'}"


@pytest.fixture
def other(tmp_path: Path) -> Any:
    opened = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    yield opened
    opened.close()


def test_what_is_restored_is_what_was_backed_up(backup: Path, filled: Store, other: Store) -> None:
    manifest = restore_backup(other, backup)

    assert snapshot(other) == snapshot(filled)
    assert manifest.rows["vacancy"] == 2
    assert other.past_runs() == filled.past_runs()


@pytest.mark.parametrize("target_url", ["other_sqlite_url", "new_postgres_url"])
def test_a_backup_of_either_database_can_be_restored_to_either(
    target_url: str, request: pytest.FixtureRequest, backup: Path, filled: Store
) -> None:
    target = open_store(str(request.getfixturevalue(target_url)))
    try:
        restore_backup(target, backup)
        assert snapshot(target) == snapshot(filled)
        assert target.start_run("nhs_jobs") == filled.past_runs()[0].id + 1
    finally:
        target.close()


def test_a_store_that_holds_something_is_not_overwritten_unasked(
    backup: Path, filled: Store
) -> None:
    filled.start_run("elsewhere")
    before = filled.past_runs()
    with pytest.raises(UsageError, match="not empty"):
        restore_backup(filled, backup)
    assert filled.past_runs() == before


def test_asked_to_replace_it_holds_the_backup_alone(backup: Path, filled: Store) -> None:
    before = snapshot(filled)
    filled.save_sightings(filled.start_run("nhs_jobs"), [sighting("X9")])
    restore_backup(filled, backup, replace=True)
    assert snapshot(filled) == before


def test_a_backup_made_while_others_write_is_of_one_moment(
    store: Store, store_url: str, tmp_path: Path
) -> None:
    """Each run is stored with its vacancy in one transaction: a copy has as many of both."""
    stop = Event()

    def write() -> None:
        writer = open_store(store_url)
        for number in range(100_000):
            if stop.is_set():
                break
            with writer.writing() as session:
                from pipelines.database import runs, sightings

                run = runs.start_run(session, "nhs_jobs")
                sightings.save_sightings(session, run, [sighting(f"X{number}")])
        writer.close()

    thread = Thread(target=write)
    thread.start()
    try:
        for number in range(3):
            rows = write_backup(store, tmp_path / f"{number}.zip").rows
            assert rows["run"] == rows["vacancy"]
    finally:
        stop.set()
        thread.join()
    assert store.past_runs()


def test_a_backup_is_not_overwritten(backup: Path, filled: Store) -> None:
    before = backup.read_bytes()
    with pytest.raises(UsageError, match="there already"):
        write_backup(filled, backup)
    assert backup.read_bytes() == before


def test_only_its_owner_may_read_a_backup(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0


def test_nothing_is_left_beside_a_backup(backup: Path) -> None:
    assert list(backup.parent.iterdir()) == [backup]


def test_a_backup_of_a_newer_personspec_changes_nothing(backup: Path, other: Store) -> None:
    import sqlite3

    def newer(copy: bytes, folder: Path) -> bytes:
        (folder / "newer.db").write_bytes(copy)
        connection = sqlite3.connect(folder / "newer.db")
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.close()
        return (folder / "newer.db").read_bytes()

    with zipfile.ZipFile(backup) as packed:
        copy = newer(packed.read(COPY), backup.parent)
        manifest = json.loads(packed.read(MANIFEST))
    manifest |= {"size": len(copy), "sha256": _sha256(copy)}
    rewrite(backup, {MANIFEST: json.dumps(manifest).encode(), COPY: copy})
    with pytest.raises(PersonspecError, match="9999"):
        restore_backup(other, backup)
    assert other.past_runs() == []


def _sha256(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def rewrite(file: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def with_manifest(held: dict[str, bytes], **changes: Any) -> dict[str, bytes]:
    manifest = json.loads(held[MANIFEST]) | changes
    return held | {MANIFEST: json.dumps(manifest).encode()}


SPOILT: dict[str, Callable[[dict[str, bytes]], dict[str, bytes]]] = {
    "a path that leads out of the folder": lambda held: held | {"../../evil.txt": b"x"},
    "an absolute path": lambda held: held | {"/evil.txt": b"x"},
    "no manifest": lambda held: {COPY: held[COPY]},
    "a manifest that is no JSON": lambda held: held | {MANIFEST: b"{"},
    "a manifest that is too large": lambda held: held | {MANIFEST: b" " * 2 * 1024**2},
    "another checksum": lambda held: with_manifest(held, sha256="0" * 64),
    "other rows": lambda held: with_manifest(held, rows={"vacancy": 17}),
    "more than it says": lambda held: with_manifest(held, size=10),
    "less than it says": lambda held: with_manifest(held, size=10**7),
    "a bomb": lambda held: with_manifest(
        held | {COPY: bytes(64 * 1024**2)}, size=64 * 1024**2, sha256=_sha256(bytes(64 * 1024**2))
    ),
    "an unknown form": lambda held: with_manifest(held, form="personspec-backup-2"),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    store = open_store(f"sqlite:///{folder / 'store.db'}")
    store.save_sightings(store.start_run("nhs_jobs"), [sighting("X1")])
    write_backup(store, folder / "sound.zip")
    store.close()
    return folder / "sound.zip"


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_no_sound_backup_is_refused_and_nothing_is_written(
    what: str, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    spoilt = tmp_path / "spoilt.zip"
    rewrite(spoilt, SPOILT[what](members(sound)))

    with pytest.raises(UsageError), unpacked(spoilt):
        raise AssertionError(f"{what} was let through")

    assert sorted(tmp_path.iterdir()) == [scratch, spoilt]
    assert list(scratch.iterdir()) == []


def test_a_bomb_is_refused_before_it_is_unpacked(sound: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "bomb.zip"
    rewrite(spoilt, SPOILT["a bomb"](members(sound)))
    with pytest.raises(UsageError, match="over 100 times as large"), unpacked(spoilt):
        raise AssertionError("the bomb was let through")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_a_file_that_is_no_zip_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "none.zip"
    file.write_bytes(content)
    with pytest.raises(UsageError, match="not a backup"), unpacked(file):
        raise AssertionError("it was let through")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"), unpacked(tmp_path / "none.zip"):
        raise AssertionError("it was let through")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(where=st.floats(0, 0.9999), change=st.integers(1, 255))
def test_a_damaged_byte_is_found_or_does_no_harm(
    where: float, change: int, sound: Path, tmp_path: Path
) -> None:
    content = bytearray(sound.read_bytes())
    content[int(where * len(content))] ^= change
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(content)
    with suppress(UsageError), unpacked(damaged) as (copy, _):
        assert copy.read_bytes() == members(sound)[COPY]
