"""Moments and numbers as people write them."""

from datetime import datetime

from personspec.london import LONDON


def day_in_words(moment: datetime) -> str:
    """Return the day in London, e.g. ``22 November 2026``."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y}"


def moment_in_words(moment: datetime) -> str:
    """Return the moment in London, e.g. ``22 November 2026, 05:10``."""
    return f"{day_in_words(moment)}, {moment.astimezone(LONDON):%H:%M}"
