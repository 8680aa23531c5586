"""One crawl of one source in a process of its own: ``python -m schedules.crawl SOURCE``.

A process of its own because Twisted's reactor cannot start twice in one, and because a crawl
that dies must not take the service with it.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from filelock import FileLock, Timeout
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings as ScrapySettings
from scrapy.spiderloader import SpiderLoader

from crawler.checks import find_problems
from personspec.exceptions import PersonspecError, UsageError
from personspec.folders import make_folder, make_output_folder
from personspec.settings import Settings, load_settings
from personspec.wording import counted
from pipelines.database import open_store
from pipelines.database.closings import Closings
from pipelines.health import Limits, find_drops, judge_source, learn_limits, load_rules
from pipelines.types import PastRun
from schedules.children import run_child
from schedules.logs import set_up_logs, tell
from schedules.terminal import for_people, stderr_console
from schedules.verdicts import keep_verdict

DONE, PROBLEM, WRONG_USE, ALREADY_RUNNING = 0, 1, 2, 3
"""Exit codes of every command."""

STOPPED = 130
"""Exit code after Ctrl-C, as shells give it."""

ACCEPT_COUNTS = "--accept-counts"

INTERRUPTED = "the crawl was stopped before its end: start it again to go on with it"


def scrapy_settings() -> ScrapySettings:
    """Return the project's Scrapy settings, wherever the command is started."""
    settings = ScrapySettings()
    settings.setmodule("schedules.project_settings", priority="project")
    return settings


def source_names() -> list[str]:
    """Return the name of every source, sorted."""
    return sorted(SpiderLoader.from_settings(scrapy_settings()).list())


def choose_sources(wanted: Sequence[str]) -> list[str]:
    """Return the sources wanted, once it is sure that they are there.

    Raises:
        UsageError: A name is not a source; lists those there are.
    """
    names = source_names()
    for name in wanted:
        if name not in names:
            raise UsageError(f"There is no source {name!r}: the sources are {', '.join(names)}.")
    return list(wanted)


def crawl_in_turn(
    sources: Iterable[str],
    environment: Mapping[str, str] | None = None,
    *,
    accept_counts: bool = False,
) -> int:
    """Crawl sources one after the other and return the worst exit code.

    Once somebody has stopped a crawl no other is begun: ``STOPPED``. The arguments are those of
    ``crawl_in_child``.
    """
    worst = DONE
    for source in sources:
        worst = max(worst, crawl_in_child(source, environment, accept_counts=accept_counts))
        if worst == STOPPED:
            break
    return worst


def crawl_in_child(
    source: str, environment: Mapping[str, str] | None = None, *, accept_counts: bool = False
) -> int:
    """Crawl one source in a child process and return its exit code.

    Args:
        source: Name of the spider.
        environment: ``PERSONSPEC_…`` settings of the child beside this process's own.
        accept_counts: Believe how many adverts are listed although it is unlike the runs before.
    """
    options = [ACCEPT_COUNTS] if accept_counts else []
    ended = run_child(crawl_command(source, *options), environment or {})
    if ended.ending == "stopped":
        return STOPPED
    return ended.code if ended.code >= 0 else PROBLEM


def crawl_command(source: str, *options: str) -> list[str]:
    """Return the command of the child process that crawls one source."""
    return [sys.executable, "-m", "schedules.crawl", source, *options]


def run_crawl(source: str, settings: Settings, *, accept_counts: bool = False) -> int:
    """Crawl one source in this process and return the exit code; the reactor is spent after it.

    The run check decides: whatever it finds, the run has failed, and nothing is closed from it.
    """
    make_output_folder(settings)
    make_folder(settings.page_archive_dir, "the page archive (PERSONSPEC_ARCHIVE_DIR)")
    lock = FileLock(crawl_lock(settings, source), timeout=0)
    try:
        with lock:
            return _crawl_locked(source, settings, accept_counts=accept_counts)
    except Timeout:
        tell(
            settings,
            f"{source} is being crawled already by another process: wait until it ends.",
            level="warning",
        )
        return ALREADY_RUNNING


def crawl_lock(settings: Settings, source: str) -> Path:
    """Return the file that is locked while a source is crawled."""
    return settings.output_dir / f"crawl-{source}.lock"


