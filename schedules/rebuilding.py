"""``personspec dataset publish --rebuild``: the content of a release, again from the pages."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from personspec.settings import Settings, load_settings
from pipelines.annotate import versions_of
from pipelines.database import Store, open_store
from pipelines.database.engine import is_missing
from pipelines.database.reviews import decisions_in_force, save_decision
from pipelines.outputs.dataset.rebuild import (
    VERSION_COLUMNS,
    build_again,
    closings_by_clock,
    find_differences,
    other_versions,
    run_ids,
)
from pipelines.outputs.dataset.release import read_release
from pipelines.outputs.dataset.rows import run_id
from pipelines.outputs.dataset.shelf import LATEST, DatasetError, Shelf
from pipelines.outputs.dataset.verify import verify_release
from schedules.crawl import DONE, PROBLEM
from schedules.publishing import must_be_release
from schedules.replay import ArchivedRun, archived_runs, replay_in_child
from schedules.terminal import stderr_console, stdout_console

Step = tuple[datetime, Callable[[], None]]
"""Something that changed the store, and when."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of building a release again."""

    version: str
    runs: int
    versions: list[str]
    """What the release was made by that is not of this program, in sentences."""

    passed_over: tuple[str, ...]
    """Columns that were not compared."""

    differences: dict[str, str]
    """In words, by table."""

    @property
    def verdict(self) -> str:
        """One sentence: equal or different."""
        made = f"Release {self.version}, built again from the page archives of {self.runs} runs, is"
        if not self.differences:
            return f"{made} equal: every table holds the same rows."
        return f"{made} different in {', '.join(self.differences)}."


def rebuild_dataset(release: str, out: Path | None, archive: Path | None, *, as_json: bool) -> int:
    """Build a release again, print whether it is equal, and return 1 if it is not.

    Args:
        release: Its version, ``latest``, or its folder.
        out: The folder of all releases; that of the settings if not given.
        archive: The page archive; that of the settings if not given.
        as_json: For programs.

    Raises:
        UsageError: There is no such release.
        DatasetError: It is no whole release of this schema, or pages it was made of are gone.
    """
    settings = load_settings()
    folder = _find(release, Shelf(out or settings.output_dir / "dataset"))
    must_be_release(folder)
    if problems := verify_release(folder):
        raise DatasetError(f"{folder} cannot be compared. {problems[0]}")
    versions = other_versions(folder, versions_of(Matcher(load_catalogue())))
    for sentence in versions:
        stderr_console().print(sentence, markup=False, soft_wrap=True)
    runs = _runs_of(folder, archive or settings.page_archive_dir)
    passed_over = VERSION_COLUMNS if versions else ()
    with TemporaryDirectory() as temporary:
        differences = _compare(folder, Path(temporary), runs, settings, passed_over)
    rebuilt = Rebuilt(folder.name, len(runs), versions, passed_over, differences)
    _print(rebuilt, as_json=as_json)
    return PROBLEM if differences else DONE


def _find(release: str, shelf: Shelf) -> Path:
    if release == LATEST and shelf.latest:
        return shelf.path_of(shelf.latest)
    return Path(release) if Path(release).is_dir() else shelf.path_of(release)


def _runs_of(release: Path, archive: Path) -> list[ArchivedRun]:
    archived = {run_id(run.source, run.started_at): run for run in archived_runs(archive)}
    wanted = run_ids(release)
    if missing := [name for name in wanted if name not in archived]:
        raise DatasetError(
            f"{release} cannot be built again: of its {len(wanted)} runs {len(missing)} are not in "
            f"the page archive {archive}, e.g. {missing[0]}. Imports are not archived, and "
            "archives are deleted after their time."
        )
    return [archived[name] for name in wanted]


def _compare(
    release: Path,
    folder: Path,
    runs: Iterable[ArchivedRun],
    settings: Settings,
    passed_over: tuple[str, ...],
) -> dict[str, str]:
    url = f"sqlite:///{folder / 'store.db'}"
    store = open_store(url)
    try:
        steps = [_replayed(run, url, folder) for run in runs]
        steps += [_closed(store, moment) for moment in closings_by_clock(release)]
        for _, step in sorted(steps, key=lambda step: step[0]):
            step()
        _copy_decisions(release, settings, store)
        rebuilt = folder / "tables"
        rebuilt.mkdir()
        build_again(store, release, rebuilt)
    finally:
        store.close()
    return find_differences(release, rebuilt, passed_over)


def _replayed(run: ArchivedRun, url: str, folder: Path) -> Step:
    environment = {"PERSONSPEC_DATABASE_URL": url, "PERSONSPEC_OUTPUT_DIR": str(folder)}
    return run.started_at, lambda: replay_in_child(run.path, environment)


def _closed(store: Store, moment: datetime) -> Step:
    def close() -> None:
        store.close_expired(moment)

    return moment, close


def _copy_decisions(release: Path, settings: Settings, store: Store) -> None:
    """Put in force what reviewers had decided when the release was made: no page tells it."""
    if is_missing(settings.store_url):
        return  # elsewhere than where it was published; to look must not make a store
    at = datetime.fromisoformat(read_release(release)["published_at"])
    kept = open_store(settings.store_url)
    try:
        with kept.reading() as session:
            decisions = decisions_in_force(session, at=at)
    finally:
        kept.close()
    with store.writing() as session:
        for decision in decisions:
            save_decision(session, decision)


def _print(rebuilt: Rebuilt, *, as_json: bool) -> None:
    if as_json:
        answer = {
            "release": rebuilt.version,
            "is_equal": not rebuilt.differences,
            "runs": rebuilt.runs,
            "other_versions": rebuilt.versions,
            "columns_not_compared": rebuilt.passed_over,
            "differences": rebuilt.differences,
        }
        print(json.dumps(answer, ensure_ascii=False))  # noqa: T201 the command's answer
        return
    console = stdout_console()
    if rebuilt.passed_over:
        console.print(f"Not compared: {', '.join(rebuilt.passed_over)}.", soft_wrap=True)
    for table, words in rebuilt.differences.items():
        console.print(f"{table}: {words}", markup=False, soft_wrap=True)
    console.print(rebuilt.verdict, markup=False, soft_wrap=True)
