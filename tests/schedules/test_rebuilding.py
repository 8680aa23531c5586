"""A release built again from the page archives is the one that was published."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from crawler.practice_board import PracticeBoard, load_adverts
from pipelines.database import Store, open_store
from pipelines.database.reviews import KeptDecision, save_decision
from pipelines.outputs.dataset.publish import publish_release
from pipelines.outputs.dataset.rebuild import closings_by_clock
from pipelines.outputs.dataset.schema import BY_NAME
from pipelines.outputs.dataset.shelf import write_sums
from pipelines.outputs.dataset.withdraw import withdraw
from tests.pipelines.outputs.dataset.releases import rows
from tests.schedules.commands import run
from tests.schedules.forked import crawl

FOLLOWED = 8
"""Adverts enough to see changes, few enough to be quick."""

DAYS = (1, 3)
TODAY = datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class World:
    """Two releases, one after each day of a board, and the archive both were made of."""

    folder: Path

    @property
    def settings(self) -> dict[str, str]:
        return {
            "PERSONSPEC_OUTPUT_DIR": str(self.folder),
            "PERSONSPEC_DATABASE_URL": f"sqlite:///{self.folder / 'store.db'}",
        }

    def opened(self) -> Store:
        return open_store(self.settings["PERSONSPEC_DATABASE_URL"])

    def release(self, number: int) -> Path:
        return self.folder / "dataset" / "releases" / f"{TODAY}.{number}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = World(tmp_path_factory.mktemp("world"))
    changing = sorted(load_adverts(), key=lambda advert: not advert.changes)
    store = made.opened()
    with PracticeBoard(changing[:FOLLOWED]) as board:
        for day in DAYS:
            board.day = day
            environment = made.settings | {"PERSONSPEC_NHS_JOBS_URL": board.url}
            assert crawl("nhs_jobs", environment, made.folder / "crawl.log") == 0
            if day == DAYS[-1]:
                review(store, made.release(1))
                # As the service does between two crawls: closes what is past its date.
                assert store.close_expired(datetime.now(UTC) + timedelta(days=15)) > 0
                withdraw(store, made.folder / "dataset", first_vacancy(made), today=TODAY)
            publish_release(store, made.folder / "dataset", today=TODAY)
    store.close()
    return made


def first_vacancy(world: World) -> str:
    return str(rows(world.release(1), "vacancies")[0]["vacancy_id"])


def review(store: Store, release: Path) -> None:
    """Reject the last match that was published."""
    match = rows(release, "matches")[-1]
    place = match["version_id"], match["position"]
    (criterion,) = (
        row for row in rows(release, "criteria") if (row["version_id"], row["position"]) == place
    )
    source, reference, _ = match["version_id"].split(":")
    decision = KeptDecision(
        criterion=(source, reference, criterion["criterion_key"]),
        requirement=match["requirement_id"],
        verdict="reject",
        new_requirement=None,
        evidence=match["evidence"],
        reviewer="Ann",
        note="",
        row_version="1",
        decided_at=datetime.now(UTC),
    )
    with store.writing() as session:
        save_decision(session, decision)


def rebuild(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    *arguments: object,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> int:
    for name, value in {**world.settings, **settings}.items():
        monkeypatch.setenv(name, value)
    return run(monkeypatch, "dataset", "publish", "--rebuild", *arguments)


def changed_copy(world: World, folder: Path, **changes: dict[str, Any]) -> Path:
    """Return a copy of the first release with other cells in the first row of some tables."""
    copy = folder / "releases" / "changed"
    shutil.copytree(world.release(1), copy)
    for table, cells in changes.items():
        held = rows(copy, table)
        held[0].update(cells)
        changed = pa.Table.from_pylist(held, BY_NAME[table].arrow)
        pq.write_table(changed, copy / f"{table}.parquet")
        pyarrow.csv.write_csv(changed, copy / f"{table}.csv")
    write_sums(copy)
    return copy


def test_a_release_made_before_the_later_runs_is_built_again_equal(
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    elsewhere = tmp_path / "no.db"  # there were no decisions yet
    settings = {"PERSONSPEC_DATABASE_URL": f"sqlite:///{elsewhere}"}
    assert rebuild(world, monkeypatch, f"{TODAY}.1", "--json", settings=settings) == 0
    assert not elsewhere.exists()
    answer = json.loads(capsys.readouterr().out)
    assert answer["is_equal"]
    assert answer["runs"] == 1
    assert answer["columns_not_compared"] == []


def test_changes_reviews_withdrawals_and_closings_by_date_are_built_again_too(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    release = world.release(2)
    assert len(closings_by_clock(release)) == 1
    assert any(row["changed_fields"] for row in rows(release, "vacancy_versions"))
    withdrawn = first_vacancy(world)
    assert withdrawn not in {row["vacancy_id"] for row in rows(release, "vacancies")}
    assert rebuild(world, monkeypatch, "latest") == 0
    assert "is equal: every table holds the same rows" in capsys.readouterr().out


def test_other_rows_are_named_and_another_matcher_is_told_first_and_not_compared(
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    changed = changed_copy(
        world, tmp_path, vacancies={"title": "Other"}, vacancy_versions={"matcher_version": "0"}
    )
    assert rebuild(world, monkeypatch, changed) == 1
    said = capsys.readouterr()
    assert said.err.startswith("The release holds what matcher 0, ")
    not_compared, vacancies, verdict = said.out.splitlines()
    assert not_compared.startswith("Not compared: reader_version, matcher_version")
    assert vacancies == f"vacancies: 1 with other cells: {first_vacancy(world)}"
    assert verdict.endswith("is different in vacancies.")


def test_a_release_whose_pages_are_gone_cannot_be_built_again(
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert rebuild(world, monkeypatch, f"{TODAY}.2", "--archive", tmp_path) == 1
    assert "of its 2 runs 2 are not in the page archive" in capsys.readouterr().err


def test_a_damaged_release_is_not_compared(
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    changed = changed_copy(world, tmp_path)
    (changed / "README.md").write_text("x", "utf-8")
    assert rebuild(world, monkeypatch, changed) == 1
    assert "cannot be compared. README.md has been changed" in capsys.readouterr().err


def test_what_is_said_of_a_new_release_is_refused_beside_rebuild(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rebuild(world, monkeypatch, f"{TODAY}.1", "--override", "because") == 2
