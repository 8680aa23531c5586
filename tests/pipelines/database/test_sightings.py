from dataclasses import replace
from datetime import date, timedelta

from crawler.items import Place, Salary
from pipelines.database import Store
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import NOON, annotated, sighting, vacancy

LATER = NOON + timedelta(days=1)


def test_an_advert_in_scope_is_stored_with_what_the_listing_says(store: Store) -> None:
    store.save_sightings(store.start_run("nhs_jobs", at=NOON), [sighting("X1")])
    row = snapshot(store)["X1"]
    seen = sighting("X1")
    assert (row["title"], row["closing_date"], row["posted_at"], row["salary_minimum"]) == (
        seen.title,
        date(2026, 11, 30),
        seen.posted_at,
        25272.0,
    )
    assert (row["first_seen"], row["last_seen"]) == (NOON, NOON)


def test_an_advert_out_of_scope_is_not_stored(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_sightings(run, [sighting("X1", in_scope=False)])
    assert snapshot(store) == {"rejected": []}


def test_an_advert_out_of_scope_is_marked_seen_if_it_is_known(store: Store) -> None:
    store.save_sightings(store.start_run("nhs_jobs", at=NOON), [sighting("X1")])
    before = snapshot(store)["X1"]
    again = store.start_run("nhs_jobs", at=LATER)
    store.save_sightings(again, [sighting("X1", in_scope=False, title="Nurse")])
    assert snapshot(store)["X1"] == before | {"last_seen": LATER, "last_run_id": again}


def test_a_later_run_brings_what_its_listing_says(store: Store) -> None:
    store.save_sightings(store.start_run("nhs_jobs", at=NOON), [sighting("X1")])
    moved = sighting("X1", closing_date=date(2026, 12, 7), summary="")
    store.save_sightings(store.start_run("nhs_jobs", at=LATER), [moved])
    row = snapshot(store)["X1"]
    assert (row["closing_date"], row["summary"]) == (date(2026, 12, 7), "")
    assert (row["first_seen"], row["last_seen"]) == (NOON, LATER)


def test_of_two_listings_in_a_run_the_fuller_is_kept(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    full = sighting("X1", staff_group="ADMINISTRATIVE_AND_CLERICAL")
    for bare in (sighting("X1"), replace(full, salary=None), replace(full, summary="")):
        store.save_sightings(run, [bare, full, bare])
    row = snapshot(store)["X1"]
    assert row["staff_group"] == "ADMINISTRATIVE_AND_CLERICAL"
    assert row["salary_raw"] == "£25272.00"


def test_the_same_listing_again_changes_nothing(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_sightings(
        run, [sighting("X1"), sighting("X2", places=(Place("Ely"), Place("Ryde")))]
    )
    before = snapshot(store)
    store.save_sightings(
        run, [sighting("X2", places=(Place("Ely"), Place("Ryde"))), sighting("X1")]
    )
    assert snapshot(store) == before


def test_a_listing_does_not_touch_what_the_page_said(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_vacancy(run, annotated(vacancy("X1")))
    pages = {key: value for key, value in snapshot(store).items() if key != "X1"}
    store.save_sightings(run, [sighting("X1", title="Something else", salary=Salary("£1", 1, 1))])
    assert {key: value for key, value in snapshot(store).items() if key != "X1"} == pages
