import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.database import Store, open_store
from pipelines.outputs.dataset.schema import BY_NAME
from pipelines.outputs.dataset.shelf import DatasetError, write_sums
from pipelines.outputs.dataset.verify import verify_release
from tests.pipelines.outputs.dataset.releases import CLERK, crawl, publish, rows


@pytest.fixture
def release(tmp_path: Path) -> Path:
    store: Store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    crawl(store, CLERK)
    folder = publish(store, tmp_path / "dataset").folder
    store.close()
    return folder


def rewrite(folder: Path, name: str, change: Callable[[list[dict[str, Any]]], object]) -> None:
    """Change the rows of a Parquet file behind the back of all else but the sums."""
    held = rows(folder, name)
    change(held)
    pq.write_table(pa.Table.from_pylist(held, BY_NAME[name].arrow), folder / f"{name}.parquet")
    write_sums(folder)


def test_a_file_that_was_touched_is_named(release: Path) -> None:
    with (release / "criteria.csv").open("a", encoding="utf-8") as file:
        file.write("x")
    assert verify_release(release) == [
        "criteria.csv has been changed or is damaged: its SHA-256 is not that of SHA256SUMS."
    ]


def test_files_missing_and_files_too_many_are_named(release: Path) -> None:
    (release / "README.md").unlink()
    (release / "extra.txt").write_text("x", "utf-8")
    assert verify_release(release) == [
        "README.md is missing.",
        "extra.txt is not of this release: SHA256SUMS does not name it.",
    ]


def test_a_csv_of_other_rows_is_found(release: Path) -> None:
    path = release / "criteria.csv"
    path.write_text(path.read_text("utf-8").replace('"essential"', '"desirable"', 1), "utf-8")
    write_sums(release)
    assert verify_release(release) == ["criteria.csv has other rows than criteria.parquet."]


def test_a_csv_that_cannot_be_read_is_found(release: Path) -> None:
    path = release / "criteria.csv"
    path.write_text(path.read_text("utf-8") + "too,short\n", "utf-8")
    write_sums(release)
    assert verify_release(release) == ["criteria.csv has other rows than criteria.parquet."]


def test_a_key_twice_is_found(release: Path) -> None:
    rewrite(release, "criteria", lambda held: held[1].update(position=1))
    found = verify_release(release)
    assert "criteria: 1 row has the key of another (version_id, position)." in found


def test_a_reference_to_nothing_is_found(release: Path) -> None:
    rewrite(release, "matches", lambda held: held[0].update(requirement_id="juggling"))
    assert "matches: 1 row refers to rows that requirements has not." in verify_release(release)


def test_a_value_that_may_not_be_is_found(release: Path) -> None:
    rewrite(release, "criteria", lambda held: held[0].update(form="song"))
    assert "criteria.form holds 'song', which it may not." in verify_release(release)


def test_a_row_too_few_is_found(release: Path) -> None:
    rewrite(release, "matches", lambda held: held.pop())
    assert "matches.parquet has 1 row, release.json says 2." in verify_release(release)


def test_a_file_of_other_columns_is_found(release: Path) -> None:
    pq.write_table(pa.table({"x": [1]}), release / "matches.parquet")
    write_sums(release)
    assert "matches.parquet has not the columns of the schema." in verify_release(release)


def test_a_release_of_another_schema_is_not_judged(release: Path) -> None:
    told = json.loads((release / "release.json").read_text("utf-8")) | {"schema_version": "0"}
    (release / "release.json").write_text(json.dumps(told), "utf-8")
    write_sums(release)
    (problem,) = verify_release(release)
    assert problem.startswith("Its schema has version 0: ")


def test_a_folder_that_is_no_release_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="is no release"):
        verify_release(tmp_path)
