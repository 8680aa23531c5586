"""``personspec archive prune``: pages, with the contact details on them, are kept for a while."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.archive import find_archives
from personspec.settings import Settings, load_settings
from personspec.wording import counted
from pipelines.database import open_store
from pipelines.database.engine import is_missing
from schedules.terminal import stdout_console
from schedules.verdicts import verdict_path

KEPT_DAYS = 90
"""Long enough to read a page again after a mistake was found in the reader."""


def prune_archive(folder: Path | None, older_than: int, *, dry_run: bool) -> int:
    """Delete the archives of runs that are too old, say which, and return the exit code."""
    settings = load_settings()
    folder = folder or settings.page_archive_dir
    old = find_old(folder, timedelta(days=older_than), datetime.now(UTC))
    size = sum(path.stat().st_size for path in old)
    console = stdout_console()
    for path in old:
        console.print(f"  {path}", soft_wrap=True, markup=False)
    if not dry_run:
        delete_archives(folder, old, settings)
    what = "would be deleted" if dry_run else "deleted"
    console.print(
        f"{counted(len(old), 'page archive')} older than {counted(older_than, 'day')} "
        f"{what}, {size / 1e6:.1f} MB."
    )
    return 0


def find_old(folder: Path, age: timedelta, now: datetime) -> list[Path]:
    """Return the archives of runs that began longer ago than ``age``, oldest first."""
    return [path for name, path in find_archives(folder).items() if name.started_at < now - age]


def delete_archives(folder: Path, paths: list[Path], settings: Settings) -> None:
    """Delete archives, after the store has let go of them: nothing ever points into nowhere."""
    if not paths:
        return
    if not is_missing(settings.store_url):
        with closing(open_store(settings.store_url)) as store:
            store.forget_archives([path.relative_to(folder).as_posix() for path in paths])
    for path in paths:
        verdict_path(path).unlink(missing_ok=True)
        path.unlink()
