from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from crawler.archive import ArchiveName
from personspec.exceptions import PersonspecError
from pipelines.database import Store, open_store
from pipelines.database.counts import count_vacancies
from pipelines.database.subscriber_models import DigestRow, SubscriberRow
from pipelines.subscriptions import Subscriptions
from schedules import jobs
from schedules.jobs import Result, backup, carry_out, crawl, digest, expire, prune, report, retain
from tests.pipelines.factories import sighting
from tests.pipelines.mail.keys import IDENTITY, SETTINGS
from tests.pipelines.mail.readers import add_readers


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    opened = open_store(f"sqlite:///{tmp_path / 'personspec.db'}")
    yield opened
    opened.close()


def fail(store: Store, times: int) -> None:
    for _ in range(times):
        store.end_run(store.start_run("nhs_jobs"), ["it is broken"], {"refused/403": 3})


def task(monkeypatch: pytest.MonkeyPatch, outcome: Result | Exception) -> None:
    def run() -> Result:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setitem(jobs.TASKS, "report", run)


def test_what_came_of_an_entry_is_kept_and_the_figures_written(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task(monkeypatch, Result("done", "All written."))
    carry_out("report", "report")
    job = store.last_jobs()["report"]
    assert (job.outcome, job.detail) == ("done", "All written.")
    assert job.finished_at
    assert 'entry_failed{entry="report"} 0.0' in (tmp_path / "metrics.prom").read_text()


def test_an_error_we_know_is_its_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    task(monkeypatch, PersonspecError("The disk is full."))
    carry_out("report", "report")
    assert store.last_jobs()["report"].detail == "The disk is full."


def test_an_error_we_do_not_know_is_kept_and_goes_on_to_the_log(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    task(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        carry_out("report", "report")
    assert store.last_jobs()["report"].outcome == "failed"


def test_nothing_is_begun_when_the_service_is_to_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    task(monkeypatch, Result("done", "All written."))
    jobs.STOP.set()
    try:
        carry_out("report", "report")
    finally:
        jobs.STOP.clear()
    assert store.last_jobs() == {}


def test_a_source_that_keeps_failing_is_left_alone(store: Store) -> None:
    fail(store, 4)
    result = crawl("nhs_jobs")
    assert result.outcome == "skipped"
    assert result.detail.startswith("nhs_jobs has failed 4 times in a row (403); it is left alone")
    assert len(store.past_runs()) == 4


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_crawl_logs_in_the_form_of_the_service(
    store: Store, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], form: str
) -> None:
    monkeypatch.setenv("PERSONSPEC_LOG_FORMAT", form)
    monkeypatch.setenv("PERSONSPEC_NHS_JOBS_URL", "http://127.0.0.1:9")
    assert crawl("nhs_jobs").outcome == "failed"
    told = capfd.readouterr().err
    assert told.startswith("{") == ('{"' in told) == (form == "json")


def test_the_reports_stay_when_no_source_can_be_believed(store: Store, tmp_path: Path) -> None:
    store.end_run(store.start_run("nhs_jobs"), [], {})
    assert report().outcome == "done"
    (tmp_path / "vacancies.csv").write_text("the last good report")
    fail(store, 1)
    result = report()
    assert result.outcome == "skipped"
    assert "NHS Jobs: the crawl of" in result.detail
    assert (tmp_path / "vacancies.csv").read_text() == "the last good report"


def seen(store: Store, **stats: int) -> None:
    run = store.start_run("nhs_jobs")
    closing = datetime.now(UTC).date() + timedelta(days=5)
    store.save_sightings(run, [sighting("X1", closing_date=closing)])
    store.end_run(run, [], {"clock/skew_s": 0})


def test_what_is_past_its_date_is_closed(store: Store) -> None:
    seen(store)
    assert expire().detail == "0 vacancies closed by date."
    with time_machine.travel(datetime.now(UTC) + timedelta(days=7), tick=False):
        assert expire().detail == "1 vacancy closed by date."


@pytest.mark.parametrize("years", [1, 70])
def test_a_clock_that_leapt_closes_nothing_and_says_so(store: Store, years: int) -> None:
    seen(store)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=365 * years), tick=False):
        result = expire()
    assert result.outcome == "failed"
    assert "Nothing was closed by its date" in result.detail
    with store.reading() as session:
        assert count_vacancies(session) == {("nhs_jobs", "open"): 1}


