from datetime import timedelta

import pytest
from sqlalchemy import select

from pipelines.database import Store
from pipelines.database.models import RejectedRow, RunRow
from pipelines.database.runs import last_run
from pipelines.exceptions import StoreError
from pipelines.types import Refusal
from tests.pipelines.factories import NOON


def find(store: Store, run_id: int) -> RunRow:
    with store.reading() as session:
        run = session.get(RunRow, run_id)
        session.expunge_all()
    assert run is not None
    return run


def test_a_run_with_problems_has_failed(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.finish_run(run, ["3 vacancies, expected 40 to 400"], {"item_scraped_count": 3})
    assert find(store, run).status == "failed"
    assert find(store, run).problems == ["3 vacancies, expected 40 to 400"]


def test_a_run_without_problems_is_finished_and_keeps_its_counters(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    end = NOON + timedelta(minutes=5)
    store.finish_run(run, [], {"item_scraped_count": 300, "start_time": NOON}, at=end)
    found = find(store, run)
    assert (found.status, found.started_at, found.finished_at) == ("finished", NOON, end)
    assert found.stats == {"item_scraped_count": 300, "start_time": str(NOON)}


def test_a_run_that_never_ended_is_interrupted_when_the_next_of_its_source_starts(
    store: Store,
) -> None:
    dead = store.start_run("nhs_jobs", at=NOON)
    other = store.start_run("practice", at=NOON)
    store.start_run("nhs_jobs", at=NOON + timedelta(hours=1))
    assert find(store, dead).status == "interrupted"
    assert find(store, other).status == "running"


def test_the_last_run_is_that_of_the_source(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.start_run("practice", at=NOON)
    with store.reading() as session:
        found = last_run(session, "nhs_jobs")
        assert found is not None
        assert found.id == run
        assert last_run(session, "elsewhere") is None


def test_a_run_that_is_not_there_is_one_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match="holds no run 17"):
        store.finish_run(17, [], {})


def test_the_same_refusal_is_kept_once_a_run(store: Store) -> None:
    refusal = Refusal("nhs_jobs", "X1", "https://jobs.example.org/X1", "It has no title.", "…")
    for _ in range(2):
        run = store.start_run("nhs_jobs", at=NOON)
        store.save_refusal(run, refusal)
        store.save_refusal(run, refusal)
    with store.reading() as session:
        rows = session.scalars(select(RejectedRow)).all()
        assert [(row.run_id, row.reason) for row in rows] == [
            (1, "It has no title."),
            (2, "It has no title."),
        ]
