import json
from pathlib import Path

import pytest

from pipelines.database import open_store
from tests.pipelines.reviewing import CLERK, crawl
from tests.schedules.commands import run

DRAFT = """Person specification
Essential
- NVQ Level 3 in Business Administration
- Good communication skills
Desirable
- Own car
"""


@pytest.fixture(autouse=True)
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    monkeypatch.setenv("PERSONSPEC_DATABASE_URL", url)
    store = open_store(url)
    crawl(store, CLERK)
    store.close()


@pytest.mark.parametrize("name", ["X1", "nhs_jobs:X1"])
def test_a_stored_vacancy_is_held_against_the_document(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "explain", name, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    asked = {one["requirement"]: one for one in told["requirements"]}
    assert len(asked) == 16
    assert asked["team-working"]["importance"] == "essential"
    (place,) = asked["team-working"]["asked_in"]
    assert place["text"][place["start"] : place["end"]] == place["evidence"]
    assert asked["it-skills"]["importance"] is None
    assert [one["text"] for one in told["beyond"]] == ["Clean driving licence"]
    assert "Open Government Licence" in told["attribution"][0]


def test_a_draft_is_explained_with_what_to_think_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT)
    assert run(monkeypatch, "explain", draft, "--band", "3") == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "Communication: essential - Good communication skills" in printed
    assert "A qualification without 'or equivalent experience'" in printed
    assert "KA-23493" in printed
    assert "Not asked for: GCSEs or equivalent, Apprenticeship," in printed
    assert "Beyond the document: 2 criteria" in printed
    assert "the advert decides" in printed


def test_an_explanation_can_be_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "x.html"
    assert run(monkeypatch, "explain", "X1", "--html", page) == 0
    html = page.read_text("utf-8")
    assert "<mark>Team player who writes well</mark>" in html
    assert "Contains public sector information" in html


@pytest.mark.parametrize("arguments", [["X9"], ["X1", "--band", "11"]])
def test_what_is_neither_file_nor_vacancy_nor_band_is_one_sentence(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "explain", *arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1
