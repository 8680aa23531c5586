"""What the item pipelines hand on: a vacancy with its criteria, and where each was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from crawler.items import Vacancy
from matcher.types import AnnotatedCriterion
from pipelines.facts.types import Facts


@dataclass(frozen=True, slots=True)
class Versions:
    """What made an annotation; it is out of date when one of them moves on."""

    reader: str
    matcher: str
    catalogue: str
    facts: str


@dataclass(frozen=True, slots=True)
class LocatedCriterion:
    """An annotated criterion and the part of the advert in which it stood."""

    annotated: AnnotatedCriterion
    source_label: str
    """In words for people, e.g. ``person specification``."""

    source_url: str | None = None
    """Address of the linked document; None for the advert page itself."""


@dataclass(frozen=True, slots=True)
class AnnotatedVacancy:
    """A vacancy with everything that was made of it."""

    vacancy: Vacancy
    criteria: tuple[LocatedCriterion, ...]
    reason: str | None
    """One sentence on why ``criteria`` is empty; None if it is not."""

    facts: Facts
    versions: Versions
    refusals: tuple["Refusal", ...] = ()
    """One for each attached document that could not be read."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that is not stored, and why."""

    source: str
    reference: str
    url: str
    reason: str
    """One sentence."""

    excerpt: str
    """Start of the item as it came, mail and telephone masked."""


RunStatus = Literal["running", "finished", "failed", "interrupted"]


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run as it stands in the store."""

    id: int
    source: str
    started_at: datetime
    finished_at: datetime | None
    status: RunStatus
    """``interrupted``: it was stopped, or never ended."""

    problems: tuple[str, ...]
    stats: Mapping[str, Any]


JobOutcome = Literal["running", "done", "failed", "skipped", "stopped"]


@dataclass(frozen=True, slots=True)
class JobRun:
    """One carrying out of an entry of the timetable, as it stands in the store."""

    entry: str
    started_at: datetime
    finished_at: datetime | None
    outcome: JobOutcome
    """``running`` for good if the service was killed."""

    detail: str
    """What came of it, one sentence."""
