from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.database import Store
from pipelines.outputs.dataset.delta import write_delta
from pipelines.outputs.dataset.schema import BOARD_TOTALS, TABLES, VACANCIES, Table
from pipelines.outputs.dataset.tables import ReleaseTables
from tests.pipelines.factories import NOON
from tests.pipelines.outputs.dataset.releases import CLERK, clerk, crawl, publish, rows

Row = dict[str, Any]


def apply(old: list[Row], delta: list[Row], table: Table) -> list[Row]:
    """Return the rows of the new release, by the rule its README states."""

    def key(row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in table.key)

    made = {key(row): row for row in old}
    for row in delta:
        made.pop(key(row), None)
        if row["change"] != "removed":
            made[key(row)] = {name: value for name, value in row.items() if name != "change"}
    return sorted(made.values(), key=key)


def deltas(folder: Path, table: Table) -> list[Row]:
    read: list[Row] = pq.read_table(folder / "delta" / f"{table.name}.parquet").to_pylist()
    return read


def test_what_is_new_changed_seen_and_gone_is_told_apart(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK, clerk("X2"), clerk("X3"))
    publish(store, tmp_path)
    crawl(store, CLERK, replace(CLERK, vacancy=clerk("X2", title="Other").vacancy), day=1)
    crawl(store, CLERK, clerk("X2", title="Other"), clerk("X4"), day=2)
    new = publish(store, tmp_path)
    changes = {row["reference"]: row["change"] for row in deltas(new.folder, VACANCIES)}
    assert changes == {"X1": "seen", "X2": "modified", "X3": "modified", "X4": "added"}
    counts = {"added": 1, "modified": 2, "seen": 1, "removed": 0}
    assert new.release.delta["vacancies"] == counts


def test_the_old_release_and_the_delta_make_the_new_one(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK, clerk("X2"))
    old = publish(store, tmp_path).folder
    crawl(store, replace(CLERK, criteria=CLERK.criteria[:1]), clerk("X3"), day=1)
    new = publish(store, tmp_path).folder
    for table in TABLES:
        made = apply(rows(old, table.name), deltas(new, table), table)
        assert made == apply(rows(new, table.name), [], table), table.name


totals = st.dictionaries(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3),
    st.integers(-3, 3),
    max_size=8,
)


@settings(deadline=None, max_examples=30)  # files are written each time
@given(before=totals, now=totals)
def test_any_two_tables_and_their_delta_add_up(
    tmp_path_factory: Any, before: dict[str, int], now: dict[str, int]
) -> None:
    folders = [tmp_path_factory.mktemp("release") for _ in range(2)]
    for folder, held in zip(folders, (before, now), strict=True):
        with ReleaseTables(folder) as tables:
            tables["board_totals"].append(
                [{"run_id": f"{NOON}", "query": name, "total": n} for name, n in held.items()]
            )
    counts = write_delta(*folders)["board_totals"]
    made = apply(rows(folders[0], "board_totals"), deltas(folders[1], BOARD_TOTALS), BOARD_TOTALS)
    assert {row["query"]: row["total"] for row in made} == now
    assert counts["added"] == len(now.keys() - before.keys())
    assert counts["removed"] == len(before.keys() - now.keys())
    assert counts["modified"] == sum(
        before[name] != now[name] for name in before.keys() & now.keys()
    )
