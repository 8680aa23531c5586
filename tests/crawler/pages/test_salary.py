import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Salary
from crawler.pages.salary import parse_salary, salary_of


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("£38,114.53 to £44,469.24 a year", (38114.53, 44469.24, "year")),
        ("£24,465 to £24,465 a year", (24465, 24465, "year")),
        ("£27,580 a year", (27580, 27580, "year")),
        ("£12.62 an hour", (12.62, 12.62, "hour")),
        ("£1,850 a session", (1850, 1850, "session")),
        ("£3,000 a month", (3000, 3000, "month")),
        ("£150 a day", (150, 150, "day")),
        ("£500 per week", (500, 500, "week")),
        ("£25272.00", (25272, 25272, "year")),
        ("£25272.00 to £25272.00", (25272, 25272, "year")),
        ("£25.76", (25.76, 25.76, None)),
        ("£18,005 - £19,337 per annum (pro rata)", (18005, 19337, "year")),
        ("£24k–£26k p.a.", (24000, 26000, "year")),
        ("£24-26k", (24000, 26000, "year")),
        ("Between £20,000 and £30,000", (20000, 30000, "year")),
        ("£12 an hour, about £23,000 a year", (12, 12, "hour")),
        ("£30,000 a year plus £5 an hour on Sundays", (30000, 30000, "year")),
    ],
)
def test_pay_is_read(raw, expected):
    assert parse_salary(raw) == Salary(raw, *expected)


@pytest.mark.parametrize(
    "raw", ["Negotiable", "Depends on experience", "Competitive", "Band 3", "To be agreed (£)"]
)
def test_words_without_a_figure_stay_words(raw):
    assert parse_salary(raw) == Salary(raw)


@pytest.mark.parametrize("raw", ["", " ", "\n\t\u00a0"])
def test_nothing_is_nothing(raw):
    assert parse_salary(raw) is None


def test_white_space_is_collapsed():
    assert parse_salary(" £12\n   an\u00a0hour ") == Salary("£12 an hour", 12, 12, "hour")


@given(st.integers(1, 10**6), st.integers(0, 10**5), st.sampled_from(["year", "month", "hour"]))
def test_a_printed_range_is_read_back(low, more, period):
    high = low + more
    salary = parse_salary(f"£{low:,} to £{high:,} a {period}".replace("a hour", "an hour"))

    assert salary is not None
    assert (salary.minimum, salary.maximum, salary.period) == (low, high, period)


@given(st.text(max_size=100))
def test_any_text_is_kept_as_printed(text):
    salary = parse_salary(text)

    assert salary is None or salary.raw == " ".join(text.split())


@pytest.mark.parametrize(
    ("amount", "unit", "note", "expected"),
    [
        (7.55, "Hourly", "", Salary("£7.55 Hourly", 7.55, 7.55, "hour")),
        (18954, "Annually", "75% of £25,272", Salary(
            "£18,954.00 Annually, 75% of £25,272", 18954, 18954, "year"
        )),
        (300, "", "", Salary("£300.00", 300, 300, None)),
        (20000, "NotApplicable", "", Salary("£20,000.00 NotApplicable", 20000, 20000, "year")),
        (None, "Annually", "To be  agreed", Salary("To be agreed")),
        (0, "Annually", "", None),
    ],
)  # fmt: skip
def test_pay_given_as_a_number_is_read(amount, unit, note, expected):
    assert salary_of(amount, unit, note) == expected
