"""One vacancy, or the draft of an advert, held against the documented requirements."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from matcher.catalogue import Catalogue, Requirement
from matcher.hints import Hint, Usual, find_hints, load_reasons
from matcher.summary import VacancySummary, summarise
from matcher.types import AnnotatedCriterion, Match
from pipelines.outputs.digest.render import environment
from pipelines.outputs.manifest import READING_AID


@dataclass(frozen=True, slots=True)
class Subject:
    """What is explained."""

    title: str
    """The job title, or the name of the file."""

    employer: str = ""
    url: str = ""
    """Empty for a draft."""

    band: str | None = None
    reason: str | None = None
    """Why no criterion was read, one sentence; None if there are some."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text asks for a requirement."""

    text: str
    match: Match

    @property
    def parts(self) -> tuple[str, str, str]:
        """The criterion's words before the evidence, the evidence, and those after."""
        start, end = self.match.start, self.match.end
        return self.text[:start], self.text[start:end], self.text[end:]


@dataclass(frozen=True, slots=True)
class Held:
    """A documented requirement, and where the text asks for it."""

    requirement: Requirement
    importance: str | None
    """``essential``, ``desirable`` or ``unknown``; None if it is not asked for."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A specification held against the document."""

    subject: Subject
    criteria: int
    held: tuple[Held, ...]
    """Every documented requirement, in the order of the catalogue."""

    summary: VacancySummary
    hints: tuple[Hint, ...]
    usual: Usual | None


def explain(
    subject: Subject,
    criteria: Sequence[AnnotatedCriterion],
    catalogue: Catalogue,
    essential_counts: Sequence[int] = (),
) -> Explanation:
    """Return what a specification asks of the document and beyond it, with hints.

    Args:
        subject: What it is of.
        criteria: As read and matched.
        catalogue: The documented requirements.
        essential_counts: Essential criteria of each stored advert of the subject's band.
    """
    usual = None
    if subject.band and essential_counts:
        usual = Usual(subject.band, median(essential_counts), len(essential_counts))
    summary = summarise(criteria, catalogue)
    importance = {
        **dict.fromkeys(summary.essential, "essential"),
        **dict.fromkeys(summary.desirable, "desirable"),
        **dict.fromkeys(summary.unclear, "unknown"),
    }
    return Explanation(
        subject=subject,
        criteria=len(criteria),
        held=tuple(
            Held(one, importance.get(one.id), _places(criteria, one.id))
            for one in catalogue.requirements
        ),
        summary=summary,
        hints=tuple(find_hints(criteria, catalogue, usual)),
        usual=usual,
    )


def _places(criteria: Sequence[AnnotatedCriterion], requirement: str) -> tuple[Place, ...]:
    return tuple(
        Place(one.criterion.text, match)
        for one in criteria
        for match in one.matches
        if match.requirement == requirement
    )


def explanation_json(explained: Explanation) -> dict[str, Any]:
    """Return an explanation as plain values."""
    reasons = load_reasons()
    subject, summary = explained.subject, explained.summary
    return {
        "title": subject.title,
        "employer": subject.employer,
        "url": subject.url,
        "band": subject.band,
        "criteria": explained.criteria,
        "reason": subject.reason,
        "entry_level": summary.stage == "entry" if explained.criteria else None,
        "no_formal_qualification_required": (
            summary.without_qualifications if explained.criteria else None
        ),
        "requirements": [_held_json(held) for held in explained.held],
        "beyond": [
            {
                "text": one.criterion.text,
                "importance": one.criterion.importance,
                "group": one.criterion.group,
            }
            for one in summary.beyond
        ],
        "hints": [
            {
                "kind": hint.kind,
                "title": reasons[hint.kind].title,
                "detail": hint.detail,
                "lines": list(hint.lines),
                "reason": reasons[hint.kind].reason,
                "source": reasons[hint.kind].source,
            }
            for hint in explained.hints
        ],
        "notice": READING_AID,
    }


def _held_json(held: Held) -> dict[str, Any]:
    return {
        "requirement": held.requirement.id,
        "label": held.requirement.label,
        "statement": held.requirement.statement,
        "source_url": held.requirement.source_url,
        "importance": held.importance,
        "asked_in": [
            {
                "text": place.text,
                "importance": place.match.importance,
                "evidence": place.match.evidence,
                "start": place.match.start,
                "end": place.match.end,
                "score": place.match.score,
                "rule": place.match.rule,
            }
            for place in held.places
        ],
    }


def render_explanation(explained: Explanation, footer: Sequence[str]) -> str:
    """Return an explanation as a page of HTML without anything from outside."""
    return (
        environment()
        .get_template("explain.html")
        .render(explained=explained, reasons=load_reasons(), footer=list(footer))
    )
