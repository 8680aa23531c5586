"""The cells of a specification table: their lines, as criteria to be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.specification import asks, groups, marks
from matcher.specification.blocks import Cell
from matcher.specification.headings import group_words
from matcher.specification.lines import clean, split_inline_bullets, strip_bullet
from matcher.specification.table_layout import is_tick
from matcher.types import Importance


@dataclass(frozen=True, slots=True)
class Entry:
    """A criterion to be: its line and what its row says."""

    text: str
    importance: Importance
    group: str | None
    assessed_by: tuple[str, ...] = ()


def union(codes: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return all the ways of assessing, each once."""
    return tuple(dict.fromkeys(code for part in codes for code in part))


def cell_lines(cell: Cell) -> Iterator[tuple[str, bool]]:
    """Return the entries of a cell without their bullets, and whether they had one.

    What is no criterion under any heading is left out.
    """
    for line in cell.lines:
        for part in split_inline_bullets(line):
            text, bulleted = strip_bullet(clean(part))
            if text and not is_tick(text) and not asks.is_never_a_criterion(text):
                yield text, bulleted


def entries_of(cell: Cell, weight: Importance, group: str | None) -> Iterator[Entry]:
    """Return the entries of a cell; a label inside it names the group of those after it."""
    lines = list(cell_lines(cell))
    for index, (text, bulleted) in enumerate(lines):
        followed_by_bullet = index + 1 < len(lines) and lines[index + 1][1]
        heads = index + 1 < len(lines) and text.endswith(":")
        if heads or (followed_by_bullet and not bulleted and _is_title(text)):
            named = group_words(text) if group is None or marks.is_label(text) else None
            group = named or (group if heads else text)
        elif not marks.is_importance_label(text):
            yield Entry(text, weight, group)


def _is_title(text: str) -> bool:
    return marks.is_label(text) or (len(text.split()) <= 5 and groups.kinds_in(text) != ())
