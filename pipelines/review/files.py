"""Reads a corrected report back: CSV in any common form, or XLSX.

Only the keys and the review columns are read; texts, dates and numbers are not, so that it does
not matter what a spreadsheet made of them.
"""

import csv
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from zipfile import BadZipFile

from personspec.exceptions import UsageError

MAX_BYTES = 200 * 1024 * 1024

KEYS = ("criterion_id", "requirement_id", "row_version")
DECISION = ("review_decision", "review_requirement_id")
MARK = ("reviewer", "review_note")

_SEPARATORS = (",", ";", "\t", "|")
_SHEET = "Criteria"
_DAMAGED = (
    AttributeError, BadZipFile, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, csv.Error, zlib.error,
)  # fmt: skip
"""All that zipfile, the XML parsers and openpyxl raise over a damaged file."""

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What a file begins with that a spreadsheet of old, or a password, made."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """The keys and the review columns of a row; all as text, without white space around."""

    file: str
    number: int
    """Row of the table, as a spreadsheet numbers it."""

    criterion_id: str
    requirement_id: str
    row_version: str
    decision: str
    """In lower case; empty if the reviewer said nothing."""

    new_requirement: str
    reviewer: str
    note: str

    @property
    def is_blank(self) -> bool:
        """Whether the reviewer has written nothing."""
        return not (self.decision or self.new_requirement or self.reviewer or self.note)


def read_review_file(path: Path) -> list[ReviewLine]:
    """Return the rows of a corrected report in which a reviewer has written something.

    Raises:
        UsageError: The file cannot be read, is no table, or lacks a column that is needed.
    """
    rows = _table(path, _content(path))
    header = [_name(cell) for cell in next(rows, ())]
    _check_header(path, header)
    lines = []
    for number, row in enumerate(rows, start=2):
        cells = dict(zip(header, row, strict=False))
        line = _line(path, number, cells)
        if not line.is_blank:
            lines.append(line)
    return lines


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(
                f"{path} is larger than {MAX_BYTES >> 20} MiB: it is no report of ours."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist: check the name.") from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder: name the file, e.g. criteria.csv.") from None
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read ({error.strerror}): close it where it is open."
        ) from error


def _table(path: Path, content: bytes) -> Iterator[Sequence[str]]:
    if not content.strip():
        raise UsageError(f"{path} is empty: there is nothing to read back.")
    if content.startswith(_OLD_EXCEL):
        raise UsageError(
            f"{path} is of an Excel before 2007, or has a password: save it as CSV or as XLSX "
            "without a password."
        )
    try:
        yield from _sheet(content) if content.startswith(b"PK") else _csv(content)
    except _DAMAGED as error:
        why = " ".join(str(error).split()) or "it is cut off"
        raise UsageError(
            f"{path} is not a table that can be read ({why}): save it as CSV or XLSX."
        ) from error


def _csv(content: bytes) -> Iterator[Sequence[str]]:
    # Read as it goes: the rows of a large report are several times the size of its file.
    file = io.TextIOWrapper(
        io.BytesIO(content), encoding=_encoding(content), errors="replace", newline=""
    )
    first = file.readline()
    if first[:4].lower() == "sep=":  # a hint that Excel takes and some programs write
        first = file.readline()
    name = first.casefold()
    separator = max(_SEPARATORS, key=lambda one: len(_wanted(name.split(one))))
    yield from csv.reader(chain([first], file), delimiter=separator, strict=True)


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # What Excel on Windows saves as plain CSV; the keys are plain letters in any case.
        return "cp1252"
    return "utf-8-sig"


def _sheet(content: bytes) -> Iterator[Sequence[str]]:
    from openpyxl import load_workbook

    with closing(load_workbook(io.BytesIO(content), read_only=True)) as workbook:
        named = _SHEET in workbook.sheetnames
        sheet = workbook[_SHEET] if named else workbook.worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]


def _name(cell: str) -> str:
    return cell.strip().strip('"').casefold()


def _wanted(header: Iterable[str]) -> set[str]:
    return {_name(cell) for cell in header} & {*KEYS, *DECISION, *MARK}


def _check_header(path: Path, header: Sequence[str]) -> None:
    missing = [name for name in (*KEYS, *DECISION) if name not in header]
    if missing and "job_reference" in header:
        raise UsageError(f"{path} is a table of vacancies: decisions are read from criteria.csv.")
    if missing:
        raise UsageError(
            f"{path} has no column {', '.join(missing)}: it must be a criteria.csv or report.xlsx "
            "of 'personspec report', of this version, with its header."
        )
    twice = [name for name in _wanted(header) if header.count(name) > 1]
    if twice:
        raise UsageError(f"{path} has the column {twice[0]} twice: delete one of them.")


def _line(path: Path, number: int, cells: Mapping[str, str]) -> ReviewLine:
    def cell(name: str) -> str:
        return cells.get(name, "").strip()

    return ReviewLine(
        file=path.name,
        number=number,
        criterion_id=cell("criterion_id"),
        requirement_id=cell("requirement_id"),
        row_version=cell("row_version"),
        decision=cell("review_decision").lower(),
        new_requirement=cell("review_requirement_id"),
        reviewer=cell("reviewer").removeprefix("'"),
        note=cell("review_note").removeprefix("'"),
    )
