"""``personspec replay``: the store built again from the page archives, without the network.

Each archived run is crawled again by the same spider, with the same page objects and pipelines,
in a process of its own (``python -m schedules.replay FILE``); only the answers come from the
archive, and the times are those of the crawl.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings as ScrapySettings
from scrapy.spiderloader import SpiderLoader

from crawler.archive import find_archives, read_info
from crawler.archive.replay import EXTENSIONS, MIDDLEWARES, SETTINGS, Recording, load_recording
from crawler.archive.writer import BASE_URL, SOURCE, STARTED_AT
from crawler.spiders.base import VacancySpider
from personspec.exceptions import PersonspecError, UsageError
from personspec.folders import make_output_folder
from personspec.settings import Settings, load_settings
from personspec.wording import counted
from pipelines.database import Store, open_store
from pipelines.types import PastRun
from schedules.crawl import ALREADY_RUNNING, DONE, PROBLEM, WRONG_USE, scrapy_settings
from schedules.terminal import stderr_console
from schedules.verdicts import read_verdict

KILLED = "the crawl was stopped before its end"
EVERY_RUN = 10**9


@dataclass(frozen=True, slots=True)
class ArchivedRun:
    """One archive and the run it is of."""

    path: Path
    source: str
    started_at: datetime
    """UTC, as exactly as the store has it."""


def replay_folder(folder: Path | None) -> int:
    """Replay the archives of a folder, by default the archive's own; return the exit code."""
    settings = load_settings()
    return replay(folder or settings.page_archive_dir, settings)


def replay(folder: Path, settings: Settings) -> int:
    """Bring every archived run into the store, oldest first; return the exit code.

    A replay that was killed goes on where it was.

    Raises:
        UsageError: The folder holds no archive, or the store holds what is not archived.
    """
    paths = find_archives(folder).values()
    if not paths:
        raise UsageError(f"{folder} holds no page archive: name its folder with --archive.")
    make_output_folder(settings)
    try:
        with FileLock(settings.output_dir / "replay.lock", timeout=0):
            return _replay_all(paths, settings)
    except Timeout:
        stderr_console().print("Another replay is under way: wait until it ends.")
        return ALREADY_RUNNING


def _replay_all(paths: Iterable[Path], settings: Settings) -> int:
    console = stderr_console()
    archived, unreadable = [], []
    for path in paths:
        run = _archived_run(path)
        archived += [run] if run else []
        unreadable += [] if run else [path]
    store = open_store(settings.store_url)
    past = store.past_runs(limit=EVERY_RUN)
    store.close()
    missing = runs_to_replay(archived, past)
    for number, run in enumerate(missing, start=1):
        console.print(f"[{number}/{len(missing)}] {run.path}", soft_wrap=True, markup=False)
        replay_in_child(run.path)
    for path in unreadable:
        console.print(f"  problem: {path} does not say what it is of: passed over", markup=False)
    done = len(archived) - len(missing)
    console.print(f"{counted(len(missing), 'run')} replayed, {done} in the store already.")
    return PROBLEM if unreadable else DONE


def archived_runs(folder: Path) -> list[ArchivedRun]:
    """Return the runs whose archives a folder holds; those that do not say it are left out."""
    runs = map(_archived_run, find_archives(folder).values())
    return [run for run in runs if run]


def _archived_run(path: Path) -> ArchivedRun | None:
    info = read_info(path)
    if STARTED_AT not in info:
        return None
    return ArchivedRun(path, info[SOURCE], datetime.fromisoformat(info[STARTED_AT]))


