"""Pay in JobPostings: the printed words before the figures beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Salary
from crawler.pages.job_posting_pay import posted_salary


def pay(unit: str = "YEAR", **amount: object) -> dict[str, object]:
    return {"currency": "GBP", "value": {"unitText": unit, **amount}}


@pytest.mark.parametrize(
    ("printed", "salary"),
    [
        (
            pay(value="£24,000 - £26,500 per annum (pro rata)", minValue="1", maxValue="2"),
            Salary("£24,000 - £26,500 per annum (pro rata)", 24_000, 26_500, "year"),
        ),
        # What old boards did: an hourly rate, and beside it some year's pay.
        (
            pay(value="£12.40 an hour", minValue="14069", maxValue="14069"),
            Salary("£12.40 an hour", 12.4, 12.4, "hour"),
        ),
        (
            pay(value="Hourly rate by experience", minValue=14069, maxValue=14069),
            Salary("Hourly rate by experience"),
        ),
        (
            pay(value="Band 5", minValue=31_049, maxValue="37,796"),
            Salary("Band 5", 31_049, 37_796, "year"),
        ),
        (pay(value="Negotiable", minValue=0, maxValue=0), Salary("Negotiable")),
        (
            pay(minValue=24_000, maxValue=26_500),
            Salary("GBP 24000 to 26500 YEAR", 24e3, 265e2, "year"),
        ),
        (
            pay(minValue=26_500, maxValue=24_000),
            Salary("GBP 24000 to 26500 YEAR", 24e3, 265e2, "year"),
        ),
        (pay("HUR", value=12.4), Salary("GBP 12.40 HUR", 12.4, 12.4, "hour")),
        (pay("YEAR", value=12.4), Salary("GBP 12.40 YEAR", 12.4, 12.4, None)),
        (pay("HOUR", value=24_000), Salary("GBP 24000 HOUR", 24_000, 24_000, None)),
        (pay("", value="24000"), Salary("GBP 24000", 24_000, 24_000, "year")),
        ({"currency": "EUR", "value": 24_000, "unitText": "YEAR"}, Salary("EUR 24000 YEAR")),
        (24_000, Salary("GBP 24000", 24_000, 24_000, "year")),
        ("£24,000 a year", Salary("£24,000 a year", 24_000, 24_000, "year")),
        ([pay(value="£24,000 a year")], Salary("£24,000 a year", 24_000, 24_000, "year")),
        (pay(value=-5), None),
        (pay(value=float("nan"), minValue="inf"), None),
        ([], None),
        (None, None),
        ({"value": []}, None),
    ],
)
def test_pay_is_read_as_printed_else_by_its_figures(printed: object, salary: Salary | None) -> None:
    assert posted_salary(printed) == salary


@given(st.floats() | st.integers(), st.floats() | st.integers())
def test_figures_are_amounts_in_order_or_nothing(low: float, high: float) -> None:
    salary = posted_salary(pay(minValue=low, maxValue=high))
    if salary is not None:
        assert salary.minimum is not None
        assert salary.maximum is not None
        assert 0 < salary.minimum <= salary.maximum < 10_000_000
