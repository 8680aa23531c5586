"""How well adverts are read, measured on adverts whose criteria are known.

An advert is a mapping with ``id``, ``description_html`` and ``expected``, a list of ``text``,
``importance`` and ``group``; other fields are ignored. Criteria of form ``prose`` are left out on
both sides: the labels hold only what stands in a list or a table.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from matcher.specification import groups, read_html
from matcher.specification.errors import DocumentError
from matcher.specification.lines import clean
from matcher.types import Criterion

_NO_GROUP = frozenset(("", "unknown", "none"))


@dataclass(frozen=True, slots=True)
class AdvertErrors:
    """What went wrong in one advert."""

    id: str
    missed: tuple[str, ...]
    """Texts that were expected and not read."""

    extra: tuple[str, ...]
    """Texts that were read and not expected."""

    wrong_importance: tuple[str, ...] = ()
    """``text: read instead of expected``."""

    wrong_group: tuple[str, ...] = ()
    """``text: read instead of expected``."""


@dataclass(frozen=True, slots=True)
class ReaderEvaluation:
    """The quality of reading over a number of adverts; shares are from 0 to 1."""

    adverts: int
    expected: int
    """Criteria that should have been read."""

    read: int
    """Criteria that were read, those in prose left out."""

    found: int
    """Criteria that are both."""

    precision: float
    recall: float
    importance_accuracy: float
    """Share of the found criteria whose importance is right."""

    group_accuracy: float
    """Share of the found criteria whose kind of group is among those the label names."""

    errors: tuple[AdvertErrors, ...] = field(default=(), repr=False)
    """Adverts with an error, in the order given."""

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain values for ``json.dumps``."""
        return asdict(self)


def evaluate_reader(lines: Iterable[Mapping[str, Any]]) -> ReaderEvaluation:
    """Read labelled adverts and compare.

    Texts are compared without regard to case, white space and a closing point.

    Args:
        lines: Adverts in the format of this module's description.

    Raises:
        DocumentError: An advert lacks a field; the message names the advert and the field.
    """
    results = [_compare(line) for line in lines]
    expected = sum(result.expected for result in results)
    read = sum(result.read for result in results)
    found = sum(result.found for result in results)
    return ReaderEvaluation(
        adverts=len(results),
        expected=expected,
        read=read,
        found=found,
        precision=_share(found, read),
        recall=_share(found, expected),
        importance_accuracy=_share(
            found - sum(len(r.errors.wrong_importance) for r in results), found
        ),
        group_accuracy=_share(found - sum(len(r.errors.wrong_group) for r in results), found),
        errors=tuple(result.errors for result in results if result.has_error),
    )


@dataclass(frozen=True, slots=True)
class _Result:
    expected: int
    read: int
    found: int
    errors: AdvertErrors

    @property
    def has_error(self) -> bool:
        errors = self.errors
        return bool(errors.missed or errors.extra or errors.wrong_importance or errors.wrong_group)


def _compare(line: Mapping[str, Any]) -> _Result:
    ident = str(line.get("id", "(without id)"))
    try:
        html, labels = str(line["description_html"]), list(line["expected"])
        wanted = [(str(label["text"]), label) for label in labels]
    except (KeyError, TypeError) as error:
        raise DocumentError(f"The labelled advert {ident} lacks {error}.") from error
    read = [criterion for criterion in read_html(html).criteria if criterion.form != "prose"]
    pairs, missed, extra = _pair(wanted, read)
    errors = AdvertErrors(
        id=ident,
        missed=tuple(missed),
        extra=tuple(criterion.text for criterion in extra),
        wrong_importance=tuple(_wrong_importance(pairs)),
        wrong_group=tuple(_wrong_group(pairs)),
    )
    return _Result(len(wanted), len(read), len(pairs), errors)


_Pair = tuple[Mapping[str, Any], Criterion]


def _pair(
    wanted: Sequence[tuple[str, Mapping[str, Any]]], read: Sequence[Criterion]
) -> tuple[list[_Pair], list[str], list[Criterion]]:
    """Pair labels with criteria of the same text, each used once; of several the best agreeing."""
    waiting: dict[str, list[Criterion]] = {}
    for criterion in read:
        waiting.setdefault(_key(criterion.text), []).append(criterion)
    pairs: list[_Pair] = []
    missed = []
    for text, label in wanted:
        same = waiting.get(_key(text))
        if not same:
            missed.append(text)
            continue
        best = max(same, key=lambda criterion: criterion.importance == label.get("importance"))
        same.remove(best)
        pairs.append((label, best))
    return pairs, missed, [criterion for rest in waiting.values() for criterion in rest]


def _wrong_importance(pairs: Iterable[_Pair]) -> Iterator[str]:
    for label, criterion in pairs:
        wanted = label.get("importance", "unknown")
        if criterion.importance != wanted:
            yield f"{criterion.text}: {criterion.importance} instead of {wanted}"


def _wrong_group(pairs: Iterable[_Pair]) -> Iterator[str]:
    for label, criterion in pairs:
        wanted = str(label.get("group") or "")
        if not _group_agrees(criterion, wanted):
            yield f"{criterion.text}: {criterion.group_kind} instead of {wanted or 'none'}"


def _group_agrees(criterion: Criterion, wanted: str) -> bool:
    """A label names its kinds in words such as ``Skills/Experience``: any of them is right."""
    if wanted.strip().lower() in _NO_GROUP:
        return criterion.group_kind is None
    return criterion.group_kind in (groups.kinds_in(wanted) or (groups.OTHER,))


def _key(text: str) -> str:
    return clean(text).casefold().rstrip(" .;,")


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
