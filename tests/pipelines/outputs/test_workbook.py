import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell

from matcher.catalogue import load_catalogue
from personspec.exceptions import UsageError
from pipelines.database import Store
from pipelines.outputs.csvfile import find_profile, write_rows
from pipelines.outputs.files import replacing
from pipelines.outputs.report import write_report
from pipelines.outputs.schema import CRITERION_COLUMNS, Column
from pipelines.outputs.workbook import open_workbook
from pipelines.review.apply import plan_review, read_lines
from pipelines.review.files import read_review_file
from tests.pipelines.factories import annotated, criterion, vacancy
from tests.pipelines.outputs.spreadsheet import converted, needs_spreadsheet
from tests.pipelines.reviewing import CLERK, TODAY, crawl

CATALOGUE = load_catalogue()
NAMES = [column.name for column in CRITERION_COLUMNS]
NASTY = ["=1+1", "+44 1632 960000", "-1", "@SUM(1)", "1-2", "0012", "1E5", "03/11", "TRUE", "'=1",
         '=HYPERLINK("https://evil.example","x")', "＝1", " lead", "£ – é 😀",
         "<r>x & y</r>", "]]>", "&lt;"]  # fmt: skip
FIT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
"""What XML can hold; the rest is shown as a mark, see ``fit``."""

TEXTS = FIT.filter(bool) | st.builds(
    "".join, st.lists(st.sampled_from("=+-@'\"1e,;\t"), min_size=1)
)


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    return sqlite_url


def workbook(path: Path, texts: list[str]) -> Path:
    """Write a workbook with these texts in the rows of its criteria."""
    empty: dict[str, Any] = dict.fromkeys(NAMES)
    with open_workbook(path, CATALOGUE) as book:
        book.criteria.append([empty | {"criterion_text": text} for text in texts])
        book.explain([], ["About."])
    return path


def cells(path: Path) -> Iterator[Cell]:
    for sheet in load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if isinstance(cell, Cell))


def texts_of(path: Path) -> list[Any]:
    column = NAMES.index("criterion_text") + 1
    rows = load_workbook(path)["Criteria"].iter_rows(min_row=2, min_col=column, max_col=column)
    return [cell.value for (cell,) in rows]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(texts=st.lists(TEXTS, min_size=1, max_size=10))
@example(texts=NASTY)
def test_any_text_survives_our_own_workbook_and_none_is_a_formula(
    tmp_path: Path, texts: list[str]
) -> None:
    path = workbook(tmp_path / "x.xlsx", texts)
    assert texts_of(path) == texts
    assert {cell.data_type for cell in cells(path)} <= {"s", "n"}


@needs_spreadsheet
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=8
)
@given(texts=st.lists(TEXTS, min_size=20, max_size=60))
@example(texts=NASTY)
def test_any_text_survives_a_real_spreadsheet_and_none_is_a_formula_there(
    tmp_path: Path, texts: list[str]
) -> None:
    path = converted(workbook(tmp_path / "x.xlsx", texts), tmp_path / "back.xlsx")
    assert texts_of(path) == texts
    assert "f" not in {cell.data_type for cell in cells(path)}


@needs_spreadsheet
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=8
)
@given(texts=st.lists(TEXTS, min_size=20, max_size=60))
@example(texts=NASTY)
def test_no_cell_of_our_csv_is_a_formula_in_a_real_spreadsheet(
    tmp_path: Path, texts: list[str]
) -> None:
    profile, column = find_profile("excel"), Column("note", "text", "A note.")
    with replacing(tmp_path / "x.csv", encoding=profile.encoding) as file:
        write_rows(file, [{"note": text} for text in texts], (column,), profile, header=True)
    path = converted(tmp_path / "x.csv", tmp_path / "back.xlsx")
    assert "f" not in {cell.data_type for cell in cells(path)}


