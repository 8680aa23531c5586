"""CSV that opens right in Excel, cannot run anything there, and reads back without loss.

The guard: a text that a spreadsheet would take for a formula gets an apostrophe in front. So does
one that already is such a text with apostrophes in front; therefore taking exactly one away
always gives back what was there, and no list of guarded cells is needed.

Source:
    OWASP Application Security Verification Standard, 1.2.10; CWE-1236. The full-width forms are
    ours: spreadsheets with a Japanese or Chinese input method take them for the plain ones.
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TextIO, get_args

import pandas as pd

from personspec.exceptions import UsageError
from personspec.london import LONDON
from pipelines.outputs.schema import Column, Kind

ProfileName = Literal["excel", "plain"]


_DANGEROUS = re.compile(r"'*(?:[\t\r\n\x00]|\s*[=+\-@＝＋－＠])").match


@dataclass(frozen=True, slots=True)
class Profile:
    """How a CSV is written."""

    name: ProfileName
    encoding: str
    line_end: str
    guards: bool


_PROFILES = {
    # Excel takes a file for UTF-8 only with the mark at its beginning.
    "excel": Profile("excel", "utf-8-sig", "\r\n", guards=True),
    "plain": Profile("plain", "utf-8", "\n", guards=False),
}


def find_profile(name: str) -> Profile:
    """Return a profile by its name; raise UsageError if there is none."""
    if name not in _PROFILES:
        names = " or ".join(get_args(ProfileName))
        raise UsageError(f"There is no profile {name!r} of a report: it is {names}.")
    return _PROFILES[name]


def guard(text: str) -> str:
    """Return a text as a spreadsheet shows it without running it."""
    return f"'{text}" if _DANGEROUS(text) else text


def unguard(text: str) -> str:
    """Return the text that ``guard`` was given."""
    return text[1:] if text.startswith("'") and _DANGEROUS(text) else text


def write_rows(
    file: TextIO,
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[Column],
    profile: Profile,
    *,
    header: bool,
) -> int:
    """Append rows to an open CSV and return how many.

    Args:
        file: Opened with the profile's encoding and without translation of line ends.
        rows: A value a column name; dates and aware times as such, lists of texts, None for empty.
        columns: What to write, in order.
        profile: How to write it.
        header: Whether the column names come first.
    """
    cells = {}
    for column in columns:
        guards = profile.guards and column.kind == "text"
        cell = _guarded_text if guards else _CELLS[column.kind]
        values = [row[column.name] for row in rows]
        cells[column.name] = values if cell is _as_it_is else list(map(cell, values))
    frame = pd.DataFrame(cells, dtype=object)
    # Every text is quoted: the writer would leave a lone carriage return bare.
    frame.to_csv(
        file,
        header=header,
        index=False,
        lineterminator=profile.line_end,
        quoting=csv.QUOTE_NONNUMERIC,
    )
    return len(rows)


def read_rows(path: Path, columns: Sequence[Column], profile: Profile) -> pd.DataFrame:
    """Return a CSV as it was written, every cell a text, without the guard.

    Columns that are not ours are kept as they are.
    """
    frame = pd.read_csv(path, dtype=object, keep_default_na=False, encoding=profile.encoding)
    if profile.guards:
        for column in columns:
            if column.kind == "text" and column.name in frame:
                frame[column.name] = frame[column.name].map(unguard)
    return frame


def _as_it_is(value: Any) -> Any:  # noqa: ANN401
    return value


def _text(value: str | Sequence[str] | None) -> str | None:
    return value if value is None or isinstance(value, str) else "; ".join(value)


def _guarded_text(value: str | Sequence[str] | None) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else "; ".join(value)
    # Most begin with a letter: the pattern need not be tried on millions of cells.
    return text if text[:1].isalnum() else guard(text)


def _yes_or_no(value: bool | None) -> str | None:  # noqa: FBT001 a cell has one value
    return None if value is None else "yes" if value else "no"


def _number(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 4)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(LONDON).isoformat(timespec="seconds")


_CELLS: Mapping[Kind, Callable[[Any], str | int | float | None]] = {
    "text": _text,
    "choice": _as_it_is,
    "url": _as_it_is,
    "integer": _as_it_is,
    "boolean": _yes_or_no,
    "number": _number,
    "date": _day,
    "time": _moment,
}
"""How a value becomes a cell, by the kind of its column."""


def cell_of(kind: Kind, value: Any) -> str | int | float | None:  # noqa: ANN401
    """Return a value as a cell of this kind shows it, without the guard."""
    return _CELLS[kind](value)
