"""Dates as the boards print them."""

import re
from datetime import UTC, date, datetime

from personspec.london import LONDON

# fmt: off
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")
# fmt: on
_LONG = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_FRACTION = re.compile(r"(\.\d{6})\d+")


def long_date(text: str) -> date | None:
    """Return the first date such as ``01 September 2026`` in a text; None if it holds none."""
    for day, word, year in _LONG.findall(text):
        months = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(word.lower())]
        if len(months) == 1:
            try:
                return date(int(year), months[0], int(day))
            except ValueError:
                continue
    return None


def iso_date(text: str) -> date | None:
    """Return the date at the start of an ISO 8601 text; None if there is none."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def london_time(text: str) -> datetime | None:
    """Return an ISO 8601 moment in UTC; None if the text is none.

    A moment without a zone is taken as UK local time (NHS Jobs prints those, with up to nine
    digits of fraction, of which six are kept). In the repeated hour of October it is the first.
    """
    try:
        moment = datetime.fromisoformat(_FRACTION.sub(r"\1", text.strip()))
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=LONDON)
    return moment.astimezone(UTC)
