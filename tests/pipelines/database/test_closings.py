from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pipelines.database import Store
from pipelines.database.closings import Closings, end_reason
from pipelines.exceptions import StoreError
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import NOON, annotated, sighting, vacancy

NO_DATE: dict[str, Any] = {"closing_date": None}


def crawl(store: Store, day: int, *references: str, **listed: Any) -> tuple[int, Closings]:
    run = store.start_run("nhs_jobs", at=NOON + timedelta(days=day))
    store.save_sightings(run, [sighting(reference, **listed) for reference in references])
    closed = store.close_missing(run)
    store.finish_run(run, [], {})
    return run, closed


def state(store: Store, reference: str) -> tuple[datetime | None, str | None]:
    row = snapshot(store)[reference]
    return row["closed_at"], row["end_reason"]


def test_what_a_healthy_run_no_longer_lists_is_withdrawn(store: Store) -> None:
    crawl(store, 0, "X1", "X2")
    _, closed = crawl(store, 1, "X2")
    assert closed == Closings(withdrawn=1)
    assert state(store, "X1") == (NOON + timedelta(days=1), "withdrawn")
    assert state(store, "X2") == (None, None)


def test_what_is_past_its_closing_date_is_expired_listed_or_not(store: Store) -> None:
    crawl(store, 0, "X1", "X2")
    _, closed = crawl(store, 29, "X2")
    assert closed == Closings(expired=2)
    assert crawl(store, 30, "X2")[1] == Closings()
    assert state(store, "X2") == (NOON + timedelta(days=29), "expired")


def test_the_page_gives_the_closing_date_where_the_listing_has_none(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_vacancy(run, annotated(vacancy("X1", closing_date=date(2026, 11, 3))))
    store.finish_run(run, [], {})
    _, closed = crawl(store, 2, "X1", **NO_DATE)
    assert closed == Closings(expired=1)


def test_the_closing_date_is_a_day_in_london() -> None:
    last = date(2026, 6, 30)
    assert end_reason(last, date(2026, 6, 30), seen=True) is None
    assert end_reason(last, date(2026, 7, 1), seen=True) == "expired"


def test_half_past_midnight_in_summer_is_the_next_day(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    store.save_sightings(run, [sighting("X1", closing_date=date(2026, 6, 30))])
    assert store.close_missing(run) == Closings(expired=1)


def test_other_sources_are_left_alone(store: Store) -> None:
    other = store.start_run("practice", at=NOON)
    store.save_sightings(other, [sighting("P1", source="practice")])
    assert crawl(store, 1, "X1")[1] == Closings()
    assert state(store, "P1") == (None, None)


@pytest.mark.parametrize("end", ["failed", "interrupted"])
def test_nothing_is_closed_from_a_run_that_is_not_healthy(store: Store, end: str) -> None:
    crawl(store, 0, "X1")
    run = store.start_run("nhs_jobs", at=NOON + timedelta(days=1))
    if end == "failed":
        store.finish_run(run, ["0 vacancies"], {})
    else:
        store.start_run("nhs_jobs", at=NOON + timedelta(days=2))
    with pytest.raises(StoreError, match="nothing can be closed"):
        store.close_missing(run)
    assert state(store, "X1") == (None, None)


def test_a_vacancy_seen_again_is_open_and_its_closing_is_kept(store: Store) -> None:
    crawl(store, 0, "X1")
    crawl(store, 1)
    crawl(store, 2, "X1")
    assert state(store, "X1") == (None, None)
    assert snapshot(store)["X1"]["earlier_closings"] == [
        {
            "closed_at": "2026-11-03T12:00:00+00:00",
            "end_reason": "withdrawn",
            "reopened_at": "2026-11-04T12:00:00+00:00",
        }
    ]


def test_a_vacancy_seen_again_in_a_failed_run_is_open(store: Store) -> None:
    crawl(store, 0, "X1")
    crawl(store, 1)
    run = store.start_run("nhs_jobs", at=NOON + timedelta(days=2))
    store.save_sightings(run, [sighting("X1")])
    store.finish_run(run, ["1 vacancies, expected 40 to 400"], {})
    assert state(store, "X1") == (None, None)


def test_an_extended_closing_date_opens_what_had_expired(store: Store) -> None:
    crawl(store, 0, "X1")
    crawl(store, 29, "X1")
    crawl(store, 30, "X1", closing_date=date(2026, 12, 31))
    assert state(store, "X1") == (None, None)
    assert len(snapshot(store)["X1"]["earlier_closings"]) == 1


def test_what_is_imported_is_closed_by_its_date_alone(store: Store) -> None:
    run = store.start_run("import", at=NOON)
    store.save_vacancy(run, annotated(vacancy("X1", source="import")))
    store.finish_run(run, [], {})
    assert store.close_expired(NOON) == 0
    assert store.close_expired(NOON + timedelta(days=29)) == 1
    assert state(store, "X1") == (NOON + timedelta(days=29), "expired")
