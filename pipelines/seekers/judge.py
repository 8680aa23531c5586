"""How a criterion stands to what a person has: meets, misses, or cannot tell."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from matcher.types import AnnotatedCriterion, Importance
from pipelines.seekers.profile import Background
from pipelines.seekers.qualifications import BY_ID

Verdict = Literal["meets", "misses", "cannot tell"]
Proof = Literal["", "experience", "a qualification"]
"""What a line asks to be shown of a skill or beside a qualification; empty for nothing."""

_STRONGEST_FIRST: tuple[Importance, ...] = ("essential", "desirable", "unknown")
_WORST_FIRST: tuple[Verdict, ...] = ("misses", "cannot tell", "meets")
_DEGREE_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Need:
    """What a criterion asks, as far as it is documented: criteria alike share one judgement."""

    requirements: tuple[str, ...]
    min_level: int | None
    experience_alternative: bool
    proof: Proof = ""
    """What no tick can show: that the person has done it, or holds a paper on it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What can be said of one need and one person."""

    verdict: Verdict
    reason: str
    """Why, in words for the person, without a full stop; empty where nothing need be added.
    ``{missing}`` and ``{met}`` stand for the labels of what is."""

    missing: tuple[str, ...] = ()
    """Ids of the documented requirements that the person lacks."""

    met: tuple[str, ...] = ()
    """Ids of the skills that the person ticked."""


NOT_DOCUMENTED = Judgement("cannot tell", "")


@dataclass(frozen=True, slots=True)
class Asking:
    """One criterion as a job seeker is told of it."""

    text: str
    """The advert's words."""

    importance: Importance
    need: Need


def asking_of(annotated: AnnotatedCriterion) -> Asking:
    """Return what a criterion comes to for a job seeker."""
    return Asking(annotated.criterion.text, importance_of(annotated), need_of(annotated))


def importance_of(annotated: AnnotatedCriterion) -> Importance:
    """Return the strongest importance that governs words of a criterion."""
    found = [match.importance for match in annotated.matches] or [annotated.criterion.importance]
    return min(found, key=_STRONGEST_FIRST.index)


def need_of(annotated: AnnotatedCriterion) -> Need:
    """Return what a criterion asks of a person, at its strongest importance.

    A line may call one thing essential and another desirable: the essential one decides.
    """
    strongest = importance_of(annotated)
    asked = dict.fromkeys(m.requirement for m in annotated.matches if m.importance == strongest)
    level, instead = annotated.min_level, annotated.experience_alternative
    return Need(tuple(asked), level, instead, _proof_of(annotated, tuple(asked)))


def _proof_of(annotated: AnnotatedCriterion, requirements: tuple[str, ...]) -> Proof:
    text = _SPARED.sub("", annotated.criterion.text)
    if not requirements:
        return ""
    if not annotated.experience_alternative and _EXPERIENCE.search(text):
        return "experience"
    is_of_papers = annotated.min_level is not None or not _QUALIFICATIONS.keys().isdisjoint(
        requirements
    )
    return "a qualification" if _PAPER.search(text) and not is_of_papers else ""


_EXPERIENCE = re.compile(r"\bexperienced?\b", re.IGNORECASE)
_SPARED = re.compile(
    r"\bor\b(?:\W+\w+){0,5}?\W+experience\b"
    r"|\bno\b(?:\W+\w+){0,3}?\W+(?:experience|qualifications?)\b"
    r"|\b(?:experience|qualifications?)\b(?:\W+\w+){0,3}?\W+not\b",
    re.IGNORECASE,
)
"""Experience as an alternative, and what is not needed."""

_PAPER = re.compile(r"\b(?:qualification|certificate|diploma|accreditation)s?\b", re.IGNORECASE)


def judge(need: Need, background: Background) -> Judgement:
    """Return how a need stands to a background.

    All skills of one line have to be met; one that is missed decides. A qualification is met by
    its level or, only where the advert offers that, by experience. Where a line asks for
    experience, or for a paper on a skill, a tick does not show that.
    """
    if not need.requirements:
        return NOT_DOCUMENTED if need.min_level is None else _by_level(need, background)
    qualifications = [
        _QUALIFICATIONS[one](one, need, background)
        for one in need.requirements
        if one in _QUALIFICATIONS
    ]
    parts = [_either(qualifications)] if qualifications else []
    parts += [
        _OTHERS.get(one, _skill)(one, need, background)
        for one in need.requirements
        if one not in _QUALIFICATIONS
    ]
    return _with_proof(_all_of(parts), need.proof)


def _with_proof(found: Judgement, proof: Proof) -> Judgement:
    if found.verdict != "meets" or not proof:
        return found
    reason = f"{found.reason}, but it asks for {proof}: read whether yours fits"
    return Judgement("cannot tell", reason, met=found.met)


