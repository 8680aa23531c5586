import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from matcher.catalogue import load_catalogue
from pipelines.database import Store
from pipelines.facts.types import Facts
from pipelines.outputs.explain import Subject, explain, render_explanation
from pipelines.outputs.figures import Share
from pipelines.outputs.manifest import READING_AID
from pipelines.outputs.page import heat_step
from pipelines.outputs.report import write_report
from tests.browser import DESKTOP, PHONE, needs_chromium, opened, overflow, serious_findings
from tests.pipelines.factories import annotated, criterion, vacancy
from tests.pipelines.reviewing import TODAY, crawl

NASTY = '<script>alert(1)</script> & "quoted"'


@pytest.fixture
def page(sqlite_url: str, store: Store, tmp_path: Path) -> Path:
    """The page of three vacancies, of which one cannot be read."""
    band = Facts(pay_band="3", region="North West")
    crawl(
        store,
        annotated(
            vacancy("X1", title=NASTY),
            criterion("Team player", "team-working"),
            criterion(NASTY),
            facts=band,
        ),
        annotated(
            vacancy("X2", title="Clinic Clerk"), criterion("Writes", "communication"), facts=band
        ),
        annotated(vacancy("X3", title="Typist", employer="Fenwold NHS Trust")),
    )
    return write_report(store, tmp_path, today=TODAY).page_path


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    return sqlite_url


def words(path: Path) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", path.read_text("utf-8")).split())


def test_every_figure_has_the_count_behind_it(page: Path) -> None:
    text = words(page)
    assert "3 open vacancies" in text
    assert "2 with criteria that could be read of 3 open" in text
    assert "Team working 50 % 1 of 2 50 % 1 of 2" in text
    assert "1 of 3 criteria of the open vacancies ask for nothing that the document names" in text
    assert "Fenwold NHS Trust 1" in text


def test_the_page_needs_nothing_from_outside_and_runs_nothing(page: Path) -> None:
    html = page.read_text("utf-8")
    assert "<script" not in html
    assert not re.findall(r'(?:src|href)="(?!https://jobs\.example\.org|#)[^"]*"', html)
    assert "url(" not in html
    assert NASTY not in html
    assert "&lt;script&gt;" in html


def test_bars_have_a_text_in_their_place_and_the_page_its_footer(page: Path) -> None:
    html = page.read_text("utf-8")
    assert html.count("<svg") == html.count('role="img"') == html.count("<title>") - 1
    assert READING_AID in words(page)


def test_a_page_of_nothing_says_so(store: Store, tmp_path: Path) -> None:
    text = words(write_report(store, tmp_path, today=TODAY).page_path)
    assert "No vacancy of this report is open." in text
    assert "Nothing is known of the sources" in text


@pytest.mark.parametrize(
    ("count", "of", "step"), [(0, 9, 0), (1, 100, 1), (20, 100, 2), (99, 100, 5), (9, 9, 5)]
)
def test_shades_go_from_nothing_to_nearly_all(count: int, of: int, step: int) -> None:
    assert heat_step(Share(count, of)) == step


@needs_chromium
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_page_fits_its_window_and_an_accessibility_checker_finds_nothing_serious(
    page: Path, size: Any
) -> None:
    with opened(page.as_uri(), size) as shown:
        assert overflow(shown) <= 0
        assert serious_findings(shown) == []
        shown.keyboard.press("Tab")
        assert shown.evaluate("document.activeElement.textContent") == "Skip to the content"


@needs_chromium
def test_an_explanation_is_a_page_without_a_serious_finding(tmp_path: Path) -> None:
    lines = [criterion("Team player", "team-working"), criterion("NVQ 3"), criterion(NASTY)]
    read = [located.annotated for located in lines]
    read[1] = replace(read[1], min_level=3)
    explained = explain(Subject("Draft", band="3"), read, load_catalogue(), [1] * 12)
    path = tmp_path / "draft.html"
    path.write_text(render_explanation(explained, [READING_AID]), "utf-8")
    text = words(path)
    assert "1 essential line asks for a qualification" in text
    assert "3 criteria are essential; the median of 12 adverts of band 3 is 1." in text
    assert NASTY not in path.read_text("utf-8")
    with opened(path.as_uri(), PHONE) as shown:
        assert overflow(shown) <= 0
        assert serious_findings(shown) == []
