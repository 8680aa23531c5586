"""What a release says of itself: ``release.json``, from which the papers beside it are made."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from personspec import __version__
from pipelines.outputs.dataset.gate import Limits
from pipelines.outputs.dataset.schema import SCHEMA_VERSION
from pipelines.outputs.dataset.shelf import DatasetError
from pipelines.outputs.manifest import SourceNote

FILE = "release.json"
TITLE = "What NHS health-records vacancies ask for"


@dataclass(frozen=True, slots=True)
class Release:
    """One release. Only ``version`` and ``published_at`` differ if it is published twice."""

    version: str
    published_at: datetime
    data_as_of: datetime | None
    """Start of the latest run it holds; None if no run has ended."""

    previous: str | None
    """Version of the release before; None for the first."""

    rows: Mapping[str, int]
    """By table."""

    fill_rates: Mapping[str, Mapping[str, float]]
    """Share of cells that are not null, 0-100, by table and column."""

    catalogue_version: str
    text_basis: str | None
    """On what basis criteria are published in full; None if they are not."""

    withdrawn: int
    """Vacancies left out on request."""

    sources: Sequence[SourceNote] = ()
    gate: Sequence[str] = ()
    """What the gate found and a person overrode; empty if it found nothing."""

    override: str | None = None
    """Why it was overridden."""

    limits: Limits = field(default_factory=Limits)
    """What the gate allowed."""

    quality: Mapping[str, Any] = field(default_factory=dict)
    delta: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Rows added, modified and removed since the release before, by table."""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "program": f"personspec {__version__}",
            "schema_version": SCHEMA_VERSION,
            **asdict(self),
        }


def write_json(path: Path, content: Any) -> None:  # noqa: ANN401 JSON
    """Write a value as JSON for people and programs; times in ISO 8601."""
    text = json.dumps(content, ensure_ascii=False, indent=2, default=_as_text)
    path.write_text(text + "\n", "utf-8")


def read_release(folder: Path) -> dict[str, Any]:
    """Return the ``release.json`` of a release; raise DatasetError if there is none."""
    path = folder / FILE
    try:
        read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DatasetError(f"{folder} is no release: {FILE} cannot be read ({error}).") from error
    return read


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
