"""Rows of a sheet as a workbook holds them, written one after the other.

The workbook library makes an object of every cell: with millions of them that took most of the
time of a report.

Source:
    ECMA-376-1, 18.3.1.4 (cell) and 22.9.2.19 (escapes of a text).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from pipelines.outputs.csvfile import cell_of
from pipelines.outputs.schema import Column, Kind

MOST_CHARACTERS = 32_767
"""What a cell holds, in units of UTF-16; the CSV has the whole text."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would take for an escaped character."""

_DAY_ZERO = date(1899, 12, 30)
"""What spreadsheets count days from."""


class SheetRows:
    """The rows of one sheet in a file of their own, until the workbook is put together."""

    def __init__(self, path: Path, columns: Sequence[Column], styles: Sequence[int]) -> None:
        """Open the file.

        Args:
            path: Where the rows wait.
            columns: What a row holds, in order.
            styles: Number of the style of each column's cells in the workbook.
        """
        self.last = 1
        """Number of the last row; the first is the header."""

        self._path = path
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._cells = [
            (column.name, _cell(column.kind, get_column_letter(number), style))
            for number, (column, style) in enumerate(zip(columns, styles, strict=True), start=1)
        ]

    def append(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows: a value a column name; None, and a text without characters, is no cell."""
        for row in rows:
            self.last += 1
            number = str(self.last)
            cells = [
                write(number, value)
                for name, write in self._cells
                if (value := row[name]) is not None
            ]
            self._file.write(f'<row r="{number}">{"".join(cells)}</row>')

    def pieces(self) -> Iterator[bytes]:
        """Close the file, and yield what is in it."""
        self.close()
        with self._path.open("rb") as file:
            while piece := file.read(1 << 20):
                yield piece

    def close(self) -> None:
        """Close the file; raise OSError if it cannot be written to the end."""
        self._file.close()


def fit(text: str) -> str:
    """Return a text as a cell can hold it, its underscores escaped where they must be.

    What XML cannot hold becomes ``�``, a carriage return a line feed, and what does not fit is
    cut with ``…``.
    """
    if not text.isprintable():  # nothing of these is; most texts are, and this is quick
        text = _UNFIT.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MOST_CHARACTERS // 2:
        text = _cut(text)
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def _cut(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= MOST_CHARACTERS * 2:
        return text
    return units[: (MOST_CHARACTERS - 1) * 2].decode("utf-16-le", errors="ignore") + "…"


def _cell(kind: Kind, letter: str, style: int) -> Callable[[str, Any], str]:
    """Return what makes the cell of a column, given the number of its row and a value."""
    start = f'<c r="{letter}'
    as_number = f'" s="{style}"><v>'
    # Always a text, whatever it begins with.
    as_text = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'

    def number(row: str, value: float) -> str:
        return f"{start}{row}{as_number}{value}</v></c>"

    def day(row: str, value: date) -> str:
        return number(row, (value - _DAY_ZERO).days)

    def text(row: str, value: Any) -> str:  # noqa: ANN401
        shown = str(cell_of(kind, value))
        return f"{start}{row}{as_text}{escape(fit(shown))}</t></is></c>" if shown else ""

    if kind == "date":
        return day
    return number if kind in {"integer", "number"} else text
