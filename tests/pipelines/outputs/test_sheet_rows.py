from datetime import date
from pathlib import Path

import pytest

from pipelines.outputs.schema import Column
from pipelines.outputs.sheet_rows import MOST_CHARACTERS, SheetRows, fit

COLUMNS = (
    Column("title", "text", "A title."),
    Column("closing", "date", "A day."),
    Column("days", "integer", "A number."),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1f\ud800", "a�b��"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"),
        ("x" * MOST_CHARACTERS, "x" * MOST_CHARACTERS),
        ("x" * (MOST_CHARACTERS + 1), "x" * (MOST_CHARACTERS - 1) + "…"),
        # One such character counts as two there, and is not cut in half.
        ("😀" * MOST_CHARACTERS, "😀" * ((MOST_CHARACTERS - 1) // 2) + "…"),
    ],
)
def test_what_a_cell_cannot_hold_is_shown_as_near_as_can_be(text: str, shown: str) -> None:
    assert fit(text) == shown


def test_a_row_is_written_as_a_workbook_holds_it(tmp_path: Path) -> None:
    rows = SheetRows(tmp_path / "rows.xml", COLUMNS, (1, 2, 3))
    rows.append([{"title": "=1 & <b>", "closing": date(2026, 11, 30), "days": -2}])
    rows.append([{"title": "", "closing": None, "days": 0}])
    assert rows.last == 3
    assert b"".join(rows.pieces()).decode() == (
        '<row r="2"><c r="A2" s="1" t="inlineStr"><is><t xml:space="preserve">'
        "=1 &amp; &lt;b&gt;</t></is></c>"
        '<c r="B2" s="2"><v>46356</v></c><c r="C2" s="3"><v>-2</v></c></row>'
        '<row r="3"><c r="C3" s="3"><v>0</v></c></row>'
    )
