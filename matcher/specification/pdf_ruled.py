"""Ruled tables of a PDF page: their grid from pdfplumber, their words from pypdfium2."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from matcher.specification import table_layout
from matcher.specification.blocks import Block, Cell
from matcher.specification.lines import has_bullet
from matcher.specification.pdf_flow import Healer, entries
from matcher.specification.pdf_words import Word, lines_of

if TYPE_CHECKING:
    import pdfplumber

Box = tuple[float, float, float, float]
_SNAP = 3.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its box and its cells, each left, top, right, bottom in points."""

    box: Box
    cells: tuple[Box, ...]

    @property
    def columns(self) -> list[float]:
        """Left edges of its columns."""
        return _edges(cell[0] for cell in self.cells)

    @property
    def rows(self) -> list[float]:
        """Upper edges of its rows."""
        return _edges(cell[1] for cell in self.cells)

    def holds(self, word: Word) -> bool:
        """Say whether a word stands in the table."""
        left, top, right, bottom = self.box
        return top - 1 <= word.middle <= bottom + 1 and left - 2 <= word.left <= right + 2


def grids(page: "pdfplumber.page.Page") -> list[Grid]:
    """Return the ruled tables of a page with more than one column, from top to bottom."""
    found = []
    for table in page.find_tables():
        cells = tuple((cell[0], cell[1], cell[2], cell[3]) for cell in table.cells)
        left, top, right, bottom = table.bbox
        grid = Grid((left, top, right, bottom), cells)
        if len(grid.columns) > 1:
            found.append(grid)
    return sorted(found, key=lambda grid: grid.box[1])


def rows(grid: Grid, words: Sequence[Word], healer: Healer, table: int) -> Iterator[Block]:
    """Yield the rows of a ruled table, merged cells as spans and continuations."""
    columns, tops = grid.columns, grid.rows
    inside = by_cell(grid, words)
    for top in tops:
        row = sorted(
            (cell for cell in grid.cells if cell[1] <= top + _SNAP < cell[3] - _SNAP),
            key=lambda cell: cell[0],
        )
        cells = _whole(tuple(_cells(row, top, columns, inside, healer)))
        if any(cell.lines or cell.continued for cell in cells):
            yield Block("row", " | ".join(cell.text for cell in cells), cells=cells, table=table)


def _whole(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Join the lines of each cell of a row that is ticked once: it holds one criterion."""
    ticks = [len(cell.lines) for cell in cells if cell.lines and all(map(_is_mark, cell.lines))]
    if not ticks or max(ticks) > 1:
        return cells
    return tuple(
        cell if any(map(has_bullet, cell.lines)) else replace(cell, lines=_joined(cell))
        for cell in cells
    )


def _joined(cell: Cell) -> tuple[str, ...]:
    return (cell.text,) if cell.lines else ()


def _is_mark(text: str) -> bool:
    return table_layout.is_tick(text) or table_layout.is_letter(text)


def by_cell(grid: Grid, words: Iterable[Word]) -> dict[Box, list[Word]]:
    """Return the words that stand in each cell; empty cells are left out."""
    inside: dict[Box, list[Word]] = {}
    for word in words:
        x = (word.left + word.right) / 2
        for cell in grid.cells:
            if cell[0] <= x <= cell[2] and cell[1] <= word.middle <= cell[3]:
                inside.setdefault(cell, []).append(word)
                break
    return inside


def _cells(
    row: Sequence[Box],
    top: float,
    columns: Sequence[float],
    inside: dict[Box, list[Word]],
    healer: Healer,
) -> Iterator[Cell]:
    at = 0
    for cell in row:
        start = sum(column < cell[0] - _SNAP for column in columns)
        if start > at:
            yield Cell(span=start - at)
        span = max(sum(cell[0] - _SNAP <= column < cell[2] - _SNAP for column in columns), 1)
        at = start + span
        if cell[1] < top - _SNAP:
            yield Cell(span=span, continued=True)
            continue
        words = inside.get(cell, [])
        lines = entries(lines_of(words), healer, right_edge=cell[2] - _padding(cell, words))
        bold = bool(lines) and all(entry.bold for entry in lines)
        yield Cell(tuple(entry.text for entry in lines), span, bold=bold)


def _padding(cell: Box, words: Sequence[Word]) -> float:
    """Return the space left free at the sides of a cell, as its left side shows."""
    return min(max(min((word.left for word in words), default=0.0) - cell[0], 2.0), 6.0)


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges
