"""``personspec schedule``: the service that carries out the timetable, and what it will do.

One process with one lock. The timetable is declared in code and held in memory; what was missed
while the service was down is worked out from the store at its start, and caught up once.
"""

import os
import signal
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from time import monotonic
from types import FrameType

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from filelock import FileLock, Timeout

from personspec.folders import make_output_folder
from personspec.london import LONDON
from personspec.settings import Settings, load_settings
from pipelines.database import Store, open_store
from pipelines.types import JobRun
from schedules import jobs
from schedules.crawl import ALREADY_RUNNING, DONE
from schedules.logs import set_up_logs, tell
from schedules.metrics import serve_metrics
from schedules.sources import crawled_sources
from schedules.timetable import Entry, timetable

MISFIRE_GRACE = timedelta(hours=12)
"""A machine that was asleep or busy at the time still does the day's work."""

LONGEST_BACK = timedelta(days=8)
"""Every entry stands in the timetable at least once in so long."""

PATIENCE_S = 8.0
"""What is under way when the service ends may take so long; a child ends sooner."""

MAIL_EVERY = timedelta(minutes=5)
"""How often what is queued is looked through: greylisting servers let a mail in after minutes."""

log = structlog.get_logger(__name__)


def run_service() -> int:
    """Carry out the timetable until a signal ends it; return the exit code."""
    settings = load_settings()
    set_up_logs(settings, level="INFO")
    make_output_folder(settings)
    try:
        with FileLock(settings.output_dir / "schedule.lock", timeout=0):
            return _serve(settings)
    except Timeout:
        words = "The service runs already in another process: a second one would do all twice."
        tell(settings, words, level="warning")
        return ALREADY_RUNNING


def _serve(settings: Settings) -> int:
    entries = timetable(crawled_sources())
    store = open_store(settings.store_url)
    try:
        overdue = find_overdue(entries, last_starts(store, entries), datetime.now(UTC))
    finally:
        store.close()
    scheduler = make_scheduler(entries, overdue)
    if settings.metrics_port:
        serve_metrics(settings, settings.metrics_port)

    def end(number: int, _frame: FrameType | None) -> None:
        jobs.STOP.set()
        if scheduler.running:
            scheduler.shutdown(wait=False)
        log.info("ending", signal=signal.Signals(number).name)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    log.info("service started", entries=[entry.id for entry in entries], overdue=overdue)
    if not jobs.STOP.is_set():
        scheduler.start()
    _wait_for_what_is_under_way()
    log.info("service ended")
    return DONE


def _wait_for_what_is_under_way() -> None:
    deadline = monotonic() + PATIENCE_S
    for lock in (jobs.BUSY, jobs.MAILING):
        if not lock.acquire(timeout=max(0.0, deadline - monotonic())):
            log.warning("ended in the midst of an entry; it is begun anew at the next start")
            # A thread cannot be ended. Transactions and files are whole at any moment.
            os._exit(DONE)
        lock.release()


def make_scheduler(entries: Sequence[Entry], overdue: Sequence[str]) -> BlockingScheduler:
    """Return a scheduler, not started, that knows the timetable.

    Args:
        entries: The timetable.
        overdue: Ids of entries to be carried out at once, then as usual.
    """
    scheduler = BlockingScheduler(
        timezone=LONDON,
        jobstores={"default": MemoryJobStore()},
        # One thread: entries are carried out one after the other.
        # What must not wait for a crawl has threads of its own.
        executors={name: ThreadPoolExecutor(1) for name in ("default", "heartbeat", "mail")},
        job_defaults={
            "coalesce": True,
            "max_instances": 1,
            "misfire_grace_time": int(MISFIRE_GRACE.total_seconds()),
        },
    )
    now = datetime.now(UTC)
    for place, entry in enumerate(entries):
        at_once = {"next_run_time": now + timedelta(seconds=place)} if entry.id in overdue else {}
        scheduler.add_job(
            jobs.carry_out,
            make_trigger(entry),
            args=(entry.id, entry.task, *entry.arguments),
            id=entry.id,
            name=entry.meaning,
            **at_once,
        )
    scheduler.add_job(
        jobs.heartbeat, "interval", minutes=1, id="heartbeat", executor="heartbeat",
        misfire_grace_time=30,
    )  # fmt: skip
    scheduler.add_job(
        jobs.send_mail, "interval", seconds=int(MAIL_EVERY.total_seconds()), id="mail",
        executor="mail", next_run_time=now,
    )  # fmt: skip
    return scheduler


def make_trigger(entry: Entry, *, exact: bool = False) -> CronTrigger:
    """Return APScheduler's trigger of an entry; an exact one leaves the jitter out."""
    return CronTrigger(
        day_of_week=entry.weekday,
        hour=entry.hour,
        minute=entry.minute,
        jitter=None if exact else 60 * entry.jitter_min,
        timezone=LONDON,
    )


def last_starts(store: Store, entries: Sequence[Entry]) -> dict[str, datetime]:
    """Return when each entry was last carried out to its end; those never are left out.

    A crawl counts by its run, whoever started it, so that one by hand need not be repeated and
    one that was killed is gone on with.
    """
    done = {name: run.started_at for name, run in store.last_jobs().items() if _ended(run)}
    for entry in entries:
        if entry.task == "crawl":
            ended = [r for r in store.past_runs(*entry.arguments) if r.status in _ENDED_RUNS]
            done.pop(entry.id, None)
            if ended:
                done[entry.id] = ended[0].started_at
    return done


_ENDED_RUNS = ("finished", "failed")


def _ended(run: JobRun) -> bool:
    return run.outcome in {"done", "failed", "skipped"}


def find_overdue(
    entries: Sequence[Entry], starts: Mapping[str, datetime], now: datetime
) -> list[str]:
    """Return the ids of entries that were missed, in their order.

    Args:
        entries: The timetable.
        starts: When each was last started; an entry that never was is overdue.
        now: The present moment.
    """
    never = datetime.min.replace(tzinfo=UTC)
    return [entry.id for entry in entries if starts.get(entry.id, never) < last_time(entry, now)]


def last_time(entry: Entry, now: datetime) -> datetime:
    """Return the latest time at which the timetable has an entry, not after ``now``."""
    times = next_times(entry, now - LONGEST_BACK, 9)
    return max(time for time in times if time <= now)


def next_times(entry: Entry, after: datetime, count: int) -> list[datetime]:
    """Return the next times at which an entry stands in the timetable, in London's time."""
    trigger = make_trigger(entry, exact=True)
    times: list[datetime] = []
    moment = after
    for _ in range(count):
        time = trigger.get_next_fire_time(None, moment)
        times.append(time)
        moment = time + timedelta(seconds=1)
    return times
