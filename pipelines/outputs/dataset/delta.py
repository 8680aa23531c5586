"""What differs between two releases, row by row: the old tables and the delta make the new ones."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.outputs.dataset.schema import TABLES, Table
from pipelines.outputs.dataset.tables import BATCH, read_parquet

Change = Literal["added", "modified", "seen", "removed"]
"""``seen``: only columns that say when we looked differ; without it each release would be all
changes."""

CHANGES: tuple[Change, ...] = ("added", "modified", "seen", "removed")

Row = dict[str, Any]
Hashes = tuple[int, int]
"""Of all columns, and of those that do not say when we looked."""


def write_delta(old: Path, new: Path) -> dict[str, dict[str, int]]:
    """Write ``delta/`` of a new release against an old one; return the counts by table.

    A row of ``delta/<table>.parquet`` is that of the new release, for ``removed`` that of the old
    one, with its ``change`` behind. Held in memory are 16 bytes a row of the old table, not rows.
    """
    (new / "delta").mkdir()
    return {table.name: _write_table(old, new, table) for table in TABLES}


def _write_table(old: Path, new: Path, table: Table) -> dict[str, int]:
    counts = Counter[str]()
    schema = table.arrow.append(pa.field("change", pa.string(), nullable=False))
    with ExitStack() as files:
        file = files.enter_context(
            pq.ParquetWriter(new / "delta" / f"{table.name}.parquet", schema, compression="zstd")
        )
        waiting: list[Row] = []
        for row in _changes(old, new, table):
            counts[row["change"]] += 1
            waiting.append(row)
            if len(waiting) == BATCH:
                file.write_batch(pa.RecordBatch.from_pylist(waiting, schema))
                waiting.clear()
        file.write_batch(pa.RecordBatch.from_pylist(waiting, schema))
    return {change: counts[change] for change in CHANGES}


def _changes(old: Path, new: Path, table: Table) -> Iterator[Row]:
    before = {_key(row, table): _hashes(row, table) for row in _rows(old, table)}
    for row in _rows(new, table):
        change = _change(before.pop(_key(row, table), None), _hashes(row, table))
        if change:
            yield {**row, "change": change}
    for row in _rows(old, table):
        if _key(row, table) in before:
            yield {**row, "change": "removed"}


def _change(before: Hashes | None, now: Hashes) -> Change | None:
    if before is None:
        return "added"
    if before == now:
        return None
    return "modified" if before[1] != now[1] else "seen"


def _rows(folder: Path, table: Table) -> Iterator[Row]:
    for batch in read_parquet(folder, table):
        yield from batch.to_pylist()


def _key(row: Row, table: Table) -> int:
    return _hash([row[name] for name in table.key])


def _hashes(row: Row, table: Table) -> Hashes:
    lasting = [row[field.name] for field in table.fields if not field.moves]
    return _hash(list(row.values())), _hash(lasting)


def _hash(values: list[Any]) -> int:
    # Not Python's own hash: 1 and True, -1 and -2 have the same.
    return int.from_bytes(hashlib.blake2b(repr(values).encode(), digest_size=8).digest())
