"""``personspec doctor``: what is in order here, what is not, and what to do about it.

It looks and changes nothing: no store is made, no migration is run.
"""

import json
import os
import platform
import shutil
import tempfile
from collections.abc import Generator, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from filelock import FileLock, Timeout
from rapidfuzz import process
from rich.table import Table

from crawler import settings as crawler_settings
from crawler.addresses import is_practice_board
from personspec.exceptions import PersonspecError
from personspec.settings import SETTINGS_FILE, Settings, load_settings
from personspec.wording import counted
from pipelines.database import Store, open_store
from pipelines.database.copying import check_store
from pipelines.database.migrate import SchemaState, schema_state
from pipelines.exceptions import StoreError
from pipelines.health import SourceHealth, clock_doubt
from pipelines.mail.identity import identity_of
from pipelines.mail.smtp import ServerSettings
from schedules.crawl import DONE, PROBLEM
from schedules.service import last_starts, last_time
from schedules.sources import crawled_sources, judge_sources, missing_keys
from schedules.terminal import for_people, stdout_console
from schedules.timetable import timetable

State = Literal["ok", "note", "problem"]

LIBRARIES = ("scrapy", "twisted", "sqlalchemy", "alembic", "apscheduler", "rapidfuzz")

LEAST_FREE_BYTES = 1024**3
"""A year of adverts and their pages takes less; a full disk stops everything."""

PREFIX = "PERSONSPEC_"

KNOWN_VARIABLES = frozenset(
    {
        *(f"{PREFIX}{name.upper()}" for name in Settings.model_fields),
        *(name for name in vars(crawler_settings) if name.startswith(PREFIX)),
        f"{PREFIX}RELEASES",  # of the notebook in examples/
    }
)
"""Environment variables that something of the project reads."""

NEAR = 80.0
"""Likeness (0-100) from which an unknown variable is taken for a misspelt one."""

LATE = timedelta(hours=6)
"""An entry may wait so long for the one before it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    state: State
    """``note``: worth knowing, nothing to mend; ``problem``: exit code 1."""

    what: str
    advice: str = ""
    """What to do, one sentence; empty if nothing."""


def run_doctor(*, as_json: bool) -> int:
    """Print what was found; return 1 if anything has to be mended."""
    findings = list(examine(load_settings()))
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings]))  # noqa: T201 the answer
    else:
        _print_findings(findings)
    return PROBLEM if any(finding.state == "problem" for finding in findings) else DONE


def _print_findings(findings: list[Finding]) -> None:
    table = Table("Check", "", "What was found, and what to do", show_lines=False)
    for finding in findings:
        words = f"{finding.what} {finding.advice}".strip()
        table.add_row(finding.check, finding.state, words)
    stdout_console().print(table)


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield what there is to say of an installation."""
    yield _versions()
    yield from _settings(settings)
    yield from _misspelt(os.environ)
    yield _time_zones()
    if (is_usable := _output(settings)).state == "ok":
        yield _disk(settings)
        yield _service(settings)
    else:
        yield is_usable
    state = yield from _store(settings)
    if state == "current":
        try:
            yield from _with_store(settings)
        except StoreError as error:
            yield Finding("store", "problem", str(error))


def _versions() -> Finding:
    words = ", ".join(f"{name} {version(name)}" for name in ("personspec", *LIBRARIES))
    return Finding("versions", "ok", f"Python {platform.python_version()}, {words}.")


def _settings(settings: Settings) -> Iterator[Finding]:
    if not settings.contact.strip() and not is_practice_board(settings.nhs_jobs_url):
        yield Finding(
            "contact", "problem", "No contact is set, so no real board is crawled.",
            "Set PERSONSPEC_CONTACT to a mail address or URL where a board can reach you.",
        )  # fmt: skip
    for source, key in missing_keys().items():
        yield Finding("key", "note", f"{source} is not crawled: {key} is not set.")
    yield _mail(settings)
    if SETTINGS_FILE.exists() and SETTINGS_FILE.stat().st_mode & 0o077:
        yield Finding(
            "settings file", "problem",
            f"{SETTINGS_FILE} can be read by other users of this machine, and may hold secrets.",
            f"Run: chmod 600 {SETTINGS_FILE}.",
        )  # fmt: skip


def _mail(settings: Settings) -> Finding:
    if not settings.smtp_host:
        return Finding("mail", "note", "No mail server is set, so no digests are sent.")
    try:
        sender, server = identity_of(settings), ServerSettings.of(settings)
    except PersonspecError as error:
        return Finding("mail", "problem", str(error))
    return Finding(
        "mail", "ok", f"Digests go out as {sender.address} through {server.host}:{server.port}."
    )


def _misspelt(names: Iterable[str]) -> Iterator[Finding]:
    """Yield what is set and never read: no program says so of itself."""
    for name in sorted(names):
        if not name.upper().startswith(PREFIX) or name.upper() in KNOWN_VARIABLES:
            continue
        near = process.extractOne(name.upper(), KNOWN_VARIABLES, score_cutoff=NEAR)
        words = f"{name} is set in the environment, but no setting has that name."
        if near is None:
            yield Finding("environment", "note", words, "docs/settings.md has all of them.")
        else:
            yield Finding("environment", "problem", words, f"Is {near[0]} meant?")


def _output(settings: Settings) -> Finding:
    """Return whether the output folder, or the one it will be made in, can be written to."""
    try:
        with tempfile.TemporaryFile(dir=_existing(settings.output_dir)):
            return Finding("output folder", "ok", f"{settings.output_dir} can be written to.")
    except OSError as error:
        return Finding(
            "output folder", "problem",
            f"{settings.output_dir} cannot be used: {error.strerror}.",
            "Set PERSONSPEC_OUTPUT_DIR to a folder this user may write to, or mend that one.",
        )  # fmt: skip


