import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Place
from crawler.pages.place import parse_place, place_of_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saltmarsh, NR99 1ZZ", Place("Saltmarsh", "NR99 1ZZ")),
        ("Saltmarsh NR99 1ZZ", Place("Saltmarsh", "NR99 1ZZ")),
        ("SALTMARSH, nr991zz", Place("SALTMARSH", "NR99 1ZZ")),
        ("12 Fen House, Saltmarsh, NR99 1ZZ", Place("Saltmarsh", "NR99 1ZZ", "12 Fen House")),
        ("Fen House, Quay, Saltmarsh, NR99 1ZZ", Place("Saltmarsh", "NR99 1ZZ", "Fen House, Quay")),
        ("Saltmarsh", Place("Saltmarsh")),
        ("EC1V 2PD", Place("", "EC1V 2PD")),
        (" , Saltmarsh ,\n NR99\u00a01ZZ ,", Place("Saltmarsh", "NR99 1ZZ")),
    ],
)
def test_places_are_read(text, expected):
    assert parse_place(text) == expected


@pytest.mark.parametrize("text", ["", " ", ",", "\n"])
def test_nothing_is_no_place(text):
    assert parse_place(text) is None


@given(st.text(max_size=60))
def test_no_word_is_lost(text):
    place = parse_place(text)
    kept = f"{place.address},{place.town},{place.postcode}" if place else ""
    letters = [c.upper() for c in text if c.isalnum()]

    assert sorted("".join(letters)) == sorted("".join(c.upper() for c in kept if c.isalnum()))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["Fen House,", "", " Quay ", "Saltmarsh"],
            Place("Saltmarsh", "NR99 1ZZ", "Fen House, Quay"),
        ),
        (["Saltmarsh"], Place("Saltmarsh", "NR99 1ZZ")),
        ([" ", ","], Place("", "NR99 1ZZ")),
    ],
)
def test_the_last_line_of_a_postal_address_is_the_town(lines, expected):
    assert place_of_lines(lines, "NR99 1ZZ") == expected
