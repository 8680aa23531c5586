import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personspec.exceptions import UsageError
from pipelines.database import Store
from pipelines.outputs.dataset.fill import Sample
from pipelines.outputs.dataset.publish import Terms
from pipelines.outputs.dataset.rows import clean, quote
from pipelines.outputs.dataset.schema import BY_NAME, QUOTE_LENGTH, TABLES
from pipelines.outputs.dataset.shelf import DatasetError, Shelf, file_hash
from pipelines.outputs.dataset.tables import content_hash, read_csv, read_parquet
from pipelines.outputs.dataset.verify import verify_release
from pipelines.outputs.manifest import SourceNote
from tests.pipelines.factories import annotated, sighting, vacancy
from tests.pipelines.outputs.dataset.releases import (
    CLERK,
    NOON,
    TODAY,
    clerk,
    crawl,
    criterion,
    publish,
    rows,
)


def test_a_release_holds_a_row_for_all_there_is_and_is_as_it_says(
    any_store: Store, tmp_path: Path
) -> None:
    crawl(any_store, CLERK, stats={"listing/total/clerk": 40})
    published = publish(any_store, tmp_path)
    assert published.folder == tmp_path / "releases" / "2026-11-20.1"
    assert dict(published.release.rows) == {
        "vacancies": 1,
        "vacancy_versions": 1,
        "criteria": 2,
        "matches": 2,
        "requirements": 16,
        "runs": 1,
        "board_totals": 1,
        "undocumented_demands": 0,
    }
    assert verify_release(published.folder) == []
    (total,) = rows(published.folder, "board_totals")
    assert (total["query"], total["total"]) == ("clerk", 40)


def test_publishing_twice_gives_the_same_tables_under_a_new_version(
    any_store: Store, tmp_path: Path
) -> None:
    crawl(any_store, CLERK, clerk("X2"))
    crawl(any_store, CLERK, day=1)
    first, second = publish(any_store, tmp_path).folder, publish(any_store, tmp_path).folder
    assert (first.name, second.name) == ("2026-11-20.1", "2026-11-20.2")
    for table in TABLES:
        for ending in ("csv", "parquet"):
            name = f"{table.name}.{ending}"
            assert file_hash(first / name) == file_hash(second / name), name