def _existing(folder: Path) -> Path:
    folder = folder.resolve()
    while not folder.exists():
        folder = folder.parent
    return folder


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(_existing(settings.output_dir)).free
    words = f"{free / 1024**3:.1f} GiB are free where {settings.output_dir} lies."
    if free < LEAST_FREE_BYTES:
        return Finding("disk", "problem", words, "Free some space: a full disk stops every crawl.")
    return Finding("disk", "ok", words)


def _time_zones() -> Finding:
    try:
        ZoneInfo("Europe/London")
    except ZoneInfoNotFoundError:
        return Finding(
            "time zones",
            "problem",
            "Europe/London is not known here.",
            "Install the tzdata package.",
        )
    return Finding("time zones", "ok", f"It is {for_people(datetime.now(UTC))} in London.")


def _service(settings: Settings) -> Finding:
    lock = settings.output_dir / "schedule.lock"
    if lock.exists():
        try:
            with FileLock(lock, timeout=0):
                pass
        except Timeout:
            return Finding("service", "ok", "The service is running.")
    return Finding(
        "service", "note", f"No service is running with the output folder {settings.output_dir}.",
        "personspec schedule run starts it.",
    )  # fmt: skip


def _store(settings: Settings) -> Generator[Finding, None, SchemaState]:
    try:
        state = schema_state(settings.store_url)
    except PersonspecError as error:
        yield Finding("store", "problem", str(error))
        return "unknown"
    yield _STORE_FINDINGS[state]
    return state


_STORE_FINDINGS: dict[SchemaState, Finding] = {
    "none": Finding("store", "note", "There is no store yet; the first crawl makes it."),
    "current": Finding("store", "ok", "The store can be read, and its schema is the newest."),
    "old": Finding(
        "store", "problem", "The store was made by an older personspec.",
        "Take a backup; the next command that opens it, such as personspec report, brings it up.",
    ),
    "unknown": Finding(
        "store", "problem", "The store was made by a newer personspec.", "Install the newer one."
    ),
}  # fmt: skip


def _with_store(settings: Settings) -> Iterator[Finding]:
    store = open_store(settings.store_url)
    try:
        check_store(store)
        now = datetime.now(UTC)
        if doubt := clock_doubt(store.past_runs(), now):
            yield Finding("clock", "problem", f"The clock may be wrong: {doubt}.", "Set the clock.")
        for health in judge_sources(store):
            yield _source(health)
        yield from _late(store, now)
    finally:
        store.close()


def _source(health: SourceHealth) -> Finding:
    title = crawled_sources()[health.source]
    if health.last_run is None:
        return Finding("source", "note", f"{title} has not been crawled yet.")
    when = for_people(health.last_run.started_at)
    if health.is_healthy:
        listed = health.last_run.stats.get("sightings/listed", 0)
        return Finding(
            "source", "ok", f"{title}: healthy on {when}, {counted(listed, 'advert')} listed."
        )
    words = f"{title}: the crawl of {when} failed ({', '.join(health.classes)}): " + "; ".join(
        health.last_run.problems
    )
    if health.failures > 1 and health.paused_until:
        words += f"; {health.failures} in a row, left alone until {for_people(health.paused_until)}"
    advice = " ".join(dict.fromkeys(_ADVICE[cause] for cause in health.classes))
    return Finding("source", "problem", f"{words}.", advice)


_LOOK_AT_PAGES = (
    "Look at the board: if its pages have changed, crawler/pages has to follow; if it is only "
    "ill, the next crawl will tell."
)
_ADVICE: dict[str, str] = {
    "dns": "Look at the name server of this machine, and whether the board has moved.",
    "timeout": "The board was slow; the next crawl goes on where this one stopped.",
    "network": "Look at this machine's network; the next crawl goes on where this one stopped.",
    "403": "The board refuses us: read its terms and robots.txt, and ask its keeper.",
    "429": "The board found us too quick: ask its keeper, and crawl less often.",
    "server": "The board answered errors of its own: wait for the next crawl.",
    "layout": _LOOK_AT_PAGES,
    "feed": "The board's feed could not be used: if it stays so, look at what it answers.",
    "empty": _LOOK_AT_PAGES,
    "shrunk": (
        "Look at the board: if it really has so few adverts, personspec crawl --accept-counts "
        "takes the new count."
    ),
    "grown": (
        "Look at the board: if it really has so many adverts, personspec crawl --accept-counts "
        "takes the new count."
    ),
    "clock": "Set this machine's clock.",
    "other": "The problem above and the log say more.",
}
"""What to do about each class of failure."""


def _late(store: Store, now: datetime) -> Iterator[Finding]:
    entries = timetable(crawled_sources())
    starts, jobs = last_starts(store, entries), store.last_jobs()
    for entry in entries:
        due, started = last_time(entry, now - LATE), starts.get(entry.id)
        if started and started < due:
            yield Finding(
                "schedule", "problem",
                f"{entry.meaning}: due {for_people(due)}, last done {for_people(started)}.",
                "Start the service, or look at its log.",
            )  # fmt: skip
        elif entry.task != "crawl" and entry.id in jobs and jobs[entry.id].outcome == "failed":
            yield Finding(
                "schedule", "problem", f"{entry.meaning}: {jobs[entry.id].detail}",
                "Mend what it names; it is tried again at its next time.",
            )  # fmt: skip
