"""The timetable over the year: once a day whatever the clocks do, and caught up once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from apscheduler.schedulers.blocking import BlockingScheduler
from hypothesis import given
from hypothesis import strategies as st

from personspec.london import LONDON
from schedules.jobs import TASKS
from schedules.service import find_overdue, last_time, make_scheduler, make_trigger, next_times
from schedules.showing import clock_changes
from schedules.timetable import Entry, TimetableError, timetable

ENTRIES = timetable({"nhs_jobs": "NHS Jobs", "other": "Another board"})
DAILY = Entry("report", "Write the reports", "report", 7, 0)
WEEKLY = Entry("prune", "Delete what is old", "report", 3, 30, weekday="sun")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_entry_names_a_task_and_says_what_it_does(entry: Entry) -> None:
    assert entry.task in TASKS
    assert len(entry.meaning.split()) > 1


def test_ids_are_different() -> None:
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)


@pytest.mark.parametrize(
    ("hour", "minute", "jitter"), [(1, 0, 0), (1, 59, 0), (0, 50, 10), (0, 30, 120), (23, 59, 70)]
)
def test_no_entry_may_start_in_the_hour_that_comes_twice(
    hour: int, minute: int, jitter: int
) -> None:
    with pytest.raises(TimetableError, match="happens twice when the clocks go back"):
        Entry("x", "Do something", "report", hour, minute, jitter_min=jitter)


@pytest.mark.parametrize(("hour", "minute", "jitter"), [(0, 59, 0), (2, 0, 0), (0, 0, 59)])
def test_the_hours_around_it_are_free(hour: int, minute: int, jitter: int) -> None:
    assert Entry("x", "Do something", "report", hour, minute, jitter_min=jitter)


@given(st.integers(0, 23), st.integers(0, 59), st.dates(date(2026, 1, 1), date(2036, 1, 1)))
def test_a_daily_entry_runs_once_on_each_day_of_london(hour: int, minute: int, day: date) -> None:
    try:
        entry = Entry("x", "Do something", "report", hour, minute)
    except TimetableError:
        assert hour == 1
        return
    start = datetime(day.year, day.month, day.day, tzinfo=LONDON)
    times = next_times(entry, start, 5)
    assert [time.date() for time in times] == [day + timedelta(days=n) for n in range(5)]
    assert {(time.hour, time.minute) for time in times} == {(hour, minute)}


@pytest.mark.parametrize("entry", [*ENTRIES, WEEKLY], ids=lambda entry: entry.id)
@pytest.mark.parametrize("year", range(2026, 2032))
def test_the_shown_entries_keep_their_hour_over_the_changes_of_the_clock(
    entry: Entry, year: int
) -> None:
    for change in clock_changes(datetime(year, 1, 1, tzinfo=UTC)):
        for time in next_times(entry, change - timedelta(days=3), 3):
            assert (time.hour, time.minute) == (entry.hour, entry.minute)


def test_the_changes_of_the_clock_are_found() -> None:
    spring, autumn = clock_changes(datetime(2027, 1, 1, tzinfo=UTC))
    assert (spring.date(), autumn.date()) == (date(2027, 3, 28), date(2027, 10, 31))


def test_jitter_starts_later_and_never_earlier() -> None:
    entry = Entry("x", "Do something", "report", 5, 10, jitter_min=20)
    start = datetime(2026, 11, 2, tzinfo=LONDON)
    times = [make_trigger(entry).get_next_fire_time(None, start) for _ in range(50)]
    assert min(times) >= start.replace(hour=5, minute=10)
    assert max(times) <= start.replace(hour=5, minute=30)
    assert len(set(times)) > 1


NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("last", "overdue"),
    [
        (None, True),
        (NOON - timedelta(days=30), True),
        (NOON - timedelta(days=1), True),
        (NOON - timedelta(hours=5), False),
        (NOON - timedelta(minutes=1), False),
    ],
)
def test_what_was_missed_is_found_from_its_last_start(
    last: datetime | None, overdue: object
) -> None:
    starts = {"report": last} if last else {}
    assert find_overdue([DAILY], starts, NOON) == (["report"] if overdue else [])


def test_what_is_overdue_runs_at_once_in_the_order_of_the_timetable() -> None:
    scheduler = make_scheduler(ENTRIES, ["crawl-nhs_jobs", "report"])
    first, second = (scheduler.get_job(name).next_run_time for name in ("crawl-nhs_jobs", "report"))
    assert first < second < datetime.now(UTC) + timedelta(seconds=30)
    assert not hasattr(scheduler.get_job("expire"), "next_run_time")  # by its trigger alone


def test_a_weekly_entry_is_overdue_after_its_day() -> None:
    saturday_before = datetime(2026, 10, 31, 12, tzinfo=UTC)
    assert last_time(WEEKLY, NOON) == datetime(2026, 11, 1, 3, 30, tzinfo=LONDON)
    assert find_overdue([WEEKLY], {"prune": saturday_before}, NOON) == ["prune"]
    assert find_overdue([WEEKLY], {"prune": NOON - timedelta(days=3)}, NOON) == []


@pytest.fixture
def started() -> Iterator[BlockingScheduler]:
    """The scheduler of the service, running, with nothing due."""
    scheduler = make_scheduler(ENTRIES, [])
    scheduler._main_loop = lambda: None  # it would block
    scheduler.start()
    yield scheduler
    scheduler.shutdown()


def test_entries_are_never_doubled_and_done_late_rather_than_not(
    started: BlockingScheduler,
) -> None:
    jobs = {job.id: job for job in started.get_jobs()}
    assert set(jobs) == {*(entry.id for entry in ENTRIES), "heartbeat", "mail"}
    for entry in ENTRIES:
        job = jobs[entry.id]
        assert (job.coalesce, job.max_instances) == (True, 1)
        assert job.misfire_grace_time >= 3600
        assert job.next_run_time > datetime.now(UTC)
    assert str(started.timezone) == "Europe/London"


def test_mails_wait_neither_for_a_crawl_nor_for_their_entry(started: BlockingScheduler) -> None:
    job = started.get_job("mail")
    assert job.executor not in {started.get_job(entry.id).executor for entry in ENTRIES}
    assert job.trigger.interval == timedelta(minutes=5)
    assert job.max_instances == 1


def test_after_a_leap_of_the_clock_what_was_due_runs_once(
    started: BlockingScheduler, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that slept through the morning, or whose clock was set forward."""
    ran: list[str] = []
    daily = [entry.id for entry in ENTRIES if entry.weekday is None]
    due = max(started.get_job(name).next_run_time for name in daily)
    for job in started.get_jobs():
        started.modify_job(job.id, func=lambda *_, name=job.id: ran.append(name), args=())
    with time_machine.travel(due + timedelta(hours=3), tick=True):
        started._process_jobs()
        started._process_jobs()
        started._executors["default"]._pool.shutdown(wait=True)
    assert sorted(name for name in ran if name in daily) == sorted(daily)


def test_after_the_clock_is_set_back_nothing_runs_again(started: BlockingScheduler) -> None:
    before = {job.id: job.next_run_time for job in started.get_jobs()}
    with time_machine.travel(datetime.now(UTC) - timedelta(days=2), tick=True):
        started._process_jobs()
        assert {job.id: job.next_run_time for job in started.get_jobs()} == before
