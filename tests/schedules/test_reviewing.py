import json
from pathlib import Path

import pandas as pd
import pytest

from pipelines.database import open_store
from tests.pipelines.reviewing import CLERK, crawl, decide, report_rows, save
from tests.schedules.commands import run


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """The criteria of a report of the store that the settings name."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    monkeypatch.setenv("PERSONSPEC_DATABASE_URL", url)
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", str(tmp_path / "out"))
    store = open_store(url)
    crawl(store, CLERK)
    read = report_rows(store, tmp_path / "first")
    store.close()
    return read


def test_a_review_is_a_dry_run_until_it_is_applied(
    rows: pd.DataFrame,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    decide(rows, 0, "reject")
    path = save(rows, tmp_path / "back.csv")
    assert run(monkeypatch, "review", path) == 0
    assert "1 to be applied" in capsys.readouterr().out
    assert run(monkeypatch, "review", "--apply", path) == 0
    assert "1 applied, 0 unchanged" in capsys.readouterr().out
    assert run(monkeypatch, "review", path, "--apply") == 0
    assert "0 applied, 1 unchanged" in capsys.readouterr().out


def test_rows_that_cannot_be_applied_end_with_1_and_are_told_with_their_reason(
    rows: pd.DataFrame,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    decide(rows, 0, "accept", row_version="v000000000000")
    decide(rows, 1, "accept")
    path = save(rows, tmp_path / "back.csv")
    assert run(monkeypatch, "review", path, "--json") == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["row"], one["effect"]) for one in told] == [(2, "conflicting"), (3, "applied")]
    assert "changed since the report" in told[0]["reason"]


def test_a_file_that_is_no_report_ends_with_2_in_one_sentence(
    rows: pd.DataFrame,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    untouched = save(rows, tmp_path / "untouched.csv")
    for path in (tmp_path / "none.csv", tmp_path / "first" / "vacancies.csv", untouched):
        assert run(monkeypatch, "review", path) == 2
        error = capsys.readouterr().err
        assert error.startswith("personspec: ")
        assert error.count("\n") == 1


def test_decisions_are_listed_withdrawn_and_exported(
    rows: pd.DataFrame,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    decide(rows, 2, "change", review_requirement_id="own-initiative", reviewer="")
    run(monkeypatch, "review", save(rows, tmp_path / "b.csv"), "--apply", "--reviewer", "Zed")
    gold = tmp_path / "gold.jsonl"
    assert run(monkeypatch, "review", "export-gold", gold) == 0
    assert json.loads(gold.read_text("utf-8"))["labels"] == ["own-initiative"]
    capsys.readouterr()
    assert run(monkeypatch, "review", "list", "--json") == 0
    (one,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (one["reviewer"], one["new_requirement_id"]) == ("Zed", "own-initiative")
    name = one["criterion_id"]
    assert run(monkeypatch, "review", "withdraw", name, "own-initiative") == 0
    assert run(monkeypatch, "review", "withdraw", name, "own-initiative") == 2
    assert run(monkeypatch, "review", "export-gold", gold) == 2


def test_labelled_lines_can_be_evaluated(
    rows: pd.DataFrame,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    decide(rows, 0, "accept")
    decide(rows, 1, "reject")
    run(monkeypatch, "review", save(rows, tmp_path / "b.csv"), "--apply")
    run(monkeypatch, "review", "export-gold", tmp_path / "gold.jsonl")
    capsys.readouterr()
    assert run(monkeypatch, "evaluate", tmp_path / "gold.jsonl", "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["per_requirement"]["team-working"]["support"] == 1


def test_the_help_names_the_options_of_its_plain_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "review", "--help") == 0
    told = " ".join(capsys.readouterr().out.split())
    for words in ("--apply", "--reviewer", "review files --help"):
        assert words in told