@needs_spreadsheet
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize(
    ("name", "saved"),
    [("criteria.csv", "back.csv"), ("criteria.csv", "back.xlsx"), ("report.xlsx", "back.xlsx")],
)
def test_decisions_and_keys_survive_a_real_spreadsheet(
    store: Store, tmp_path: Path, name: str, saved: str
) -> None:
    crawl(store, CLERK, annotated(vacancy("X2"), criterion("=1+1", "it-skills")))
    write_report(store, tmp_path, today=TODAY, workbook=True)
    if name == "criteria.csv":
        rows = pd.read_csv(tmp_path / name, dtype=str, keep_default_na=False)
        rows[["review_decision", "reviewer"]] = "accept", "Ann"
        rows.to_csv(tmp_path / name, index=False, encoding="utf-8-sig")
    else:
        book = load_workbook(tmp_path / name)
        for row in book["Criteria"].iter_rows(min_row=2):
            row[NAMES.index("review_decision")].value = "accept"
            row[NAMES.index("reviewer")].value = "Ann"
        book.save(tmp_path / name)
    converted(tmp_path / name, tmp_path / saved)
    lines = read_lines([tmp_path / saved], "")
    plan = plan_review(store, lines, CATALOGUE)
    assert [planned.effect for planned in plan] == ["applied"] * 4


def test_the_workbook_has_a_frozen_header_filters_widths_links_and_choices(
    store: Store, tmp_path: Path
) -> None:
    crawl(store, CLERK)
    written = write_report(store, tmp_path, today=TODAY, workbook=True)
    assert written.workbook_path == tmp_path / "report.xlsx"
    book = load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Vacancies", "Criteria", "Requirements", "Data dictionary", "About"]
    sheet = book["Criteria"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:AB{written.criteria + 1}"
    assert sheet.column_dimensions["G"].width > 50
    choices = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert choices == {
        "Y2:Y4": '"accept,reject,change,withdraw"',
        "Z2:Z4": f"Requirements!$A$2:$A${len(CATALOGUE.requirements) + 1}",
    }
    links = [cell.hyperlink.target for cell in cells(tmp_path / "report.xlsx") if cell.hyperlink]
    assert vacancy("X1").url in links
    about = [str(row[0]) for row in book["About"].iter_rows(values_only=True)]
    assert any("the advert decides" in line for line in about)


def test_dates_and_numbers_are_dates_and_numbers(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    write_report(store, tmp_path, today=TODAY, workbook=True)
    sheet = load_workbook(tmp_path / "report.xlsx")["Vacancies"]
    row = dict(zip(*sheet.iter_rows(max_row=2, values_only=True), strict=True))
    assert str(row["closing_date"]) == "2026-11-30 00:00:00"
    assert (row["days_to_close"], row["salary_min"]) == (10, 25272)
    assert row["first_seen"] == "2026-11-02T12:00:00+00:00"


def test_decisions_are_read_from_the_workbook(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    write_report(store, tmp_path, today=TODAY, workbook=True)
    book = load_workbook(tmp_path / "report.xlsx")
    for name, value in {"review_decision": "Reject", "reviewer": "Ann"}.items():
        book["Criteria"].cell(2, NAMES.index(name) + 1).value = value
    book.save(tmp_path / "back.xlsx")
    (line,) = read_review_file(tmp_path / "back.xlsx")
    assert (line.decision, line.requirement_id, line.number) == ("reject", "team-working", 2)


def test_only_addresses_of_the_web_that_a_spreadsheet_takes_are_links(tmp_path: Path) -> None:
    urls = ["https://jobs.example.org/1", "javascript:alert(1)", None, "https://x/" + "a" * 2000]
    with open_workbook(tmp_path / "x.xlsx", CATALOGUE) as book:
        empty: dict[str, Any] = dict.fromkeys(NAMES)
        book.criteria.append([empty | {"source_url": url} for url in urls])
    sheet = load_workbook(tmp_path / "x.xlsx")["Criteria"]
    column = NAMES.index("source_url") + 1
    found = [sheet.cell(row, column) for row in range(2, 6)]
    assert [cell.value for cell in found] == urls
    assert [cell.hyperlink and cell.hyperlink.target for cell in found] == [
        urls[0],
        None,
        None,
        None,
    ]


def test_a_workbook_that_cannot_be_written_leaves_the_old_one_and_nothing_else(
    tmp_path: Path,
) -> None:
    def fill_the_disk() -> None:
        with open_workbook(path, CATALOGUE) as book:
            book.criteria.append([dict.fromkeys(NAMES)])
            raise OSError(errno.ENOSPC, "No space left on device")

    path = workbook(tmp_path / "report.xlsx", ["old"])
    with pytest.raises(UsageError, match=r"report\.xlsx cannot be written"):
        fill_the_disk()
    assert texts_of(path) == ["old"]
    assert list(tmp_path.iterdir()) == [path]
