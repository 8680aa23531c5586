"""The validators are run for real: they are part of what the tests need."""

import json
import sys
from pathlib import Path

import pytest

from pipelines.database import Store
from pipelines.outputs.dataset.judges import judge_release
from pipelines.outputs.dataset.publish import Terms
from tests.pipelines.outputs.dataset.releases import CLERK, clerk, crawl, publish


@pytest.fixture
def release(store: Store, tmp_path: Path) -> Path:
    crawl(store, CLERK, clerk("X2"), stats={"listing/total/clerk": 40})
    return publish(store, tmp_path / "dataset").folder


def test_both_find_a_release_valid(release: Path) -> None:
    found = judge_release(release)
    assert (found.problems, found.not_installed) == ([], [])
    assert found.asked == ["frictionless", "mlcroissant"]


def test_a_release_of_an_empty_store_is_valid_too(store: Store, tmp_path: Path) -> None:
    store.finish_run(store.start_run("nhs_jobs"), [], {})
    terms = Terms(override="To see what nothing looks like.")
    assert judge_release(publish(store, tmp_path, terms=terms).folder).problems == []


def test_a_cell_that_may_not_be_is_told_by_frictionless(release: Path) -> None:
    path = release / "criteria.csv"
    path.write_text(path.read_text("utf-8").replace('"list"', '"song"', 1), "utf-8")
    problems = judge_release(release).problems
    assert any("song" in one for one in problems)
    assert all(one.startswith("frictionless: ") for one in problems)


def test_a_description_that_lacks_something_is_told_by_mlcroissant(release: Path) -> None:
    path = release / "croissant.json"
    told = json.loads(path.read_text("utf-8"))
    del told["recordSet"][0]["field"][0]["dataType"]
    path.write_text(json.dumps(told), "utf-8")
    (problem, *_) = judge_release(release).problems
    assert problem.startswith("mlcroissant: ")
    assert "dataType" in problem


def test_one_that_is_not_installed_is_named(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("frictionless", "mlcroissant"):
        monkeypatch.setitem(sys.modules, name, None)
    found = judge_release(release)
    assert (found.problems, found.asked) == ([], [])
    assert found.not_installed == ["frictionless", "mlcroissant"]