def test_after_the_clock_was_set_back_what_is_seen_is_open(store: Store) -> None:
    """A run in the future closed a vacancy; the runs of today open it again."""
    with time_machine.travel(datetime.now(UTC) + timedelta(days=300), tick=False):
        run = store.start_run("nhs_jobs")
        store.save_sightings(run, [sighting("X1", closing_date=None)])
        store.end_run(run, [], {})
        store.end_run(store.start_run("nhs_jobs"), [], {})  # lists nothing: X1 is withdrawn
    run = store.start_run("nhs_jobs")
    store.save_sightings(run, [sighting("X1", closing_date=None)])
    store.end_run(run, [], {})
    with store.reading() as session:
        assert count_vacancies(session) == {("nhs_jobs", "open"): 1}


def test_digests_wait_until_a_mail_server_is_set_and_a_source_is_believed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert digest() == Result("skipped", "No mail server is set.")
    monkeypatch.setenv("PERSONSPEC_SMTP_HOST", "127.0.0.1")
    fail(store, 1)
    assert digest().detail.startswith("No digest is sent. NHS Jobs: the crawl of")


def readers(store: Store) -> int:
    with store.reading() as session:
        return len(session.scalars(select(SubscriberRow)).all())


def leave(store: Store) -> None:
    """Two readers of whom one stops the digest, now."""
    key, _ = add_readers(store, 2)
    assert Subscriptions(store, IDENTITY).move_to(key, "unsubscribed", datetime.now(UTC))


def test_who_left_is_deleted_after_thirty_days_though_no_source_is_healthy_and_no_mail_goes_out(
    store: Store,
) -> None:
    fail(store, 4)
    leave(store)
    for days, kept in ((29, 2), (31, 1)):
        with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=False):
            assert retain().outcome == "done"
        assert readers(store) == kept


def test_who_is_silent_for_a_year_is_asked_only_where_mail_goes_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_readers(store, 2)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=370), tick=False):
        assert retain().detail == "0 subscriptions deleted, 0 job seekers asked."
        for name, value in (SETTINGS | {"PERSONSPEC_SMTP_HOST": "127.0.0.1"}).items():
            monkeypatch.setenv(name, value)
        assert retain().detail == "0 subscriptions deleted, 2 job seekers asked."
    with store.reading() as session:
        assert set(session.scalars(select(DigestRow.kind))) == {"still wanted"}
    with time_machine.travel(datetime.now(UTC) + timedelta(days=402), tick=False):
        assert retain().detail == "2 subscriptions deleted, 0 job seekers asked."


def test_a_mail_setting_that_is_missing_stops_no_deletion(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(store)
    monkeypatch.setenv("PERSONSPEC_SMTP_HOST", "127.0.0.1")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31), tick=False):
        carry_out("retain", "retain")
    job = store.last_jobs()["retain"]
    assert job.outcome == "failed"
    assert "PERSONSPEC_MAIL_FROM" in job.detail
    assert readers(store) == 1


def test_a_clock_that_leapt_deletes_no_job_seeker(store: Store) -> None:
    seen(store)
    leave(store)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=365), tick=False):
        assert retain().detail.startswith("Nothing was deleted of job seekers")
    assert readers(store) == 2


def test_archives_of_pages_go_after_ninety_days_and_not_by_a_clock_that_leapt(
    store: Store, tmp_path: Path
) -> None:
    started = datetime.now(UTC)
    seen(store)
    file = tmp_path / "archive" / ArchiveName(started, 1, "nhs_jobs").relative
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    assert prune().detail.startswith("0 page archives")
    with time_machine.travel(started + timedelta(days=91), tick=False):
        assert "No page archive was deleted" in prune().detail
        assert file.exists()
        seen(store)  # a crawl has found the clock right
        assert prune().detail.startswith("1 page archive")
    assert not file.exists()


def test_the_newest_backups_are_kept_and_those_made_by_hand(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSONSPEC_BACKUPS_KEPT", "2")
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "personspec-by-hand.zip").touch()
    store.start_run("nhs_jobs")
    for week in range(3):
        with time_machine.travel(datetime(2026, 6, 7 + 7 * week, 3, 10, tzinfo=UTC), tick=False):
            result = backup()
    assert result.detail.endswith("written and read back, 1 older ones deleted.")
    assert sorted(file.name for file in folder.iterdir()) == [
        "personspec-by-hand.zip",
        "scheduled-20260614T031000Z.zip",
        "scheduled-20260621T031000Z.zip",
    ]


def test_a_store_made_anew_does_not_drive_away_the_backups_of_the_lost_one(
    store: Store, tmp_path: Path
) -> None:
    store.start_job("backup")
    assert backup().outcome == "skipped"
    assert not (tmp_path / "backups").exists()


def test_no_backup_is_made_where_none_is_to_be_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSONSPEC_BACKUPS_KEPT", "0")
    assert backup().outcome == "skipped"
    assert not (tmp_path / "backups").exists()
