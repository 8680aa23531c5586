"""Bullets, numbers, sentences and wrapped lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.specification.lines import (
    clean,
    heal_wrapped,
    sentences,
    split_inline_bullets,
    strip_bullet,
    without_impossible,
)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("• Typing", "Typing"),
        ("\uf0b7  Typing", "Typing"),
        ("➢Typing", "Typing"),
        ("- Typing", "Typing"),
        ("–Typing", "Typing"),
        ("o Typing", "Typing"),
        ("1. Typing", "Typing"),
        ("12) Typing", "Typing"),
        ("(a) Typing", "Typing"),
        ("iv. Typing", "Typing"),
        ("1.2 Typing", "Typing"),
        ("3.Typing", "Typing"),
    ],
)
def test_bullets_and_numbers_are_taken_off(line, text):
    assert strip_bullet(line) == (text, True)


@pytest.mark.parametrize(
    "line",
    [
        "5 GCSEs at grade 4",
        "2.5 years of coding",
        "Over 18",
        "A level English",
        "on time",
        "I am calm",
        "(E) alone",
        "37.5 hours a week",
        "e-mail",
    ],
)
def test_what_only_looks_like_a_number_stays(line):
    assert strip_bullet(line) == (line, False)


def test_white_space_is_collapsed_and_invisible_characters_dropped():
    assert clean(" Good\u00a0\u2009 team\u200b\n work\ufeff ") == "Good team work"


def test_characters_no_text_has_are_dropped():
    assert without_impossible("a\x00b\ud800c") == "abc"


def test_bullets_within_a_line_part_it():
    assert split_inline_bullets("Skills: • one • two") == ["Skills:", "• one", "• two"]


def test_abbreviations_end_no_sentence():
    assert sentences("Uses tools, e.g. Excel. Types fast.") == [
        "Uses tools, e.g. Excel.",
        "Types fast.",
    ]


def test_a_wrapped_line_is_healed_and_a_new_one_is_not():
    lines = ["Knows the rules of", "filing", "Types fast (copy", "and audio)", "• Calm"]
    assert heal_wrapped(lines) == [
        "Knows the rules of filing",
        "Types fast (copy and audio)",
        "• Calm",
    ]


def test_a_bullet_alone_takes_the_next_line():
    assert heal_wrapped(["•", "Typing"]) == ["• Typing"]


@given(st.text())
def test_taking_bullets_off_never_invents_text(text):
    stripped, _ = strip_bullet(text)
    assert stripped in text
    assert stripped == stripped.strip()


@given(st.lists(st.text(alphabet="aB .,(-•1\n", max_size=30), max_size=20))
def test_healing_loses_no_letter(lines):
    joined = "".join("".join(heal_wrapped(lines)).split())
    assert joined == "".join("".join(lines).split())
