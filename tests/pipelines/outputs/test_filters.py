from datetime import UTC, datetime
from typing import Any

import pytest

from personspec.exceptions import UsageError
from pipelines.outputs.filters import ReportFilter

ROW = {
    "employer": "Vale of Eastmere NHS Foundation Trust",
    "pay_band": "3",
    "region": "North West",
    "status": "open",
}
DAY = datetime(2026, 11, 2, tzinfo=UTC)


def test_what_is_not_asked_holds_nothing_back() -> None:
    assert ReportFilter.of().passes(dict.fromkeys(ROW), None)


@pytest.mark.parametrize(
    ("asked", "passes"),
    [
        ({"employers": ["eastmere"]}, True),
        ({"employers": ["Westmere", "EASTMERE nhs"]}, True),
        ({"employers": ["Westmere"]}, False),
        ({"bands": ["Band 3"]}, True),
        ({"bands": ["2", "8A"]}, False),
        ({"regions": ["north west"]}, True),
        ({"regions": ["Wales"]}, False),
        ({"statuses": ["Open", "expired"]}, True),
        ({"statuses": ["withdrawn"]}, False),
        ({"bands": ["3"], "regions": ["Wales"]}, False),
    ],
)
def test_one_value_of_each_field_must_hold(asked: dict[str, Any], *, passes: bool) -> None:
    assert ReportFilter.of(**asked).passes(ROW, None) is passes


def test_what_had_closed_before_a_day_is_left_out() -> None:
    since = ReportFilter.of(since=DAY)
    assert since.passes(ROW, None)
    assert since.passes(ROW, DAY)
    assert not since.passes(ROW, datetime(2026, 11, 1, tzinfo=UTC))


@pytest.mark.parametrize("asked", [{"bands": ["11"]}, {"regions": ["Mars"]}, {"statuses": ["x"]}])
def test_a_value_that_does_not_exist_names_those_that_do(asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"There is no .*: it is .* or .*\."):
        ReportFilter.of(**asked)


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_employer_is_refused_and_does_not_mean_all(empty: str) -> None:
    with pytest.raises(UsageError, match="An employer is empty"):
        ReportFilter.of(employers=["Westmere", empty])
