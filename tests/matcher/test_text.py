import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.text import NO_BREAK, SENTENCE_BREAK, SOFT_BREAK, read_words


@given(st.text())
def test_every_word_keeps_the_place_it_was_printed_at(text):
    line = read_words(text)
    for printed, start, end in zip(line.printed, line.starts, line.ends, strict=True):
        assert text[start:end] == printed
    assert line.starts == sorted(line.starts)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GCSE’s", ["gcse"]),
        ("GCSE&#39;s", ["gcse", "s"]),
        ("NVQ3", ["nvq", "3"]),
        ("Word &amp;amp; Excel", ["word", "and", "excel"]),
        ("I.T. skills", ["it", "skills"]),
        ("don't", ["dont"]),
        ("a 2:2 degree", ["a", "2:2", "degree"]),
        ("ﬁling", ["filing"]),
        ("self-motivated", ["self", "motivated"]),
        ("&nbsp;IT", ["it"]),
    ],
)
def test_spellings_of_one_word_become_the_same(text, words):
    assert read_words(text).words == words


def test_breaks_tell_commas_and_sentence_ends_from_spaces():
    line = read_words("Calm, e.g. on the ward. Works well - always")
    breaks = dict(zip(line.words, line.breaks, strict=True))
    assert breaks["eg"] == SOFT_BREAK
    assert breaks["on"] == NO_BREAK
    assert breaks["works"] == SENTENCE_BREAK
    assert breaks["always"] == SENTENCE_BREAK


def test_a_range_of_grades_is_not_cut_at_its_dash():
    line = read_words("GCSE grade A - C")
    assert line.breaks[1:] == [NO_BREAK] * 3


def test_span_and_places_are_each_others_inverse():
    line = read_words("  Good team-working, and calm ")
    for first in range(len(line.words)):
        for last in range(first + 1, len(line.words) + 1):
            assert line.places(*line.span(first, last)) == (first, last)
