"""Rows as bytes: the ground that deltas, comparisons and verification stand on."""

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.outputs.dataset.tables import content_hash, row_bytes, row_hashes

SCHEMA = pa.schema([("a", pa.string()), ("b", pa.string()), ("n", pa.int64()), ("x", pa.float64())])
words = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
numbers = st.floats(allow_nan=False).map(lambda x: x + 0.0)  # no -0.0: it equals 0.0
row = st.tuples(words, words, st.none() | st.integers(-9, 9), st.none() | numbers)


def batch(*rows: tuple[object, ...]) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(held, field.type) for held, field in zip(columns, SCHEMA, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMA)


@settings(deadline=None)  # the first call loads Arrow's functions
@given(row, row)
@example(("a b", "c", 1, 0.0), ("a", "b c", 1, 0.0))
@example((None, "-", None, None), ("-", None, None, None))
@example(("-", "", None, None), (None, "", None, None))
def test_rows_have_the_same_bytes_if_they_are_equal_and_only_then(
    one: tuple[object, ...], other: tuple[object, ...]
) -> None:
    first, second = row_bytes(batch(one, other), SCHEMA.names)
    assert (first == second) == (one == other)
    hashes = row_hashes(batch(one, other), SCHEMA.names)
    assert (hashes[0] == hashes[1]) == (one == other)


@settings(deadline=None)
@given(st.lists(row, min_size=1, max_size=6), st.integers(1, 6))
def test_the_hash_of_rows_does_not_depend_on_how_they_come(
    rows: list[tuple[object, ...]], size: int
) -> None:
    parts = [batch(*rows[start : start + size]) for start in range(0, len(rows), size)]
    assert content_hash(iter(parts)) == content_hash(iter([batch(*rows)]))
    assert content_hash(iter([batch(*rows, rows[0])])) != content_hash(iter(parts))
