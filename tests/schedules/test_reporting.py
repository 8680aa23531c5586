from pathlib import Path

import pandas as pd
import pytest

from pipelines.database import open_store
from pipelines.facts.types import Facts
from tests.pipelines.factories import annotated, criterion, vacancy
from tests.pipelines.reviewing import crawl
from tests.schedules.commands import run


@pytest.fixture(autouse=True)
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vacancy of band 3 in Wales, another of band 5 by another employer, twice advertised."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    monkeypatch.setenv("PERSONSPEC_DATABASE_URL", url)
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", str(tmp_path / "out"))
    store = open_store(url)
    first = annotated(
        vacancy("X1"), criterion("Team", "team-working"), facts=Facts(pay_band="3", region="Wales")
    )
    twice = {"title": "Ward Clerk", "employer": "Fenwold NHS Trust", "job_description": "You file."}
    second, third = (
        annotated(vacancy(reference, **twice), facts=Facts(pay_band="5"))
        for reference in ("X2", "X3")
    )
    crawl(store, first, second, third)
    store.close()


def reported(folder: Path) -> dict[str, dict[str, str]]:
    rows = pd.read_csv(folder / "vacancies.csv", dtype=str, keep_default_na=False)
    return {
        str(row["job_reference"]): {str(name): str(value) for name, value in row.items()}
        for row in rows.to_dict("records")
    }


@pytest.mark.parametrize(
    ("options", "references"),
    [
        ([], {"X1", "X2", "X3"}),
        (["--band", "3"], {"X1"}),
        (["--region", "wales"], {"X1"}),
        (["--employer", "fenwold"], {"X2", "X3"}),
        (["--employer", "fenwold", "--band", "3"], set()),
        (["--since", "2026-11-01"], {"X1", "X2", "X3"}),
    ],
)
def test_a_report_holds_what_was_asked_for(
    options: list[str], references: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, "report", "--out", tmp_path / "r", *options) == 0
    assert set(reported(tmp_path / "r")) == references


def test_a_post_advertised_twice_names_the_one_seen_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(monkeypatch, "report", "--out", tmp_path / "r")
    rows = reported(tmp_path / "r")
    assert {name: row["duplicate_of"] for name, row in rows.items()} == {
        "X1": "",
        "X2": "",
        "X3": "nhs_jobs:X2",
    }
    assert (rows["X1"]["entry_level"], rows["X2"]["entry_level"]) == ("yes", "")
    assert rows["X1"]["no_formal_qualification_required"] == "yes"


def test_all_files_are_written_and_say_whose_the_data_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "report", "--xlsx") == 0
    folder = tmp_path / "out"
    names = {
        "vacancies.csv", "criteria.csv", "data-dictionary.csv", "about.txt", "report.html",
        "report.json", "report.xlsx",
    }  # fmt: skip
    assert {path.name for path in folder.iterdir()} == names
    for name in ("about.txt", "report.html", "report.json"):
        written = (folder / name).read_text("utf-8")
        assert "Contains public sector information" in written, name
        assert "the advert decides" in written, name
    assert "report.xlsx" in capsys.readouterr().out


def test_a_report_of_nothing_says_how_vacancies_come_into_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PERSONSPEC_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    open_store(f"sqlite:///{tmp_path / 'new.db'}").close()
    assert run(monkeypatch, "report") == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "'personspec crawl' or 'personspec import' fills it" in printed


@pytest.mark.parametrize(
    "options",
    [
        ["--since", "yesterday"],
        ["--since", "2999-01-01"],
        ["--band", "11"],
        ["--profile", "pdf"],
        ["--status", "gone"],
    ],
)
def test_a_wrong_option_is_one_sentence_and_nothing_is_written(
    options: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, "report", "--out", tmp_path / "r", *options) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "r").exists()
