"""What stands behind the figures of an evaluation: each error with its reason, and intervals."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from matcher.evaluate import Evaluation, LabelledLine, outcome_of, quality_of
from matcher.match import Matcher
from matcher.types import AnnotatedCriterion
from matcher.typing_errors import with_typing_errors


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One label and answer that differ, with the reason."""

    id: str
    text: str
    requirement: str
    kind: Literal["wrong", "missed"]
    reason: str
    """For a wrong match its rule and evidence, for a missed one why it was not found."""


def disagreements(evaluation: Evaluation, matcher: Matcher) -> list[Disagreement]:
    """Return every match that the labels do not hold and every label not matched, by line."""
    found = []
    for line, answer in evaluation.answers:
        given = {match.requirement: match for match in answer.matches}
        for name in sorted(given.keys() - line.labels):
            reason = f"{given[name].rule}: {given[name].evidence!r}"
            found.append(Disagreement(line.id, line.text, name, "wrong", reason))
        for name in sorted(line.labels - given.keys()):
            reason = matcher.why_missed(line.text, name)
            found.append(Disagreement(line.id, line.text, name, "missed", reason))
    return found


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % bootstrap interval, both ends 0-1."""

    low: float
    high: float


def intervals(evaluation: Evaluation, rounds: int = 500, seed: int = 0) -> dict[str, Interval]:
    """Return the 95 % interval of F1 for each requirement, and for ``micro``.

    The percentile bootstrap over lines; the same for the same seed.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    outcomes = [_outcomes(line, answer) for line, answer in evaluation.answers]
    draws: dict[str, list[float]] = {name: [] for name in ("micro", *evaluation.per_requirement)}
    for _ in range(rounds):
        counts: dict[str, Counter[str]] = {name: Counter() for name in draws}
        for outcome in chance.choices(outcomes, k=len(outcomes)):
            for name, kind in outcome:
                counts[name][kind] += 1
                counts["micro"][kind] += 1
        for name, count in counts.items():
            draws[name].append(quality_of(count).f1)
    return {name: _middle(sorted(values)) for name, values in draws.items()}


def _outcomes(line: LabelledLine, answer: AnnotatedCriterion) -> list[tuple[str, str]]:
    given = {match.requirement for match in answer.matches}
    return [(name, outcome_of(name, given, line.labels)) for name in given | line.labels]


def _middle(values: list[float]) -> Interval:
    cut = len(values) // 40
    return Interval(values[cut], values[-1 - cut])


def table(evaluation: Evaluation) -> list[str]:
    """Return a table of the quality per requirement with its support, a line each."""
    spans = intervals(evaluation)
    rows = [
        f"{'requirement':32} {'precision':>9} {'recall':>7} {'F1':>6} {'95 %':>13} {'lines':>6}"
    ]
    for name, one in {**evaluation.per_requirement, "micro": evaluation.micro}.items():
        span = f"{spans[name].low:.2f}-{spans[name].high:.2f}" if one.support else "-"
        precision, recall = (
            "-" if value is None else f"{value:.3f}" for value in (one.precision, one.recall)
        )
        rows.append(
            f"{name:32} {precision:>9} {recall:>7} {one.f1:6.3f} {span:>13} {one.support:6d}"
        )
    return rows


def spoilt(lines: Iterable[Mapping[str, Any]], seed: str = "1") -> list[dict[str, Any]]:
    """Return labelled lines with typing errors in about half of their long words."""
    return [
        {**line, "text": with_typing_errors(line["text"], seed)}
        if isinstance(line.get("text"), str)
        else dict(line)
        for line in lines
    ]
