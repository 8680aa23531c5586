"""``report.json``: what a report was made of, for programs, and for the report after it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from personspec import __version__
from personspec.exceptions import UsageError
from pipelines.outputs.files import replacing

FILE = "report.json"

READING_AID = (
    "A reading aid made by a program: the advert decides. Open it before you act on what stands "
    "here."
)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What a report says of a source of its vacancies."""

    name: str
    title: str
    publisher: str = ""
    """Empty, like the next two, for a source that is not in the register of boards."""

    licence: str = ""
    attribution: str = ""
    """What anything published from this source must say."""

    last_healthy: datetime | None = None
    """Start of the latest run that may be believed; None if none has been."""

    adverts: int | None = None
    """Adverts listed by that run."""

    problem: str | None = None
    """Why its vacancies may be out of date, one sentence; None if the latest run is healthy."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a report was made of."""

    written_at: datetime
    changes_since: datetime
    """What happened from here on is a change."""

    counted_until: datetime
    """The next report into this folder counts its changes from here."""

    vacancies: int
    criteria: int
    catalogue_version: str
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sources: Sequence[SourceNote] = ()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write ``report.json``; raise UsageError if it cannot be written."""
    content = {
        "program": f"personspec {__version__}",
        **asdict(manifest),
        "notice": READING_AID,
    }
    with replacing(folder / FILE, encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2, default=_as_text)
        file.write("\n")


def read_counted_until(folder: Path) -> datetime | None:
    """Return the moment up to which the report in a folder tells; None if there is none.

    Raises:
        UsageError: There is a ``report.json`` that is not of a report.
    """
    path = folder / FILE
    try:
        written: Any = json.loads(path.read_text("utf-8"))
        moment = datetime.fromisoformat(written["counted_until"])
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise UsageError(f"{folder} is a file: name a folder for the report.") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{path} is not what a report leaves there, so nobody knows since when to count "
            "changes: delete it, or say it with --since."
        ) from error
    if moment.tzinfo is None:
        raise UsageError(f"{path} gives a time without zone: delete it, or use --since.")
    return moment


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written to {FILE}")
