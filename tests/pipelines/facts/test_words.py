import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.facts.words import contract_type_of, months_of, working_patterns_of


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Permanent", "permanent"),
        ("Fixed-Term", "fixed-term"),
        ("Fixed term", "fixed-term"),
        ("BANK", "bank"),
        ("NHS Reservist", "reservist"),
        ("Contract of a kind nobody knows", None),
        ("", None),
    ],
)
def test_contract_types_are_put_in_one_word(printed: str, expected: str | None) -> None:
    assert contract_type_of(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Full-time, Part-time, Flexible working", ("flexible-working", "full-time", "part-time")),
        ("Full time, Full-time", ("full-time",)),
        ("Home or remote working", ("remote-working",)),
        ("Part time and Job share", ("job-share", "part-time")),
        ("Term time hours", ("term-time",)),
        ("Nights", ()),
        ("", ()),
    ],
)
def test_working_patterns_are_put_in_normal_words(printed: str, expected: tuple[str, ...]) -> None:
    assert working_patterns_of(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("12 months", 12),
        ("12 Month fixed term", 12),
        ("1 year", 12),
        ("2 years 6 months", 30),
        ("twelve months", 12),
        ("twenty-four months", 24),
        ("26 weeks", 6),
        ("18-month secondment", 18),
        ("6-12 months", None),
        ("6 to 12 months", None),
        ("until March 2027", None),
        ("", None),
    ],
)
def test_the_length_of_a_fixed_term_is_in_months(printed: str, expected: int | None) -> None:
    assert months_of(printed) == expected


@given(st.text())
def test_any_text_is_read_without_error(printed: str) -> None:
    contract_type_of(printed)
    assert list(working_patterns_of(printed)) == sorted(set(working_patterns_of(printed)))
    months = months_of(printed)
    assert months is None or months >= 0