def _all_of(parts: list[Judgement]) -> Judgement:
    for verdict in _WORST_FIRST:
        found = [part for part in parts if part.verdict == verdict]
        if found and verdict != "meets":
            return Judgement(verdict, found[0].reason, _missing(found))
    met = tuple(id_ for part in parts for id_ in part.met)
    return Judgement("meets", "; ".join(dict.fromkeys(part.reason for part in parts)), met=met)


def _either(parts: list[Judgement]) -> Judgement:
    """Return what several qualifications of one line come to.

    A line may name them as alternatives or ask for all: where one is met and another is not,
    nobody can tell from here.
    """
    if len({part.verdict for part in parts}) == 1:
        return Judgement(parts[0].verdict, parts[0].reason, _missing(parts))
    return Judgement(
        "cannot tell",
        "it names several qualifications and you have one of them: read whether one is enough",
        _missing(parts),
    )


def _missing(parts: list[Judgement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for part in parts for id_ in part.missing))


def _qualification(requirement: str, need: Need, background: Background) -> Judgement:
    if need.min_level is None and requirement == "degree-or-equivalent-experience":
        need = Need(need.requirements, _DEGREE_LEVEL, need.experience_alternative)
    return _by_level(need, background, requirement)


def _by_level(need: Need, background: Background, requirement: str | None = None) -> Judgement:
    if background.level is None:
        return _by_experience(need, background) or Judgement(
            "cannot tell", "you did not tell us your qualifications"
        )
    if need.min_level is None:
        return _of_no_stated_level(requirement, need, background)
    if background.level >= need.min_level:
        return Judgement("meets", f"you told us: {_best(background)}")
    missing = () if requirement is None else (requirement,)
    return _by_experience(need, background) or Judgement(
        "misses", f"it asks for level {need.min_level}; {_highest(background)}", missing
    )


def _of_no_stated_level(requirement: str | None, need: Need, background: Background) -> Judgement:
    if background.level == 0:
        missing = () if requirement is None else (requirement,)
        return _by_experience(need, background) or Judgement(
            "misses", "you told us of no such qualification", missing
        )
    if background.level and background.level >= 2:
        return Judgement("meets", f"you told us: {_best(background)}")
    return Judgement("cannot tell", "the advert does not say which level it asks for")


def _industry(requirement: str, need: Need, background: Background) -> Judgement:
    if background.qualifications is None:
        return Judgement("cannot tell", "you did not tell us your qualifications")
    if "industry" in background.qualifications:
        return Judgement("meets", "you told us of an industry qualification: check that it fits")
    return _by_experience(need, background) or Judgement(
        "misses", "you told us of no industry qualification", (requirement,)
    )


def _route(requirement: str, _need: Need, background: Background) -> Judgement:
    if background.routes and requirement in background.routes:
        return Judgement("meets", "you told us that you have been through it")
    if requirement == "apprenticeship" or background.routes is None:
        # 'Willing to do an apprenticeship' is met by whoever is willing.
        return Judgement("cannot tell", "you did not tell us of one", (requirement,))
    return Judgement("misses", "you told us of none", (requirement,))


def _skill(requirement: str, _need: Need, background: Background) -> Judgement:
    if background.skills is None:
        return Judgement("cannot tell", "you did not tell us your skills")
    if requirement in background.skills:
        return Judgement("meets", "you ticked {met}", met=(requirement,))
    return Judgement("misses", "you did not tick {missing}", (requirement,))


def _by_experience(need: Need, background: Background) -> Judgement | None:
    """Return that experience stands in; None unless the advert offers it and there is some."""
    if not (need.experience_alternative and background.experience_years):
        return None
    years = background.experience_years
    return Judgement(
        "meets",
        f"the advert takes experience in its place, and you told us of {years} "
        f"{'year' if years == 1 else 'years'}: the employer decides if it is enough",
    )


def _best(background: Background) -> str:
    held = [BY_ID[one] for one in background.qualifications or ()]
    return max(held, key=lambda one: one.level or 0).short if held else "none"


def _highest(background: Background) -> str:
    return f"your highest is level {background.level}" if background.level else "you have none"


_QUALIFICATIONS: dict[str, Callable[[str, Need, Background], Judgement]] = {
    "gcse-or-equivalent": _qualification,
    "degree-or-equivalent-experience": _qualification,
    "industry-qualification": _industry,
}
_OTHERS: dict[str, Callable[[str, Need, Background], Judgement]] = {
    "apprenticeship": _route,
    "graduate-management-training": _route,
}
"""Every other requirement of the catalogue is a skill or a characteristic that can be ticked."""
