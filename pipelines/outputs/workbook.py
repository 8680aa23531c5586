"""``report.xlsx``: the tables of a report for a spreadsheet, every text as text.

Its frame is made by openpyxl, its rows by ``sheet_rows``, which needs little time and memory.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from matcher.catalogue import Catalogue
from pipelines.outputs.files import replacing_whole
from pipelines.outputs.schema import CRITERION_COLUMNS, DICTIONARY_COLUMNS, Column, vacancy_columns
from pipelines.outputs.sheet_rows import SheetRows

FILE = "report.xlsx"

MOST_LINKS = 65_000
"""A sheet with more links is refused by Excel as damaged; the address stands there as text."""

LONGEST_LINK = 2_000
"""Characters; Excel refuses a longer one, and the address stands there as text."""

MOST_ROWS = 1_048_576
"""Of a sheet, with its header."""

_WIDTHS = {
    "job_title": 38, "employer": 38, "criterion_text": 70, "evidence_quote": 40, "url": 30,
    "source_url": 30, "review_note": 40, "requirement_id": 26, "review_requirement_id": 26,
    "meaning": 70, "statement": 70, "criterion_id": 22, "vacancy_id": 24, "about": 120,
}  # fmt: skip
_WIDTH = 16
_WRAPPED = frozenset({"criterion_text", "evidence_quote", "review_note", "meaning", "statement"})
_LINKED = frozenset({"url", "source_url"})
_TO_FILL_IN = frozenset({"review_decision", "review_requirement_id", "reviewer", "review_note"})
_FORMATS: Mapping[str, str] = {"date": "yyyy-mm-dd", "integer": "0", "number": "General"}

REQUIREMENT_COLUMNS = (
    Column("requirement_id", "text", "The id."),
    Column("label", "text", "Its name."),
    Column("statement", "text", "What the document says, in our words."),
    Column("source_url", "url", "Where it is documented."),
)
ABOUT_COLUMNS = (Column("about", "text", "About this report."),)


class Sheet(Protocol):
    """Where rows go."""

    @property
    def rows(self) -> int:
        """How many were written."""

    def append(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows: a value a column name, as for a CSV."""


@contextmanager
def open_workbook(path: Path, catalogue: Catalogue) -> Iterator["WorkbookFile"]:
    """Give a workbook that takes the place of ``path`` at the end, if all went well.

    Raises:
        UsageError: It cannot be written; the old file stays as it was.
    """
    with (
        replacing_whole(path) as aside,
        # The rows wait beside the file: elsewhere there may be no room for them.
        TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder,
        ExitStack() as files,
    ):
        book = WorkbookFile(Path(folder), catalogue, files)
        yield book
        book.save(aside)


