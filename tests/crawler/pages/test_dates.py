from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.dates import iso_date, london_time, long_date
from personspec.london import LONDON


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The closing date is 01 September 2026", date(2026, 9, 1)),
        ("1 september 2026", date(2026, 9, 1)),
        ("29 February 2028", date(2028, 2, 29)),
        ("3rd Sept 2026", date(2026, 9, 3)),
        ("between 31 June 2026 and 1 July 2026", date(2026, 7, 1)),
    ],
)
def test_long_dates_are_read(text, expected):
    assert long_date(text) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "29 February 2027", "1 Ma 2026", "1 Jux 2026", "2026"]
)
def test_what_is_no_date_gives_none(text):
    assert long_date(text) is None


@given(st.dates())
def test_every_day_is_read_back(day):
    assert long_date(f"{day.day} {day:%B} {day.year:04}") == day
    assert iso_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-01T12:00:00.123456789", datetime(2026, 7, 1, 11, 0, 0, 123456, UTC)),
        ("2026-01-01T12:00:00.123456", datetime(2026, 1, 1, 12, 0, 0, 123456, UTC)),
        ("2026-01-01T12:00:00", datetime(2026, 1, 1, 12, tzinfo=UTC)),
        ("2026-01-01", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-07-01T12:00:00Z", datetime(2026, 7, 1, 12, tzinfo=UTC)),
        ("2026-10-25T01:30:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-03-29T00:59:59", datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC)),
        ("2026-03-29T02:00:00", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ],
)
def test_local_times_become_utc(text, expected):
    assert london_time(text) == expected


@pytest.mark.parametrize("text", ["", "today", "2026-13-01T00:00:00", "12:00"])
def test_what_is_no_moment_gives_none(text):
    assert london_time(text) is None


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - printed local time
def test_a_local_time_survives_the_way_to_utc_and_back(moment):
    there = london_time(moment.isoformat())

    assert there is not None
    assert abs(there.astimezone(LONDON).replace(tzinfo=None) - moment) in {
        timedelta(0), timedelta(hours=1),
    }  # fmt: skip
