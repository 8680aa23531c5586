"""``personspec import``: adverts from files into the store, by the functions of the crawl."""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.text import Text

from crawler.items import Vacancy
from crawler.pages.job_posting import SOURCE
from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from personspec.settings import load_settings
from personspec.wording import counted
from pipelines.annotate import annotate_vacancy
from pipelines.database import Store, open_store
from pipelines.exceptions import RefusedError
from pipelines.masking import mask_contacts
from pipelines.types import AnnotatedVacancy, Refusal
from pipelines.validate import refusal_of, validate_vacancy
from schedules.crawl import DONE, PROBLEM, STOPPED
from schedules.import_files import Found, find_files, read_adverts
from schedules.terminal import printable, stderr_console, stdout_console

BATCH = 200
"""Adverts stored at once. What a crash takes is read again by starting again."""

PLAIN_EVERY_S = 10.0
"""How often progress is told where there is no terminal."""

REASONS_TOLD = 5

INTERRUPTED = "the import was stopped before its end"

_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class Reason:
    """Why adverts were rejected: those whose reasons differ in numbers only are one."""

    words: str
    """One sentence, contacts masked."""

    example: str
    """File, and line or byte in it."""

    count: int = 0


class Import:
    """One import into a store: adverts are taken one by one and stored in batches.

    There is a run for each source, which is ``import:`` and the board's host, as references are
    unique on one board only.
    """

    def __init__(self, store: Store, matcher: Matcher, started_at: datetime) -> None:
        self.store = store
        self.matcher = matcher
        self.started_at = started_at
        self.counts: Counter[str] = Counter()
        """``read``, ``rejected``, ``passed over``, and what the store did with each advert."""

        self.stopped = False
        """Whether somebody stopped it before its end."""

        self._reasons: dict[str, Reason] = {}
        self._runs: dict[str, int] = {}
        self._stored: Counter[tuple[str, str]] = Counter()
        self._waiting: list[AnnotatedVacancy] = []
        self._refused: list[Refusal] = []

    def take(self, found: Found) -> None:
        """Read, match and store an advert, or keep why it cannot be."""
        if found is None:
            self.counts["passed over"] += 1
            return
        self.counts["read"] += 1
        if isinstance(found, Refusal):
            self._refuse(found)
        else:
            self._annotate(found)
        if len(self._waiting) + len(self._refused) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Store what is waiting."""
        by_source: dict[str, list[AnnotatedVacancy]] = {}
        for annotated in self._waiting:
            by_source.setdefault(annotated.vacancy.source, []).append(annotated)
        for source, batch in by_source.items():
            outcomes = Counter(self.store.save_vacancies(self._run(source), batch))
            self.counts.update(outcomes)
            self._stored.update({(source, outcome): n for outcome, n in outcomes.items()})
        if self._refused:
            self.store.save_refusals(self._run(SOURCE), self._refused)
        self._waiting.clear()
        self._refused.clear()

    def finish(self) -> None:
        """Store the rest, end the runs, and close what is past its closing date."""
        self.flush()
        for source, run in self._runs.items():
            stats = {f"import/{name}": n for (of, name), n in self._stored.items() if of == source}
            self.store.finish_run(run, [], stats)
        self.counts["expired"] = self.store.close_expired(self.started_at)

    def stop(self) -> None:
        """Leave off: what is waiting is not stored, and the runs are marked as interrupted."""
        self.stopped = True
        for run in self._runs.values():
            self.store.interrupt_run(run, [INTERRUPTED], {})

    @property
    def stored(self) -> int:
        """Adverts that the store holds now, whether they were in it before or not."""
        return sum(self.counts[name] for name in _STORED)

    def commonest_reasons(self) -> list[Reason]:
        """Return why most were rejected, the commonest first."""
        return sorted(self._reasons.values(), key=lambda one: -one.count)[:REASONS_TOLD]

    def _annotate(self, vacancy: Vacancy) -> None:
        try:
            valid = validate_vacancy(vacancy)
        except RefusedError as error:
            self._refuse(refusal_of(vacancy, str(error)))
        else:
            self._waiting.append(annotate_vacancy(valid, self.matcher))

    def _refuse(self, refusal: Refusal) -> None:
        self.counts["rejected"] += 1
        self._refused.append(refusal)
        words, example = mask_contacts(refusal.reason), mask_contacts(refusal.reference)
        reason = self._reasons.setdefault(_NUMBER.sub("0", words), Reason(words, example))
        reason.count += 1

    def _run(self, source: str) -> int:
        if source not in self._runs:
            self._runs[source] = self.store.start_run(source, at=self.started_at)
        return self._runs[source]


class Progress:
    """Tells on standard error how far an import is: a live line, or a line now and then."""

    def __init__(self, console: Console, files: int, counts: Counter[str]) -> None:
        self.console = console
        self.live = Live(console=console, auto_refresh=False, transient=True)
        self.every_s = 0.2 if console.is_terminal else PLAIN_EVERY_S
        self.files = files
        self.counts = counts
        self.file = 0
        self.started = self.told = time.monotonic()

    def tell(self) -> None:
        """Say it if it is time."""
        now = time.monotonic()
        if now - self.told < self.every_s:
            return
        self.told = now
        read = self.counts["read"]
        line = (
            f"file {self.file:,} of {self.files:,}: {counted(read, 'advert')} read, "
            f"{self.counts['rejected']:,} rejected, {read / (now - self.started):.0f} a second"
        )
        if self.console.is_terminal:
            self.live.update(Text(line), refresh=True)
        else:
            self.console.print(line, soft_wrap=True)


def import_paths(paths: Sequence[Path], *, as_json: bool) -> int:
    """Import files and folders, print the counts and return the exit code.

    It is 1 if nothing at all was stored or is so already.

    Raises:
        UsageError: A path cannot be used; nothing is imported then.
    """
    files = find_files(paths)
    store = open_store(load_settings().store_url)
    started = time.monotonic()
    try:
        done = import_files(store, files, stderr_console())
    finally:
        store.close()
    if as_json:
        seconds = round(time.monotonic() - started, 1)
        print(json.dumps(_as_json(done) | {"seconds": seconds}))  # noqa: T201 the command's answer
    else:
        for line in _in_words(done):
            stdout_console().print(printable(line), markup=False, soft_wrap=True)
    if done.stopped:
        return STOPPED
    return DONE if done.stored else PROBLEM


def import_files(store: Store, files: Sequence[Path], console: Console) -> Import:
    """Import files into a store and return what came of it, also when Ctrl-C stops it."""
    now = datetime.now(UTC)
    importing = Import(store, Matcher(load_catalogue()), now)
    progress = Progress(console, len(files), importing.counts)
    try:
        with progress.live:
            for progress.file, path in enumerate(files, start=1):
                for found in read_adverts(path, now):
                    importing.take(found)
                    progress.tell()
            importing.finish()
    except KeyboardInterrupt:
        importing.stop()
    return importing


def _as_json(done: Import) -> dict[str, object]:
    names = ("read", *_STORED, "rejected", "passed over", "expired")
    reasons = [
        {"reason": one.words, "count": one.count, "example": one.example}
        for one in done.commonest_reasons()
    ]
    counts = {name.replace(" ", "_"): done.counts[name] for name in names}
    return {**counts, "reasons": reasons, "stopped": done.stopped}


def _in_words(done: Import) -> Iterator[str]:
    counts = done.counts
    if done.stopped:
        yield f"Stopped; stored so far: {_outcomes(counts, _STORED)}. Start again to go on."
        return
    yield f"{counted(counts['read'], 'advert')} read: {_outcomes(counts, (*_STORED, 'rejected'))}."
    for reason in done.commonest_reasons():
        yield f"  {reason.count:,} rejected, such as {reason.example}: {reason.words}"
    if passed_over := counts["passed over"]:
        yield (
            f"{counted(passed_over, 'page')} without an advert "
            f"{'was' if passed_over == 1 else 'were'} passed over."
        )
    if expired := counts["expired"]:
        yield (
            f"{counted(expired, 'vacancy is', 'vacancies are')} past "
            f"{'its' if expired == 1 else 'their'} closing date: expired."
        )


def _outcomes(counts: Counter[str], names: Sequence[str]) -> str:
    return ", ".join(f"{counts[name]:,} {name}" for name in names if counts[name]) or "none"


_STORED = ("new", "changed", "annotated again", "unchanged")
