"""When a subscriber is due: daily, or weekly on a chosen day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pipelines.seekers.profile import Profile

Frequency = Literal["daily", "weekly"]
Status = Literal["unconfirmed", "active", "paused", "unsubscribed"]

STATUSES: tuple[Status, ...] = ("unconfirmed", "active", "paused", "unsubscribed")

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FEWEST_DAYS = 4
"""Between two weekly digests, when somebody moves the day."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a subscriber wants, without who it is."""

    profile: Profile
    frequency: Frequency = "weekly"
    weekday: int = 0
    """0 is Monday."""


def period_due(subscription: Subscription, today: date, last: date | None) -> date | None:
    """Return the first day of the period whose digest is due; None if none is.

    A weekly digest that was missed on its day is due until the next one: it comes late, once.

    Args:
        subscription: How often, and on which day.
        today: The day in London.
        last: First day of the latest period that had a digest.
    """
    if subscription.frequency == "daily":
        return today if last is None or last < today else None
    start = today - timedelta(days=(today.weekday() - subscription.weekday) % 7)
    if last is None:
        return start
    return start if (start - last).days >= FEWEST_DAYS else None
