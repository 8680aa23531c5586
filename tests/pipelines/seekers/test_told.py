from datetime import date, timedelta
from typing import Any

import pytest

from pipelines.seekers.subscription import Subscription, period_due
from pipelines.seekers.told import Telling, changes_since, reminder_due, told_facts
from tests.pipelines.seekers.people import COMMUNICATION, NOW, TODAY, open_vacancy, profile


def telling(days_ago: int = 1, **facts: Any) -> Telling:
    at = NOW - timedelta(days=days_ago)
    return Telling(at, at.date(), told_facts(open_vacancy(**facts)))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"closing_date": date(2026, 12, 27)},
            "Closing date: was Sunday 20 December 2026, now Sunday 27 December 2026.",
        ),
        ({"closing_date": None}, "Closing date: was Sunday 20 December 2026, now not given."),
        ({"salary": "£27,000"}, "Salary: was £25,272 a year, now £27,000."),
        ({"criteria": (COMMUNICATION,)}, "The person specification has changed."),
        ({"reopened_at": NOW}, "It had closed and is open again."),
    ],
)
def test_a_change_is_told_against_what_this_reader_knew(
    changes: dict[str, Any], sentence: str
) -> None:
    assert changes_since(telling(), open_vacancy(**changes)) == (sentence,)


def test_what_is_the_same_is_no_change() -> None:
    assert changes_since(telling(), open_vacancy(first_seen=NOW, may_close_early=True)) == ()
    assert changes_since(telling(0), open_vacancy(reopened_at=NOW - timedelta(days=3))) == ()


def due(days_left: int, *told_at_days_left: int, moved: bool = False) -> int | None:
    closing = TODAY + timedelta(days=days_left)
    before = closing - timedelta(days=30 if moved else 0)
    tellings = [telling(told - days_left, closing_date=before) for told in told_at_days_left]
    return reminder_due(tellings, open_vacancy(closing_date=closing), TODAY)


@pytest.mark.parametrize(
    ("days_left", "told", "reminder"),
    [
        (8, (20,), None),
        (7, (20,), 7),
        (6, (20, 7), None),
        (4, (20,), 7),
        (3, (20, 7), 3),
        (3, (20,), 3),
        (2, (20, 7, 3), None),
        (0, (20, 7), 3),
        (5, (6,), None),
        (3, (6,), 3),
        (1, (2,), None),
    ],
)
def test_a_reader_is_reminded_once_at_seven_and_once_at_three_days(
    days_left: int, told: tuple[int, ...], reminder: int | None
) -> None:
    assert due(days_left, *told) == reminder


def test_a_closing_date_that_moved_is_reminded_of_anew() -> None:
    assert due(7, 20, 8, moved=True) == 7


MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("frequency", "weekday", "today", "last", "period"),
    [
        ("daily", 0, MONDAY, None, MONDAY),
        ("daily", 0, MONDAY, MONDAY, None),
        ("daily", 0, MONDAY, MONDAY - timedelta(days=1), MONDAY),
        ("weekly", 0, MONDAY, None, MONDAY),
        ("weekly", 0, MONDAY, MONDAY - timedelta(days=7), MONDAY),
        ("weekly", 0, MONDAY + timedelta(days=2), MONDAY, None),
        # Missed on its day: it comes late, for the period it belongs to.
        ("weekly", 0, MONDAY + timedelta(days=2), MONDAY - timedelta(days=7), MONDAY),
        # The day was moved from Monday to Tuesday: not two in two days.
        ("weekly", 1, MONDAY + timedelta(days=1), MONDAY, None),
        # From daily to weekly on a day that had its digest.
        ("weekly", 0, MONDAY, MONDAY, None),
    ],
)
def test_a_digest_is_due_once_a_period(
    frequency: Any, weekday: int, today: date, last: date | None, period: date | None
) -> None:
    assert period_due(Subscription(profile(), frequency, weekday), today, last) == period
