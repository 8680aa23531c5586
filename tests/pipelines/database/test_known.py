from datetime import timedelta
from typing import Any

import pytest
from scrapy.utils.test import get_crawler

from crawler.items import Sighting
from crawler.known import KnownAdverts
from pipelines.database import Store
from pipelines.database.known import StoredAdverts
from tests.pipelines.factories import NOON, annotated, sighting, vacancy


def needs_fetch(store: Store, seen: Sighting, *, days: float = 1) -> bool:
    known: KnownAdverts = StoredAdverts(
        store, refetch_after=timedelta(days=7), now=NOON + timedelta(days=days)
    )
    return known.needs_fetch(seen)


def run(store: Store, day: int, seen: Sighting | None, *, page: bool) -> None:
    number = store.start_run("nhs_jobs", at=NOON + timedelta(days=day))
    if page:
        at = NOON + timedelta(days=day)
        store.save_vacancy(number, annotated(vacancy("X1", fetched_at=at)))
    if seen:
        store.save_sightings(number, [seen])
    store.finish_run(number, [], {})


def test_a_new_advert_is_fetched(store: Store) -> None:
    assert needs_fetch(store, sighting("X1"))


def test_an_advert_of_which_only_the_listing_is_stored_is_fetched(store: Store) -> None:
    run(store, 0, sighting("X1"), page=False)
    assert needs_fetch(store, sighting("X1"))


def test_an_advert_whose_listing_is_the_same_is_not_fetched(store: Store) -> None:
    run(store, 0, sighting("X1"), page=True)
    assert not needs_fetch(store, sighting("X1", relevance=50.0, staff_group="STUDENTS"))


def test_an_advert_of_another_source_is_fetched(store: Store) -> None:
    run(store, 0, sighting("X1"), page=True)
    assert needs_fetch(store, sighting("X1", source="practice"))


@pytest.mark.parametrize("change", [{"title": "Clerk"}, {"closing_date": None}, {"salary": None}])
def test_an_advert_whose_listing_changed_is_fetched(store: Store, change: dict[str, Any]) -> None:
    run(store, 0, sighting("X1"), page=True)
    assert needs_fetch(store, sighting("X1", **change))


def test_a_changed_advert_whose_page_failed_is_fetched_in_the_next_run(store: Store) -> None:
    run(store, 0, sighting("X1"), page=True)
    run(store, 1, sighting("X1", title="Clerk"), page=False)
    run(store, 2, sighting("X1", title="Clerk"), page=False)
    assert needs_fetch(store, sighting("X1", title="Clerk"))
    run(store, 3, sighting("X1", title="Clerk"), page=True)
    assert not needs_fetch(store, sighting("X1", title="Clerk"))


@pytest.mark.parametrize(("days", "expected"), [(6.9, False), (7.1, True)])
def test_a_page_is_fetched_again_when_it_is_too_old(
    store: Store, days: float, *, expected: bool
) -> None:
    run(store, 0, sighting("X1"), page=True)
    assert needs_fetch(store, sighting("X1"), days=days) is expected


def test_an_imported_page_is_not_fetched_because_it_was_never_listed(store: Store) -> None:
    run(store, 0, None, page=True)
    assert not needs_fetch(store, sighting("X1"))


def test_the_store_and_the_age_come_from_the_settings(store_url: str) -> None:
    settings = {"PERSONSPEC_DATABASE_URL": store_url, "PERSONSPEC_REFETCH_AFTER_DAYS": 7}
    known = StoredAdverts.from_crawler(get_crawler(settings_dict=settings))
    assert known.needs_fetch(sighting("X1"))
