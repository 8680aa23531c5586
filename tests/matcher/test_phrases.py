import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.phrases import PhraseIndex, expand, plain_wordings
from matcher.text import read_words
from personspec.exceptions import CatalogueError


def found(phrase, text):
    line = read_words(text)
    return [text[slice(*line.span(one.first, one.last))] for one in
            PhraseIndex([(phrase, "x")]).find(line)]  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "text", "evidence"),
    [
        ("team player", "A Team-Player at heart", ["Team-Player"]),
        ("organis*", "Organising and organisation", ["Organising", "organisation"]),
        ("written/verbal skills", "verbal skills", ["verbal skills"]),
        ("(well) organised", "well organised", ["well organised", "organised"]),
        ("work ~4 team", "work as part of a team", ["work as part of a team"]),
        ("work ~3 team", "work as part of a team", []),
        ("work ~4 team", "work hard. A team of six", []),
        ("work team", "work, team", []),
        ("work ~4 team", "work, alone or in a team", ["work, alone or in a team"]),
        ("team player", "team, player", []),
        ("IT", "it is IT", ["IT"]),
        ("IT", "it is it", []),
        ("IT skills", "I.T. skills", ["I.T. skills"]),
    ],
)
def test_a_phrase_finds_what_its_language_says(phrase, text, evidence):
    assert found(phrase, text) == evidence


@pytest.mark.parametrize("phrase", ["", "~3 team", "team ~2", "te* work", "team-work", "a ~0 b"])
def test_what_is_not_in_the_phrase_language_is_refused(phrase):
    with pytest.raises(CatalogueError):
        expand(phrase)


def test_plain_wordings_leave_out_what_is_not_running_words():
    assert list(plain_wordings("(good) team work")) == ["team work", "good team work"]
    assert not list(plain_wordings("IT skills"))
    assert not list(plain_wordings("work ~3 team"))


_WORDS = st.sampled_from(["team", "work", "well", "in", "a"])


@given(st.lists(_WORDS, min_size=1, max_size=3), st.lists(_WORDS, max_size=12))
def test_all_places_of_a_phrase_are_found_and_no_other(phrase, words):
    text = " ".join(words)
    places = [
        at for at in range(len(words) - len(phrase) + 1) if words[at : at + len(phrase)] == phrase
    ]
    hits = PhraseIndex([(" ".join(phrase), "x")]).find(read_words(text))
    assert [one.first for one in hits] == places


def test_a_phrase_that_stands_twice_for_the_same_is_found_once():
    index = PhraseIndex([("team work", "x"), ("team work", "x")])
    assert len(index.find(read_words("team work"))) == 1
