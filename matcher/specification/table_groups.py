"""Tables whose columns are groups: ``Qualifications | Experience | Skills`` stand at the top."""

from collections.abc import Iterator, Sequence

from matcher.specification import groups, marks
from matcher.specification.blocks import Block, Cell
from matcher.specification.headings import is_short, read_heading
from matcher.specification.lines import clean, has_bullet, strip_bullet
from matcher.specification.outline import Context
from matcher.specification.table_cells import Entry, entries_of
from matcher.specification.table_layout import place
from matcher.specification.table_rows import stacked
from matcher.types import Importance


def is_by_groups(rows: Sequence[Block], context: Context) -> bool:
    """Say whether the first row names groups and the others, or the headings, say the weight."""
    names = [cell for cell in rows[0].cells if cell.lines]
    if len(names) < 2 or len(rows) < 2 or not all(map(_is_name, names)):
        return False
    known = sum(groups.kinds_in(cell.text) != () for cell in names)
    weighed = any(_label(cell) for row in rows[1:] for cell in row.cells)
    return known * 2 > len(names) and (weighed or context.importance != "unknown")


def by_groups(rows: Sequence[Block]) -> Iterator[Entry]:
    """Yield the criteria of such a table, row by row and in a row column by column."""
    names = {start: strip_bullet(clean(cell.text))[0] for start, cell in place(rows[0].cells)}
    weight: Importance = "unknown"
    for row in rows[1:]:
        for start, cell in place(row.cells):
            said = _label(cell)
            if said and len(cell.lines) == 1:
                weight = said
            elif said:
                yield from stacked(cell, names.get(start))
            else:
                yield from entries_of(cell, weight, names.get(start))


def _is_name(cell: Cell) -> bool:
    text = clean(cell.text)
    return is_short(text) and not any(map(has_bullet, cell.lines)) and not marks.of_codes(text)


def _label(cell: Cell) -> Importance | None:
    """Return the importance that the first line of a cell is a bare word of, or None."""
    if not cell.lines or not marks.is_importance_label(cell.lines[0]):
        return None
    return read_heading(cell.lines[0]).importance
