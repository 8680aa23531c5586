"""Specification tables without ruling: columns by where the words of the head stand."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.specification import table_layout
from matcher.specification.blocks import Block, Cell
from matcher.specification.lines import has_bullet
from matcher.specification.pdf_flow import Entry, Healer, entries
from matcher.specification.pdf_words import Line, Word

_COLUMN_GAP = 1.6
"""Words further apart than this many line heights stand in different columns."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table lie: the cuts between them, from left to right, in points."""

    cuts: tuple[float, ...]
    right: float

    def index(self, x: float) -> int:
        """Return the column a place lies in, from 0."""
        return sum(x >= cut for cut in self.cuts)

    def crosses(self, line: Line) -> bool:
        """Say whether a line runs on over a cut, as text across the whole page does."""
        gap = _COLUMN_GAP * line.height
        return any(
            left.right > cut - 0.5 * gap
            and right.left < cut + 0.5 * gap
            and right.left - left.right < 0.6 * gap
            for cut in self.cuts
            for left, right in zip(line.words, line.words[1:], strict=False)
            if left.left < cut <= right.right
        ) or any(word.left + 2 < cut < word.right - 2 for cut in self.cuts for word in line.words)


def segments(line: Line) -> list[Line]:
    """Split a line where the gap between two words is that of columns."""
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        if (
            word.left - before.right
            > _COLUMN_GAP * max(min(before.height, word.height), 4.0) * 0.55
        ):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [Line(tuple(part)) for part in parts]


def head_of(line: Line) -> Block | None:
    """Return a line as the head row of a specification table if it is one, else None."""
    parts = segments(line)
    if len(parts) < 2:
        return None
    row = Block("row", line.text, cells=tuple(Cell((part.text,)) for part in parts))
    layout = table_layout.head_layout(row)
    if layout is None or not {"essential", "desirable", "letter"} & set(layout.roles):
        return None
    return row


def rest_of_head(head: Line, below: Sequence[Line]) -> int:
    """Return how many lines close below a head in bold go on with it: ``Assessed / by``."""
    count, last = 0, head
    while (
        head.bold
        and count < min(len(below), 2)
        and below[count].bold
        and below[count].top - last.bottom < 0.4 * head.height
    ):
        last = below[count]
        count += 1
    return count


def columns_of(head: Line, below: Sequence[Line]) -> Columns:
    """Return the columns under a head: each cut lies in the widest gap between two head words.

    The gap is looked for in the lines below, since a head may be centred over its column.
    """
    parts = segments(head)
    cuts = []
    has_left = any(segments(line)[0].right < parts[0].left for line in below[:12])
    names = [(part.left, part.right) for part in parts]
    if has_left and table_layout.head_layout(head_of(head) or Block("row")) is not None:
        leftmost = min(
            part.left for line in below[:12] if (part := segments(line)[0]).right < parts[0].left
        )
        names.insert(0, (leftmost, leftmost + 1))
    for (left, right), (following, _) in itertools.pairwise(names):
        cuts.append(_widest_gap(below, (left + right) / 2 if right - left > 2 else left, following))
    edge = max((line.right for line in below), default=head.right)
    return Columns(tuple(cuts), edge)


def _widest_gap(lines: Sequence[Line], start: float, following: float) -> float:
    """Return where the widest stretch ends that fewest words cross, up to a following head word."""
    end = following + 20.0
    size = max(int(end - start), 1)
    covered = [0] * (size + 1)
    for line in lines:
        for word in line.words:
            first, last = int(word.left - start), int(word.right - start)
            for place in range(max(first, 0), min(last, size) + 1):
                covered[place] += 1
    least = min(covered[: max(int(following - start), 1)])
    best_end, best_length, length = size, 0, 0
    for place, count in enumerate(covered):
        length = length + 1 if count <= least else 0
        if length > best_length and place <= following - start + 1:
            best_length, best_end = length, place
        if length == 0 and place > following - start:
            break
    return start + best_end - min(best_length / 2, 4.0)


