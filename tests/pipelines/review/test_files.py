import io
import warnings
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from personspec.exceptions import UsageError
from pipelines.review.files import ReviewLine, read_review_file

HEADER = [
    "criterion_id", "requirement_id", "row_version", "review_decision", "review_requirement_id",
    "reviewer", "review_note",
]  # fmt: skip
ROW = ["nhs_jobs:X1#0a1b", "team-working", "v0123456789ab", "Reject", "", "Zoë", "not – asked"]
LINE = ReviewLine(
    "back.csv", 2, "nhs_jobs:X1#0a1b", "team-working", "v0123456789ab", "reject", "", "Zoë",
    "not – asked",
)  # fmt: skip


def text(separator: str = ",", header: list[str] = HEADER, row: list[str] = ROW) -> str:
    return f"{separator.join(header)}\r\n{separator.join(row)}\r\n"


def read(tmp_path: Path, content: bytes, name: str = "back.csv") -> list[ReviewLine]:
    (tmp_path / name).write_bytes(content)
    return read_review_file(tmp_path / name)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings_of_spreadsheets_are_known(
    tmp_path: Path, separator: str, encoding: str
) -> None:
    assert read(tmp_path, text(separator).encode(encoding)) == [LINE]


def test_columns_may_be_reordered_renamed_in_case_and_joined_by_others(tmp_path: Path) -> None:
    header = [f" {name.upper()} " for name in reversed(HEADER)]
    content = text(header=["my own", *header], row=["x", *reversed(ROW)])
    assert read(tmp_path, content.encode()) == [LINE]


def test_the_hint_of_the_separator_that_excel_takes_is_passed_over(tmp_path: Path) -> None:
    assert read(tmp_path, f"sep=;\r\n{text(';')}".encode()) == [LINE]


def test_rows_without_a_word_of_a_reviewer_are_left_out(tmp_path: Path) -> None:
    content = text() + ",".join([*ROW[:3], "", "", "", ""]) + "\r\n,,,,,,\r\n"
    assert len(read(tmp_path, content.encode())) == 1


def test_a_short_row_has_empty_cells(tmp_path: Path) -> None:
    (line,) = read(tmp_path, text(row=ROW[:4]).encode())
    assert (line.decision, line.reviewer, line.note) == ("reject", "", "")


def workbook(path: Path, *titles: str) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title in titles:
        sheet = book.create_sheet(title)
        sheet.append(HEADER if title != "Vacancies" else ["job_reference"])
        sheet.append(ROW if title != "Vacancies" else ["X1"])
    book.save(path)
    return path


@pytest.mark.parametrize("titles", [("Vacancies", "Criteria"), ("Sheet1",)])
def test_a_workbook_is_read_by_its_sheet_of_criteria_or_its_first(
    tmp_path: Path, titles: tuple[str, ...]
) -> None:
    (line,) = read_review_file(workbook(tmp_path / "back.xlsx", *titles))
    assert (line.criterion_id, line.decision, line.note) == (ROW[0], "reject", ROW[6])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04 cut", "is not a table that can be read"),
        (b'a,b\r\n"cut', "is not a table|has no column"),
        (b"job_reference,employer\r\n", "is a table of vacancies"),
        (text(header=HEADER[1:], row=ROW[1:]).encode(), "has no column criterion_id"),
        (text(header=[*HEADER, "reviewer"], row=[*ROW, ""]).encode(), "reviewer twice"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 20, "has a password"),
        (bytes(range(256)), "has no column|not a table"),
    ],
)
def test_what_is_no_corrected_report_is_one_sentence(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    with pytest.raises(UsageError, match=problem) as raised:
        read(tmp_path, content)
    assert "\n" not in str(raised.value)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_is_one_sentence(tmp_path: Path, data: st.DataObject) -> None:
    whole = workbook(tmp_path / "whole.xlsx", "Criteria").read_bytes()
    with ZipFile(io.BytesIO(whole)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    start = data.draw(st.integers(0, len(parts[name]) - 1))
    end = data.draw(st.integers(start, len(parts[name])))
    parts[name] = parts[name][:start] + data.draw(st.binary(max_size=4)) + parts[name][end:]
    damaged = io.BytesIO()
    with ZipFile(damaged, "w", ZIP_DEFLATED) as book:
        for part, content in parts.items():
            book.writestr(part, content)
    with warnings.catch_warnings(), suppress(UsageError):
        warnings.simplefilter("ignore")  # openpyxl's, of what it left out
        read(tmp_path, damaged.getvalue())


@pytest.mark.parametrize("place", range(30, 4000, 397))
def test_a_workbook_whose_archive_is_damaged_is_read_or_is_one_sentence(
    tmp_path: Path, place: int
) -> None:
    content = bytearray(workbook(tmp_path / "whole.xlsx", "Criteria").read_bytes())
    content[place : place + 8] = b"\xff" * 8
    with suppress(UsageError):
        read(tmp_path, bytes(content))


def test_a_missing_file_and_a_folder_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        read_review_file(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="is a folder"):
        read_review_file(tmp_path)
