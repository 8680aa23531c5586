"""Quality of the matcher on labelled lines."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.match import Matcher
from matcher.types import AnnotatedCriterion, Criterion
from personspec.exceptions import UsageError

MACRO_SUPPORT = 5
"""A requirement counts in the macro mean from this many labelled lines."""

_FIELDS = frozenset({"stated_importance", "min_level", "experience_alternative"})
"""What a line may say beside its labels."""


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """One criterion and what a reader says of it."""

    id: str
    text: str
    labels: frozenset[str]
    stated_importance: str | None = None
    min_level: int | None = None
    experience_alternative: bool = False
    says: frozenset[str] = frozenset()
    """Which of these three somebody labelled; of the others the line says nothing, not null."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision, recall and F1 (0-1) over ``support`` labelled lines."""

    precision: float | None
    """None if the answer was never given."""

    recall: float | None
    """None without a labelled line."""

    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well the matcher's answers agree with the labels; fractions are 0-1."""

    micro: Quality
    macro_f1: float | None
    """Mean F1 over the requirements with at least ``MACRO_SUPPORT`` labelled lines; None if no
    requirement has so many."""

    per_requirement: Mapping[str, Quality]
    importance_accuracy: float
    """Over the lines that label it and where the label or the answer is not null; so are the next
    two, with false for null in the last."""

    min_level_accuracy: float
    experience_alternative_accuracy: float
    criteria_per_second: float
    answers: Sequence[tuple[LabelledLine, AnnotatedCriterion]]

    def to_json(self) -> dict[str, Any]:
        """Return the figures as plain values, under the names the command line promises.

        What was not measured is None.
        """
        return {
            "micro_f1": self.micro.f1,
            "macro_f1": self.macro_f1,
            "per_requirement": {
                name: {
                    "precision": quality.precision,
                    "recall": quality.recall,
                    "f1": quality.f1 if quality.support else None,
                    "support": quality.support,
                }
                for name, quality in self.per_requirement.items()
            },
            "importance_accuracy": self.importance_accuracy,
            "min_level_accuracy": self.min_level_accuracy,
            "experience_alternative_accuracy": self.experience_alternative_accuracy,
            "criteria_per_second": self.criteria_per_second,
        }


def evaluate(lines: Iterable[Mapping[str, Any]], matcher: Matcher) -> Evaluation:
    """Return the matcher's quality on labelled lines (the format of ``data/gold``).

    Raises:
        UsageError: A line lacks its id, text or labels, or one of its fields is of a wrong kind;
            the message gives its number.
    """
    known = set(matcher.catalogue.by_id)
    labelled = [read_line(line, number, known) for number, line in enumerate(lines, start=1)]
    if not labelled:
        raise UsageError("There is no labelled line to evaluate on.")
    start = time.perf_counter()
    annotated = [matcher.annotate(Criterion(line.text)) for line in labelled]
    elapsed = time.perf_counter() - start
    return compare(list(zip(labelled, annotated, strict=True)), sorted(known), elapsed)


def compare(
    answers: Sequence[tuple[LabelledLine, AnnotatedCriterion]],
    requirements: Sequence[str],
    elapsed: float,
) -> Evaluation:
    """Return the figures for answers already given in ``elapsed`` seconds."""
    counts = {name: Counter[str]() for name in requirements}
    for line, answer in answers:
        given = {match.requirement for match in answer.matches}
        for name in given | line.labels:
            counts[name][outcome_of(name, given, line.labels)] += 1
    per_requirement = {name: quality_of(count) for name, count in counts.items()}
    supported = [one.f1 for one in per_requirement.values() if one.support >= MACRO_SUPPORT]
    return Evaluation(
        micro=quality_of(sum(counts.values(), Counter[str]())),
        macro_f1=sum(supported) / len(supported) if supported else None,
        per_requirement=per_requirement,
        importance_accuracy=_agreement("stated_importance", answers),
        min_level_accuracy=_agreement("min_level", answers),
        experience_alternative_accuracy=_agreement("experience_alternative", answers),
        criteria_per_second=len(answers) / elapsed if elapsed else 0.0,
        answers=answers,
    )


def outcome_of(name: str, given: set[str], labels: frozenset[str]) -> str:
    """Return ``right``, ``wrong`` or ``missed`` for a requirement given or labelled."""
    if name in given:
        return "right" if name in labels else "wrong"
    return "missed"


def quality_of(counts: Mapping[str, int]) -> Quality:
    """Return the quality for counts of ``right``, ``wrong`` and ``missed`` answers."""
    right, wrong, missed = counts.get("right", 0), counts.get("wrong", 0), counts.get("missed", 0)
    precision = right / (right + wrong) if right + wrong else None
    recall = right / (right + missed) if right + missed else None
    f1 = 2 * right / (2 * right + wrong + missed) if right else 0.0
    return Quality(precision, recall, f1, right + missed)


def _agreement(name: str, answers: Sequence[tuple[LabelledLine, AnnotatedCriterion]]) -> float:
    pairs = [
        (getattr(line, name), getattr(answer, name))
        for line, answer in answers
        if name in line.says
    ]
    # Both silent, null or false, earns nothing.
    asked = [(label, answer) for label, answer in pairs if label or answer]
    return sum(label == answer for label, answer in asked) / len(asked) if asked else 1.0


def read_line(line: Mapping[str, Any], number: int, known: set[str]) -> LabelledLine:
    """Return a labelled line of a gold file, checked.

    Raises:
        UsageError: It cannot be used; the message gives ``number``.
    """
    if not isinstance(line, Mapping):
        raise UsageError(f"Labelled line {number} is not an object with id, text and labels.")
    text, labels = line.get("text"), line.get("labels")
    if "id" not in line or not isinstance(text, str) or not isinstance(labels, list):
        raise UsageError(f"Labelled line {number} must have an id, a text and a list of labels.")
    if not all(isinstance(label, str) for label in labels):
        raise UsageError(f"Labelled line {number}: each label must be the id of a requirement.")
    unknown = [label for label in labels if label not in known]
    if unknown:
        raise UsageError(
            f"Labelled line {number} has the label {unknown[0]!r}, which the catalogue lacks."
        )
    level = line.get("min_level")
    if level is not None and (not isinstance(level, int) or isinstance(level, bool)):
        raise UsageError(f"Labelled line {number}: min_level must be a whole number or null.")
    stated = line.get("stated_importance")
    if stated not in (
        None,
        "essential",
        "desirable",
        "mixed",
    ):  # a tuple: it may be a list or an object
        raise UsageError(
            f"Labelled line {number}: stated_importance must be essential, desirable, mixed or"
            " null."
        )
    return LabelledLine(
        str(line["id"]), text, frozenset(labels), stated, level,
        line.get("experience_alternative") is True, _FIELDS & line.keys(),
    )  # fmt: skip
