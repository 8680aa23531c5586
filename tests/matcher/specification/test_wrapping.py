"""What opens a line of its own, and what goes on with the one above."""

import pytest

from matcher.specification.wrapping import opens_entry, starts_anew


@pytest.mark.parametrize("line", ["• Typing", "3. Typing", "E4 Typing", "Desirable: Typing"])
def test_marks_open_an_entry(line):
    assert opens_entry(line)


@pytest.mark.parametrize("line", ["required by the post", "Excel and Word", "E-mail"])
def test_words_open_none(line):
    assert not opens_entry(line)


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("GCSE English or equivalent", "RSA III typing"),
        ("Knows medical terminology", "18-week pathways"),
        ("Calm with callers", "Negotiating skills"),
        ("Uses databases (e.g. Access)", "Good typing"),
        ("Keeps destruction schedules", "NHS structures"),
    ],
)
def test_a_finished_line_is_not_gone_on_with(before, line):
    assert starts_anew(before, line)


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("Experience of", "Microsoft Office"),
        ("Working towards the IHRIM", "Certificate"),
        ("Access to Health", "Records Act"),
        ("Skilled in the use of", "Good practice guides"),
    ],
)
def test_a_name_goes_on_over_the_line(before, line):
    assert not starts_anew(before, line)
