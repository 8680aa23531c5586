from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.middlewares import retry_after_s

NOW = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"0", 0),
        (b" 120 ", 120),
        (b"Sun, 25 Oct 2026 00:32:00 GMT", 120),
        (b"Sun, 25 Oct 2026 01:32:00 +0100", 120),
        (b"Sat, 24 Oct 2026 00:00:00 GMT", 0),
        (b"Sun, 25 Oct 2026 00:31:00 -0000", 60),
    ],
)
def test_seconds_and_dates_are_understood(value, seconds):
    assert retry_after_s(value, NOW) == seconds


@pytest.mark.parametrize("value", [None, b"", b"soon", b"-5", b"1.5", b"\xb2", b"Sun, 99 Oct"])
def test_what_is_neither_gives_none(value):
    assert retry_after_s(value, NOW) is None


@given(st.integers(0, 10**7))
def test_a_date_means_the_same_as_its_seconds(seconds):
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True).encode()

    assert retry_after_s(date, NOW) == retry_after_s(str(seconds).encode(), NOW)


@given(st.binary(max_size=60))
def test_no_header_breaks_the_crawl(value):
    wait = retry_after_s(value, NOW)

    assert wait is None or wait >= 0