def test_versions_and_latest_name_the_newest_release(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    publish(store, tmp_path)
    publish(store, tmp_path)
    listed = json.loads((tmp_path / "versions.json").read_text("utf-8"))["releases"]
    assert [one["path"] for one in listed] == ["releases/2026-11-20.1", "releases/2026-11-20.2"]
    assert (tmp_path / "latest").read_text("utf-8") == "2026-11-20.2\n"


def test_a_release_that_fails_leaves_the_last_one_as_it_was(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(store, CLERK)
    publish(store, tmp_path)
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}

    def full(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipelines.outputs.dataset.publish.write_sums", full)
    with pytest.raises(UsageError, match=r"No space left.*unchanged"):
        publish(store, tmp_path)
    after = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    told = json.loads(after.pop(tmp_path / "versions.json"))
    assert told["releases"] == json.loads(before.pop(tmp_path / "versions.json"))["releases"]
    assert after == before
    (failure,) = told["failures"]
    assert failure["reason"].startswith("The folder cannot be written (No space left on device)")
    assert datetime.now(UTC) - datetime.fromisoformat(failure["failed_at"]) < timedelta(hours=1)


def test_a_failure_stays_noted_when_a_release_succeeds(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    ill = SourceNote("nhs_jobs", "NHS Jobs", problem="NHS Jobs: the crawl of today failed.")
    with pytest.raises(DatasetError):
        publish(store, tmp_path, sources=[ill])
    publish(store, tmp_path)
    shelf = Shelf(tmp_path)
    assert ["today failed" in one["reason"] for one in shelf.failures] == [True]
    assert shelf.latest == "2026-11-20.1"


def test_only_one_publishes_at_a_time(store: Store, tmp_path: Path) -> None:
    with (
        Shelf(tmp_path).locked(),
        pytest.raises(DatasetError, match="Another program is publishing"),
    ):
        publish(store, tmp_path)


def test_parquet_and_csv_hold_the_same_whatever_the_words(store: Store, tmp_path: Path) -> None:
    odd = '="cmd", "quoted"; a\nbreak, a ’, an emoji 🩺, NA, null'
    crawl(store, annotated(vacancy("X1", title=odd), criterion(odd, "communication")))
    folder = publish(store, tmp_path, terms=Terms(text_basis="invented")).folder
    assert rows(folder, "criteria")[0]["text"] == odd
    for table in TABLES:
        assert content_hash(read_csv(folder, table)) == content_hash(read_parquet(folder, table))


def test_an_open_vacancy_is_right_censored_and_a_closed_one_is_not(
    store: Store, tmp_path: Path
) -> None:
    crawl(store, CLERK, clerk("X2"))
    crawl(store, CLERK, clerk("X3"), day=1)
    found = {one["reference"]: one for one in rows(publish(store, tmp_path).folder, "vacancies")}
    censored = {name: one["is_right_censored"] for name, one in found.items()}
    assert censored == {"X1": True, "X2": False, "X3": True}
    truncated = {name: one["is_left_truncated"] for name, one in found.items()}
    assert truncated == {"X1": True, "X2": True, "X3": False}
    assert found["X2"]["closed_at"] == NOON + timedelta(days=1)
    assert found["X2"]["last_seen"] == NOON
    assert found["X2"]["end_reason"] == "withdrawn"


def test_an_advert_that_was_only_listed_has_the_facts_of_the_listing(
    store: Store, tmp_path: Path
) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_sightings(run, [sighting("X1")])
    store.finish_run(run, [], {})
    (row,) = rows(publish(store, tmp_path).folder, "vacancies")
    assert (row["title"], row["salary_minimum"]) == ("Health Records Clerk", 25272.0)
    assert (row["town"], row["current_version_id"]) == ("Eastmere", None)


def test_criteria_have_no_text_unless_a_basis_is_stated(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    without = publish(store, tmp_path).folder
    assert [one["text"] for one in rows(without, "criteria")] == [None, None]
    basis = "All employers agreed in writing."
    within = publish(store, tmp_path, terms=Terms(text_basis=basis)).folder
    assert rows(within, "criteria")[1]["text"] == "Clean driving licence"
    for name in ("README.md", "LICENCE.md", "release.json"):
        assert basis in (within / name).read_text("utf-8")
        assert basis not in (without / name).read_text("utf-8")


def test_evidence_is_a_short_quote(store: Store, tmp_path: Path) -> None:
    long = "Good communication skills, " * 20
    crawl(store, annotated(vacancy("X1"), criterion(long, "communication")))
    (match,) = rows(publish(store, tmp_path).folder, "matches")
    assert match["evidence"] == long[:QUOTE_LENGTH]
    assert match["is_evidence_cut"]
    assert match["end"] - match["start"] == len(long)


@given(st.text())
def test_no_quote_is_longer_than_it_may_be(text: str) -> None:
    assert len(quote(text) or "") <= QUOTE_LENGTH


def test_contacts_are_masked_wherever_words_of_others_stand() -> None:
    assert clean("Ask ann@example.org or 01632 960123") == (
        "Ask [email address removed] or [telephone number removed]"
    )
    assert clean(" ") is None


def test_what_is_asked_beyond_the_document_is_counted_where_several_ask_it(
    store: Store, tmp_path: Path
) -> None:
    said = [criterion("Knowledge of medical terminology")] * 1
    pages = [annotated(vacancy(f"X{number}"), *said) for number in range(3)]
    alone = annotated(vacancy("X9"), criterion("Falconry certificate of this trust"))
    crawl(store, *pages, alone)
    (group,) = rows(publish(store, tmp_path).folder, "undocumented_demands")
    assert (group["wording"], group["count"], group["looked_at"]) == (
        "Knowledge of medical terminology", 3, 4,
    )  # fmt: skip


@given(st.lists(st.integers(0, 5), max_size=60))
def test_a_sample_is_never_larger_than_it_may_be_and_keeps_whole_vacancies(
    sizes: list[int],
) -> None:
    sample = Sample(20)
    for number, size in enumerate(sizes):
        sample.add(f"nhs_jobs:X{number}", iter([f"{number}"] * size))
    texts = sample.texts
    assert len(texts) <= 20
    if sum(sizes) <= 20:
        assert len(texts) == sum(sizes)
    assert all(texts.count(text) == sizes[int(text)] for text in set(texts))


def test_a_sample_is_the_same_in_whatever_order_it_comes() -> None:
    forth, back = Sample(20), Sample(20)
    for sample, numbers in ((forth, range(9)), (back, range(8, -1, -1))):
        for number in numbers:
            sample.add(f"nhs_jobs:X{number}", iter([f"{number}"] * 4))
    assert forth.texts == back.texts


def test_a_run_under_way_is_not_part_of_a_release(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    store.start_run("nhs_jobs", at=NOON + timedelta(days=1))
    published = publish(store, tmp_path)
    assert published.release.rows["runs"] == 1
    assert published.release.data_as_of == NOON


def test_an_empty_store_is_published_only_for_a_reason(store: Store, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"There is no vacancy .* No run has ended without"):
        publish(store, tmp_path)
    assert not (tmp_path / "latest").exists()
    published = publish(store, tmp_path, terms=Terms(override="To see what nothing looks like."))
    assert len(published.release.gate) == 2
    assert published.release.rows["vacancies"] == 0
    assert verify_release(published.folder) == []


def test_a_store_no_run_of_which_is_healthy_is_not_published(store: Store, tmp_path: Path) -> None:
    run = store.start_run("nhs_jobs")
    store.save_vacancy(run, CLERK)
    store.interrupt_run(run, ["it was stopped"], {})
    with pytest.raises(DatasetError, match="No run has ended without a problem") as raised:
        publish(store, tmp_path)
    assert "no vacancy" not in str(raised.value)


def test_a_changed_advert_has_a_row_for_each_content(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    changed = replace(CLERK, vacancy=replace(CLERK.vacancy, title="Records Officer"))
    crawl(store, changed, day=1)
    folder = publish(store, tmp_path, today=TODAY).folder
    versions = rows(folder, "vacancy_versions")
    assert {one["title"]: one["is_current"] for one in versions} == {
        "Health Records Clerk": False,
        "Records Officer": True,
    }
    (row,) = rows(folder, "vacancies")
    current = next(one for one in versions if one["is_current"])
    assert row["current_version_id"] == current["version_id"]
    assert current["changed_fields"] == "title"


def test_every_column_of_the_schema_is_explained() -> None:
    for table in TABLES:
        assert set(table.key) <= {field.name for field in table.fields if not field.nullable}
        for reference in table.references:
            assert reference.fields == BY_NAME[reference.table].key
        for field in table.fields:
            assert field.meaning.endswith("."), f"{table.name}.{field.name}"
