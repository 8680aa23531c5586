"""Bands of Agenda for Change in print."""

import re

_BAND = re.compile(r"\bband\s*(\d)\s*([a-d])?\b", re.IGNORECASE)


def parse_band(text: str) -> tuple[str | None, str]:
    """Return the first band of a text, ``2`` to ``9`` or ``8a`` to ``8d``, and its words.

    (None, "") if the text names none.
    """
    found = _BAND.search(text)
    return (f"{found[1]}{(found[2] or '').lower()}", found[0]) if found else (None, "")
