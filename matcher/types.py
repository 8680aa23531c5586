"""The words of the matcher: what a specification holds and what a match says.

Plain frozen values; nothing here knows a page, a network or a store.
"""

from dataclasses import dataclass
from typing import Literal

Importance = Literal["essential", "desirable", "unknown"]
"""The two words NHS employers use; ``unknown`` where the advert does not say."""

StatedImportance = Literal["essential", "desirable", "mixed"]
"""What the words of one line say of themselves; ``mixed`` if they say both."""

ImportanceSource = Literal["heading", "column", "suffix", "inline"]
"""Where an importance was read: the heading above, the table column or its tick, a mark such
as ``(E)`` at the end of the line, or words inside the line."""

Form = Literal["list", "table", "prose"]
"""How the criterion stood in the advert."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a person specification, as printed."""

    text: str
    """The exact words, without bullet or number, with line breaks healed."""

    form: Form = "list"

    importance: Importance = "unknown"

    importance_source: ImportanceSource | None = None
    """None exactly when ``importance`` is ``unknown``, or the line states both."""

    group: str | None = None
    """The employer's heading above the line, e.g. ``Skills and Knowledge``."""

    group_kind: str | None = None
    """The group normalised: one of ``matcher.specification.groups.KINDS``, or None."""

    assessed_by: tuple[str, ...] = ()
    """How the employer checks it, in normalised words, e.g. ``("application", "interview")``."""


@dataclass(frozen=True, slots=True)
class Specification:
    """What was read of one document: its criteria, or why there are none."""

    criteria: tuple[Criterion, ...]
    reason: str | None = None
    """One sentence on why ``criteria`` is empty; None if it is not."""


@dataclass(frozen=True, slots=True)
class Match:
    """A documented requirement that words of a criterion ask for."""

    requirement: str
    """Id in the catalogue, e.g. ``gcse-or-equivalent``."""

    importance: Importance
    """The importance that governs these words."""

    score: float
    """How sure the match is, 0-100."""

    rule: str
    """Name of the rule that found it, in words a reviewer understands."""

    evidence: str
    """The words that prove it: ``text[start:end]`` of the criterion."""

    start: int
    end: int

    aspect: str | None = None
    """Which side of a two-sided requirement it is, e.g. ``sensitivity``; None for the others."""


@dataclass(frozen=True, slots=True)
class AnnotatedCriterion:
    """A criterion with everything the matcher says of it."""

    criterion: Criterion
    stated_importance: StatedImportance | None
    min_level: int | None
    """Lowest RQF level, 1-8, that satisfies a stated qualification; None if none is clear."""

    experience_alternative: bool
    """Experience is offered as an alternative to a qualification."""

    matches: tuple[Match, ...]
    """In the order of the text; empty if nothing documented is asked."""
