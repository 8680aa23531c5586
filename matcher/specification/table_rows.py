"""Tables whose rows say their importance themselves, or stand beside the name of their group."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.specification import asks, groups, marks, table_layout
from matcher.specification.blocks import Block, Cell
from matcher.specification.headings import (
    group_words,
    is_group_label,
    is_lead_in,
    is_short,
    read_heading,
)
from matcher.specification.lines import clean, has_bullet
from matcher.specification.outline import Context
from matcher.specification.table_cells import Entry, entries_of, union
from matcher.types import Importance


def is_row_wise(rows: Sequence[Block], context: Context) -> bool:
    """Say whether a table without a head of columns gives its importance or group by row."""
    labels = sum(_row_label(row) is not None for row in rows)
    if labels:
        return True
    if context.verdict not in ("specification", "asks"):
        return False
    widths = [len([cell for cell in row.cells if cell.lines]) for row in rows]
    groups_named = sum(
        bool(row.cells[0].lines)
        and groups.kinds_in(row.cells[0].text) != ()
        and len(row.cells[0].text.split()) <= 8
        for row in rows
        if len(row.cells) > 1
    )
    return max(widths) >= 2 and groups_named >= max(1, len(rows) // 2)


def _row_label(row: Block) -> int | None:
    """Return the index of the cell that is a bare word of importance, or None."""
    if len(row.cells) > 1 and _names_both(row.cells[0]):
        return 0
    for index, cell in enumerate(row.cells):
        if (
            cell.lines
            and marks.is_importance_label(cell.lines[0])
            and (len(cell.lines) > 1 or len(row.cells) > 1 or len(cell.lines) == 1)
        ):
            return index
    return None


def _names_both(cell: Cell) -> bool:
    """Say whether a cell names a group and an importance: ``Experience (essential)``."""
    if len(cell.lines) != 1 or not is_group_label(cell.text):
        return False
    heading = read_heading(cell.text)
    return heading.importance != "unknown" and heading.group is not None


class _RowReader:
    """Reads rows that say their importance themselves: ``Qualifications | Essential | GCSE``."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._group = context.group
        self._weight: Importance = "unknown"
        """Of a row that says nothing but a word of importance, for the rows after it."""

        self._labelled: tuple[int, Importance] | None = None
        """The cell that said ``Essential`` and what it said; it may stand in the first row only."""

    def entries(self, row: Block) -> Iterator[Entry]:
        """Yield the criteria of a row."""
        label, weight = self._label_of(row)
        filled = [
            (index, cell)
            for index, cell in enumerate(row.cells)
            if cell.lines and index != label and not table_layout.is_head_of_assessing(cell)
        ]
        if not filled and label is not None:
            self._weight = weight
        if filled and self._is_group_row(row, filled):
            return
        named = bool(filled) and self._take_group(row, filled, label)
        if label is not None and len(row.cells[label].lines) > 1:
            yield from stacked(row.cells[label], self._group)
        counts = named or weight != "unknown" or self._context.importance != "unknown"
        yield from _criteria_of(filled, weight, self._group, counts=counts)

    def _label_of(self, row: Block) -> tuple[int | None, Importance]:
        """Return the cell that weighs the row and what it says; left empty, the one above holds."""
        label = _row_label(row)
        if label is not None:
            heading = read_heading(row.cells[label].lines[0])
            self._labelled = (label, heading.importance)
            self._group = heading.group or self._group
            return self._labelled
        if self._labelled and self._labelled[0] < len(row.cells) - 1:
            cell = row.cells[self._labelled[0]]
            if not cell.lines and cell.span == 1:
                return self._labelled
        self._labelled = None
        return None, self._weight

    def _is_group_row(self, row: Block, filled: Sequence[tuple[int, Cell]]) -> bool:
        cell = filled[0][1]
        heads = sum(map(table_layout.is_head_of_assessing, row.cells))
        alone = len(filled) == 1 and (len(row.cells) == 1 or cell.span > 1 or heads > 0)
        if not alone or not _names_group(cell):
            return False
        self._group = _cell_group(cell) or self._group
        self._weight = "unknown"
        return True

    def _take_group(self, row: Block, filled: list[tuple[int, Cell]], label: int | None) -> bool:
        """Take the name in the first cell off; say whether it names a kind of group."""
        index = filled[0][0]
        first = index == 0 and len(row.cells) > 1 if label is None else index < label
        if not first and (len(filled) < 2 or label is not None):
            return False
        cell = filled.pop(0)[1]
        self._group = _cell_group(cell) or self._group
        return groups.kinds_in(cell.text) != ()


def row_wise(rows: Sequence[Block], context: Context) -> Iterator[Entry]:
    """Yield the criteria of such a table, row by row."""
    reader = _RowReader(context)
    for row in rows:
        if not table_layout.is_generic(row):
            yield from reader.entries(row)


def _criteria_of(
    filled: Sequence[tuple[int, Cell]], weight: Importance, group: str | None, *, counts: bool
) -> Iterator[Entry]:
    """Yield the entries of the cells that hold criteria; ``counts`` if the row says they do."""
    cells = [cell for _, cell in filled if not marks.of_codes(cell.text)]
    codes = union(marks.of_codes(cell.text) for _, cell in filled)
    for cell in cells:
        if counts or asks.asks_something(cell.text):
            for entry in entries_of(cell, weight, group):
                yield replace(entry, assessed_by=codes)


def stacked(cell: Cell, group: str | None) -> Iterator[Entry]:
    """Yield the lines of one cell that holds ``Essential``, its criteria, then ``Desirable``."""
    weight: Importance = "unknown"
    for line in cell.lines:
        if marks.is_importance_label(line):
            weight = read_heading(line).importance
            continue
        yield from entries_of(Cell((line,)), weight, group)


def _names_group(cell: Cell) -> bool:
    text = clean(cell.text)
    return (
        len(cell.lines) == 1
        and is_short(text)
        and not has_bullet(cell.lines[0])
        and (cell.bold or marks.is_label(text) or is_lead_in(text) or len(text.split()) <= 4)
    )


def _cell_group(cell: Cell) -> str | None:
    text = clean(cell.text).rstrip(" :")
    return group_words(text) or text or None