def _crawl_locked(source: str, settings: Settings, *, accept_counts: bool) -> int:
    store = open_store(settings.store_url)
    try:
        past = store.past_runs(source)
        _say_if_paused(source, past, settings)
        started_at = datetime.now(UTC)
        run_id = store.start_run(source, at=started_at)
        structlog.contextvars.bind_contextvars(source=source, run=run_id)
        try:
            stats = _collect(source, run_id, started_at)
        except UsageError as error:  # nothing was asked of the board
            store.interrupt_run(run_id, [str(error)], {})
            raise
        if stats.get("finish_reason") in {None, "shutdown"}:
            store.interrupt_run(run_id, [INTERRUPTED], stats)
            tell(settings, f"{source}: {INTERRUPTED}", level="warning")
            return PROBLEM
        problems = _check(stats, past, accept_counts=accept_counts)
        closed = store.end_run(run_id, problems, stats)
        keep_verdict(settings.page_archive_dir, store.past_runs(source, limit=1)[0])
    finally:
        store.close()
    _say_how_it_went(source, problems, closed, settings)
    return PROBLEM if problems else DONE


def _collect(source: str, run_id: int, started_at: datetime) -> dict[str, Any]:
    """Return Scrapy's stats of a crawl; without ``finish_reason`` if it was torn off."""
    scrapy = scrapy_settings()
    scrapy.set("PERSONSPEC_RUN_ID", run_id, priority="cmdline")
    scrapy.set("PERSONSPEC_RUN_STARTED_AT", started_at.isoformat(), priority="cmdline")
    # The handler of schedules/logs.py is there already.
    scrapy.set("LOG_INSTALL_ROOT_HANDLER", value=False, priority="cmdline")
    process = AsyncCrawlerProcess(scrapy)
    crawler = process.create_crawler(source)
    crawl = process.crawl(crawler)
    process.start()
    if crawl.done() and (error := crawl.exception()) is not None:
        raise error
    assert crawler.stats is not None
    return crawler.stats.get_stats()


def _check(stats: dict[str, Any], past: Sequence[PastRun], *, accept_counts: bool) -> list[str]:
    """Return what is wrong with a run, by itself and beside the healthy ones before it.

    The limits it was held to join its stats.
    """
    rules = load_rules()
    healthy = [run for run in past if run.status == "finished"]
    declared = Limits(stats["expected/at_least"], stats["expected/at_most"])
    limits = declared if accept_counts else learn_limits(healthy, declared, rules)
    stats["limits/at_least"], stats["limits/at_most"] = limits.at_least, limits.at_most
    return [
        *find_problems(stats, at_least=limits.at_least, at_most=limits.at_most),
        *find_drops(stats, healthy, declared, rules),
    ]


def _say_if_paused(source: str, past: Sequence[PastRun], settings: Settings) -> None:
    health = judge_source(source, past, load_rules())
    if health.paused_until and health.paused_until > datetime.now(UTC):
        tell(
            settings,
            f"{source} has failed {counted(health.failures, 'time')} in a row "
            f"({', '.join(health.classes)}); the service would wait until "
            f"{for_people(health.paused_until)}. Crawling it now, because it was asked for.",
            level="warning",
        )


def _say_how_it_went(
    source: str, problems: Sequence[str], closed: Closings, settings: Settings
) -> None:
    for problem in problems:
        tell(settings, f"  problem: {problem}", level="error")
    if problems:
        words = f"{source}: the run has failed. What it read is kept; nothing is closed from it."
        tell(settings, words, level="error")
        return
    words = f"{source}: the run is healthy"
    if closed.withdrawn or closed.expired:
        words += f"; closed: {closed.withdrawn} withdrawn, {closed.expired} past their date"
    tell(settings, f"{words}.", level="info")


def main(arguments: Sequence[str]) -> int:
    """Crawl the one source named in the arguments; the entry of the child process."""
    names = [argument for argument in arguments if argument != ACCEPT_COUNTS]
    if len(names) != 1:
        raise UsageError(f"Name one source: python -m schedules.crawl SOURCE [{ACCEPT_COUNTS}].")
    choose_sources(names)
    settings = load_settings()
    set_up_logs(settings, level="WARNING")
    try:
        return run_crawl(names[0], settings, accept_counts=ACCEPT_COUNTS in arguments)
    except PersonspecError as error:
        tell(settings, str(error), level="error")
        return WRONG_USE if isinstance(error, UsageError) else PROBLEM


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PersonspecError as error:
        stderr_console().print(str(error), markup=False)
        sys.exit(WRONG_USE if isinstance(error, UsageError) else PROBLEM)
