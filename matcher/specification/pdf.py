"""PDF to blocks: text and boxes by pypdfium2, ruled tables by pdfplumber."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from matcher.specification import marks, pdf_columns, pdf_ruled, table_layout
from matcher.specification.blocks import PSEUDO_HEADING_LEVEL, Block, Cell
from matcher.specification.criteria import read_blocks
from matcher.specification.errors import DocumentError
from matcher.specification.headings import MAX_HEADING_WORDS
from matcher.specification.limits import Limits
from matcher.specification.lines import continues, has_bullet, join_wrapped
from matcher.specification.pdf_columns import Columns
from matcher.specification.pdf_flow import (
    Entry,
    Healer,
    Indents,
    entries,
    spacing_of,
    without_margins,
)
from matcher.specification.pdf_words import Line, Page, Word, lines_of, read_page
from matcher.specification.wrapping import JOINING_WORDS
from matcher.types import Specification

if TYPE_CHECKING:
    import pypdfium2


def to_specification(data: bytes, name: str, limits: Limits) -> Specification:
    """Read a PDF; pages that are pictures of text are named where nothing was found.

    Raises:
        DocumentError: The file is damaged, protected or has too many pages.
    """
    pages = _read_pages(data, name, limits)
    found = read_blocks(_Reader(data, pages).blocks())
    pictures = [page.number for page in pages if page.is_picture]
    if found.criteria or not pictures:
        return found
    return Specification((), _no_text_layer(pictures, len(pages)))


def _no_text_layer(pictures: Sequence[int], total: int) -> str:
    if len(pictures) == total:
        return "The document has no text layer: its pages are pictures, as a scanner makes them."
    numbers = ", ".join(map(str, pictures))
    return f"No criterion was found, and page {numbers} is a picture without a text layer."


def _read_pages(data: bytes, name: str, limits: Limits) -> list[Page]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(
                f"{name} is protected by a password; save it without one."
            ) from error
        raise DocumentError(f"{name} is a damaged PDF file; save it again.") from error
    try:
        return _pages(document, name, limits)
    finally:
        document.close()


def _pages(document: "pypdfium2.PdfDocument", name: str, limits: Limits) -> list[Page]:
    import pypdfium2

    if not len(document):
        raise DocumentError(f"{name} is a PDF file without pages.")
    if len(document) > limits.pages:
        raise DocumentError(
            f"{name} has more than {limits.pages} pages; give the person specification alone."
        )
    pages = []
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError as error:
            raise DocumentError(f"{name} is damaged at page {index + 1}; save it again.") from error
        pages.append(read_page(page, index + 1, limits.page_objects))
        page.close()
    return pages


class _Reader:
    """Turns pages into blocks; a table without ruling may go on over the page."""

    def __init__(self, data: bytes, pages: Sequence[Page]) -> None:
        self._data = data
        self._pages = pages
        self._healer = Healer(pages)
        self._edge = max((word.right for page in pages for word in page.words), default=0.0)
        self._indents = Indents()
        self._columns: Columns | None = None
        self._table = 0
        self._spacing = 0.0

    def blocks(self) -> list[Block]:
        """Return the blocks of all pages in reading order."""
        found: list[Block] = []
        grids = self._grids()
        for page, lines in zip(self._pages, without_margins(self._pages), strict=True):
            start = len(found)
            for block in self._page(lines, grids.get(page.number, [])):
                if len(found) == start:
                    _append_over_page(found, block)
                else:
                    _append(found, block)
        return [replace(block, position=position) for position, block in enumerate(found)]

    def _grids(self) -> dict[int, list[pdf_ruled.Grid]]:
        ruled = [page.number for page in self._pages if page.ruled and page.words]
        if not ruled:
            return {}
        import pdfplumber
        from pdfminer.pdfexceptions import PDFException
        from pdfplumber.utils.exceptions import PdfminerException

        found = {}
        try:
            with pdfplumber.open(io.BytesIO(self._data), pages=ruled) as document:
                for page in document.pages:
                    found[page.page_number] = pdf_ruled.grids(page)
                    page.close()
        except (PdfminerException, PDFException, ValueError, KeyError, TypeError, IndexError):
            # pdfminer reads fewer damaged files than PDFium: the words are read without ruling.
            return found
        return found

    def _page(self, lines: Sequence[Line], grids: Sequence[pdf_ruled.Grid]) -> Iterator[Block]:
        """Yield the blocks of a page: its ruled tables in place between its other lines."""
        start = 0
        self._spacing = spacing_of(lines)
        for grid in grids:
            above = [
                line for line in lines[start:] if line.top < grid.box[1] and not _within(line, grid)
            ]
            inside = [line for line in lines if _within(line, grid)]
            yield from self._free(above)
            self._columns = None
            self._table += 1
            words = [word for line in inside for word in line.words if grid.holds(word)]
            yield from self._grid(grid, words)
            start = _after(lines, grid)
        yield from self._free(lines[start:])

    def _grid(self, grid: pdf_ruled.Grid, words: Sequence[Word]) -> Iterator[Block]:
        """Yield a ruled table; one that frames a table without ruling is read cell by cell."""
        inside = pdf_ruled.by_cell(grid, words)
        framed = {cell: lines_of(held) for cell, held in inside.items()}
        if any(pdf_columns.head_of(line) for lines in framed.values() for line in lines):
            for cell in sorted(framed, key=lambda box: (box[1], box[0])):
                yield from self._free(framed[cell])
            self._columns = None
        else:
            yield from pdf_ruled.rows(grid, words, self._healer, self._table)

    def _free(self, lines: Sequence[Line]) -> Iterator[Block]:
        """Yield the blocks of lines outside ruled tables."""
        rest = list(lines)
        if self._columns and rest:
            end = _end_of_columns(rest, self._columns)
            yield from pdf_columns.rows(rest[:end], self._columns, self._healer, self._table)
            if end < len(rest):
                self._columns = None
            rest = rest[end:]
        index = 0
        while index < len(rest):
            if pdf_columns.head_of(rest[index]):
                yield from self._flow(rest[:index])
                end = self._open_columns(rest, index)
                yield from self._head_and_rows(rest, index, end)
                if end < len(rest):
                    self._columns = None
                rest, index = rest[end:], 0
            else:
                index += 1
        yield from self._flow(rest)

    def _open_columns(self, lines: Sequence[Line], head: int) -> int:
        self._table += 1
        self._columns = pdf_columns.columns_of(lines[head], lines[head + 1 :])
        following = _end_of_columns(lines[head + 1 :], self._columns)
        return head + 1 + following

    def _head_and_rows(self, lines: Sequence[Line], head: int, end: int) -> Iterator[Block]:
        assert self._columns is not None
        columns = self._columns
        texts: list[list[str]] = [[] for _ in range(len(columns.cuts) + 1)]
        body = head + 1 + pdf_columns.rest_of_head(lines[head], lines[head + 1 : end])
        for part in (part for line in lines[head:body] for part in pdf_columns.segments(line)):
            texts[columns.index((part.left + part.right) / 2)].append(part.text)
        cells = tuple(Cell((" ".join(words),) if words else ()) for words in texts)
        yield Block("row", lines[head].text, cells=cells, header=True, table=self._table)
        yield from pdf_columns.rows(lines[body:end], columns, self._healer, self._table)

    def _flow(self, lines: Sequence[Line]) -> Iterator[Block]:
        """Yield headings, items and paragraphs of running text."""
        found = entries(lines, self._healer, right_edge=self._edge, spacing=self._spacing)
        for entry, following in zip(found, [*found[1:], None], strict=False):
            if _is_set_as_heading(entry, following):
                yield Block("heading", entry.text, level=PSEUDO_HEADING_LEVEL)
            elif has_bullet(entry.text):
                yield Block("item", entry.text, level=self._indents.depth_of(entry))
            elif entry.text:
                self._indents = Indents()
                yield Block("paragraph", entry.text)


def _is_set_as_heading(entry: Entry, following: Entry | None) -> bool:
    """Say whether bold type makes a heading of an entry; a numbered one may be one of a list."""
    if not entry.bold or entry.text.endswith((".", "!")):
        return False
    if len(entry.text.split()) > MAX_HEADING_WORDS:
        return False
    numbered = has_bullet(entry.text) and entry.text[0].isdigit()
    alone = following is None or not following.bold
    return not has_bullet(entry.text) or (numbered and alone)


def _within(line: Line, grid: pdf_ruled.Grid) -> bool:
    return sum(grid.holds(word) for word in line.words) * 2 > len(line.words)


def _after(lines: Sequence[Line], grid: pdf_ruled.Grid) -> int:
    for index, line in enumerate(lines):
        if line.top >= grid.box[3] - 1 and not _within(line, grid):
            return index
    return len(lines)


def _end_of_columns(lines: Sequence[Line], columns: Columns) -> int:
    """Return where a table without ruling ends: at text across its columns, or a new head."""
    crossing = 0
    for index, line in enumerate(lines):
        if pdf_columns.head_of(line):
            return index - _headings_above(lines, index)
        crosses = columns.crosses(line) and len(pdf_columns.segments(line)) == 1
        crossing = crossing + 1 if crosses else 0
        if crossing >= 2:
            return index - 1
    return len(lines)


def _headings_above(lines: Sequence[Line], index: int) -> int:
    """Return how many lines above a head belong to it as its heading: none or one."""
    if not index:
        return 0
    above = lines[index - 1]
    alone = len(pdf_columns.segments(above)) == 1 and not has_bullet(above.text)
    return int(alone and (above.bold or marks.is_label(above.text)))


def _append_over_page(found: list[Block], block: Block) -> None:
    """Add the first block of a page; text that goes on from the page before is joined to it."""
    last = found[-1] if found else None
    if (
        last is not None
        and last.kind in ("paragraph", "item")
        and block.kind == "paragraph"
        and _goes_over(last.text, block.text)
    ):
        found[-1] = replace(last, text=join_wrapped(last.text, block.text))
    else:
        _append(found, block)


def _goes_over(before: str, text: str) -> bool:
    """Say whether a text goes on over a page break."""
    return continues(before, text) or before.rpartition(" ")[2].lower() in JOINING_WORDS


def _append(found: list[Block], block: Block) -> None:
    """Add a block; a row that goes on with the last one over a page is joined to it."""
    last = found[-1] if found else None
    if (
        last is not None
        and last.kind == block.kind == "row"
        and last.table != block.table
        and table_layout.width_of(last) == table_layout.width_of(block)
        and (joined := _joined(last, block)) is not None
    ):
        found[-1] = joined
    else:
        found.append(block)


def _joined(last: Block, block: Block) -> Block | None:
    """Return two halves of a row that a page break cut, or None if they are two rows."""
    pairs = list(zip(last.cells, block.cells, strict=False))
    cut = any(a.lines and b.lines and _goes_over(a.lines[-1], b.lines[0]) for a, b in pairs)
    cut = cut or _is_rest(last, block)
    if not cut or len(last.cells) != len(block.cells):
        return None
    return replace(last, cells=tuple(_joined_cell(a, b) for a, b in pairs))


def _lacks_bullet(above: Cell, below: Cell) -> bool:
    """Say whether a cell of bullets starts without one: its first line goes on with the last."""
    if not above.lines or not below.lines:
        return False
    return has_bullet(above.lines[-1]) and not has_bullet(below.lines[0])


def _is_rest(last: Block, block: Block) -> bool:
    """Say whether a row without a name of its own goes on with the named one above it.

    A row with a mark or a tick is a criterion by itself.
    """
    named = len(last.cells) > 1 and bool(last.cells[0].lines) and not block.cells[0].lines
    return named and not any(
        table_layout.is_tick(cell.text) or table_layout.is_letter(cell.text)
        for cell in block.cells
        if cell.lines
    )


def _joined_cell(above: Cell, below: Cell) -> Cell:
    if not above.lines or not below.lines:
        return replace(above, lines=(*above.lines, *below.lines))
    if _lacks_bullet(above, below) or _goes_over(above.lines[-1], below.lines[0]):
        middle = f"{above.lines[-1]} {below.lines[0]}"
        return replace(above, lines=(*above.lines[:-1], middle, *below.lines[1:]))
    return replace(above, lines=(*above.lines, *below.lines))
