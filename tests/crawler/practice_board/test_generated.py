"""The generated board."""

import re

import pytest

from crawler.practice_board import PracticeBoard, generate_adverts, load_adverts
from tests.crawler.practice_board.conftest import DAY_1, advert_page, feed, references

ADVERTS = generate_adverts(600)


def test_the_board_holds_as_many_adverts_as_asked_on_day_1():
    assert len([advert for advert in ADVERTS if advert.on(1)]) == 600


def test_the_same_seed_gives_the_same_adverts_and_another_gives_others():
    assert generate_adverts(20, seed=3) == generate_adverts(20, seed=3)
    assert generate_adverts(20, seed=3) != generate_adverts(20, seed=4)


def test_a_larger_board_begins_with_the_smaller_one():
    assert generate_adverts(30)[:20] == generate_adverts(20)[:20]


def test_numbers_and_references_are_of_the_boards_form_and_differ():
    everything = (*ADVERTS, *load_adverts())
    assert len({advert.number for advert in everything}) == len(everything)
    assert len({advert.reference for advert in everything}) == len(everything)
    assert all(re.fullmatch(r"[A-Z]\d{4}-26-\d+", advert.reference) for advert in ADVERTS)


def test_no_slot_is_left_open():
    for advert in ADVERTS:
        lines = [line for group in advert.specification for line in group.essential]
        assert "{" not in " ".join([advert.summary, advert.duties, advert.employer.about, *lines])


def test_the_adverts_vary():
    assert len({advert.title for advert in ADVERTS}) > 100
    assert len({advert.specification for advert in ADVERTS}) > 0.99 * len(ADVERTS)
    assert len({advert.staff_group for advert in ADVERTS}) == 7


def test_the_board_keeps_about_its_size_while_adverts_come_go_and_change():
    sizes = [len([advert for advert in ADVERTS if advert.on(day)]) for day in range(1, 14)]
    first, fifth = (
        {advert.reference: advert.on(day) for advert in ADVERTS if advert.on(day)} for day in (1, 5)
    )
    both = first.keys() & fifth.keys()
    assert min(sizes) > 0.8 * 600
    assert first.keys() - fifth.keys()
    assert fifth.keys() - first.keys()
    assert any(first[reference] != fifth[reference] for reference in both)


def test_adverts_stay_for_two_three_or_four_weeks_and_some_are_extended():
    lifetimes = {(advert.closes or 0) - advert.posted for advert in ADVERTS}
    assert lifetimes == {14, 21, 28}
    assert any("closes" in change.values for advert in ADVERTS for change in advert.changes)


def test_a_few_adverts_are_misspelt():
    def is_misspelt(advert):
        return "comunication" in repr(advert.specification).lower()

    assert 0 < len([advert for advert in ADVERTS if is_misspelt(advert)]) < len(ADVERTS) / 12


@pytest.fixture(scope="module")
def large():
    with PracticeBoard(ADVERTS, today=DAY_1) as running:
        yield running


def test_the_feed_gives_no_more_than_a_hundred_however_many_are_asked(large):
    root = feed(large, "limit=5000")
    assert len(references(root)) == 100
    assert (root.findtext("totalPages"), root.findtext("totalResults")) == ("6", "600")


def test_a_generated_advert_has_a_page(large):
    advert = next(a for a in ADVERTS if a.on(1) and a.style == "groups")
    page = advert_page(large, advert.reference)
    criteria = page.css("div.hide-mobile li[id^=essential_skill_1_]::text").getall()
    assert tuple(criteria) == advert.specification[0].essential
