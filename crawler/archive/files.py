"""Where archives lie and how they are called: ``<source>/<start>-run<number>.warc.gz``."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"(\d{8}T\d{6}Z)-run(\d+)\.warc\.gz")
_TIME = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, order=True)
class ArchiveName:
    """The name of a run's archive; in order of time."""

    started_at: datetime
    """Start of the run, UTC, whole seconds."""

    run: int
    """Number of the run in the store that was written."""

    source: str

    @property
    def relative(self) -> str:
        """Its path in the archive's folder, as the store keeps it."""
        return f"{self.source}/{self.started_at.astimezone(UTC):{_TIME}}-run{self.run}.warc.gz"

    @classmethod
    def of(cls, path: Path) -> "ArchiveName | None":
        """Return what the name of a file says; None if it is not the name of an archive."""
        found = _NAME.fullmatch(path.name)
        if found is None:
            return None
        try:
            started_at = datetime.strptime(found[1], _TIME).replace(tzinfo=UTC)
        except ValueError:
            return None
        return cls(started_at, int(found[2]), path.parent.name)


def find_archives(folder: Path) -> dict[ArchiveName, Path]:
    """Return the archives of all sources in a folder, oldest first; other files are left out."""
    named = {ArchiveName.of(path): path for path in folder.glob("*/*.warc.gz")}
    return {name: named[name] for name in sorted(filter(None, named))}
