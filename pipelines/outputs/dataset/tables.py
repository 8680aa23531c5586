"""Tables written as Parquet and CSV from the same batches, and read back from either."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from pipelines.outputs.dataset.schema import TABLES, Table

Hashes = npt.NDArray[np.uint64]

BATCH = 20_000
"""Rows of a Parquet row group and of a batch in memory."""


class TableWriter:
    """The open files of one table."""

    def __init__(self, folder: Path, table: Table, files: ExitStack) -> None:
        self.rows = 0
        self.filled = dict.fromkeys((field.name for field in table.fields), 0)
        """How many cells of each column are not null."""

        self._schema = table.arrow
        self._waiting: list[dict[str, Any]] = []
        self._parquet = files.enter_context(
            pq.ParquetWriter(folder / f"{table.name}.parquet", self._schema, compression="zstd")
        )
        self._csv = files.enter_context(
            pyarrow.csv.CSVWriter(folder / f"{table.name}.csv", self._schema)
        )

    def append(self, rows: Sequence[dict[str, Any]]) -> None:
        """Take rows; they are written a batch at a time."""
        self._waiting += rows
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        if not self._waiting:
            return
        batch = pa.RecordBatch.from_pylist(self._waiting, self._schema)
        self._parquet.write_batch(batch)
        self._csv.write_batch(batch)
        self.rows += batch.num_rows
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            self.filled[name] += len(column) - column.null_count
        self._waiting.clear()


class ReleaseTables:
    """All tables of a release, open for writing; a context manager."""

    def __init__(self, folder: Path) -> None:
        self._files = ExitStack()
        self._writers = {t.name: TableWriter(folder, t, self._files) for t in TABLES}

    def __enter__(self) -> "ReleaseTables":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            for writer in self._writers.values():
                writer.flush()
        self._files.__exit__(kind, error, trace)

    def __getitem__(self, name: str) -> TableWriter:
        return self._writers[name]

    @property
    def counts(self) -> dict[str, int]:
        """Rows of each table, complete once it is closed."""
        return {name: writer.rows for name, writer in self._writers.items()}

    @property
    def fill_rates(self) -> dict[str, dict[str, float]]:
        """Share of cells that are not null, 0-100, by table and column; none of empty tables."""
        return {
            name: {column: round(100 * n / one.rows, 1) for column, n in one.filled.items()}
            for name, one in self._writers.items()
            if one.rows
        }


def read_schema(folder: Path, table: Table) -> pa.Schema:
    """Return the schema of the Parquet file of a table."""
    return pq.read_schema(folder / f"{table.name}.parquet")


def read_parquet(folder: Path, table: Table) -> Iterator[pa.RecordBatch]:
    """Yield a table of a release in batches, from its Parquet file."""
    with pq.ParquetFile(folder / f"{table.name}.parquet") as file:
        yield from file.iter_batches(BATCH)


def read_csv(folder: Path, table: Table) -> Iterator[pa.RecordBatch]:
    """Yield a table of a release in batches, from its CSV file, with the types of the schema."""
    convert = pyarrow.csv.ConvertOptions(
        column_types=table.arrow, strings_can_be_null=True, null_values=[""]
    )
    parse = pyarrow.csv.ParseOptions(newlines_in_values=True)
    with pyarrow.csv.open_csv(
        folder / f"{table.name}.csv", convert_options=convert, parse_options=parse
    ) as file:
        yield from file


def content_hash(batches: Iterator[pa.RecordBatch]) -> str:
    """Return the SHA-256 of the rows in batches of any size, 64 hexadecimal digits.

    Equal for equal rows in the same order, whatever file they were read from.
    """
    total = hashlib.sha256()
    for batch in batches:
        for row in row_bytes(batch, batch.schema.names):
            total.update(row)
    return total.hexdigest()


def row_hashes(batch: pa.RecordBatch, names: Sequence[str]) -> Hashes:
    """Return a 64-bit fingerprint of these cells of each row (BLAKE2b), as unsigned integers."""
    digests = (hashlib.blake2b(row, digest_size=8).digest() for row in row_bytes(batch, names))
    return np.frombuffer(b"".join(digests), np.uint64)


def row_bytes(batch: pa.RecordBatch, names: Sequence[str]) -> list[bytes]:
    """Return these cells of each row as bytes: equal for equal cells and for no others."""
    cells = [batch.column(name).cast(pa.string()) for name in names]
    lengths = [pc.binary_length(column).cast(pa.string()) for column in cells]  # null of a null
    parts = [part.cast(pa.binary()) for pair in zip(lengths, cells, strict=True) for part in pair]
    rows: list[bytes] = pc.binary_join_element_wise(
        *parts, pa.scalar(b" ", pa.binary()), null_handling="replace", null_replacement=b"-"
    ).to_pylist()
    return rows
