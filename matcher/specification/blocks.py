"""The neutral form of a document: what every reader writes and the one parser reads."""

from dataclasses import dataclass
from typing import Literal

from matcher.types import Importance

BlockKind = Literal["heading", "item", "paragraph", "row"]

PSEUDO_HEADING_LEVEL = 7
"""Level of a heading that is only set in bold: below every real one, ``h1`` to ``h6``."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row."""

    lines: tuple[str, ...] = ()
    """Its paragraphs and bullets, wrapped lines healed; bullets still in front."""

    span: int = 1
    """Number of grid columns it covers, at least 1."""

    continued: bool = False
    """It belongs to a cell of an earlier row (vertically merged) and says nothing itself."""

    bold: bool = False

    @property
    def text(self) -> str:
        """All lines in one."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a list item, a paragraph or a table row, in reading order."""

    kind: BlockKind
    text: str = ""
    level: int = 0
    """Headings: 1 (outermost) to 7 (``PSEUDO_HEADING_LEVEL``). Items: depth, from 1. Else 0."""

    cells: tuple[Cell, ...] = ()
    """Of a row; empty for the other kinds."""

    header: bool = False
    """The row is marked as the head of its table."""

    table: int = 0
    """Number of the table a row stands in, from 1; 0 for the other kinds."""

    position: int = 0
    """Ordinal in the document, from 0."""

    importance: Importance = "unknown"
    """What the markup itself says of an item (the ids of NHS Jobs); rarely known."""


MAX_COLUMNS = 60
"""No specification has more; a table that claims thousands is cut."""


def _within(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    width = 0
    for index, cell in enumerate(cells):
        width += cell.span
        if width > MAX_COLUMNS:
            return cells[:index]
    return cells


class BlockList:
    """Collects blocks and numbers them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []

    def add(
        self,
        kind: BlockKind,
        text: str,
        level: int = 0,
        importance: Importance = "unknown",
    ) -> None:
        """Append a block with text; nothing if the text is empty."""
        if text:
            position = len(self.blocks)
            self.blocks.append(
                Block(kind, text, level=level, position=position, importance=importance)
            )

    def add_row(self, cells: tuple[Cell, ...], table: int, *, header: bool = False) -> None:
        """Append a table row; nothing if no cell says anything. Columns beyond the most are cut."""
        cells = _within(cells)
        if any(cell.lines or cell.continued for cell in cells):
            text = " | ".join(cell.text for cell in cells)
            position = len(self.blocks)
            self.blocks.append(
                Block("row", text, cells=cells, header=header, table=table, position=position)
            )
