"""What a JobPosting says of pay."""

import re
from dataclasses import replace
from typing import Any

from crawler.items import Salary, SalaryPeriod
from crawler.pages.json_values import one_value
from crawler.pages.salary import parse_salary

_PERIODS: dict[str, SalaryPeriod] = {
    "hour": "hour", "hourly": "hour", "hur": "hour",
    "day": "day", "daily": "day",
    "week": "week", "weekly": "week", "wee": "week",
    "month": "month", "monthly": "month", "mon": "month",
    "year": "year", "yearly": "year", "annum": "year", "ann": "year", "annual": "year",
}  # fmt: skip
_SHORT_PERIOD = re.compile(r"hour|session|bank rate", re.IGNORECASE)
_LEAST_YEARLY = 1_000
"""Less is nobody's pay for a year, and more nobody's for an hour (crawler.pages.salary)."""

_MOST = 10_000_000
"""Pounds; more is no pay, nor are infinity and what is not a number."""


def posted_salary(value: object) -> Salary | None:
    """Return what is paid: by the printed words where there are any, else by the figures.

    The words win because the figures beside them are often wrong: an hourly rate turned into
    some year's pay under the unit YEAR.
    """
    if isinstance(value, list):
        value = next(iter(value), None)
    pay: dict[str, Any] = value if isinstance(value, dict) else {"value": value}
    amount = pay["value"] if isinstance(pay.get("value"), dict) else pay
    words = one_value(amount.get("value"))
    printed = None if _figure(words) is not None else parse_salary(words)
    if printed is not None and printed.minimum is not None:
        return printed
    figures = _by_figures(amount, _currency(pay), _unit(amount) or _unit(pay))
    if printed is None or figures is None:
        return figures or printed
    if _SHORT_PERIOD.search(printed.raw) and figures.period == "year":
        return printed
    return replace(figures, raw=printed.raw)


def _currency(value: dict[str, Any]) -> str:
    name = one_value(value.get("currency") or value.get("currencyCode")).upper()
    return "GBP" if name in {"", "£"} else name


def _unit(amount: dict[str, Any]) -> str:
    return one_value(amount.get("unitText") or amount.get("unitCode"))


def _by_figures(amount: dict[str, Any], currency: str, unit: str) -> Salary | None:
    low = _number(one_value(amount.get("minValue"))) or _number(one_value(amount.get("value")))
    high = _number(one_value(amount.get("maxValue"))) or low
    low = low or high
    if low is None or high is None:
        return None
    low, high = sorted((low, high))
    figures = " to ".join(dict.fromkeys(f"{one:.2f}".removesuffix(".00") for one in (low, high)))
    raw = f"{currency} {figures} {unit}"
    if currency != "GBP":
        return Salary(raw.strip())
    period = _PERIODS.get(unit.lower().removeprefix("per").strip())
    too_small = period in {None, "year"} and high < _LEAST_YEARLY
    too_great = period == "hour" and low >= _LEAST_YEARLY
    if period is None and not too_small:
        period = "year"
    return Salary(raw.strip(), low, high, None if too_small or too_great else period)


def _number(text: str) -> float | None:
    """Return a positive amount such as ``18,005.50``; None for anything else, and for nought."""
    number = _figure(text)
    return number if number is not None and 0 < number < _MOST else None


def _figure(text: str) -> float | None:
    """Return the number that a text is, whatever it is worth; None if it is words."""
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
