import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from filelock import FileLock
from sqlalchemy import text

from personspec.settings import load_settings
from pipelines.database import Store, open_store
from pipelines.health import FailureClass
from schedules.doctor import _ADVICE, Finding, examine, run_doctor
from tests.pipelines.factories import sighting


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", str(tmp_path / "output"))
    monkeypatch.setenv("PERSONSPEC_CONTACT", "https://example.org/crawl")


@pytest.fixture
def store() -> Iterator[Store]:
    opened = open_store(load_settings().store_url)
    yield opened
    opened.close()


def find(check: str) -> Finding:
    return next(finding for finding in examine(load_settings()) if finding.check == check)


def test_a_new_installation_is_in_order_and_stays_as_it_is(tmp_path: Path) -> None:
    assert run_doctor(as_json=False) == 0
    assert not (tmp_path / "output").exists()
    assert find("store").what == "There is no store yet; the first crawl makes it."


def test_a_healthy_source_is_in_order(store: Store) -> None:
    store.end_run(store.start_run("nhs_jobs"), [], {"sightings/listed": 2325})
    assert find("source").state == "ok"
    assert "2,325 adverts listed" in find("source").what
    assert run_doctor(as_json=False) == 0


def test_a_failed_source_is_named_with_why_and_what_to_do(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        store.end_run(store.start_run("nhs_jobs"), ["3 requests were refused"], {"refused/403": 3})
    finding = find("source")
    assert finding.state == "problem"
    assert "failed (403): 3 requests were refused; 3 in a row, left alone until" in finding.what
    assert "read its terms" in finding.advice

    assert run_doctor(as_json=True) == 1
    found = json.loads(capsys.readouterr().out)
    assert {"check", "state", "what", "advice"} == set(found[0])


def test_there_is_advice_for_every_class_of_failure() -> None:
    assert set(_ADVICE) == set(FailureClass.__args__)  # type: ignore[attr-defined]


def test_no_contact_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERSONSPEC_CONTACT", "")
    assert find("contact").state == "problem"


def test_a_practice_board_alone_needs_no_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERSONSPEC_CONTACT", "")
    monkeypatch.setenv("PERSONSPEC_NHS_JOBS_URL", "http://127.0.0.1:8000")
    assert all(finding.check != "contact" for finding in examine(load_settings()))


def test_mail_that_could_not_go_out_is_a_problem_naming_the_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert find("mail").state == "note"
    monkeypatch.setenv("PERSONSPEC_SMTP_HOST", "mail.example.org")
    assert find("mail").state == "problem"
    assert "PERSONSPEC_MAIL_FROM" in find("mail").what
    monkeypatch.setenv("PERSONSPEC_MAIL_FROM", "digest@example.org")
    monkeypatch.setenv("PERSONSPEC_MAIL_CONTACT", "Library, 1 Example Street, Exampleton")
    monkeypatch.setenv("PERSONSPEC_WEB_URL", "https://digest.example.org")
    monkeypatch.setenv("PERSONSPEC_LINK_KEYS", "k" * 32)
    monkeypatch.setenv("PERSONSPEC_ADDRESS_KEY", "a" * 32)
    assert find("mail").state == "ok"
    monkeypatch.setenv("PERSONSPEC_SMTP_SECURITY", "none")
    assert "use starttls or tls" in find("mail").what


def test_a_settings_file_that_others_can_read_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "personspec.toml"
    file.write_text('contact = "https://example.org/crawl"\n')
    file.chmod(0o644)
    assert "chmod 600" in find("settings file").advice
    file.chmod(0o600)
    assert all(finding.check != "settings file" for finding in examine(load_settings()))


def test_a_disk_that_is_nearly_full_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10 * 1024**2))
    assert find("disk").state == "problem"


def test_whether_the_service_runs_is_seen_from_its_lock(tmp_path: Path) -> None:
    assert find("service").state == "note"
    (tmp_path / "output").mkdir()
    with FileLock(tmp_path / "output" / "schedule.lock"):
        assert find("service").what == "The service is running."


@pytest.mark.parametrize(("revision", "advice"), [("0001", "backup"), ("9999", "newer")])
def test_a_store_of_another_version_is_a_problem_and_not_touched(
    store: Store, revision: str, advice: str
) -> None:
    with store.writing() as session:
        update = text("UPDATE alembic_version SET version_num = :revision")
        session.execute(update, {"revision": revision})
    finding = find("store")
    assert finding.state == "problem"
    assert advice in finding.advice
    with store.reading() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar() == revision


def test_a_database_that_cannot_be_reached_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PERSONSPEC_DATABASE_URL", "postgresql+psycopg://x:geheim@127.0.0.1:1/x")
    finding = find("store")
    assert finding.state == "problem"
    assert "geheim" not in finding.what


def test_a_damaged_store_is_a_problem(store: Store, tmp_path: Path) -> None:
    many = [sighting(f"X{number}", summary="x" * 4000) for number in range(50)]
    store.save_sightings(store.start_run("nhs_jobs"), many)
    store.close()
    file = tmp_path / "output" / "personspec.db"
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.seek(size - 20 * 4096)
        stream.write(b"\x5a" * 20 * 4096)
    stores = [finding for finding in examine(load_settings()) if finding.check == "store"]
    assert [finding.state for finding in stores] == ["ok", "problem"]
    assert "is damaged" in stores[1].what
    assert run_doctor(as_json=False) == 1


@pytest.mark.parametrize("place", ["file", "file/below", "/proc/none"])
def test_an_output_folder_that_cannot_be_used_is_a_problem(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", place)
    finding = find("output folder")
    assert finding.state == "problem"
    assert f"{place} cannot be used" in finding.what
    assert run_doctor(as_json=False) == 1


def test_a_misspelt_variable_is_a_problem_naming_the_one_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert all(finding.check != "environment" for finding in examine(load_settings()))
    monkeypatch.setenv("PERSONSPEC_OUTPUTDIR", "x")
    assert find("environment").state == "problem"
    assert "PERSONSPEC_OUTPUTDIR is set" in find("environment").what
    assert find("environment").advice == "Is PERSONSPEC_OUTPUT_DIR meant?"
    monkeypatch.delenv("PERSONSPEC_OUTPUTDIR")
    monkeypatch.setenv("PERSONSPEC_QQQ", "x")
    assert find("environment").state == "note"


@pytest.mark.parametrize("name", ["REFERENCE_DIR", "RELEASES", "BACKOFF_S", "SMTP_PORT"])
def test_a_variable_that_something_reads_is_no_finding(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"PERSONSPEC_{name}", "25")
    assert all(finding.check != "environment" for finding in examine(load_settings()))


def test_a_clock_behind_the_store_is_a_problem(store: Store) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=False):
        store.end_run(store.start_run("nhs_jobs"), [], {})
    assert find("clock").state == "problem"


def test_what_is_late_or_has_failed_is_named(store: Store) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(days=3), tick=False):
        store.end_run(store.start_run("nhs_jobs"), [], {})
    store.finish_job(store.start_job("report"), "failed", "The disk is full.")
    late = [finding for finding in examine(load_settings()) if finding.check == "schedule"]
    assert [finding.state for finding in late] == ["problem", "problem"]
    assert late[0].what.startswith("Crawl NHS Jobs: due")
    assert "The disk is full." in late[1].what
