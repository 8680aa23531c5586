"""A release built again from another store, and held against the one that was published."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from matcher.catalogue import load_catalogue
from pipelines.database import Store
from pipelines.outputs.dataset.delta import changed_rows
from pipelines.outputs.dataset.fill import fill_tables
from pipelines.outputs.dataset.release import read_release
from pipelines.outputs.dataset.rows import Content
from pipelines.outputs.dataset.schema import RUNS, TABLES, VACANCIES, VERSIONS, Table
from pipelines.outputs.dataset.shelf import Shelf
from pipelines.outputs.dataset.tables import ReleaseTables, content_hash, read_parquet
from pipelines.types import Versions

VERSION_COLUMNS = ("reader_version", "matcher_version", "catalogue_version", "facts_version")

SHOWN = 5
"""Most keys of a table that are named."""


def run_ids(release: Path) -> list[str]:
    """Return the keys of the runs whose finds a release holds."""
    return [str(key) for key in _column(release, RUNS, "run_id")]


def closings_by_clock(release: Path) -> list[datetime]:
    """Return the moments, UTC, at which vacancies of a release were closed by no run.

    The service closes by date between two runs. When it did is in no page archive; what it closed
    follows from the moment.
    """
    starts = set(_column(release, RUNS, "started_at"))
    return sorted(set(_column(release, VACANCIES, "closed_at")) - starts - {None})


def other_versions(release: Path, now: Versions) -> list[str]:
    """Return what a release was read and matched by that is not of this program, in sentences."""
    found = []
    for name, present in asdict(now).items():
        held = set(_column(release, VERSIONS, f"{name}_version"))
        if held - {present}:
            versions = ", ".join(sorted(held))
            found.append(f"The release holds what {name} {versions} made; this one is {present}.")
    return found


def build_again(store: Store, release: Path, folder: Path) -> None:
    """Write the tables of a release to another folder, from a store that holds what it held."""
    told = read_release(release)
    # Withdrawals are only ever added, so the first ones are those of that day.
    withdrawn = list(Shelf.of(release).withdrawn)[: told["withdrawn"]]
    content = Content(with_text=told["text_basis"] is not None)
    with store.reading() as session, ReleaseTables(folder) as tables:
        fill_tables(session, tables, load_catalogue(), content, frozenset(withdrawn))


def find_differences(release: Path, rebuilt: Path, without: Sequence[str]) -> dict[str, str]:
    """Return what is different, in words by table; empty if both hold the same rows.

    Args:
        release: The release that was published.
        rebuilt: The tables made again.
        without: Columns that are not compared.
    """
    found = {table.name: _difference(release, rebuilt, table, without) for table in TABLES}
    return {name: words for name, words in found.items() if words}


def _difference(release: Path, rebuilt: Path, table: Table, without: Sequence[str]) -> str:
    if content_hash(read_parquet(release, table)) == content_hash(read_parquet(rebuilt, table)):
        return ""
    counts = Counter[str]()
    keys: list[str] = []
    for row in _changes(release, rebuilt, table, without):
        counts[NAMES[row["change"]]] += 1
        if len(keys) < SHOWN:
            keys.append(" ".join(str(row[name]) for name in table.key))
    if not keys:  # only the order or what is not compared
        return ""
    more = ", …" if counts.total() > SHOWN else ""
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    return f"{told}: {', '.join(keys)}{more}"


NAMES = {
    "added": "only in what was built again",
    "removed": "only in the release",
    "modified": "with other cells",
    "seen": "seen at other times",
}


def _changes(
    release: Path, rebuilt: Path, table: Table, without: Sequence[str]
) -> Iterator[dict[str, Any]]:
    for batch in changed_rows(release, rebuilt, table, without):
        yield from batch.to_pylist()


def _column(release: Path, table: Table, name: str) -> Iterator[Any]:
    for batch in read_parquet(release, table):
        yield from pc.unique(batch.column(name)).to_pylist()
