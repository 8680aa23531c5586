import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.repair import Speller, known_words
from matcher.text import read_words


@pytest.fixture(scope="module")
def speller():
    return Speller(known_words(), {"organisational", "team"}.__contains__)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("comunication", "communication"),
        ("equivelant", "equivalent"),
        ("enthusiatic", "enthusiastic"),
        ("presure", "pressure"),
        ("tema", "team"),
        ("organizational", "organisational"),
        ("independantly", "independently"),
    ],
)
def test_a_misspelt_word_becomes_the_word_meant(speller, wrong, right):
    assert speller.nearest(wrong) == right


@pytest.mark.parametrize("word", ["steam", "moral", "sensors", "negation", "planners", "organiser"])
def test_a_word_that_is_right_stays_though_another_is_near(speller, word):
    assert speller.nearest(word) == word


@given(st.sampled_from(known_words()))
def test_no_known_word_is_ever_turned_into_another(word):
    speller = Speller(known_words(), lambda _: True)
    assert speller.nearest(word) == word


@pytest.mark.parametrize("text", ["NVQ 2", "RTT", "18 weeks", "a b c", "C2", "SystmOne", "EMIS"])
def test_numbers_acronyms_and_short_words_are_taken_as_printed(speller, text):
    line = read_words(text)
    repaired, places = speller.repair(line)
    assert repaired.words == line.words
    assert not places


def test_the_places_of_repaired_words_are_told(speller):
    line, places = speller.repair(read_words("good comunication and organizational skills"))
    assert line.words == ["good", "communication", "and", "organisational", "skills"]
    assert places == {1}


def test_every_word_of_the_catalogue_is_spelt_as_the_repair_knows_it():
    matcher = Matcher(load_catalogue())
    for requirement in matcher.catalogue.requirements:
        for example in requirement.matches:
            line = read_words(example)
            _, places = matcher._speller.repair(line)
            assert not places, [line.words[place] for place in places]
