import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Place
from pipelines.facts.places import Where, find_town, load_areas, locate, normal_postcode


@pytest.mark.parametrize(
    ("town", "postcode", "region", "basis"),
    [
        ("Leeds", "LS1 4AP", "Yorkshire and The Humber", "town"),
        ("LEEDS", "ls14ap", "Yorkshire and The Humber", "town"),
        ("King’s Lynn", "PE30 4ET", "East of England", "town"),
        ("Newcastle-upon-Tyne", "NE7 7DN", "North East", "town"),
        ("Whitchurch, Cardiff", "CF14 7XB", "Wales", "town"),
        ("Nowhere-on-Sea", "EX1 1AA", "South West", "postcode area"),
        ("", "BT9", "Northern Ireland", "postcode area"),
    ],
)
def test_a_place_has_the_main_region_of_its_postcode_area(
    town: str, postcode: str, region: str, basis: str
) -> None:
    where = locate([Place(town, postcode)])
    assert (where.region, where.basis) == (region, basis)


def test_of_several_towns_of_a_name_the_one_of_the_postcode_is_meant() -> None:
    welsh, shropshire = (locate([Place("Newport", code)]) for code in ("NP20 1AA", "TF10 7AA"))
    assert welsh.longitude is not None
    assert shropshire.latitude is not None
    assert (welsh.latitude, shropshire.basis) == (51.59, "town")
    assert shropshire.latitude > 52.5


def test_without_postcode_a_town_counts_only_if_there_is_but_one() -> None:
    assert locate([Place("King's Lynn")]).basis == "town"
    assert locate([Place("Newport")]) == Where()


def test_a_town_far_from_its_postcode_is_another_town() -> None:
    where = locate([Place("Aberdeen", "BT9 7AB")])
    assert where.basis == "postcode area"


def test_the_first_place_with_a_postcode_counts() -> None:
    places = [Place("Leeds"), Place("Shipley", "BD18 3LD"), Place("Ely", "CB7 4AA")]
    assert locate(places).postcode == "BD18 3LD"


def test_without_places_nothing_is_known() -> None:
    assert locate([]) == Where()
    assert locate([Place()]) == Where()
    assert locate([Place("Overseas", "75008")]) == Where()


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("EC1V 2PD", "EC1V 2PD"),
        (" ec1v2pd ", "EC1V 2PD"),
        ("M1 1AE", "M1 1AE"),
        ("LS1", "LS1"),
        ("", None),
        ("Leeds", None),
        ("LS1 4AP, LS2 5AB", None),
    ],
)
def test_a_postcode_is_written_in_one_way(printed: str, expected: str | None) -> None:
    assert normal_postcode(printed) == expected


@given(st.text(), st.text(), st.sampled_from([None, *load_areas().values()]))
def test_any_text_is_looked_up_without_error(town: str, postcode: str, area: object) -> None:
    where = locate([Place(town, postcode)])
    assert (where.latitude is None) == (where.basis is None)
    assert find_town(town, getattr(area, "middle", None)) is None or town


def test_every_area_has_a_region_and_lies_in_the_united_kingdom() -> None:
    assert len(load_areas()) == 121
    for area in load_areas().values():
        assert area.region
        assert 49 < area.middle.latitude < 61
        assert -9 < area.middle.longitude < 2
