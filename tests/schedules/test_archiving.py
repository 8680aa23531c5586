"""Old archives go, with what hangs on them; nothing points to what is gone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.archive import ArchiveName
from pipelines.database import open_store
from pipelines.types import PastRun
from schedules.archiving import find_old, prune_archive
from schedules.verdicts import keep_verdict, read_verdict, verdict_path
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import annotated, vacancy

NOW = datetime.now(UTC).replace(microsecond=0)
OLD, YOUNG = NOW - timedelta(days=91), NOW - timedelta(days=89)


def past(number: int, started_at: datetime) -> PastRun:
    return PastRun(number, "nhs_jobs", started_at, NOW, "failed", ("one problem",), {"a": 1})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive with an old and a young run, and a store that points into both."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    monkeypatch.setenv("PERSONSPEC_DATABASE_URL", url)
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", str(tmp_path))
    store = open_store(url)
    run = store.start_run("nhs_jobs")
    for number, started_at in ((1, OLD), (2, YOUNG)):
        name = ArchiveName(started_at, number, "nhs_jobs").relative
        path = tmp_path / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 1_000_000)
        keep_verdict(tmp_path / "archive", past(number, started_at))
        page = vacancy(f"X{number}", archive_file=name, archive_record="<urn:uuid:1>")
        store.save_vacancy(run, annotated(page))
    store.close()
    return tmp_path / "archive"


def kept(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.*"))


def pointers(folder: Path) -> list[str | None]:
    store = open_store(f"sqlite:///{folder.parent / 'store.db'}")
    held = snapshot(store)
    store.close()
    return [row["archive_file"] for row in held.values() if "archive_file" in row]


def test_a_dry_run_says_what_would_go_and_deletes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = kept(folder)
    assert prune_archive(None, 90, dry_run=True) == 0
    said = capsys.readouterr().out
    assert "1 page archive older than 90 days would be deleted, 1.0 MB." in said
    assert f"{OLD:%Y%m%dT%H%M%SZ}-run1" in said
    assert kept(folder) == before
    assert None not in pointers(folder)


def test_old_archives_go_with_their_verdicts_and_the_pointers_to_them(folder: Path) -> None:
    prune_archive(None, 90, dry_run=False)
    young = f"{YOUNG:%Y%m%dT%H%M%SZ}-run2"
    assert kept(folder) == [f"{young}.json", f"{young}.warc.gz"]
    assert sorted(pointers(folder), key=str) == [None, f"nhs_jobs/{young}.warc.gz"]


def test_the_age_is_that_of_the_run_not_of_the_file(folder: Path) -> None:
    assert [path.name[:8] for path in find_old(folder, timedelta(days=90), NOW)] == [
        f"{OLD:%Y%m%d}"
    ]
    assert find_old(folder, timedelta(days=92), NOW) == []


def test_a_verdict_comes_back_as_it_was_and_is_missing_after_a_kill(folder: Path) -> None:
    archive = folder / ArchiveName(YOUNG, 2, "nhs_jobs").relative
    verdict = read_verdict(archive)
    assert verdict is not None
    assert (verdict.status, verdict.at, verdict.problems) == ("failed", NOW, ["one problem"])
    assert verdict.stats == {"a": 1}
    verdict_path(archive).unlink()
    assert read_verdict(archive) is None


def test_a_run_without_archive_keeps_no_verdict(tmp_path: Path) -> None:
    keep_verdict(tmp_path, past(3, NOW))
    assert list(tmp_path.iterdir()) == []
