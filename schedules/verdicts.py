"""What became of a run, kept beside its page archive so that a replay need not judge it again.

The run check compares a run with those before it and may be overruled by a person: neither
stands in the pages.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.archive import ArchiveName
from pipelines.types import PastRun


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run ended."""

    status: str
    finished_at: str
    """ISO 8601, UTC."""

    problems: list[str]
    stats: dict[str, Any]

    @property
    def at(self) -> datetime:
        """The moment at which the run ended."""
        return datetime.fromisoformat(self.finished_at)


def keep_verdict(folder: Path, run: PastRun) -> None:
    """Write how a run ended beside its archive in ``folder``; without archive there is nothing."""
    archive = folder / ArchiveName(run.started_at, run.id, run.source).relative
    if not archive.exists() or run.finished_at is None:
        return
    verdict = Verdict(run.status, run.finished_at.isoformat(), list(run.problems), dict(run.stats))
    unfinished = archive.with_name(f"{archive.name}.tmp")
    unfinished.write_text(json.dumps(asdict(verdict), indent=1, sort_keys=True), "utf-8")
    unfinished.replace(verdict_path(archive))


def read_verdict(archive: Path) -> Verdict | None:
    """Return how the run of an archive ended; None if it was killed and never ended."""
    path = verdict_path(archive)
    return Verdict(**json.loads(path.read_text("utf-8"))) if path.exists() else None


def verdict_path(archive: Path) -> Path:
    """Return where the verdict of an archive lies."""
    return archive.with_name(archive.name.removesuffix(".warc.gz") + ".json")
