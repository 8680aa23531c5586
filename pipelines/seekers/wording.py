"""Words for people: dates, numbers and names as plain British English has them."""

from datetime import date


def long_date(day: date) -> str:
    """Return a day such as ``Monday 30 November 2026``."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def days_from_now(days: int) -> str:
    """Return ``today``, ``tomorrow`` or ``in 5 days``."""
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def listed(words: list[str], last: str = "and") -> str:
    """Return ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
