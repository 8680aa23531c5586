from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Salary
from pipelines.facts.pay import Band, annual_salary, find_band, load_pay_tables
from tests.pipelines.factories import vacancy

YEAR = date(2026, 10, 1)


def infer(minimum: float, maximum: float | None = None, **changes: Any) -> Band:
    salary = Salary("£", minimum, minimum if maximum is None else maximum, "year")
    printed = {"band": None, "band_raw": "", "posted_date": YEAR, "pay_scheme": ""}
    return find_band(vacancy(salary=salary, **(printed | changes)))


@pytest.mark.parametrize(
    ("minimum", "maximum", "band", "table"),
    [
        (25272, 25272, "2", "england-2026-27"),
        (25760, 27476, "3", "england-2026-27"),
        (39959, 48117, "6", "england-2026-27"),
        (112782, 129783, "9", "england-2026-27"),
        (28819, 31626, "4", "wales-2026-27"),
        (43231, 52679, "6", "scotland-2026-27"),
        # With high cost area supplements, to the penny or cut to the pound.
        (31554, 33270, "3", "england-2026-27 + inner London"),
        (34186, 37388.40, "4", "england-2026-27 + inner London"),
        (34186, 37388, "4", "england-2026-27 + inner London"),
        (26618, 26618, "2", "england-2026-27 + fringe"),
    ],
)
def test_a_salary_that_only_one_band_pays_gives_the_band(
    minimum: float, maximum: float, band: str, table: str
) -> None:
    assert infer(minimum, maximum) == Band(band, "inferred", table)


@pytest.mark.parametrize(
    "ends",
    [
        (26300, 26300),  # Wales: bands 2 and 3 begin alike
        (25000, 30000),
        (25272, 31157),  # from one band into another
        (25270, 25270),
    ],
)
def test_a_salary_of_no_band_or_of_several_gives_none(ends: tuple[float, float]) -> None:
    assert infer(*ends) == Band()


def test_another_pay_scheme_sets_pay_of_its_own() -> None:
    assert infer(25272, pay_scheme="Other") == Band()
    assert infer(25272, pay_scheme="Agenda for change").band == "2"


def test_hourly_pay_gives_no_band() -> None:
    salary = Salary("£12.92 an hour", 12.92, 12.92, "hour")
    assert find_band(vacancy(salary=salary, band=None)) == Band()


def test_the_printed_band_counts_whatever_is_paid() -> None:
    assert infer(18954, band="2") == Band("2", "printed", None)
    assert infer(25760, 27476, band="3") == Band("3", "printed", "england-2026-27")
    assert infer(25760, 27476, band="5") == Band("5", "printed", None)


def test_the_table_is_the_one_in_force_when_the_advert_ran() -> None:
    assert infer(24465, posted_date=date(2025, 6, 1)).table == "england-2025-26"
    # An advert of April that still prints the pay of March.
    assert infer(24465, posted_date=date(2026, 4, 2)).table == "england-2025-26"


@pytest.mark.parametrize("table", load_pay_tables(), ids=lambda table: table.name)
def test_pay_rises_with_each_band_and_each_point(table: Any) -> None:
    assert table.first_day < table.last_day
    tops = [ladder[-1] for ladder in table.bands.values()]
    assert tops == sorted(tops)
    assert all(list(ladder) == sorted(ladder) for ladder in table.bands.values())


@pytest.mark.parametrize(
    ("salary", "expected"),
    [
        (Salary("£25,272 a year", 25272, 27476, "year"), (25272, 27476)),
        (Salary("£2,000 a month", 2000, 2100, "month"), (24000, 25200)),
        (Salary("£500 a week", 500, 500, "week"), (26071.5, 26071.5)),
        (Salary("£100 a day", 100, 100, "day"), (26071.5, 26071.5)),
        (Salary("£12.92 an hour", 12.92, 12.92, "hour"), (25263.28, 25263.28)),
        (Salary("£150 a session", 150, 150, "session"), (None, None)),
        (Salary("Negotiable"), (None, None)),
        (Salary("£25.76", 25.76, 25.76, None), (None, None)),
        (Salary("£12,636 a year actual salary", 12636, 12636, "year"), (None, None)),
        (None, (None, None)),
    ],
)
def test_a_salary_is_that_of_a_year_of_full_time_work(
    salary: Salary | None, expected: tuple[float | None, float | None]
) -> None:
    assert annual_salary(salary) == expected


@given(
    st.floats(0, 1e6), st.floats(0, 1e6), st.sampled_from(["year", "month", "week", "day", "hour"])
)
def test_the_order_of_two_salaries_stays(low: float, high: float, period: Any) -> None:
    low, high = sorted((low, high))
    minimum, maximum = annual_salary(Salary("£", low, high, period))
    assert minimum is not None
    assert maximum is not None
    assert minimum <= maximum
