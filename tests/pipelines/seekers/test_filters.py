from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.seekers.distance import miles_between
from pipelines.seekers.filters import passes
from pipelines.seekers.index import VacancyIndex
from tests.pipelines.seekers.people import open_vacancy, profile


@pytest.mark.parametrize(
    ("wanted", "found", "passed"),
    [
        ({}, {}, True),
        ({}, {"latitude": 51.5, "longitude": -0.1}, False),
        ({}, {"latitude": None, "longitude": None}, False),
        ({"regions": ["Wales"]}, {"latitude": None, "longitude": None, "region": "Wales"}, True),
        ({}, {"band": "5"}, False),
        ({}, {"band": None}, True),
        ({"contract_types": ["bank"]}, {"contract_type": "permanent"}, False),
        ({"contract_types": ["bank"]}, {"contract_type": None}, True),
        ({"working_patterns": ["part-time"]}, {"working_patterns": ("full-time",)}, False),
        ({"working_patterns": ["part-time"]}, {"working_patterns": ("bank", "part-time")}, True),
        ({"working_patterns": ["part-time"]}, {"working_patterns": ()}, True),
        ({"title_words": ["RECORDS"]}, {"title": "Health Records Clerk"}, True),
        ({"title_words": ["coder"]}, {"title": "Health Records Clerk"}, False),
        ({"apprenticeships": "only"}, {"title": "Apprentice Clerk"}, True),
        ({"apprenticeships": "only"}, {}, False),
        ({"apprenticeships": "leave out"}, {"contract_type": "apprenticeship"}, False),
        ({"needs_sponsorship": True}, {"sponsorship": True}, True),
        ({"needs_sponsorship": True}, {"sponsorship": None}, False),
        ({"driving_licence": False}, {"driving": True}, False),
        ({"driving_licence": False}, {"driving": None}, True),
        ({"driving_licence": True}, {"driving": True}, True),
        ({}, {"driving": True}, True),
    ],
)  # fmt: skip
def test_a_vacancy_passes_what_was_asked_for(
    wanted: dict[str, Any], found: dict[str, Any], *, passed: bool
) -> None:
    assert passes(open_vacancy(**found), profile(**wanted)) is passed


def test_distances_are_those_of_the_map() -> None:
    assert miles_between(51.5074, -0.1278, 53.8008, -1.5491) == pytest.approx(170, abs=2)
    assert miles_between(51.5, 0.1, 51.5, 0.1) == 0


@given(
    st.lists(
        st.tuples(
            st.floats(49.9, 60.8), st.floats(-8.1, 1.8), st.sampled_from(["2", "3", "5", None])
        ),
        max_size=30,
    ),
    st.floats(49.9, 60.8),
    st.floats(-8.1, 1.8),
    st.integers(1, 200),
)
def test_the_index_leaves_nothing_out(
    places: list[tuple[float, float, str | None]], latitude: float, longitude: float, miles: int
) -> None:
    vacancies = [
        open_vacancy(number, latitude=north, longitude=east, band=band, region=None, criteria=())
        for number, (north, east, band) in enumerate(places)
    ]
    wanted = profile(latitude=latitude, longitude=longitude, distance_miles=miles)
    found = VacancyIndex(vacancies).candidates(wanted)
    assert len({one.id for one in found}) == len(found)
    missed = [one.id for one in vacancies if passes(one, wanted) and one not in found]
    assert missed == []
