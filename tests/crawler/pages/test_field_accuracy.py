import json

from tests.crawler.pages.field_accuracy import Tally, table, tally
from tests.crawler.pages.record_case import CASES, expected_of, item_of

VACANCY = {"title": "Clerk", "band": "2", "contract_duration": "", "fetched_at": "now"}


def test_a_field_is_right_wrong_or_without_proof():
    given = VACANCY | {"band": "3", "fetched_at": "later"}

    assert tally([(VACANCY, given)]) == {
        "vacancy.title": Tally(1, 1),
        "vacancy.band": Tally(0, 1),
    }


def test_a_value_where_there_is_none_is_wrong():
    given = VACANCY | {"contract_duration": "a year"}

    assert tally([(VACANCY, given)])["vacancy.contract_duration"] == Tally(0, 1)


def test_a_sighting_that_is_lost_counts_against_each_of_its_fields():
    expected = {"sightings": [{"reference": "A", "title": "Clerk"}], "total": 1}
    found = tally([(expected, {"sightings": [], "total": 1})])

    assert found == {
        "listing.total": Tally(1, 1),
        "sighting.reference": Tally(0, 1),
        "sighting.title": Tally(0, 1),
    }


def test_an_error_in_place_of_an_item_is_wrong():
    found = tally([(VACANCY, {"raises": "PageLayoutError", "says": "no title"})])

    assert found["error.raises"] == Tally(0, 1)
    assert found["error.title"] == Tally(0, 1)


def test_the_table_gives_every_field_of_the_cases_and_their_sum():
    pairs = [(expected_of(case), item_of(case)) for case in CASES.iterdir()]
    lines = table(tally(pairs)).splitlines()
    fields = json.dumps([expected for expected, _ in pairs])

    assert len(lines) > 30
    assert all(line.split()[0].partition(".")[2] in fields for line in lines)
    assert lines[-1].startswith("all fields")
    assert lines[-1].endswith("100.0%")
