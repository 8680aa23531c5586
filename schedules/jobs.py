"""What the service does, one function an entry of the timetable; each can be run by hand too.

Every one is safe to repeat and leaves nothing half done when it is killed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event, Lock

import structlog

from personspec.exceptions import PersonspecError
from personspec.london import LONDON
from personspec.settings import load_settings
from personspec.wording import counted
from pipelines.database import Store, open_store
from pipelines.health import clock_doubt, judge_source, load_rules
from pipelines.mail.identity import identity_of
from pipelines.mail.smtp import ServerSettings
from pipelines.outputs.report import write_report
from pipelines.subscriptions import Subscriptions, delete_outdated
from pipelines.types import JobOutcome
from schedules.annotating import annotate_stored
from schedules.archiving import KEPT_DAYS, delete_archives, find_old
from schedules.backing import back_up_by_schedule, has_nothing
from schedules.children import Ended, run_child
from schedules.crawl import ALREADY_RUNNING, DONE, crawl_command
from schedules.digesting import send as send_digests
from schedules.metrics import write_metrics
from schedules.reporting import source_notes
from schedules.sending import send_now
from schedules.sources import health_notes, judge_sources
from schedules.terminal import for_people

STOP = Event()
"""Set when the service is to end: whatever runs ends as soon as it can."""

BUSY = Lock()
"""Held while an entry is carried out."""

MAILING = Lock()
"""Held while mails are sent between the entries."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of carrying out an entry."""

    outcome: JobOutcome
    detail: str
    """One sentence."""


def carry_out(entry: str, task: str, *arguments: str) -> None:
    """Carry out an entry of the timetable, note in the store what came of it, write the metrics.

    Args:
        entry: Its id.
        task: Name of the function here.
        arguments: What the function is given.
    """
    settings = load_settings()
    with BUSY, _opened() as store:
        if STOP.is_set():
            return
        number = store.start_job(entry)
        log.info("started", entry=entry)
        result = Result("failed", "An error nobody had foreseen; the log has it.")
        try:
            result = TASKS[task](*arguments)
        except PersonspecError as error:
            result = Result("failed", str(error))
        finally:  # an unforeseen error goes on to the scheduler, which logs it
            store.finish_job(number, result.outcome, result.detail)
            say = log.error if result.outcome == "failed" else log.info
            say("ended", entry=entry, outcome=result.outcome, detail=result.detail)
            write_metrics(store, settings)


def crawl(source: str) -> Result:
    """Crawl a source in a child process, unless it is paused."""
    settings = load_settings()
    with _opened() as store:
        health = judge_source(source, store.past_runs(source), load_rules())
        if health.paused_until and health.paused_until > datetime.now(UTC):
            return Result(
                "skipped",
                f"{source} has failed {counted(health.failures, 'time')} in a row "
                f"({', '.join(health.classes)}); it is left alone until "
                f"{for_people(health.paused_until)}.",
            )
        since = datetime.now(UTC) - timedelta(seconds=1)
        limit_s = settings.crawl_limit_hours * 3600
        logs = {"PERSONSPEC_LOG_FORMAT": settings.log_format}
        ended = run_child(crawl_command(source), logs, limit_s=limit_s, stop=STOP)
        if ended.ending == "too long":
            problem = f"the crawl took longer than {settings.crawl_limit_hours:g} hours"
            store.fail_unended(source, problem, since=since, stopped_too=True)
        elif ended.ending == "exited":
            problem = f"the crawl process ended without its run, with code {ended.code}"
            store.fail_unended(source, problem, since=since)
        runs = store.past_runs(source, limit=1)
    problems = " ".join(f"{problem}." for problem in runs[0].problems) if runs else ""
    return _crawl_result(source, ended, problems)


def _crawl_result(source: str, ended: Ended, problems: str) -> Result:
    if ended.ending == "stopped":
        return Result("stopped", f"{source}: the service ended; the next start goes on with it.")
    if ended.ending == "too long":
        return Result("failed", f"{source}: the crawl took too long and was ended.")
    if ended.code == ALREADY_RUNNING:
        return Result("skipped", f"{source} is being crawled by another process.")
    if ended.code == DONE:
        return Result("done", f"{source}: the run is healthy.")
    return Result("failed", f"{source}: the crawl failed. {problems}")


def annotate() -> Result:
    """Read and match again what older versions have annotated: nothing, but after a change."""
    return Result("done", f"Adverts read and matched again: {annotate_stored()}.")


def expire() -> Result:
    """Close what is past its closing date, of every source, if the clock may be believed."""
    now = datetime.now(UTC)
    with _opened() as store:
        if doubt := clock_doubt(store.past_runs(), now):
            return Result("failed", f"Nothing was closed by its date: {doubt}. Set the clock.")
        return Result(
            "done", f"{counted(store.close_expired(now), 'vacancy', 'vacancies')} closed by date."
        )


