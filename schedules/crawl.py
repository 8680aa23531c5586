"""One crawl of one source in a process of its own: ``python -m schedules.crawl SOURCE``.

A process of its own because Twisted's reactor cannot start twice in one, and because a crawl
that dies must not take the service with it.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from filelock import FileLock, Timeout
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings as ScrapySettings
from scrapy.spiderloader import SpiderLoader

from crawler.checks import find_problems
from personspec.exceptions import PersonspecError, UsageError
from personspec.settings import Settings, load_settings
from pipelines.database import open_store
from pipelines.database.closings import Closings
from schedules.terminal import stderr_console

DONE, PROBLEM, WRONG_USE, ALREADY_RUNNING = 0, 1, 2, 3
"""Exit codes of every command."""


def scrapy_settings() -> ScrapySettings:
    """Return the project's Scrapy settings, wherever the command is started."""
    settings = ScrapySettings()
    settings.setmodule("schedules.project_settings", priority="project")
    return settings


def source_names() -> list[str]:
    """Return the name of every source, sorted."""
    return sorted(SpiderLoader.from_settings(scrapy_settings()).list())


def choose_sources(wanted: Sequence[str]) -> list[str]:
    """Return the sources to crawl: those wanted, or all.

    Raises:
        UsageError: A name is not a source; lists those there are.
    """
    names = source_names()
    for name in wanted:
        if name not in names:
            raise UsageError(f"There is no source {name!r}: the sources are {', '.join(names)}.")
    return list(wanted) or names


def crawl_in_child(source: str, environment: Mapping[str, str] | None = None) -> int:
    """Crawl one source in a child process and return its exit code.

    Args:
        source: Name of the spider.
        environment: ``PERSONSPEC_…`` settings of the child beside this process's own.
    """
    command = [sys.executable, "-m", "schedules.crawl", source]
    child = {**os.environ, **(environment or {})}
    return subprocess.run(command, check=False, env=child).returncode  # noqa: S603 our own module


def run_crawl(source: str, settings: Settings) -> int:
    """Crawl one source in this process and return the exit code; the reactor is spent after it.

    The run check decides: whatever it finds, the run has failed, and nothing is closed from it.
    """
    settings.output_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.output_dir / f"crawl-{source}.lock", timeout=0)
    console = stderr_console()
    try:
        with lock:
            return _crawl_locked(source, settings)
    except Timeout:
        console.print(f"{source} is being crawled already by another process: wait until it ends.")
        return ALREADY_RUNNING


def _crawl_locked(source: str, settings: Settings) -> int:
    store = open_store(settings.store_url)
    try:
        started_at = datetime.now(UTC)
        run_id = store.start_run(source, at=started_at)
        stats, at_least, at_most = _collect(source, run_id, started_at)
        problems = find_problems(stats, at_least=at_least, at_most=at_most)
        closed = Closings() if problems else store.close_missing(run_id)
        store.finish_run(run_id, problems, stats)
    finally:
        store.close()
    _say_how_it_went(source, problems, closed)
    return PROBLEM if problems else DONE


def _collect(source: str, run_id: int, started_at: datetime) -> tuple[dict[str, object], int, int]:
    """Return Scrapy's stats of a finished crawl and the counts the source expects."""
    scrapy = scrapy_settings()
    scrapy.set("PERSONSPEC_RUN_ID", run_id, priority="cmdline")
    scrapy.set("PERSONSPEC_RUN_STARTED_AT", started_at.isoformat(), priority="cmdline")
    process = AsyncCrawlerProcess(scrapy)
    crawler = process.create_crawler(source)
    crawl = process.crawl(crawler)
    process.start()
    if (error := crawl.exception()) is not None:
        raise error
    assert crawler.stats is not None
    stats = crawler.stats.get_stats()
    return stats, stats["expected/at_least"], stats["expected/at_most"]


def _say_how_it_went(source: str, problems: Sequence[str], closed: Closings) -> None:
    console = stderr_console()
    for problem in problems:
        console.print(f"  problem: {problem}", markup=False)
    if problems:
        console.print(
            f"{source}: the run has failed. What it read is kept; nothing is closed from it."
        )
        return
    words = f"{source}: the run is healthy"
    if closed.withdrawn or closed.expired:
        words += f"; closed: {closed.withdrawn} withdrawn, {closed.expired} past their date"
    console.print(f"{words}.")


def main(arguments: Sequence[str]) -> int:
    """Crawl the one source named in the arguments; the entry of the child process."""
    if len(arguments) != 1:
        raise UsageError("Name one source: python -m schedules.crawl SOURCE.")
    choose_sources(arguments)
    return run_crawl(arguments[0], load_settings())


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PersonspecError as error:
        stderr_console().print(str(error), markup=False)
        sys.exit(WRONG_USE if isinstance(error, UsageError) else PROBLEM)
