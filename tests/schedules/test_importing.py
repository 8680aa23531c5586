"""Adverts from files are stored as crawled ones are; stopping and starting again does no harm."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from benchmarks.importing import generate
from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from pipelines.database import Store, open_store
from schedules.importing import Import, import_files
from tests.crawler.pages.test_job_posting import NAMES, NOW, VALUES
from tests.pipelines.database.snapshot import snapshot

PAST = "2020-11-08T23:59:59+0000"


@pytest.fixture
def store(tmp_path: Path) -> Any:
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.close()


def write(path: Path, *postings: object) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in postings), "utf-8")
    return path


def quiet() -> Console:
    return Console(file=StringIO())


def personspec(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "personspec", *arguments],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def environment(folder: Path) -> dict[str, str]:
    url = f"sqlite:///{folder / 'store.db'}"
    return {**os.environ, "PERSONSPEC_DATABASE_URL": url, "PERSONSPEC_OUTPUT_DIR": str(folder)}


def test_adverts_are_stored_with_their_criteria_under_a_run_of_their_board(
    store: Store, tmp_path: Path
) -> None:
    first, second = generate(2)
    path = write(tmp_path / "a.jsonl", first, second, {"title": "", "description": "x"}, "{")

    counts = import_files(store, [path], quiet()).counts

    assert (counts["read"], counts["new"], counts["rejected"]) == (4, 2, 2)
    held = snapshot(store)
    assert {"900000000", "900000001"} <= held.keys()
    assert any(rows for key, rows in held.items() if key.endswith("criterion"))
    assert any(rows for key, rows in held.items() if key.endswith("match"))
    reasons = {row["reason"] for row in held["rejected"]}
    assert "It has no title." in reasons
    assert {run.source: run.status for run in store.past_runs()} == {
        "import:jobs.example.org": "finished",
        "import": "finished",
    }
    (board,) = store.past_runs("import:jobs.example.org")
    assert board.stats == {"import/new": 2}


def test_an_advert_past_its_date_is_expired_and_stays_so(store: Store, tmp_path: Path) -> None:
    (posting,) = generate(1)
    path = write(tmp_path / "a.jsonl", posting | {"validThrough": PAST})
    for _ in range(2):
        import_files(store, [path], quiet())
        (row,) = (row for key, row in snapshot(store).items() if key == "900000000")
        assert row["end_reason"] == "expired"
        assert row["earlier_closings"] == []


def test_importing_again_changes_nothing_but_the_times(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *generate(5))
    import_files(store, [path], quiet())
    before = contents(store)
    counts = import_files(store, [path], quiet()).counts
    assert counts["unchanged"] == 5
    assert contents(store) == before


def test_an_advert_that_has_changed_gets_another_version(store: Store, tmp_path: Path) -> None:
    (posting,) = generate(1)
    import_files(store, [write(tmp_path / "a.jsonl", posting)], quiet())
    changed = write(tmp_path / "b.jsonl", posting | {"title": "Senior Ward Clerk"})
    assert import_files(store, [changed], quiet()).counts["changed"] == 1
    fields = [v["changed_fields"] for v in snapshot(store).values() if "changed_fields" in v]
    assert sorted(fields) == [[], ["title"]]


def contents(store: Store) -> dict[str, Any]:
    moving = {"last_run_id", "last_seen", "page_run_id", "checked_at", "closed_at"}
    return {
        key: {name: value for name, value in row.items() if name not in moving}
        if isinstance(row, dict)
        else row
        for key, row in snapshot(store).items()
        if key != "rejected"
    }


def test_an_import_that_is_killed_and_started_again_ends_like_one_that_was_not(
    tmp_path: Path,
) -> None:
    files = [write(tmp_path / f"{n}.jsonl", *list(generate(300))[n::3]) for n in range(3)]
    (tmp_path / "whole").mkdir()
    (tmp_path / "killed").mkdir()
    whole = open_store(f"sqlite:///{tmp_path / 'whole' / 'store.db'}")
    import_files(whole, files, quiet())
    command = [sys.executable, "-m", "personspec", "import", *map(str, files)]
    child = subprocess.Popen(command, env=environment(tmp_path / "killed"))
    killed = open_store(f"sqlite:///{tmp_path / 'killed' / 'store.db'}")
    deadline = time.monotonic() + 60
    while not contents(killed) and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert 0 < sum(" " not in key for key in contents(killed)) < 300, "it was not killed midway"

    ran = personspec(tmp_path / "killed", "import", "--json", *map(str, files))

    assert ran.returncode == 0
    assert json.loads(ran.stdout)["read"] == 300
    ignoring = {"first_seen", "fetched_at"}
    assert without(contents(killed), ignoring) == without(contents(whole), ignoring)
    assert [run.status for run in killed.past_runs()] == ["finished", "interrupted"]
    for opened in (whole, killed):
        opened.close()


def without(held: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {
        key: {name: value for name, value in row.items() if name not in names}
        if isinstance(row, dict)
        else row
        for key, row in held.items()
    }


def test_the_command_says_what_it_did_and_refuses_what_it_cannot_use(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *generate(2), "{")
    ran = personspec(tmp_path, "import", str(path))
    assert ran.returncode == 0
    assert "3 adverts read: 2 new, 1 rejected." in ran.stdout

    assert "  1 rejected, such as a.jsonl:3: It is not JSON" in ran.stdout

    missing = personspec(tmp_path, "import", str(path), str(tmp_path / "nowhere.json"))
    assert missing.returncode == 2
    assert "nowhere.json is not there" in missing.stderr


def test_progress_is_told_in_plain_lines_where_there_is_no_terminal(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.importing.PLAIN_EVERY_S", 0.0)
    told = Console(file=StringIO(), width=120)
    import_files(store, [write(tmp_path / "a.jsonl", *generate(2))], told)
    lines = told.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert lines[-1].startswith("file 1 of 1: 2 adverts read, 0 rejected")


def test_of_each_reason_of_rejection_one_file_is_named_and_nobody_in_it(tmp_path: Path) -> None:
    (tmp_path / "jo@example.org.html").write_text("<html>Come and see.</html>")
    (tmp_path / "cut.json").write_text('{"title": "Clerk')
    (tmp_path / "bytes.warc.gz").write_bytes(bytes(range(255, 0, -1)) * 9)
    write(tmp_path / "a.jsonl", {"x": 1}, {"x": 2})

    ran = personspec(tmp_path, "import", str(tmp_path))

    assert ran.returncode == 1, "nothing was stored"
    assert "5 adverts read: 5 rejected." in ran.stdout
    assert "2 rejected, such as a.jsonl:1: It holds no JobPosting." in ran.stdout
    assert "such as [email address removed]: It holds no JobPosting and no advert." in ran.stdout
    assert "such as cut.json: It is not JSON" in ran.stdout
    assert "such as bytes.warc.gz: Not readable after byte 0" in ran.stdout
    again = json.loads(personspec(tmp_path, "import", "--json", str(tmp_path)).stdout)
    assert again["rejected"] == 5
    assert again["reasons"][0] == {
        "reason": "It holds no JobPosting.", "count": 2, "example": "a.jsonl:1",
    }  # fmt: skip
    assert again.keys() == {
        "read", "new", "changed", "annotated_again", "unchanged", "rejected", "passed_over",
        "expired", "reasons", "stopped", "seconds",
    }  # fmt: skip


def test_ctrl_c_says_what_is_stored_and_starting_again_goes_on(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *generate(2_000))
    command = [sys.executable, "-m", "personspec", "import", str(path)]
    child = subprocess.Popen(
        command,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    while not opened.past_runs() and child.poll() is None:
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    told, errors = child.communicate()

    assert child.returncode == 130
    assert "Stopped; stored so far: " in told
    assert "Start again to go on." in told
    assert "Traceback" not in errors
    assert [run.status for run in opened.past_runs()] == ["interrupted"]
    opened.close()


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_catalogue())


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    posting=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=12),
    title=st.text(min_size=1, max_size=10),
)
def test_every_posting_is_stored_or_rejected(
    posting: dict[str, Any], title: str, store: Store, matcher: Matcher
) -> None:
    from crawler.pages.job_posting import JobPostingPage

    importing = Import(store, matcher, datetime.now(UTC))
    vacancy = JobPostingPage({"title": title} | posting, NOW).to_item()
    importing.take(vacancy)
    importing.finish()
    outcomes = ("new", "changed", "unchanged", "rejected")
    assert sum(importing.counts[name] for name in outcomes) == 1


def test_real_postings_are_all_stored(store: Store, reference_dir: Path) -> None:
    files = sorted((reference_dir / "fixtures").glob("*_jsonld_*.json"))
    counts = import_files(store, files, quiet()).counts
    assert (counts["new"], counts["rejected"]) == (len(files), 0)
    assert counts["expired"] == len(files)
