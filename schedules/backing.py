"""``personspec backup`` and ``restore``: locks, names of files, and what is said."""

from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from personspec.folders import make_output_folder
from personspec.settings import Settings, load_settings
from personspec.wording import counted
from pipelines.backup import restore_backup as fill_store
from pipelines.backup import write_backup
from pipelines.database import Store, open_existing, open_store
from pipelines.database.copying import is_empty
from pipelines.exceptions import StoreError
from schedules.crawl import ALREADY_RUNNING, DONE, crawl_lock, source_names
from schedules.terminal import stderr_console, stdout_console

SCHEDULED = "scheduled-{:%Y%m%dT%H%M%SZ}.zip"
"""Names of the service's own backups: these alone are deleted when newer ones are there."""


def back_up_by_schedule(settings: Settings) -> tuple[Path, int]:
    """Write one of the service's backups, then delete the oldest beyond those to be kept.

    Returns:
        The new backup, and how many were deleted.

    Raises:
        UsageError: The backup cannot be written; none is deleted then.
    """
    folder = settings.output_dir / "backups"
    target = folder / SCHEDULED.format(datetime.now(UTC))
    with closing(open_existing(settings.store_url)) as store:
        write_backup(store, target)
    old = sorted(folder.glob("scheduled-*.zip"))[: -settings.backups_kept]
    for file in old:
        file.unlink()
    return target, len(old)


def has_nothing(store: Store) -> bool:
    """Return whether a store holds nothing worth a backup.

    What the service notes of itself does not count: a store that was lost and made anew must not
    drive the backups of the old one away.
    """
    return is_empty(store, apart_from={"job_run"})


def back_up(file: Path | None) -> None:
    """Write a backup and say what is in it.

    Raises:
        UsageError: There is no store, or the file is there already, or cannot be written.
        StoreError: The store is empty, or damaged.
    """
    settings = load_settings()
    target = (
        file
        or settings.output_dir / "backups" / f"{datetime.now(UTC):personspec-%Y%m%dT%H%M%SZ}.zip"
    )
    with closing(open_existing(settings.store_url)) as store:
        if has_nothing(store):
            raise StoreError(
                "The store is empty, so there is nothing to back up: 'personspec crawl' fills it."
            )
        manifest = write_backup(store, target)
    rows = manifest.rows
    stdout_console().print(
        f"{target}: {counted(rows['vacancy'], 'vacancy', 'vacancies')}, "
        f"{counted(rows['advert_version'], 'version')} of adverts, "
        f"{counted(rows['run'], 'run')}; read back and whole.",
        soft_wrap=True,
    )


def restore_backup(file: Path, *, replace: bool) -> int:
    """Fill the store from a backup and say what came of it; return the exit code.

    Raises:
        UsageError: The file is no backup, is damaged or not to be trusted, or the store is not
            empty.
    """
    settings = load_settings()
    make_output_folder(settings)
    with ExitStack() as locks:
        try:
            for lock in _locks(settings):
                locks.enter_context(FileLock(lock, timeout=0))
        except Timeout:
            stderr_console().print("The service or a crawl is running: end it, then restore.")
            return ALREADY_RUNNING
        with closing(open_store(settings.store_url)) as store:
            manifest = fill_store(store, file, replace=replace)
    stdout_console().print(
        f"Restored from {file}, made on {manifest.made_at:%Y-%m-%d %H:%M} UTC: "
        f"{counted(manifest.rows['vacancy'], 'vacancy', 'vacancies')}, "
        f"{counted(manifest.rows['run'], 'run')}.",
        soft_wrap=True,
    )
    return DONE


def _locks(settings: Settings) -> list[Path]:
    sources = [crawl_lock(settings, name) for name in source_names()]
    return [settings.output_dir / "schedule.lock", *sources]
