import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from personspec.exceptions import UsageError
from pipelines.database import Store, open_store
from pipelines.exceptions import StoreError
from schedules.backing import back_up, restore_backup
from tests.pipelines.factories import sighting

SECRET = "kept-out-of-every-backup"  # noqa: S105 it opens nothing


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", str(tmp_path / "output"))
    monkeypatch.setenv("PERSONSPEC_SMTP_PASSWORD", SECRET)
    (tmp_path / "personspec.toml").write_text(f'link_keys = "{SECRET * 2}"\n')


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'output' / 'personspec.db'}")
    opened.save_sightings(opened.start_run("nhs_jobs"), [sighting("X1")])
    yield opened
    opened.close()


def only_backup(tmp_path: Path) -> Path:
    (file,) = (tmp_path / "output" / "backups").iterdir()
    return file


def test_a_backup_goes_beside_the_store_under_the_hour_it_was_made(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    back_up(None)
    assert only_backup(tmp_path).name.startswith("personspec-2")
    assert "1 vacancy, 0 versions of adverts, 1 run; read back and whole" in (
        capsys.readouterr().out.replace("\n", " ")
    )


def test_no_secret_is_in_a_backup(store: Store, tmp_path: Path) -> None:
    back_up(None)
    with zipfile.ZipFile(only_backup(tmp_path)) as packed:
        for name in packed.namelist():
            assert SECRET.encode() not in packed.read(name)


def test_a_lost_store_comes_back(store: Store, tmp_path: Path) -> None:
    back_up(None)
    store.close()
    for file in (tmp_path / "output").glob("personspec.db*"):
        file.unlink()
    assert restore_backup(only_backup(tmp_path), replace=False) == 0
    again = open_store(f"sqlite:///{tmp_path / 'output' / 'personspec.db'}")
    assert len(again.past_runs()) == 1
    again.close()


def test_a_store_in_use_is_not_overwritten_unasked(store: Store, tmp_path: Path) -> None:
    back_up(None)
    with pytest.raises(UsageError, match="not empty"):
        restore_backup(only_backup(tmp_path), replace=False)
    assert restore_backup(only_backup(tmp_path), replace=True) == 0


def test_an_empty_store_is_not_backed_up(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'output' / 'personspec.db'}").close()
    with pytest.raises(StoreError, match="nothing to back up"):
        back_up(None)
    assert not (tmp_path / "output" / "backups").exists()


@pytest.mark.parametrize("lock", ["schedule.lock", "crawl-nhs_jobs.lock"])
def test_nothing_is_restored_under_a_running_service_or_crawl(
    lock: str, store: Store, tmp_path: Path
) -> None:
    back_up(None)
    with FileLock(tmp_path / "output" / lock):
        assert restore_backup(only_backup(tmp_path), replace=True) == 3
