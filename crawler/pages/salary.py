"""Pay as the boards print it."""

import re

from crawler.items import Salary, SalaryPeriod

_AMOUNT = r"(?:£|GBP)\s*(\d[\d,]*(?:\.\d+)?)(k\b)?"
_RANGE = re.compile(
    rf"{_AMOUNT}\s*(?:to|and|-|–|—)\s*(?:£|GBP)?\s*(\d[\d,]*(?:\.\d+)?)(k\b)?", re.IGNORECASE
)
_SINGLE = re.compile(_AMOUNT, re.IGNORECASE)
_PERIODS: tuple[tuple[SalaryPeriod, str], ...] = (
    ("hour", r"(?:an|per|/)\s*hour|\bhourly|\bp\.?h\b"),
    ("session", r"(?:a|per|/)\s*session\b|\bsessional"),
    ("day", r"(?:a|per|/)\s*day\b|\bdaily"),
    ("week", r"(?:a|per|/)\s*week\b|\bweekly"),
    ("month", r"(?:a|per|/)\s*month\b|\bmonthly"),
    ("year", r"(?:a|per|/)\s*year\b|\bper annum\b|\bp\.?a\b|\bannually|\byearly"),
)
_LEAST_YEARLY = 1_000.0
"""Where no period is printed: less than this is nobody's yearly pay. A session's fee above it
would be taken for one."""


def parse_salary(text: str) -> Salary | None:
    """Return what is paid; None if the text is blank.

    The first range, else the first amount, counts; allowances printed after it do not. Words
    such as ``Negotiable`` give a Salary with ``raw`` only.
    """
    raw = " ".join(text.split())
    if not raw:
        return None
    found = _RANGE.search(raw)
    if found:
        low_k, high_k = found[2] or found[4], found[4]
        minimum, maximum = _pounds(found[1], low_k), _pounds(found[3], high_k)
    elif found := _SINGLE.search(raw):
        minimum = maximum = _pounds(found[1], found[2])
    else:
        return Salary(raw)
    return Salary(raw, minimum, maximum, _period(raw[found.end() :], maximum))


def salary_of(amount: float | None, unit: str, note: str = "") -> Salary | None:
    """Return pay that a board gives as a number and not in words.

    Args:
        amount: In pounds; None or 0 if the board names no figure.
        unit: What it is paid for, in the board's word: ``Hourly``, ``Annually`` …
        note: What the board says beside it; alone it gives a Salary with ``raw`` only.
    """
    figure = f"£{amount:,.2f} {unit}".strip() if amount else ""
    raw = ", ".join(part for part in (figure, " ".join(note.split())) if part)
    if not amount:
        return Salary(raw) if raw else None
    return Salary(raw, amount, amount, _period(unit, amount))


def _pounds(digits: str, thousands: str | None) -> float:
    return float(digits.replace(",", "")) * (1_000 if thousands else 1)


def _period(words: str, amount: float) -> SalaryPeriod | None:
    """Return the period named first after the amount; by its size if none is named."""
    places = [
        (found.start(), period)
        for period, pattern in _PERIODS
        if (found := re.search(pattern, words, re.IGNORECASE))
    ]
    if places:
        return min(places)[1]
    return "year" if amount >= _LEAST_YEARLY else None
