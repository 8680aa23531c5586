import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.database import Store
from pipelines.outputs.dataset.gate import Limits, find_reasons
from pipelines.outputs.dataset.publish import Terms
from pipelines.outputs.dataset.shelf import DatasetError
from pipelines.outputs.manifest import SourceNote
from tests.pipelines.outputs.dataset.releases import CLERK, crawl, publish

ILL = SourceNote("nhs_jobs", "NHS Jobs", problem="NHS Jobs: the crawl of today failed (layout).")
ROWS = {"vacancies": 100, "vacancy_versions": 100, "criteria": 1000, "matches": 900, "runs": 9}
RATES = {"vacancies": {"title": 99.0, "employer": 95.0, "closed_at": 50.0}}
BEFORE = {"rows": ROWS, "fill_rates": RATES}


def test_a_source_that_cannot_be_believed_stops_a_release(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    publish(store, tmp_path)
    with pytest.raises(DatasetError, match=r"Nothing is published.*failed \(layout\)"):
        publish(store, tmp_path, sources=[ILL])
    assert [path.name for path in (tmp_path / "releases").iterdir()] == ["2026-11-20.1"]
    assert (tmp_path / "latest").read_text("utf-8") == "2026-11-20.1\n"


def test_an_override_is_recorded_with_what_it_overrode(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    told = "I have looked at the board."
    folder = publish(store, tmp_path, sources=[ILL], terms=Terms(override=told)).folder
    written = json.loads((folder / "release.json").read_text("utf-8"))
    assert (written["gate"], written["override"]) == ([ILL.problem], told)
    readme = (folder / "README.md").read_text("utf-8")
    assert told in readme
    assert str(ILL.problem) in readme


def test_an_override_that_was_not_needed_is_not_recorded(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    assert publish(store, tmp_path, terms=Terms(override="just so")).release.override is None


@pytest.mark.parametrize(("criteria", "stops"), [(1000, False), (800, False), (799, True)])
def test_a_table_that_falls_by_more_than_a_fifth_stops_it(criteria: int, *, stops: bool) -> None:
    found = find_reasons([], ROWS | {"criteria": criteria}, RATES, BEFORE)
    assert [reason.split()[0] for reason in found] == (["criteria"] if stops else [])


@pytest.mark.parametrize(("rate", "stops"), [(95.0, False), (85.0, False), (84.9, True)])
def test_a_column_that_is_filled_much_less_stops_it(rate: float, *, stops: bool) -> None:
    rates = {"vacancies": RATES["vacancies"] | {"employer": rate, "closed_at": 0.0}}
    found = find_reasons([], ROWS, rates, BEFORE)
    assert [reason.split()[0] for reason in found] == (["vacancies.employer"] if stops else [])


def test_how_much_less_there_may_be_is_a_setting() -> None:
    rows, rates = ROWS | {"criteria": 700}, {"vacancies": RATES["vacancies"] | {"employer": 80.0}}
    assert find_reasons([], rows, rates, BEFORE, Limits(fall=30, drop=15)) == []
    assert len(find_reasons([], rows, rates, BEFORE, Limits(fall=29, drop=14))) == 2


def test_the_first_release_has_nothing_to_fall_from() -> None:
    assert find_reasons([replace(ILL, problem=None)], dict.fromkeys(ROWS, 0), {}, None) == []