def runs_to_replay(archived: Iterable[ArchivedRun], past: Iterable[PastRun]) -> list[ArchivedRun]:
    """Return the archived runs that a store lacks, oldest first.

    Raises:
        UsageError: The store holds a run that is not archived, or one that is newer than a run
            it lacks: what came later would be overwritten by what was before.
    """
    held = {(run.source, run.started_at): run.status for run in past}
    known = {(run.source, run.started_at) for run in archived}
    newest = max((started_at for _, started_at in held), default=None)
    missing = []
    for run in sorted(archived, key=lambda run: run.started_at):
        status = held.get((run.source, run.started_at))
        if status is None and newest and run.started_at < newest:
            known.clear()
        if status in {None, "running"}:  # running: its replay was killed
            missing.append(run)
    if not held.keys() <= known:
        raise UsageError(
            "The store holds runs that are not in the archive, or newer ones than the archive "
            "would add: name an empty store, e.g. PERSONSPEC_DATABASE_URL=sqlite:///rebuilt.db."
        )
    return missing


def replay_in_child(path: Path, environment: Mapping[str, str] | None = None) -> None:
    """Replay one archive in a process of its own.

    Args:
        path: The archive.
        environment: ``PERSONSPEC_…`` settings of the child beside this process's own.
    """
    command = [sys.executable, "-m", "schedules.replay", str(path)]
    environment = {**os.environ, **(environment or {})}
    code = subprocess.run(command, check=False, env=environment).returncode  # noqa: S603 our own
    if code:
        raise PersonspecError(f"{path} could not be replayed (exit code {code}).")


def replay_archive(path: Path, settings: Settings) -> None:
    """Crawl one archived run again in this process; the reactor is spent after it."""
    recording = load_recording(path)
    run = _archived_run(path)
    if run is None:
        raise UsageError(f"{path} does not say what it is of.")
    store = open_store(settings.store_url)
    try:
        run_id = _run_number(store, run)
        _crawl(recording, run, run_id)
        _end(store, run_id, recording)
    finally:
        store.close()
    for problem in recording.reader.problems:
        stderr_console().print(f"  problem: {problem}", markup=False, soft_wrap=True)


def _run_number(store: Store, run: ArchivedRun) -> int:
    for latest in store.past_runs(run.source, limit=1):
        if latest.started_at == run.started_at:
            return latest.id
    return store.start_run(run.source, at=run.started_at)


def _crawl(recording: Recording, run: ArchivedRun, run_id: int) -> None:
    process = AsyncCrawlerProcess(_replay_settings(recording, run, run_id))
    crawl = process.crawl(process.create_crawler(run.source))
    process.start()
    if (error := crawl.exception()) is not None:
        raise error


def _replay_settings(recording: Recording, run: ArchivedRun, run_id: int) -> ScrapySettings:
    settings = scrapy_settings()
    spider = SpiderLoader.from_settings(settings).load(run.source)
    assert issubclass(spider, VacancySpider)  # as all of ours
    settings.setdict(SETTINGS, priority="cmdline")
    for name, changes in (("EXTENSIONS", EXTENSIONS), ("DOWNLOADER_MIDDLEWARES", MIDDLEWARES)):
        settings.set(name, settings.getdict(name) | changes, priority="cmdline")
    for name, value in {
        "PERSONSPEC_RUN_ID": run_id,
        "PERSONSPEC_REPLAY_FILE": str(recording.path),
        spider.base_url_setting: recording.reader.info[BASE_URL],
    }.items():
        settings.set(name, value, priority="cmdline")
    if spider.key_setting:  # an archive asks for none, but the spider does
        settings.set(spider.key_setting, "not needed", priority="cmdline")
    return settings


def _end(store: Store, run_id: int, recording: Recording) -> None:
    verdict = read_verdict(recording.path)
    if verdict is None or verdict.status == "interrupted":
        store.interrupt_run(run_id, [KILLED], {}, at=recording.reader.ended_at)
    else:
        store.end_run(run_id, verdict.problems, verdict.stats, at=verdict.at)


def main(arguments: Sequence[str]) -> int:
    """Replay the one archive named in the arguments; the entry of the child process."""
    if len(arguments) != 1:
        raise UsageError("Name one archive: python -m schedules.replay FILE.")
    replay_archive(Path(arguments[0]), load_settings())
    return DONE


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except PersonspecError as error:
        stderr_console().print(str(error), markup=False)
        sys.exit(WRONG_USE if isinstance(error, UsageError) else PROBLEM)