def report() -> Result:
    """Write the reports, unless every source's latest crawl has failed."""
    settings = load_settings()
    with _opened() as store:
        if doubt := _doubt(store):
            return Result("skipped", f"The last reports stay as they are. {doubt}")
        written = write_report(
            store,
            settings.output_dir,
            today=datetime.now(LONDON).date(),
            sources=source_notes(store),
        )
        notes = " ".join(health_notes(judge_sources(store)))
    return Result(
        "done", f"{counted(written.vacancies, 'vacancy', 'vacancies')} reported. {notes}".strip()
    )


def digest() -> Result:
    """Send the digests that are due, if a mail server is set and a source can be believed."""
    if not load_settings().smtp_host:
        return Result("skipped", "No mail server is set.")
    with _opened() as store:
        if doubt := _doubt(store):
            return Result("skipped", f"No digest is sent. {doubt}")
    code = send_digests(dry_run=False, as_json=True, ended=STOP.is_set)
    if code == DONE:
        return Result("done", "What was due is sent.")
    if code == ALREADY_RUNNING:
        return Result("done", "What was due is queued; who is sending already sends it too.")
    return Result("failed", "Not every digest could be sent: personspec digest send says more.")


def _doubt(store: Store) -> str:
    """Return why nothing may be published: no source's latest crawl can be believed."""
    healths = [health for health in judge_sources(store) if health.last_run]
    believed = not healths or any(health.is_healthy for health in healths)
    return "" if believed else " ".join(health_notes(healths))


def retain() -> Result:
    """Delete what is kept of job seekers no longer, and ask the silent ones; sources play no part.

    Without a mail server nobody is asked, and the deletions are done all the same.
    """
    settings, now = load_settings(), datetime.now(UTC)
    with _opened() as store:
        # A clock that leapt a year would delete everybody.
        if doubt := clock_doubt(store.past_runs(), now):
            return Result("failed", f"Nothing was deleted of job seekers: {doubt}. Set the clock.")
        deleted, asked = sum(delete_outdated(store, now).values()), 0
        if settings.smtp_host:
            asked = Subscriptions(store, identity_of(settings)).keep_or_ask(now).asked
    return Result(
        "done", f"{counted(deleted, 'subscription')} deleted, {counted(asked, 'job seeker')} asked."
    )


def prune() -> Result:
    """Delete page archives older than they may be kept, with the contact details in them."""
    settings = load_settings()
    folder = settings.page_archive_dir
    old = find_old(folder, timedelta(days=KEPT_DAYS), datetime.now(UTC))
    with _opened() as store:
        if old and (doubt := clock_doubt(store.past_runs(), datetime.now(UTC))):
            return Result("failed", f"No page archive was deleted: {doubt}. Set the clock.")
    delete_archives(folder, old, settings)
    archives = counted(len(old), "page archive")
    return Result("done", f"{archives} older than {KEPT_DAYS} days deleted.")


def backup() -> Result:
    """Write a backup of the store, and delete the service's own beyond those to be kept."""
    settings = load_settings()
    if not settings.backups_kept:
        return Result("skipped", "No backups are to be kept.")
    with _opened() as store:
        if has_nothing(store):
            return Result("skipped", "The store is empty: the backups there are stay.")
    written, deleted = back_up_by_schedule(settings)
    return Result("done", f"{written} written and read back, {deleted} older ones deleted.")


def heartbeat() -> None:
    """Write the metrics: shows that the service lives, and wakes the scheduler every minute.

    A machine that slept, or whose clock was set, would otherwise notice late what is due.
    """
    with _opened() as store:
        write_metrics(store, load_settings())


def send_mail() -> None:
    """Send what is queued and due, whatever the sources do, if a mail server is set.

    Confirmations and links wait for no timetable, and a mail the server put off is tried again.
    """
    settings = load_settings()
    if not settings.smtp_host or STOP.is_set():
        return
    try:
        with MAILING, _opened() as store:
            identity, server = identity_of(settings), ServerSettings.of(settings)
            send_now(store, identity, settings, server, ended=STOP.is_set)
    except PersonspecError as error:
        log.warning("no mail was sent", reason=str(error))


TASKS: dict[str, Callable[..., Result]] = {
    "crawl": crawl,
    "annotate": annotate,
    "expire": expire,
    "report": report,
    "retain": retain,
    "digest": digest,
    "prune": prune,
    "backup": backup,
}
"""What an entry of the timetable may name."""


@contextmanager
def _opened() -> Iterator[Store]:
    store = open_store(load_settings().store_url)
    try:
        yield store
    finally:
        store.close()
