"""Specification tables: columns, ticks, letters, merged groups, heads repeated on each page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from matcher.specification import asks, groups, marks, table_layout
from matcher.specification.blocks import PSEUDO_HEADING_LEVEL, Block, Cell
from matcher.specification.headings import group_words, is_short, read_heading
from matcher.specification.lines import clean, has_bullet, strip_bullet
from matcher.specification.outline import Context
from matcher.specification.table_cells import Entry, cell_lines, entries_of, union
from matcher.specification.table_groups import by_groups, is_by_groups
from matcher.specification.table_layout import Layout, is_cross, is_letter, is_tick, place
from matcher.specification.table_rows import is_row_wise, row_wise
from matcher.types import Criterion, Importance


def flatten(rows: Iterable[Block]) -> Iterator[Block]:
    """Return the cells of a table that only lays out text as paragraphs and headings."""
    for row in rows:
        for cell in row.cells:
            for line in cell.lines:
                if cell.bold and len(cell.lines) == 1 and is_short(line):
                    yield Block("heading", line, level=PSEUDO_HEADING_LEVEL, position=row.position)
                else:
                    yield Block("paragraph", line, position=row.position)


class TableReader:
    """Reads the tables of one document in order; a table without head goes on with the last one."""

    def __init__(self) -> None:
        self._last: Layout | None = None
        self._group: str | None = None
        self._outer: str | None = None
        """The group that the headings above the last table named."""

    def read(self, rows: Sequence[Block], context: Context) -> list[Criterion] | None:
        """Return the criteria of a table, or None if the table only lays out text."""
        heads = [table_layout.head_layout(row) for row in rows]
        if not any(heads) and is_by_groups(rows, context):
            return [_to_criterion(entry, context) for entry in by_groups(rows)]
        layout = self._layout(rows, heads, context.group)
        if layout is None:
            if not is_row_wise(rows, context):
                return None
            entries = list(row_wise(rows, context))
            if not entries:
                return None
        else:
            entries = list(self._column_wise(rows, heads, layout, context))
        return [_to_criterion(entry, context) for entry in entries]

    def _layout(
        self, rows: Sequence[Block], heads: Sequence[Layout | None], group: str | None
    ) -> Layout | None:
        """Return the columns; a head repeated on the next page leaves the group as it was."""
        own = next((head for head in heads if head), None) or self._guess(rows)
        if own:
            if own != self._last or group != self._outer:
                self._group = None
            self._outer = group
            return own
        width = max(table_layout.width_of(row) for row in rows)
        return self._last if self._last and self._last.width == width else None

    def _guess(self, rows: Sequence[Block]) -> Layout | None:
        """Return what the cells tell; where the last table told the same, it goes on."""
        guess = table_layout.guess_layout(rows)
        goes_on = guess and self._last and guess.weighs_like(self._last)
        return self._last if goes_on else guess

    def _column_wise(
        self,
        rows: Sequence[Block],
        heads: Sequence[Layout | None],
        layout: Layout,
        context: Context,
    ) -> Iterator[Entry]:
        started = not any(heads)
        criterion_column = _criterion_column(rows, heads, layout)
        for row, head in zip(rows, heads, strict=True):
            if head:
                started, layout = True, head
                self._group = head.group or self._group
                continue
            if started and (any(heads) or not table_layout.is_generic(row)):
                yield from self._row(row, layout, criterion_column, context)
            elif not started:
                self._group = _title_of(row)
        self._last = layout

    def _row(
        self, row: Block, layout: Layout, criterion_column: int, context: Context
    ) -> Iterator[Entry]:
        placed = place(row.cells)
        heading = _heading_of(row, layout)
        if heading is not None:
            self._group = heading or self._group
            return
        self._group = _group_cell(placed, layout, criterion_column) or self._group
        group = self._group or context.group
        assessed = _assessed(placed, layout)
        entries = list(_filled(placed, layout, group)) or list(
            _ticked(placed, layout, criterion_column, group)
        )
        for index, entry in enumerate(entries):
            by_line = len(assessed) == len(entries)
            codes = assessed[index] if by_line else union(assessed)
            yield replace(entry, assessed_by=codes)


def _to_criterion(entry: Entry, context: Context) -> Criterion:
    known = entry.importance != "unknown"
    place = marks.Place(
        form="table",
        importance=entry.importance if known else context.importance,
        source="column" if known else "heading",
        group=entry.group,
        kind=groups.kind_of(entry.group),
        assessed_by=entry.assessed_by,
    )
    return marks.to_criterion(entry.text, place)


def _criterion_column(rows: Sequence[Block], heads: Sequence[Layout | None], layout: Layout) -> int:
    """Return the text column that says most: where criteria are ticked, they stand there."""
    sizes: dict[int, int] = {}
    for row, head in zip(rows, heads, strict=True):
        for start, cell in place(row.cells):
            if head is None and layout.role(start) == "text" and cell.span < layout.width:
                sizes[start] = sizes.get(start, 0) + len(cell.text)
    return max(sizes, key=lambda column: (sizes[column], column)) if sizes else 0


def _heading_of(row: Block, layout: Layout) -> str | None:
    """Return the group a heading row names ('' if it is to be passed over), None for other rows."""
    filled = [
        (start, cell)
        for start, cell in place(row.cells)
        if any(map(str.isalpha, cell.text)) or is_tick(cell.text)
    ]
    if not filled:
        return ""
    if len(filled) > 1 or any(has_bullet(line) for line in filled[0][1].lines):
        return None
    start, cell = filled[0]
    text = clean(cell.text)
    whole = cell.span >= layout.width or len(row.cells) == 1
    if layout.role(start) != "text" and not whole:
        return None
    if asks.is_legend(text) or (whole and not is_short(text)):
        return ""
    heading = read_heading(text)
    if heading.verdict == "specification" or marks.is_importance_label(text):
        return ""
    return group_words(text) or strip_bullet(text)[0].strip(" :")


def _title_of(row: Block) -> str | None:
    """Return the group that a row above the head names for the table, or None."""
    filled = [cell for cell in row.cells if cell.lines]
    if len(filled) != 1 or not marks.is_label(filled[0].text):
        return None
    return group_words(filled[0].text)


def _group_cell(
    placed: Sequence[tuple[int, Cell]], layout: Layout, criterion_column: int
) -> str | None:
    """Return the group that stands left of the criteria in a row, or None."""
    texts = [
        clean(cell.text)
        for start, cell in placed
        if layout.role(start) == "text"
        and cell.lines
        and any(c.isalpha() for c in cell.text)
        and (start < criterion_column or _has_filled(placed, layout))
    ]
    return (strip_bullet(texts[0])[0].rstrip(" :") or None) if texts else None


def _has_filled(placed: Sequence[tuple[int, Cell]], layout: Layout) -> bool:
    return any(
        layout.role(start) in ("essential", "desirable") and any(True for _ in _filled_lines(cell))
        for start, cell in placed
    )


def _filled_lines(cell: Cell) -> Iterator[str]:
    lines = (line for line, _ in cell_lines(cell))
    return (line for line in lines if not is_letter(line) and any(map(str.isalpha, line)))


def _filled(
    placed: Sequence[tuple[int, Cell]], layout: Layout, group: str | None
) -> Iterator[Entry]:
    """Yield the criteria that stand in the columns Essential and Desirable themselves."""
    for start, cell in placed:
        role = layout.role(start)
        if role not in ("essential", "desirable") or is_letter(cell.text):
            continue
        covered = {layout.role(column) for column in range(start, start + cell.span)}
        both = {"essential", "desirable"} <= covered
        weight: Importance = "unknown" if both else role
        entries = list(entries_of(cell, weight, group))
        yield from entries
        # A name on top of the first cell of a row is that of the whole row.
        named = {entry.group for entry in entries}
        group = named.pop() if len(named) == 1 else group


def _ticked(
    placed: Sequence[tuple[int, Cell]],
    layout: Layout,
    criterion_column: int,
    group: str | None,
) -> Iterator[Entry]:
    """Yield the criteria that stand in a text column and are ticked or lettered beside it."""
    cell = next((cell for start, cell in placed if start == criterion_column), None)
    if cell is None or layout.role(criterion_column) != "text" or _is_said_in_words(placed, layout):
        return
    entries = list(entries_of(cell, "unknown", group))
    weights = _weights(placed, layout)
    for index, entry in enumerate(entries):
        by_line = len(weights) == len(entries)
        weight = weights[index] if by_line else _common(weights)
        yield replace(entry, importance=weight)


def _is_said_in_words(placed: Sequence[tuple[int, Cell]], layout: Layout) -> bool:
    """Say whether words stand where a tick would: ``None`` in a table of filled columns."""
    return any(
        layout.role(start) in ("essential", "desirable")
        and len(clean(cell.text)) > 1
        and not (is_tick(cell.text) or is_letter(cell.text))
        for start, cell in placed
        if any(map(str.isalpha, cell.text))
    )


def _weights(placed: Sequence[tuple[int, Cell]], layout: Layout) -> list[Importance]:
    """Return what ticks and letters of a row say, line by line."""
    said = [
        (layout.role(start), line)
        for start, cell in placed
        if layout.role(start) in ("essential", "desirable", "letter")
        for line in cell.lines
        if is_tick(line) or is_letter(line)
    ]
    real = [(role, line) for role, line in said if not is_cross(line)]
    return [_weight(role, line) for role, line in real or said]


def _weight(role: table_layout.ColumnRole, line: str) -> Importance:
    if role == "letter":
        role = "essential" if clean(line).strip("()")[0].upper() == "E" else "desirable"
    return "essential" if role == "essential" else "desirable"


def _common(weights: Sequence[Importance]) -> Importance:
    return weights[0] if len(set(weights)) == 1 else "unknown"


def _assessed(placed: Sequence[tuple[int, Cell]], layout: Layout) -> list[tuple[str, ...]]:
    """Return the ways of assessing a row names, line by line; ticks under heads make one line."""
    lines = [
        line for start, cell in placed if layout.role(start) == "assessed" for line in cell.lines
    ]
    ticked = union(
        layout.codes_of(start)
        for start, cell in placed
        if layout.role(start) == "assessed" and is_tick(cell.text)
    )
    if ticked:
        return [ticked]
    return [codes for line in lines if (codes := marks.of_codes(strip_bullet(line)[0]))]
