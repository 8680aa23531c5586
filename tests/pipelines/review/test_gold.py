from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.types import Criterion
from pipelines.database import Store
from pipelines.review.apply import apply_review, read_lines
from pipelines.review.gold import Labelled, labelled_lines
from pipelines.types import LocatedCriterion
from tests.pipelines.factories import NOON, annotated, vacancy
from tests.pipelines.reviewing import CLERK, crawl, decide, report_rows, save

CATALOGUE = load_catalogue()
DEGREE = "A degree or equivalent experience is essential"


def read(text: str, **printed: Any) -> LocatedCriterion:
    """Return a criterion as the matcher reads it."""
    criterion = replace(Criterion(text), **printed)
    return LocatedCriterion(Matcher(CATALOGUE).annotate(criterion), "person specification")


def review(store: Store, rows: pd.DataFrame, tmp_path: Path) -> Labelled:
    apply_review(store, read_lines([save(rows, tmp_path / "b.csv")], ""), CATALOGUE, NOON)
    with store.reading() as session:
        return labelled_lines(session)


def test_labelled_lines_are_made_of_what_is_judged_as_a_whole(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    rows = report_rows(store, tmp_path / "first")
    decide(rows, 0, "accept")
    first = review(store, rows, tmp_path)
    assert (first.lines, first.partly) == ((), 1)
    decide(rows, 1, "reject")
    decide(rows, 2, "accept")
    labelled = review(store, rows, tmp_path)
    assert sorted((line["text"], line["labels"]) for line in labelled.lines) == [
        ("Clean driving licence", []),
        ("Team player who writes well", ["team-working"]),
    ]


def test_what_an_accepted_row_shows_beside_the_requirement_is_labelled_too(
    store: Store, tmp_path: Path
) -> None:
    line = read(DEGREE, importance="essential", importance_source="inline")
    crawl(store, annotated(vacancy("X1"), line))
    rows = report_rows(store, tmp_path / "first")
    decide(rows, 0, "accept")
    (labelled,) = review(store, rows, tmp_path).lines
    del labelled["id"]
    assert labelled == {
        "text": DEGREE,
        "labels": ["degree-or-equivalent-experience"],
        "stated_importance": "essential",
        "min_level": 6,
        "experience_alternative": True,
    }


def test_an_empty_cell_and_a_heading_label_nothing(store: Store, tmp_path: Path) -> None:
    line = read("Team player", importance="essential", importance_source="heading")
    crawl(store, annotated(vacancy("X1"), line))
    rows = report_rows(store, tmp_path / "first")
    decide(rows, 0, "accept")
    (labelled,) = review(store, rows, tmp_path).lines
    assert {*labelled} == {"id", "text", "labels", "experience_alternative"}
    assert labelled["experience_alternative"] is False


@pytest.mark.parametrize("decision", ["change", "reread"])
def test_what_no_reviewer_saw_as_it_is_now_is_not_labelled(
    store: Store, tmp_path: Path, decision: str
) -> None:
    line = read(DEGREE, importance="essential", importance_source="inline")
    crawl(store, annotated(vacancy("X1"), line))
    rows = report_rows(store, tmp_path / "first")
    if decision == "change":
        decide(rows, 0, "change", review_requirement_id="gcse-or-equivalent")
        (labelled,) = review(store, rows, tmp_path).lines
    else:
        decide(rows, 0, "accept")
        review(store, rows, tmp_path)
        reread = replace(line, annotated=replace(line.annotated, min_level=7))
        crawl(store, annotated(vacancy("X1", title="Another title"), reread), day=1)
        with store.reading() as session:
            (labelled,) = labelled_lines(session).lines
    assert {*labelled} == {"id", "text", "labels"}
