"""Whatever goes wrong on the board, the store loses nothing and closes nothing wrongly.

A store that knows the board's first day is crawled again on the third while the board is ill, with
every page due to be read anew, so that each fault meets each kind of page.
"""

import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crawler.practice_board import PracticeBoard
from crawler.practice_board.faults import FAULTS, Slow
from personspec.london import LONDON
from pipelines.health import judge_source, load_rules
from pipelines.types import PastRun
from tests.schedules.conftest import Installation, few_adverts
from tests.schedules.contents import contents
from tests.schedules.forked import crawl

DAY = 3

HEALED = {"too-many-requests", "server-error", "cut-connection", "slow"}
"""What waiting or asking again gets over: such a run is as good as one without."""

CLASSES = {
    "refused": "403",
    "json-error": "feed",
    "empty-feed": "empty",
    "shrunk-feed": "shrunk",
    "changed-layout": "layout",
}
"""Why the run failed, where the figures can tell."""


@dataclass(frozen=True)
class Known:
    """A store of the board's first day, and what it holds after the third crawled in peace."""

    board: PracticeBoard
    file: Path
    first: dict[str, Any]
    third: dict[str, Any]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("known")
    start = datetime.now(LONDON).date() - timedelta(days=DAY - 1)
    with PracticeBoard(few_adverts(), today=start) as board:
        installation = Installation(folder, f"sqlite:///{folder / 'store.db'}", board)
        assert installation.crawl() == 0, installation.log.read_text()
        store = installation.opened()
        with store.writing() as session:  # every page is due again
            old = text("UPDATE advert_version SET checked_at = '2020-01-01 00:00:00.000000'")
            session.execute(old)
        first = contents(store)
        store.close()
        file = folder / "first.db"
        shutil.copy(folder / "store.db", file)
        board.day = DAY
        assert installation.crawl() == 0, installation.log.read_text()
        store = installation.opened()
        third = contents(store)
        store.close()
        yield Known(board, file, first, third)


@pytest.fixture
def ill(known: Known, tmp_path: Path) -> Installation:
    shutil.copy(known.file, tmp_path / "store.db")
    return Installation(tmp_path, f"sqlite:///{tmp_path / 'store.db'}", known.board)


def make_fault(name: str) -> Any:
    return Slow(seconds=0.01) if name == "slow" else FAULTS[name]()


def crawl_with(installation: Installation, *faults: Any) -> tuple[int, PastRun, dict[str, Any]]:
    board = installation.board
    board.faults[:] = faults
    try:
        code = installation.crawl()
    finally:
        board.faults.clear()
    store = installation.opened()
    held, run = contents(store), store.past_runs()[0]
    store.close()
    return code, run, held


@pytest.mark.parametrize("name", sorted(set(FAULTS) - HEALED))
def test_a_board_that_is_ill_costs_nothing_that_was_known(
    name: str, known: Known, ill: Installation
) -> None:
    code, run, held = crawl_with(ill, make_fault(name))

    assert code == 1
    assert run.status == "failed"
    assert run.problems
    assert lost(known.first, held) == []
    assert newly_closed(known.first, held) == []
    health = judge_source("nhs_jobs", [run], load_rules())
    assert CLASSES.get(name, health.classes[0]) in health.classes

    # And once it is well again, all is as if it had never been ill.
    assert ill.crawl() == 0, ill.log.read_text()
    store = ill.opened()
    assert contents(store) == known.third
    store.close()


@pytest.mark.parametrize("name", sorted(HEALED))
def test_what_asking_again_gets_over_leaves_no_trace(
    name: str, known: Known, ill: Installation
) -> None:
    code, run, held = crawl_with(ill, make_fault(name))

    assert (code, run.status, run.problems) == (0, "finished", ())
    assert held == known.third


def lost(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the keys of vacancies, versions and criteria that are no longer there."""
    return [key for key in before if key not in after]


def newly_closed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the vacancies that were open before and are not."""
    return [
        key
        for key, row in before.items()
        if isinstance(row, dict)
        and "end_reason" in row
        and row["end_reason"] is None
        and after[key]["end_reason"] is not None
    ]


def test_a_machine_whose_date_is_wrong_closes_and_stores_nothing(
    known: Known, ill: Installation
) -> None:
    code, run, held = crawl_with(ill, BoardOfAnotherDay())

    assert code == 1
    assert "clock" in " ".join(run.problems)
    assert held == known.first


@dataclass
class BoardOfAnotherDay:
    """Answers with a date a year before: the same as if this machine's clock were ahead."""

    def __call__(self, request: Any, answer: Any) -> Any:
        response = answer(request)
        return replace(
            response, headers={**response.headers, "Date": "Mon, 01 Sep 2025 07:00:00 GMT"}
        )


def test_a_count_that_a_person_has_looked_at_is_believed(ill: Installation) -> None:
    ill.board.faults[:] = [FAULTS["shrunk-feed"]()]
    try:
        code = crawl("nhs_jobs", ill.environment, ill.log, "--accept-counts")
    finally:
        ill.board.faults.clear()
    assert code == 0, ill.log.read_text()
