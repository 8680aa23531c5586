"""Pages stored together are stored as they are one by one; pointers into the archive move on."""

from datetime import timedelta
from pathlib import Path

from pipelines.database import Store, open_store
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import NOON, annotated, criterion, vacancy

BATCH = [
    annotated(vacancy("X1"), criterion("Good communication skills", "communication")),
    annotated(vacancy("X2")),
    annotated(vacancy("X1", title="Another", fetched_at=NOON + timedelta(hours=1))),
    annotated(vacancy("X3"), criterion("Filing"), criterion("Filing")),
    annotated(vacancy("X2")),
]


def test_a_batch_is_stored_as_its_pages_one_by_one(store: Store, tmp_path: Path) -> None:
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    for one in (store, other):
        run = one.start_run("nhs_jobs", at=NOON)
        one.save_vacancy(run, annotated(vacancy("X3", title="Before")))
    run = store.start_run("nhs_jobs", at=NOON + timedelta(days=1))
    together = store.save_vacancies(run, BATCH)
    run = other.start_run("nhs_jobs", at=NOON + timedelta(days=1))
    one_by_one = [other.save_vacancy(run, page) for page in BATCH]

    assert together == one_by_one == ["new", "new", "changed", "changed", "unchanged"]
    assert snapshot(store) == snapshot(other)
    other.close()


def test_a_version_points_to_its_latest_copy_whatever_the_order(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    for day in (2, 1, 3, None):
        file = None if day is None else f"nhs_jobs/2026110{day}T061000Z-run{day}.warc.gz"
        page = vacancy(
            archive_file=file, archive_record=file and f"<urn:uuid:{day}>", archive_sha256=f"{day}"
        )
        store.save_vacancy(run, annotated(page))
    (version,) = (row for row in snapshot(store).values() if "archive_file" in row)
    assert version["archive_file"] == "nhs_jobs/20261103T061000Z-run3.warc.gz"
    assert version["archive_record"] == "<urn:uuid:3>"
    assert version["archive_sha256"] == "3"


def test_what_was_deleted_is_no_longer_pointed_to(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    for number in (1, 2):
        page = vacancy(f"X{number}", archive_file=f"nhs_jobs/{number}", archive_record="<a>")
        store.save_vacancy(run, annotated(page))
    store.forget_archives(["nhs_jobs/1"])
    files = {row["archive_file"] for row in snapshot(store).values() if "archive_file" in row}
    assert files == {None, "nhs_jobs/2"}
