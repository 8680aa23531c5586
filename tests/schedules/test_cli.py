"""The command's manners: help with an example, version, exit codes, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from personspec import __version__
from schedules.cli import app
from tests.pipelines.mail.keys import SETTINGS
from tests.schedules.commands import run

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


def personspec(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "personspec", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    ran = personspec(command, "--help")

    assert ran.returncode == 0
    assert f"Example: personspec {command}" in ran.stdout


def test_version_is_the_package_version() -> None:
    assert personspec("--version").stdout.strip() == f"personspec {__version__}"


def test_an_unknown_source_is_one_sentence_naming_the_sources() -> None:
    ran = personspec("crawl", "nhs_job")

    assert ran.returncode == 2
    assert "There is no source 'nhs_job'" in ran.stderr
    assert "nhs_jobs" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_wrong_setting_is_one_sentence_naming_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERSONSPEC_REFETCH_AFTER_DAYS", "soon")

    ran = personspec("report", cwd=tmp_path)

    assert ran.returncode == 2
    assert "PERSONSPEC_REFETCH_AFTER_DAYS" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("place", ["file", "file/below"])
@pytest.mark.parametrize(
    "command",
    [
        "backup", "crawl nhs_jobs", "dataset publish", "demo", "import a.json", "report",
        "restore backup.zip", "schedule run",
    ],
)  # fmt: skip
def test_an_output_folder_that_cannot_be_used_is_one_sentence(
    command: str,
    place: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "file").touch()
    (tmp_path / "a.json").write_text("{}")
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", place)

    assert run(monkeypatch, *command.split()) == 2
    said = capfd.readouterr().err
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1 or command.startswith("crawl")  # a terminal's width
    assert "file" in said


@pytest.mark.parametrize(
    "command",
    [
        "annotate", "backup", "dataset publish", "dataset withdraw nhs_jobs:X1", "digest preview",
        "digest send --dry-run", "explain C1234-26-0001", "report", "review list",
        "subscribers list", "subscribers export somebody@example.org",
    ],
)  # fmt: skip
def test_commands_that_only_read_make_no_store(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERSONSPEC_DATABASE_URL", "sqlite:///none/store.db")

    assert run(monkeypatch, *command.split()) == 2
    said = capsys.readouterr().err
    assert said.startswith("personspec: There is no store at sqlite:///none/store.db: ")
    assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_held_against_a_band_without_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", "none")
    (tmp_path / "draft.txt").write_text("Person specification\nEssential\n- Team player\n")

    assert run(monkeypatch, "explain", "draft.txt", "--band", "3", "--json") == 0
    assert '"team-working"' in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    ("command", "unbuffered"), [("doctor --json", "1"), ("read draft.txt", "")]
)
def test_results_that_go_to_a_full_disk_are_one_sentence(
    command: str, unbuffered: str, tmp_path: Path
) -> None:
    (tmp_path / "draft.txt").write_text("Person specification\nEssential\n- Team player\n")
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "personspec", *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=tmp_path,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        )
    assert ran.returncode == 1
    assert ran.stderr.startswith("personspec: The results cannot be written (No space left")
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("command", ["--version", "schedule show"])
def test_a_reader_that_goes_away_is_no_error_to_tell(command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "personspec", *command.split()],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert ran.returncode == 1
    assert ran.stderr == ""


def test_a_real_crawl_without_a_contact_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PERSONSPEC_CONTACT", raising=False)
    monkeypatch.delenv("PERSONSPEC_NHS_JOBS_URL", raising=False)

    ran = personspec("crawl", "nhs_jobs", cwd=tmp_path)

    assert ran.returncode == 2
    assert "PERSONSPEC_CONTACT" in ran.stderr
    assert "Traceback" not in ran.stderr
