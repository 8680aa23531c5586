"""Marks of a line: importance and ways of assessing."""

import pytest

from matcher.specification.marks import Place, of_codes, to_criterion


@pytest.mark.parametrize(
    ("line", "text", "importance"),
    [
        ("Typing (E)", "Typing", "essential"),
        ("Typing [d].", "Typing", "desirable"),
        ("Typing - E", "Typing", "essential"),
        ("D: Typing", "Typing", "desirable"),
        ("E12 Typing", "Typing", "essential"),
        ("Desirable: Typing", "Typing", "desirable"),
        ("Vitamin D", "Vitamin D", "unknown"),
        ("GCSE grade D", "GCSE grade D", "unknown"),
    ],
)
def test_marks_of_importance(line, text, importance):
    found = to_criterion(line, Place("list"))
    assert (found.text, found.importance) == (text, importance)


@pytest.mark.parametrize(
    ("codes", "ways"),
    [
        ("A/I", ("application", "interview")),
        ("AF, I & T", ("application", "interview", "test")),
        ("Application form and interview", ("application", "interview")),
        ("AIT", ("application", "interview", "test")),
        ("References", ("references",)),
        ("A sense of humour", ()),
        ("", ()),
    ],
)
def test_ways_of_assessing(codes, ways):
    assert of_codes(codes) == ways


def test_ways_of_assessing_at_the_end_of_a_line_are_taken_off():
    found = to_criterion("Typing (E) (A/I)", Place("list", assessed_by=("test",)))
    assert (found.text, found.assessed_by) == ("Typing", ("test", "application", "interview"))


def test_the_line_wins_over_the_mark_and_the_mark_over_the_place():
    place = Place("table", "essential", "column")
    assert to_criterion("Typing", place).importance_source == "column"
    assert to_criterion("Typing (D)", place).importance == "desirable"
    assert to_criterion("Typing is essential (D)", place).importance_source == "inline"


def test_without_any_word_nothing_is_known():
    found = to_criterion("Typing", Place("list"))
    assert (found.importance, found.importance_source) == ("unknown", None)


@pytest.mark.parametrize(
    "line",
    [
        "E-mail and internet skills",
        "E-rostering experience",
        "GCSE English at grades A-E",
        "GCSE English at grades A - E",
        "Knowledge of vitamin D",
    ],
)
def test_letters_that_are_words_are_no_marks(line):
    criterion = to_criterion(line, Place("list"))
    assert (criterion.text, criterion.importance) == (line, "unknown")


@pytest.mark.parametrize(
    "line", ["Typing - E", "Typing – E", "E - Typing", "E: Typing", "E1 Typing"]
)
def test_letters_apart_from_the_words_are_marks(line):
    criterion = to_criterion(line, Place("list"))
    assert (criterion.text, criterion.importance) == ("Typing", "essential")


def test_a_letter_alone_is_a_mark_left_of_the_ways_of_assessing():
    criterion = to_criterion("Typing at 50 wpm D A/I", Place("list"))
    assert (criterion.text, criterion.importance) == ("Typing at 50 wpm", "desirable")
    assert criterion.assessed_by == ("application", "interview")
