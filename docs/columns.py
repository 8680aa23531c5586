"""Writes ``docs/columns.md``: ``make columns``. The reports' own declaration is its only source."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from matcher.catalogue import load_catalogue
from pipelines.outputs.schema import CRITERION_COLUMNS, Column, vacancy_columns

PAGE = Path(__file__).with_name("columns.md")

_HEAD = """\
# Columns of the reports

Made by `make columns` from `pipelines/outputs/schema.py`, as are the files themselves and the
`data-dictionary.csv` beside them. *v* marks what `row_version` is made of. The workbook has the
same columns.
"""

_NOTES = {
    "text": "what other people wrote",
    "choice": "one of the values given",
    "boolean": "`yes` or `no`",
    "date": "`2026-11-30`",
    "time": "with the offset from UTC, `2026-11-20T12:00:00+00:00`",
    "url": "an address",
}


def page() -> str:
    """Return the page."""
    files = {
        "vacancies.csv": vacancy_columns(load_catalogue()),
        "criteria.csv": CRITERION_COLUMNS,
    }
    lines = [_HEAD, *(f"- *{kind}*: {note}" for kind, note in _NOTES.items())]
    for name, columns in files.items():
        lines += ["", f"## {name}", "", *_table(columns)]
    return "\n".join([*lines, ""])


def _table(columns: Sequence[Column]) -> Iterator[str]:
    yield "| column | holds | may be empty | meaning |"
    yield "|---|---|---|---|"
    for column in columns:
        mark = " *v*" if column.versioned else ""
        empty = "yes" if column.may_be_empty else "no"
        yield f"| `{column.name}`{mark} | {_holds(column)} | {empty} | {column.meaning} |"


def _holds(column: Column) -> str:
    if column.kind == "choice":
        return " / ".join(f"`{value}`" for value in column.allowed)
    return f"{column.kind}, {column.unit}" if column.unit else column.kind


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
