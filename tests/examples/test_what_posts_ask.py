"""The notebook runs on releases as anybody would run it, and its copy beside it is its own."""

import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from examples.practice_releases import make_releases
from matcher.catalogue import load_catalogue
from matcher.summary import VacancySummary, summarise
from pipelines.database import Store, open_store
from pipelines.database.effective import criteria_of
from pipelines.database.reports import batches_of_vacancies
from tests.pipelines.outputs.dataset.releases import clerk, crawl, publish, rows
from tests.shared import made_once

NOTEBOOK = Path(__file__).parents[2] / "examples" / "what_posts_ask.py"
COPY = NOTEBOOK.with_suffix(".ipynb")
ADVERTS = 40


@dataclass(frozen=True, slots=True)
class Answered:
    """The notebook once it has run: what it shows, and its values by name."""

    folder: Path
    shown: list[str]
    values: dict[str, Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Answered:
    folder, _ = made_once(
        tmp_path_factory, "practice_releases", lambda folder: make_releases(folder, ADVERTS)
    )
    with pytest.MonkeyPatch.context() as patch:
        shown, values = ask(folder / "dataset", patch)
    return Answered(folder, shown, values)


def ask(dataset: Path, patch: pytest.MonkeyPatch) -> tuple[list[str], dict[str, Any]]:
    from examples.what_posts_ask import app

    patch.setenv("PERSONSPEC_RELEASES", str(dataset))
    outputs, values = app.run()
    return [getattr(one, "text", str(one)) for one in outputs], dict(values)


def summaries(folder: Path) -> dict[str, VacancySummary]:
    """Return what the reports say of each advert with criteria, by its reference."""
    store, catalogue = open_store(f"sqlite:///{folder / 'practice.db'}"), load_catalogue()
    with store.reading() as session:
        vacancies = [one for batch in batches_of_vacancies(session) for one in batch]
        read = criteria_of(session, [one["version_id"] for one in vacancies])
        found = {
            one["reference"]: summarise(
                [criterion.annotated for criterion in read[one["version_id"]]], catalogue
            )
            for one in vacancies
            if one["version_id"] in read
        }
    store.close()
    return found


def test_every_question_is_answered_with_a_picture_that_is_told_in_words(
    answered: Answered,
) -> None:
    told = [found[1] for one in answered.shown if (found := re.search(r'<img alt="(.*?)"', one))]
    answers = ["first", "second", "third", "fourth", "fifth"]
    assert len(told) == len(answers)
    for words, name in zip(told, answers, strict=True):
        assert answered.values[f"{name}_answer"] in html.unescape(words)
    assert sum("## " in one or "<h2" in one for one in answered.shown) >= len(answers)


def test_entry_level_posts_without_qualifications_are_those_of_the_reports(
    answered: Answered,
) -> None:
    reports = summaries(answered.folder)
    entry = [one for one in reports.values() if one.stage == "entry"]
    of_all = answered.values["of_all"].loc["all"]
    assert len(reports) == len(answered.values["posts"])
    assert 0 < of_all.asking < of_all.posts
    assert (of_all.posts, of_all.asking) == (
        len(entry), sum(one.without_qualifications for one in entry),
    )  # fmt: skip


def test_adverts_that_are_still_open_count_as_censored_and_old_ones_not_at_all(
    answered: Answered,
) -> None:
    last = max((answered.folder / "dataset" / "releases").iterdir())
    watched = [one for one in rows(last, "vacancies") if not one["is_left_truncated"]]
    open_still = [one for one in watched if one["closed_at"] is None]
    assert 0 < len(open_still) < len(watched) < len(rows(last, "vacancies"))
    assert len(answered.values["days"]) == len(watched)
    assert answered.values["still_open"].sum() == len(open_still)


def test_newer_posts_are_compared_with_those_of_the_release_before(answered: Answered) -> None:
    before, since = answered.values["before"], answered.values["since"]
    assert len(before)
    assert len(since)
    assert not set(before.vacancy_id) & set(since.vacancy_id)
    difference = answered.values["difference"]
    assert (difference.low <= difference.difference).all()
    assert (difference.difference <= difference.high).all()


def test_where_nothing_is_new_and_nothing_has_closed_the_notebook_says_so(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl(store, *(clerk(f"X{number}", band="2") for number in range(6)))
    for _ in range(2):
        publish(store, tmp_path)
    shown, values = ask(tmp_path, monkeypatch)
    assert values["fourth_answer"].endswith("nothing can be said yet of how long they stay open.")
    assert any("No post was read since 2026-11-20.1" in one for one in shown)
    assert "fifth_answer" not in values


def test_a_folder_without_two_releases_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, values = ask(tmp_path, monkeypatch)
    assert any("Two releases are needed" in one for one in shown)
    assert "posts" not in values


def test_the_executed_copy_is_of_this_notebook_and_whole(tmp_path: Path) -> None:
    exported = tmp_path / "now.ipynb"
    command = [sys.executable, "-m", "marimo", "export", "ipynb", str(NOTEBOOK)]
    subprocess.run([*command, "--sort", "top-down", "-o", str(exported)], check=True)
    now, copy = (json.loads(path.read_text("utf-8")) for path in (exported, COPY))
    again = "run 'make notebook'"
    assert [cell["source"] for cell in copy["cells"]] == [
        cell["source"] for cell in now["cells"]
    ], again
    outputs = [output for cell in copy["cells"] for output in cell.get("outputs", ())]
    assert {output["output_type"] for output in outputs} == {"display_data"}, again
    assert sum("<img alt=" in str(output) for output in outputs) == 5
    assert COPY.stat().st_size < 400_000
