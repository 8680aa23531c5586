"""Finds wording of a specification that may shut people out without need.

The rules are here, the reasons and their sources in ``data/hints.yml``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Literal

from rapidfuzz.fuzz import token_sort_ratio

from matcher.catalogue import Catalogue
from matcher.fields import Entry, load_entry, mapping_of
from matcher.summary import needs_paper, qualification_ids
from matcher.text import read_words
from matcher.types import AnnotatedCriterion
from personspec.resources import data_path

HintKind = Literal["no-experience-alternative", "long-essential-list", "repeated-essential"]

REPEATED = 3
"""A skill asked in this many essential lines is pointed out: two may be two sides of it."""

ALIKE = 90.0
"""Likeness of two lines, 0-100, from which one repeats the other."""

ENOUGH = 10
"""Adverts of a band from which their median says something."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a kind of wording is pointed out."""

    title: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Usual:
    """How many essential criteria adverts of a band have."""

    band: str
    median: float
    adverts: int


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to think over, with the lines it is about."""

    kind: HintKind
    detail: str
    """What was found, one sentence."""

    lines: tuple[str, ...]


@cache
def load_reasons() -> dict[str, Reason]:
    """Return the reason of each kind of hint; raise CatalogueError if the file is wrong."""
    file = load_entry(data_path("hints.yml"))
    return {
        name: _reason(Entry(file.file, name, mapping_of(value, file.file, name)))
        for name, value in file.fields.items()
    }


def _reason(entry: Entry) -> Reason:
    entry.allow({"title", "reason", "source"})
    return Reason(entry.text("title"), " ".join(entry.text("reason").split()), entry.text("source"))


def find_hints(
    criteria: Sequence[AnnotatedCriterion], catalogue: Catalogue, usual: Usual | None
) -> list[Hint]:
    """Return what may be thought over in a specification.

    Args:
        criteria: All of them.
        catalogue: The documented requirements.
        usual: What adverts of the band have; None, or too few of them, and the length of the
            list is not judged.
    """
    essential = [one for one in criteria if _importance(one) == "essential"]
    return [
        *_without_alternative(essential, catalogue),
        *_long_list(essential, usual),
        *_repeated(essential, catalogue),
    ]


def _importance(criterion: AnnotatedCriterion) -> str:
    return criterion.stated_importance or criterion.criterion.importance


def _without_alternative(
    essential: Sequence[AnnotatedCriterion], catalogue: Catalogue
) -> Iterator[Hint]:
    qualifications = qualification_ids(catalogue)
    lines = tuple(one.criterion.text for one in essential if needs_paper(one, qualifications))
    if lines:
        asks = "line asks" if len(lines) == 1 else "lines ask"
        yield Hint(
            "no-experience-alternative",
            f"{len(lines)} essential {asks} for a qualification without accepting experience in "
            "its place.",
            lines,
        )


def _long_list(essential: Sequence[AnnotatedCriterion], usual: Usual | None) -> Iterator[Hint]:
    if usual and usual.adverts >= ENOUGH and len(essential) > usual.median:
        yield Hint(
            "long-essential-list",
            f"{len(essential)} criteria are essential; the median of {usual.adverts} adverts of "
            f"band {usual.band} is {usual.median:g}.",
            (),
        )


def _repeated(essential: Sequence[AnnotatedCriterion], catalogue: Catalogue) -> Iterator[Hint]:
    for requirement in catalogue.requirements:
        if requirement.kind not in {"skill", "characteristic"}:
            continue
        lines = tuple(
            one.criterion.text
            for one in essential
            if any(
                match.requirement == requirement.id and match.importance == "essential"
                for match in one.matches
            )
        )
        if len(lines) >= REPEATED:
            yield Hint(
                "repeated-essential",
                f"{requirement.label} is essential in {len(lines)} lines.",
                lines,
            )
    words = [
        (one.criterion.text, " ".join(read_words(one.criterion.text).words)) for one in essential
    ]
    for (first, one), (second, other) in combinations(words, 2):
        if one and token_sort_ratio(one, other, score_cutoff=ALIKE):
            yield Hint(
                "repeated-essential",
                "Two essential lines ask for almost the same.",
                (first, second),
            )
