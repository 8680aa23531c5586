"""``report.xlsx``: the tables of a report for a spreadsheet, every text as text.

Written row by row, so that a large report needs little memory.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from matcher.catalogue import Catalogue
from pipelines.outputs.csvfile import cell_of
from pipelines.outputs.schema import CRITERION_COLUMNS, DICTIONARY_COLUMNS, Column, vacancy_columns

FILE = "report.xlsx"

MOST_CHARACTERS = 32_767
"""What a cell holds; the CSV has the whole text."""

MOST_LINKS = 65_000
"""A sheet with more links is refused by Excel as damaged; the address stands there as text."""

MOST_ROWS = 1_048_576
"""Of a sheet, with its header."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet would take for an escaped character."""

_WIDTHS = {
    "job_title": 38, "employer": 38, "criterion_text": 70, "evidence_quote": 40, "url": 30,
    "source_url": 30, "review_note": 40, "requirement_id": 26, "review_requirement_id": 26,
    "meaning": 70, "statement": 70, "criterion_id": 22, "vacancy_id": 24,
}  # fmt: skip
_WIDTH = 16
_WRAPPED = frozenset({"criterion_text", "evidence_quote", "review_note", "meaning", "statement"})
_LINKED = frozenset({"url", "source_url"})
_TO_FILL_IN = frozenset({"review_decision", "review_requirement_id", "reviewer", "review_note"})

REQUIREMENT_COLUMNS = (
    Column("requirement_id", "text", "The id."),
    Column("label", "text", "Its name."),
    Column("statement", "text", "What the document says, in our words."),
    Column("source_url", "url", "Where it is documented."),
)


class Sheet(Protocol):
    """Where rows go."""

    rows: int

    def append(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows: a value a column name, as for a CSV."""


class WorkbookFile:
    """An open workbook with its sheets; nothing is on the disk until ``save``."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._book = Workbook(write_only=True)
        self.vacancies: Sheet = _Sheet(self._book, "Vacancies", vacancy_columns(catalogue))
        self.criteria: Sheet = _Sheet(self._book, "Criteria", CRITERION_COLUMNS)
        requirements = _Sheet(self._book, "Requirements", REQUIREMENT_COLUMNS)
        requirements.append(
            [
                {
                    "requirement_id": one.id,
                    "label": one.label,
                    "statement": one.statement,
                    "source_url": one.source_url,
                }
                for one in catalogue.requirements
            ]
        )
        self._requirements = requirements.rows

    def save(
        self, path: Path, dictionary: Iterable[Mapping[str, Any]], about: Iterable[str]
    ) -> None:
        """Write the workbook with its data dictionary and what is to be said of it."""
        _Sheet(self._book, "Data dictionary", DICTIONARY_COLUMNS).append(list(dictionary))
        lines = _Sheet(self._book, "About", (Column("about", "text", "About this report."),))
        lines.append([{"about": line} for line in about if line])
        self._add_choices()
        self._book.save(path)

    def _add_choices(self) -> None:
        decisions = ",".join(_column("review_decision").allowed)
        self._add_list("review_decision", f'"{decisions}"')
        self._add_list("review_requirement_id", f"Requirements!$A$2:$A${self._requirements + 1}")

    def _add_list(self, name: str, formula: str) -> None:
        sheet = self._book["Criteria"]
        letter = _letter(name)
        choice = DataValidation(type="list", formula1=formula, allow_blank=True)
        choice.error = "Choose one of the list, or leave it empty."
        choice.add(f"{letter}2:{letter}{max(self.criteria.rows + 1, 2)}")
        sheet.data_validations.append(choice)


def _column(name: str) -> Column:
    return next(column for column in CRITERION_COLUMNS if column.name == name)


def _letter(name: str) -> str:
    names = [column.name for column in CRITERION_COLUMNS]
    return get_column_letter(names.index(name) + 1)


class _Sheet:
    """A sheet with a frozen header, filters and widths."""

    def __init__(self, book: Workbook, title: str, columns: Sequence[Column]) -> None:
        self.rows = 0
        self._columns = columns
        self._links = 0
        self._sheet = book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        for number, column in enumerate(columns, start=1):
            width = _WIDTHS.get(column.name, _WIDTH) if len(columns) > 1 else 120
            dimension = self._sheet.column_dimensions[get_column_letter(number)]
            dimension.width = width
            dimension.number_format = _FORMATS.get(column.kind, "@")  # of the empty cells
        self._cells = [self._make(column) for column in columns]
        self._sheet.append([self._heading(column) for column in columns])
        self._filter()

    def append(self, rows: Sequence[Mapping[str, Any]]) -> None:
        for row in rows[: MOST_ROWS - 1 - self.rows]:
            self._sheet.append(
                [
                    self._fill(cell, column, row[column.name])
                    for cell, column in zip(self._cells, self._columns, strict=True)
                ]
            )
            self.rows += 1
        self._filter()

    def _filter(self) -> None:
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A1:{last}{self.rows + 1}"

    def _heading(self, column: Column) -> Cell:
        heading = WriteOnlyCell(self._sheet, column.name)
        heading.font = Font(bold=True, color="FFFFFF")
        colour = "7A4B00" if column.name in _TO_FILL_IN else "5B2A6E"
        heading.fill = PatternFill("solid", fgColor=colour)
        return heading

    def _make(self, column: Column) -> Cell:
        """Return the cell that is filled anew for each row: its style is made once."""
        cell = WriteOnlyCell(self._sheet)
        cell.number_format = _FORMATS.get(column.kind, "@")
        if column.name in _WRAPPED:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        return cell

    def _fill(self, cell: Cell, column: Column, value: Any) -> Cell | None:  # noqa: ANN401
        is_date = isinstance(value, date) and column.kind == "date"
        shown = value if is_date else cell_of(column.kind, value)
        if shown is None or shown == "":
            return None
        cell.value = fit(shown) if isinstance(shown, str) else shown
        if isinstance(shown, str):
            cell.data_type = "s"  # whatever it begins with
            if column.name in _LINKED and self._links < MOST_LINKS:
                return self._link(shown)
        return cell

    def _link(self, url: str) -> Cell:
        self._links += 1
        cell = WriteOnlyCell(self._sheet, url)
        cell.data_type = "s"
        cell.hyperlink = Hyperlink(ref="", target=url)
        cell.font = _LINK
        cell.number_format = "@"
        return cell


_LINK = Font(color="5B2A6E", underline="single")
_FORMATS: Mapping[str, str] = {"date": "yyyy-mm-dd", "integer": "0", "number": "General"}


def fit(text: str) -> str:
    """Return a text as a cell can hold it.

    What XML cannot hold becomes ``�``, a carriage return a line feed, and what does not fit is
    cut with ``…``.
    """
    shown = _ESCAPE.sub("_x005F_", _UNFIT.sub("�", text.replace("\r\n", "\n").replace("\r", "\n")))
    return shown if len(shown) <= MOST_CHARACTERS else f"{shown[: MOST_CHARACTERS - 1]}…"
