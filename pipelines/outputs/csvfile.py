"""CSV that opens right in Excel, cannot run anything there, and reads back without loss.

The guard: a text that a spreadsheet would take for a formula gets an apostrophe in front. So does
one that already is such a text with apostrophes in front; therefore taking exactly one away
always gives back what was there, and no list of guarded cells is needed.

Source:
    OWASP Application Security Verification Standard, 1.2.10; CWE-1236. The full-width forms are
    ours: spreadsheets with a Japanese or Chinese input method take them for the plain ones.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TextIO, get_args
from zoneinfo import ZoneInfo

import pandas as pd

from personspec.exceptions import UsageError
from pipelines.outputs.schema import Column

ProfileName = Literal["excel", "plain"]

LONDON = ZoneInfo("Europe/London")

_FORMULA = tuple("=+-@＝＋－＠")
_BREAKS = ("\t", "\r", "\n", "\x00")


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
    return f"'{text}" if _is_dangerous(text) else text


def unguard(text: str) -> str:
    """Return the text that ``guard`` was given."""
    return text[1:] if text.startswith("'") and _is_dangerous(text) else text


def write_rows(
    file: TextIO,
    rows: Iterable[Mapping[str, Any]],
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
    cells = [[_cell(row[column.name], column, profile) for column in columns] for row in rows]
    names = [column.name for column in columns]
    frame = pd.DataFrame(cells, columns=pd.Index(names), dtype=object)
    # Every text is quoted: the writer would leave a lone carriage return bare.
    frame.to_csv(
        file,
        header=header,
        index=False,
        lineterminator=profile.line_end,
        quoting=csv.QUOTE_NONNUMERIC,
    )
    return len(cells)


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


def _is_dangerous(text: str) -> bool:
    shown = text.lstrip("'")
    return shown.startswith(_BREAKS) or shown.lstrip().startswith(_FORMULA)


def _cell(value: Any, column: Column, profile: Profile) -> str | int | float | None:  # noqa: ANN401
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 4)
    if isinstance(value, datetime):
        return value.astimezone(LONDON).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        value = "; ".join(value)
    if isinstance(value, str) and profile.guards and column.kind == "text":
        return guard(value)
    return value  # type: ignore[no-any-return]  # a text, a whole number or None
