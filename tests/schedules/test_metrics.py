from datetime import UTC, datetime
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from matcher.catalogue import load_catalogue
from personspec.settings import Settings
from pipelines.database import open_store
from pipelines.outputs.digest.press import queue_due
from pipelines.types import Refusal
from schedules.metrics import write_metrics
from tests.pipelines.factories import sighting
from tests.pipelines.mail.keys import IDENTITY
from tests.pipelines.mail.readers import add_readers, add_vacancies, in_days


def figures(path: Path) -> dict[tuple[str, ...], float]:
    return {
        (sample.name.removeprefix("personspec_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(path.read_text())
        for sample in family.samples
    }


def test_the_file_says_how_sources_entries_and_the_store_are(tmp_path: Path) -> None:
    settings = Settings(output_dir=tmp_path)
    store = open_store(settings.store_url)
    run = store.start_run("nhs_jobs")
    store.save_sightings(run, [sighting("X1"), sighting("X2")])
    store.end_run(run, [], {"sightings/listed": 2, "adverts/read": 1})
    run = store.start_run("nhs_jobs")
    store.save_refusal(run, Refusal("nhs_jobs", "X3", "https://jobs.example.org/X3", "No.", "…"))
    store.end_run(run, ["it is broken"], {"sightings/listed": 0})
    store.finish_job(store.start_job("report"), "failed", "No.")

    found = figures(write_metrics(store, settings))

    runs = store.past_runs()
    store.close()
    assert found["source_healthy", "nhs_jobs"] == 0
    assert found["source_failures_in_a_row", "nhs_jobs"] == 1
    assert found["source_listed", "nhs_jobs"] == 0
    last_healthy = found["source_last_healthy_timestamp_seconds", "nhs_jobs"]
    assert last_healthy == runs[1].started_at.timestamp()
    assert found["source_paused_until_timestamp_seconds", "nhs_jobs"] > last_healthy
    assert found["entry_failed", "report"] == 1
    assert found["vacancies", "nhs_jobs", "open"] == 2
    assert found["rejected", "nhs_jobs"] == 1


def test_a_new_installation_has_figures_too(tmp_path: Path) -> None:
    settings = Settings(output_dir=tmp_path)
    store = open_store(settings.store_url)
    found = figures(write_metrics(store, settings))
    store.close()
    assert found["source_last_healthy_timestamp_seconds", "nhs_jobs"] == 0
    assert found["written_timestamp_seconds",] > 0


def test_mails_are_counted_by_what_became_of_them(tmp_path: Path) -> None:
    settings = Settings(output_dir=tmp_path)
    store = open_store(settings.store_url)
    add_vacancies(store, "X1", at=datetime.now(UTC), closing=in_days(20))
    add_readers(store, 2)
    queue_due(store, load_catalogue(), IDENTITY, datetime.now(UTC))
    found = figures(write_metrics(store, settings))
    store.close()
    assert found["mails", "queued"] == 2
