import pytest

from personspec.exceptions import UsageError
from pipelines.seekers.places import find_place
from pipelines.seekers.profile import Profile, read_profile
from tests.pipelines.seekers.people import LEEDS, profile


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "town or postcode area"),
        ({"bands": ["3"]}, "town or postcode area"),
        (LEEDS, "one thing more"),
        ({"regions": ["Wales"]}, "one thing more"),
        (LEEDS | {"bands": ["12"]}, "bands"),
        (LEEDS | {"bands": ["3"], "distance_miles": 0}, "distance miles"),
        (LEEDS | {"bands": ["3"], "colour": "red"}, "colour"),
        ({"place": "Leeds", "latitude": 53.8, "bands": ["3"]}, "longitude"),
        (LEEDS | {"title_words": ["a"]}, "title words"),
    ],
)
def test_a_search_without_place_and_one_thing_more_is_refused_in_a_sentence(
    values: dict[str, object], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        read_profile(values)


@pytest.mark.parametrize(
    "more",
    [
        {"bands": ["3"]},
        {"working_patterns": ["part-time"]},
        {"contract_types": ["bank"]},
        {"title_words": ["records"]},
        {"apprenticeships": "only"},
    ],
)
def test_one_thing_beside_the_place_is_enough(more: dict[str, object]) -> None:
    assert read_profile(LEEDS | more).place == "Leeds"


def test_a_profile_comes_back_from_the_store_as_it_was() -> None:
    kept = profile(background={"qualifications": [], "skills": ["it-skills"]})
    again = Profile.model_validate(kept.model_dump(mode="json"))
    assert again == kept
    assert again.background.qualifications == ()
    assert again.background.routes is None


def test_towns_and_postcodes_are_found_without_asking_anybody() -> None:
    leeds = find_place("Leeds")
    assert leeds.km_to(find_place("LS1 4AP")) < 10
    assert leeds.km_to(find_place("ls")) < 10
    assert find_place("Newport NP").km_to(find_place("Cardiff")) < 40


@pytest.mark.parametrize("written", ["Atlantis", "Whitchurch", "ZZ1 1ZZ", "<b>", " "])
def test_a_place_that_is_none_or_several_is_told(written: str) -> None:
    with pytest.raises(UsageError, match="first letters of its postcode"):
        find_place(written)