class WorkbookFile:
    """An open workbook with its sheets."""

    def __init__(self, folder: Path, catalogue: Catalogue, files: ExitStack) -> None:
        """Open it; its rows wait in files of a folder."""
        self._folder = folder
        self._files = files
        self._book = Workbook()
        self._book.remove(self._book.worksheets[0])
        self._sheets: list[_Sheet] = []
        self.vacancies: Sheet = self._add("Vacancies", vacancy_columns(catalogue))
        self.criteria: Sheet = self._add("Criteria", CRITERION_COLUMNS)
        self._requirements = self._add("Requirements", REQUIREMENT_COLUMNS)
        self._requirements.append(
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

    def explain(self, dictionary: Sequence[Mapping[str, Any]], about: Iterable[str]) -> None:
        """Add the data dictionary and what is to be said of the report."""
        self._add("Data dictionary", DICTIONARY_COLUMNS).append(dictionary)
        self._add("About", ABOUT_COLUMNS).append([{"about": line} for line in about if line])

    def save(self, path: Path) -> None:
        """Write the workbook; raise OSError if it cannot be written."""
        self._add_choices()
        for sheet in self._sheets:
            sheet.finish()
        frame = self._folder / "frame.xlsx"
        self._book.save(frame)
        rows = {sheet.file: sheet for sheet in self._sheets}
        with ZipFile(frame) as made, ZipFile(path, "w", ZIP_DEFLATED) as whole:
            for name in made.namelist():
                with whole.open(name, "w", force_zip64=name in rows) as part:
                    content = made.read(name)
                    part.writelines(rows[name].filled(content) if name in rows else [content])

    def _add(self, title: str, columns: Sequence[Column]) -> "_Sheet":
        waiting = self._folder / f"{title}.xml"
        sheet = _Sheet(self._book.create_sheet(title), columns, waiting)
        self._files.callback(sheet.close)
        self._sheets.append(sheet)
        return sheet

    def _add_choices(self) -> None:
        decisions = ",".join(_column("review_decision").allowed)
        last = self._requirements.rows + 1
        self._add_list("review_decision", f'"{decisions}"')
        self._add_list("review_requirement_id", f"Requirements!$A$2:$A${last}")

    def _add_list(self, name: str, formula: str) -> None:
        letter = get_column_letter(CRITERION_COLUMNS.index(_column(name)) + 1)
        choice = DataValidation(type="list", formula1=formula, allow_blank=True)
        choice.error = "Choose one of the list, or leave it empty."
        choice.add(f"{letter}2:{letter}{max(self.criteria.rows + 1, 2)}")
        self._book["Criteria"].add_data_validation(choice)


def _column(name: str) -> Column:
    return next(column for column in CRITERION_COLUMNS if column.name == name)


class _Sheet:
    """A sheet with a frozen header, filters and widths."""

    def __init__(self, sheet: Worksheet, columns: Sequence[Column], waiting: Path) -> None:
        self._columns = columns
        self._sheet = sheet
        sheet.freeze_panes = "A2"
        sheet.append([column.name for column in columns])
        for number, column in enumerate(columns, start=1):
            _dress_heading(sheet, number, column)
        styles = [_style_cell(sheet, number, column) for number, column in enumerate(columns, 1)]
        self._rows = SheetRows(waiting, columns, styles)
        self._links: list[tuple[int, int, str]] = []

    @property
    def rows(self) -> int:
        """How many there are, without the header."""
        return self._rows.last - 1

    @property
    def file(self) -> str:
        """Where the sheet stands in the workbook's file."""
        return self._sheet.path.removeprefix("/")

    def append(self, rows: Sequence[Mapping[str, Any]]) -> None:
        kept = rows[: MOST_ROWS - 1 - self.rows]
        for number, column in enumerate(self._columns, start=1):
            if column.name in _LINKED:
                urls = enumerate((row[column.name] for row in kept), start=self._rows.last + 1)
                self._links += [(row, number, url) for row, url in urls if _may_be_link(url)]
        self._rows.append(kept)

    def finish(self) -> None:
        """Set what depends on the number of rows."""
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A1:{last}{self.rows + 1}"
        for row, column, url in self._links[:MOST_LINKS]:
            self._sheet.cell(row, column).hyperlink = url

    def filled(self, frame: bytes) -> Iterator[bytes]:
        """Yield the sheet's file with its rows, given the one that has the header only."""
        header = frame.index(b"</row>") + len(b"</row>")
        yield frame[:header]
        yield from self._rows.pieces()
        yield frame[frame.index(b"</sheetData>") :]

    def close(self) -> None:
        self._rows.close()


def _may_be_link(url: str | None) -> bool:
    if url is None or len(url) > LONGEST_LINK:
        return False
    return url.startswith(("https://", "http://"))


def _dress_heading(sheet: Worksheet, number: int, column: Column) -> None:
    heading = sheet.cell(1, number)
    heading.font = Font(bold=True, color="FFFFFF")
    colour = "7A4B00" if column.name in _TO_FILL_IN else "5B2A6E"
    heading.fill = PatternFill("solid", fgColor=colour)


def _style_cell(sheet: Worksheet, number: int, column: Column) -> int:
    """Style a column and return the number of its cells' style."""
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = _WIDTHS.get(column.name, _WIDTH)
    dimension.number_format = _FORMATS.get(column.kind, "@")  # of the empty cells
    cell = sheet.cell(2, number)
    cell.number_format = dimension.number_format
    if column.name in _WRAPPED:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if column.name in _LINKED:
        cell.font = Font(color="5B2A6E", underline="single")
    return int(cell.style_id)
