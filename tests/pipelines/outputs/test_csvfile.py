from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from personspec.exceptions import UsageError
from pipelines.outputs.csvfile import find_profile, guard, read_rows, unguard, write_rows
from pipelines.outputs.files import replacing
from pipelines.outputs.schema import Column, Kind

TEXT = Column("note", "text", "What somebody wrote.")
NUMBER = Column("salary_min", "number", "Pounds.")
COLUMNS = (TEXT, NUMBER)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
TEXTS = st.text() | st.builds(
    "".join, st.lists(st.sampled_from([*DANGEROUS, "'", '"', ",", " ", "\r\n", "a"]), max_size=6)
)


def write(path: Path, rows: list[dict[str, Any]], profile: str, *columns: Column) -> bytes:
    chosen = find_profile(profile)
    with replacing(path, encoding=chosen.encoding) as file:
        write_rows(file, rows, columns or COLUMNS, chosen, header=True)
    return path.read_bytes()


@pytest.mark.parametrize("profile", ["excel", "plain"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
@example(texts=["\r"])
@example(texts=["NA", "", "null", "1e5", "0012"])
@example(texts=["'=1", "''=1", "' =1"])
def test_any_text_survives_writing_and_reading(
    tmp_path: Path, profile: str, texts: list[str]
) -> None:
    path = tmp_path / "x.csv"
    write(path, [{"note": text, "salary_min": 1.5} for text in texts], profile)
    read = read_rows(path, COLUMNS, find_profile(profile))
    assert list(read["note"]) == texts
    assert list(read["salary_min"]) == ["1.5"] * len(texts)


@given(TEXTS)
def test_the_guard_is_taken_off_exactly(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.sampled_from(DANGEROUS), st.sampled_from(["", " ", "  "]), st.text())
def test_nothing_a_spreadsheet_runs_is_first_in_a_cell(sign: str, space: str, rest: str) -> None:
    assert guard(f"{space}{sign}{rest}").startswith("'") or sign in "\t\r\n\x00"
    assert guard(f"{sign}{rest}").startswith("'")


@pytest.mark.parametrize(
    "text", ["Good", "'Excellent' skills", "1-2", "a=b", "", "£25,272 – £26,000"]
)
def test_a_harmless_text_is_not_touched(text: str) -> None:
    assert guard(text) == text


def test_the_excel_profile_has_the_mark_and_its_line_ends(tmp_path: Path) -> None:
    written = write(tmp_path / "x.csv", [{"note": "£ –", "salary_min": 2.0}], "excel")
    assert written == '\ufeff"note","salary_min"\r\n"£ –",2\r\n'.encode()


def test_the_plain_profile_has_neither_and_no_guard(tmp_path: Path) -> None:
    written = write(tmp_path / "x.csv", [{"note": "=1", "salary_min": None}], "plain")
    assert written == b'"note","salary_min"\n"=1",""\n'


def test_only_text_cells_are_guarded(tmp_path: Path) -> None:
    days = Column("days_to_close", "integer", "Days.")
    row = {"note": "-1", "days_to_close": -1}
    written = write(tmp_path / "x.csv", [row], "excel", TEXT, days)
    assert written.endswith(b'"\'-1",-1\r\n')


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("date", date(2026, 11, 30), '"2026-11-30"'),
        ("time", datetime(2026, 7, 1, 11, 0, 0, 5, tzinfo=UTC), '"2026-07-01T12:00:00+01:00"'),
        ("boolean", True, '"yes"'),
        ("boolean", False, '"no"'),
        ("text", ["application", "interview"], '"application; interview"'),
        ("number", 25272.0, "25272"),
        ("number", 12.92, "12.92"),
        ("integer", 3, "3"),
        *((kind, None, '""') for kind in get_args(Kind)),
    ],
)
def test_values_are_written_as_the_dictionary_says(
    tmp_path: Path, kind: Kind, value: object, cell: str
) -> None:
    written = write(tmp_path / "x.csv", [{"x": value}], "plain", Column("x", kind, "A value."))
    assert written.decode().splitlines()[1] == cell


def test_a_file_without_rows_still_has_its_header(tmp_path: Path) -> None:
    assert write(tmp_path / "x.csv", [], "plain") == b'"note","salary_min"\n'


def test_an_unknown_profile_is_one_sentence() -> None:
    with pytest.raises(UsageError, match="no profile 'xlsx' of a report: it is excel or plain"):
        find_profile("xlsx")
