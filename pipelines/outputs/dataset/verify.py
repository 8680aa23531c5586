"""Takes a release apart: whether each file is whole and says what it should."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from personspec.wording import counted
from pipelines.outputs.dataset.release import read_release
from pipelines.outputs.dataset.schema import BY_NAME, SCHEMA_VERSION, TABLES, Table
from pipelines.outputs.dataset.shelf import SUMS, file_hash, files, read_sums
from pipelines.outputs.dataset.tables import content_hash, read_csv, read_parquet, read_schema

Keys = dict[str, set[int]]


def verify_release(folder: Path) -> list[str]:
    """Return what is wrong with a release, a sentence each; empty if nothing is.

    Held against the sums are all files; against the schema the types and allowed values of the
    Parquet files (their format refuses nulls), their keys, references and numbers of rows;
    against these the CSV files.

    Raises:
        DatasetError: The folder is no release, or of another version of the schema.
    """
    problems = list(_broken_files(folder))
    if problems:
        return problems  # what is damaged says nothing else
    release = read_release(folder)
    if release["schema_version"] != SCHEMA_VERSION:
        other = release["schema_version"]
        return [f"Its schema has version {other}: verify it with {release['program']}."]
    odd = [one.name for one in TABLES if not read_schema(folder, one).equals(one.arrow)]
    if odd:
        return [f"{name}.parquet has not the columns of the schema." for name in odd]
    keys: Keys = {table.name: set() for table in TABLES}
    for table in TABLES:
        problems += _table_problems(folder, table, keys, release["rows"][table.name])
    for table in TABLES:
        problems += _dangling(folder, table, keys)
    return problems


def _broken_files(folder: Path) -> Iterator[str]:
    sums = read_sums(folder)
    there = {path.relative_to(folder).as_posix() for path in files(folder)}
    for name in sorted(sums.keys() - there):
        yield f"{name} is missing."
    for name in sorted(there - sums.keys()):
        yield f"{name} is not of this release: {SUMS} does not name it."
    for name in sorted(sums.keys() & there):
        if file_hash(folder / name) != sums[name]:
            yield f"{name} has been changed or is damaged: its SHA-256 is not that of {SUMS}."


def _table_problems(folder: Path, table: Table, keys: Keys, rows: int) -> Iterator[str]:
    count, repeated = 0, 0
    for batch in read_parquet(folder, table):
        yield from _value_problems(table, batch)
        count += batch.num_rows
        for key in _keys_in(batch, table.key):
            repeated += key in keys[table.name]
            keys[table.name].add(key)
    if count != rows:
        yield f"{table.name}.parquet has {counted(count, 'row')}, release.json says {rows}."
    if repeated:
        rows_have = counted(repeated, "row has", "rows have")
        yield f"{table.name}: {rows_have} the key of another ({', '.join(table.key)})."
    if not _csv_is_equal(folder, table):
        yield f"{table.name}.csv has other rows than {table.name}.parquet."


def _csv_is_equal(folder: Path, table: Table) -> bool:
    try:
        return content_hash(read_csv(folder, table)) == content_hash(read_parquet(folder, table))
    except pa.ArrowInvalid:  # a cell is not of its column's type, or a row is too short
        return False


def _value_problems(table: Table, batch: pa.RecordBatch) -> Iterator[str]:
    for field in table.fields:
        if field.values:
            held = set(pc.unique(batch.column(field.name)).to_pylist())
            if other := held - {None, *field.values}:
                yield f"{table.name}.{field.name} holds {min(other)!r}, which it may not."


def _dangling(folder: Path, table: Table, keys: Keys) -> Iterator[str]:
    for reference in table.references:
        wanted = BY_NAME[reference.table]
        assert reference.fields == wanted.key, f"{table.name} refers to no key"
        missing = sum(
            key not in keys[wanted.name]
            for batch in read_parquet(folder, table)
            for key in _keys_in(batch, reference.fields)
        )
        if missing:
            rows_refer = counted(missing, "row refers", "rows refer")
            yield f"{table.name}: {rows_refer} to rows that {wanted.name} has not."


def _keys_in(batch: pa.RecordBatch, names: Sequence[str]) -> Iterator[int]:
    columns: list[list[Any]] = [batch.column(name).to_pylist() for name in names]
    # Python's own hash of a text differs by process, but not within one.
    return (hash(values) for values in zip(*columns, strict=True))