def rows(lines: Sequence[Line], columns: Columns, healer: Healer, table: int) -> Iterator[Block]:
    """Yield the rows of a table without ruling; a line across the whole width is a row alone."""
    band: list[Line] = []
    for line in lines:
        if _stands_across(line, columns):
            yield from _band_rows(band, columns, healer, table)
            band = []
            yield Block(
                "row",
                line.text,
                cells=(Cell((line.text,), span=len(columns.cuts) + 1, bold=line.bold),),
                table=table,
            )
        else:
            band.append(line)
    yield from _band_rows(band, columns, healer, table)


def _stands_across(line: Line, columns: Columns) -> bool:
    """Say whether a line is a row alone: text over the cuts, or the name of a group in bold."""
    if len(segments(line)) > 1:
        return False
    name = line.bold and len(columns.cuts) == 1 and not has_bullet(line.text)
    return columns.crosses(line) or name


def _band_rows(
    lines: Sequence[Line], columns: Columns, healer: Healer, table: int
) -> Iterator[Block]:
    if not lines:
        return
    stacked = _stack(lines, columns, healer)
    starts = _row_starts(stacked)
    for top, bottom in zip(starts, [*starts[1:], float("inf")], strict=True):
        cells = tuple(
            _cell([entry for entry in column if top <= entry.lines[0].middle < bottom])
            for column in stacked
        )
        if any(cell.lines for cell in cells):
            yield Block("row", " | ".join(cell.text for cell in cells), cells=cells, table=table)


def _cell(found: Sequence[Entry]) -> Cell:
    return Cell(
        tuple(entry.text for entry in found), bold=bool(found) and all(e.bold for e in found)
    )


def _stack(lines: Sequence[Line], columns: Columns, healer: Healer) -> list[list[Entry]]:
    """Return the entries of each column; ticks beside a column part its entries."""
    held: list[list[Line]] = [[] for _ in range(len(columns.cuts) + 1)]
    for line in lines:
        for index in range(len(held)):
            words = tuple(w for w in line.words if columns.index((w.left + w.right) / 2) == index)
            if words:
                held[index].append(Line(words))
    ticks = [
        (line.top + line.bottom) / 2
        for column in held
        if column and all(_is_mark(line.text) for line in column)
        for line in column
    ]
    return [entries(column, healer, breaks=ticks) for column in held]


def _row_starts(stacked: Sequence[Sequence[Entry]]) -> list[float]:
    """Return the upper edges of the rows: where a group starts or, with ticks, each criterion.

    A name that stands in the middle of the height of its row, not at the top, starts it half way up
    to the one before.
    """
    filled = [column for column in stacked if column]
    first = min(column[0].top for column in filled)
    if _are_marks(stacked):
        longest = max(filled, key=lambda column: sum(len(entry.text) for entry in column))
        names = [
            entry.top
            for column in filled
            if column is not longest
            for entry in column
            if not _is_mark(entry.text) and len(column) < len(longest)
        ]
        return sorted({first, *(entry.top for entry in longest), *names})
    names = [entry.top for entry in stacked[0]] if len(stacked) > 2 else []
    if names and names[0] - first > 12:
        others = sorted(entry.top for column in stacked[1:] for entry in column)
        names = [_row_top(name, others) for name in names]
    return sorted({first, *names})


def _row_top(name: float, tops: Sequence[float]) -> float:
    """Return the top of the row a vertically centred name stands in: after the widest gap above."""
    above = [top for top in tops if top <= name]
    if len(above) < 2:
        return above[0] if above else name
    gaps = [(later - earlier, later) for earlier, later in itertools.pairwise(above)]
    return max(gaps)[1] if max(gaps)[0] > 1.6 * min(gaps)[0] else above[0]


def _is_mark(text: str) -> bool:
    return table_layout.is_tick(text) or table_layout.is_letter(text)


def _are_marks(stacked: Sequence[Sequence[Entry]]) -> bool:
    marked = sum(
        1 for column in stacked if column and all(_is_mark(entry.text) for entry in column)
    )
    return marked >= 1
