"""What differs between two releases, row by row: the old tables and the delta make the new ones."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.outputs.dataset.schema import TABLES, Table
from pipelines.outputs.dataset.tables import Hashes, read_parquet, row_hashes

Change = Literal["added", "modified", "seen", "removed"]
"""``seen``: only columns that say when we looked differ; without it each release would be all
changes."""

CHANGES: tuple[Change, ...] = ("added", "modified", "seen", "removed")
SAME = ""

BEYOND = np.full((3, 1), np.iinfo(np.uint64).max, np.uint64)
"""A row after all others, so that the place of any key is that of a row."""

Mask = npt.NDArray[np.bool_]
Changes = npt.NDArray[np.str_]


def write_delta(old: Path, new: Path) -> dict[str, dict[str, int]]:
    """Write ``delta/`` of a new release against an old one; return the counts by table.

    A row of ``delta/<table>.parquet`` is that of the new release, for ``removed`` that of the old
    one, with its ``change`` behind. Held in memory are some 25 bytes a row of the old table, no
    rows.
    """
    (new / "delta").mkdir()
    return {table.name: _write_table(old, new, table) for table in TABLES}


def _write_table(old: Path, new: Path, table: Table) -> dict[str, int]:
    counts = Counter[str]()
    schema = table.arrow.append(pa.field("change", pa.string(), nullable=False))
    with pq.ParquetWriter(
        new / "delta" / f"{table.name}.parquet", schema, compression="zstd"
    ) as file:
        for batch in changed_rows(old, new, table):
            counts.update(batch.column("change").to_pylist())
            file.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))
    return {change: counts[change] for change in CHANGES}


def changed_rows(
    old: Path, new: Path, table: Table, without: Sequence[str] = ()
) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table that differ between two releases, each with its ``change``.

    Args:
        old: A release, of which come the ``removed`` rows.
        new: Another one, of which come all others.
        table: Which table.
        without: Columns that are not compared.
    """
    before = Index(old, table, without)
    for batch in read_parquet(new, table):
        yield _changed(batch, before.compare(batch))
    for batch in read_parquet(old, table):
        yield _changed(batch, before.compare_back(batch))


class Index:
    """The rows of a table as sorted fingerprints, and which of them were found again."""

    def __init__(self, folder: Path, table: Table, without: Sequence[str] = ()) -> None:
        names = [field.name for field in table.fields if field.name not in without]
        lasting = [field.name for field in table.fields if field.name in names and not field.moves]
        self._parts = (table.key, names, lasting)
        held = [BEYOND, *(self._hashes(batch) for batch in read_parquet(folder, table))]
        hashes = np.concatenate(held, axis=1)
        self._hashes_held = hashes[:, np.argsort(hashes[0])]
        self._found = np.zeros(hashes.shape[1], bool)

    def compare(self, batch: pa.RecordBatch) -> Changes:
        """Return how each row of another release differs; ``SAME`` if it does not."""
        hashes = self._hashes(batch)
        place, is_old = self._find(hashes[0])
        self._found[place[is_old]] = True
        _, are_equal, are_lasting = self._hashes_held[:, place] == hashes
        return np.select(
            [~is_old, are_equal, are_lasting], ["added", SAME, "seen"], default="modified"
        )

    def compare_back(self, batch: pa.RecordBatch) -> Changes:
        """Return which rows of the table itself were not found again."""
        place, _ = self._find(row_hashes(batch, self._parts[0]))
        return np.where(self._found[place], SAME, "removed")

    def _hashes(self, batch: pa.RecordBatch) -> Hashes:
        key, every, lasting = self._parts
        compared = row_hashes(batch, every)
        moved = compared if every == lasting else row_hashes(batch, lasting)
        return np.stack([row_hashes(batch, key), compared, moved])

    def _find(self, keys: Hashes) -> tuple[npt.NDArray[np.intp], Mask]:
        known = self._hashes_held[0]
        place = np.searchsorted(known, keys)
        return place, known[place] == keys


def _changed(batch: pa.RecordBatch, changes: Changes) -> pa.RecordBatch:
    column = pa.array(changes, pa.string())
    return batch.append_column("change", column).filter(pa.array(changes != SAME))
