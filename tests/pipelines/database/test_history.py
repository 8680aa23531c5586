"""The history is a function of what was observed, not of how it came in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from crawler.items import Sighting
from pipelines.database import Store, open_store
from pipelines.database.models import Base
from pipelines.types import AnnotatedVacancy
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import NOON, annotated, criterion, sighting, vacancy

REFERENCES = ("X1", "X2")

SIGHTINGS = st.builds(
    sighting,
    st.sampled_from(REFERENCES),
    title=st.sampled_from(["Health Records Clerk", "Clerk"]),
    closing_date=st.sampled_from([None, date(2026, 11, 2), date(2026, 12, 1)]),
    staff_group=st.sampled_from(["", "ADMINISTRATIVE_AND_CLERICAL"]),
    in_scope=st.booleans(),
)
PAGES = st.builds(
    lambda reference, title, hours, words: annotated(
        vacancy(reference, title=title, fetched_at=NOON + timedelta(hours=hours), summary=words),
        criterion(words, "it-skills"),
    ),
    st.sampled_from(REFERENCES),
    st.sampled_from(["Health Records Clerk", "Clerk"]),
    st.integers(0, 3),
    st.sampled_from(["IT skills", "Word and Excel"]),
)
Observation = Sighting | AnnotatedVacancy


@st.composite
def same_runs_in_two_ways(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """Two to three runs, twice: the second time in another order and with repetitions."""
    runs = draw(st.lists(st.lists(SIGHTINGS | PAGES, max_size=6), min_size=1, max_size=3))
    again = [
        draw(st.permutations(run + draw(st.lists(st.sampled_from(run), max_size=4)) if run else []))
        for run in runs
    ]
    return runs, again


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("history")
    store = open_store(f"sqlite:///{folder / 'store.db'}")
    yield store
    store.close()


def observe(store: Store, runs: Sequence[Sequence[Observation]]) -> dict[str, Any]:
    """Store the runs in an emptied store and return what it holds then."""
    with store.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
    for day, run in enumerate(runs):
        number = store.start_run("nhs_jobs", at=NOON + timedelta(days=day))
        for seen in run:
            if isinstance(seen, Sighting):
                store.save_sightings(number, [seen])
            else:
                at = seen.vacancy.fetched_at + timedelta(days=day)
                page = replace(seen, vacancy=replace(seen.vacancy, fetched_at=at))
                store.save_vacancy(number, page)
        store.close_missing(number)
        store.finish_run(number, [], {})
    return snapshot(store)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(same_runs_in_two_ways())
def test_any_order_within_a_run_and_any_repetition_give_the_same_store(
    shared: Store, ways: tuple[list[Any], list[Any]]
) -> None:
    once, again = ways
    assert observe(shared, once) == observe(shared, again)


CRAWL_MEMORY = frozenset({"page_listing_hash"})
"""What tells the next crawl whether to fetch a page again: runs of a source never overlap."""


@st.composite
def observations_in_two_orders(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """What three runs observed, by run and all mixed, with repetitions."""
    # One out of scope only marks what is stored already, so for it order across runs matters.
    followed = SIGHTINGS.filter(lambda seen: seen.in_scope)
    runs = [st.tuples(st.just(number), followed | PAGES) for number in range(3)]
    once = draw(st.lists(st.one_of(runs), min_size=1, max_size=8))
    again = draw(st.permutations(once + draw(st.lists(st.sampled_from(once), max_size=4))))
    return sorted(once, key=lambda pair: pair[0]), again


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(observations_in_two_orders())
def test_observations_of_several_runs_may_come_in_any_order(
    shared: Store, ways: tuple[list[Any], list[Any]]
) -> None:
    """As when archives are replayed or imported again, or a late process writes its last page."""
    once, again = ways
    assert observe_mixed(shared, once) == observe_mixed(shared, again)


def observe_mixed(store: Store, observations: Sequence[tuple[int, Observation]]) -> dict[str, Any]:
    with store.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
    numbers = [store.start_run("nhs_jobs", at=NOON + timedelta(days=day)) for day in range(3)]
    for day, seen in observations:
        if isinstance(seen, Sighting):
            store.save_sightings(numbers[day], [seen])
        else:
            at = seen.vacancy.fetched_at + timedelta(days=day)
            page = replace(seen, vacancy=replace(seen.vacancy, fetched_at=at))
            store.save_vacancy(numbers[day], page)
    held = snapshot(store)
    return {
        key: {n: v for n, v in row.items() if n not in CRAWL_MEMORY}
        if isinstance(row, dict)
        else row
        for key, row in held.items()
    }
