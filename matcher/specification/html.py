"""HTML to blocks, with BeautifulSoup on lxml."""

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matcher.specification.blocks import PSEUDO_HEADING_LEVEL, Block, BlockList, Cell
from matcher.specification.headings import MAX_HEADING_WORDS
from matcher.specification.lines import clean, heal_wrapped, word_set
from matcher.types import Importance

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import PageElement, Tag

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset(
    ("script", "style", "template", "noscript", "head", "nav", "form", "svg", "button", "select")
)
_INLINE = word_set(
    "a abbr b big bdi bdo cite code del dfn em font i img ins kbd label mark o:p q s samp "
    "small span strike strong sub sup time tt u var wbr input"
)
_BOLD = frozenset(("b", "strong", "u"))
# The ids NHS Jobs gives its criteria; in the copy for small screens they alone say which is which.
_CRITERION_ID = re.compile(r"^(essential|desirable)_skill_\d+_criteria_\d+$")
_ESCAPED_TAG = re.compile(
    r"&lt;/?(?:p|ul|ol|li|br|div|span|strong|h[1-6]|table|tr|td)\b[^&<>]{0,200}&gt;", re.IGNORECASE
)
_TAG = re.compile(r"<(?:p|ul|ol|li|br|div|span|strong|h[1-6]|table|tr|td)\b", re.IGNORECASE)
_STYLED_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_STYLED_LINES = re.compile(r"white-space:\s*pre", re.IGNORECASE)
_PLACED = frozenset(("table", "h1", "h2", "h3", "h4"))
_MAX_DEPTH = 20
_MAX_SPAN = 50
_MAX_ROWSPAN = 200


def to_soup(html: str) -> "BeautifulSoup":
    """Parse HTML; markup that was escaped as a whole (``&lt;p&gt;``) is unescaped first."""
    from bs4 import BeautifulSoup

    for _ in range(2):
        if not _ESCAPED_TAG.search(html) or _TAG.search(html):
            break
        html = entities.unescape(html)
    return BeautifulSoup(html.replace("\x00", ""), "lxml")


def to_blocks(html: str) -> list[Block]:
    """Return the blocks of a page or a fragment, in reading order."""
    soup = to_soup(html)
    walker = _Walker(_data_tables(soup) if soup.find("table") else frozenset())
    walker.walk(soup)
    return walker.collected.blocks


@dataclass(slots=True)
class _Text:
    """Inline text gathered until the next block: its lines, and how much of it is bold."""

    parts: list[str] = field(default_factory=list)
    bold: int = 0
    plain: int = 0

    def add(self, text: str, *, bold: bool) -> None:
        self.parts.append(text)
        size = len(text.strip())
        if bold:
            self.bold += size
        else:
            self.plain += size

    def lines(self) -> list[str]:
        whole = "".join(self.parts)
        if "\v" not in whole and "\n" not in whole:
            line = clean(whole)
            return [line] if line else []
        raw = whole.split("\v")
        return heal_wrapped(line for part in raw if (line := _tidy(part)))


def _tidy(text: str) -> str:
    """Collapse white space, but keep a line break that a bullet follows (pre-line text)."""
    broken = re.split(r"\n(?=[^\S\n]*(?:[•·▪●○◦‣■➢➤►✓\uf0b7\uf0a7*]|[-–]\s|\d{1,2}[.)]\s))", text)
    return "\n".join(line for part in broken if (line := clean(part)))


class _Walker:
    """Walks the tree once, without recursion: pages nest thousands deep."""

    def __init__(self, data_tables: frozenset[int]) -> None:
        self.collected = BlockList()
        self._data_tables = data_tables
        self._text = _Text()
        self._seen: set[tuple[str, str]] = set()
        self._tables = 0
        self._depth = 0
        self._bold = 0
        self._item: tuple[int, Importance, str] | None = None
        self._heading = 0
        self._preformatted = 0

    def walk(self, root: "Tag") -> None:
        """Add the blocks under ``root``."""
        from bs4.element import Comment, NavigableString, PreformattedString, Tag

        stack: list[tuple[PageElement, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if isinstance(node, Tag):
                if leaving:
                    self._leave(node)
                    continue
                if node.name in _SKIPPED:
                    continue
                if node.name == "table" and id(node) in self._data_tables:
                    self._flush()
                    self._add_table(node)
                    continue
                self._enter(node)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(
                node, (Comment, PreformattedString)
            ):
                text = str(node)
                if self._preformatted:
                    text = text.replace("\n", "\v")
                self._text.add(text, bold=self._bold > 0)

    def _enter(self, tag: "Tag") -> None:
        if tag.name in _INLINE:
            self._bold += _is_bold(tag)
            return
        if tag.name == "br":
            self._text.add("\v", bold=False)
            return
        self._flush()
        self._preformatted += _keeps_lines(tag)
        if tag.name in ("ul", "ol"):
            self._depth += 1
        elif tag.name == "li":
            self._item = (min(max(self._depth, 1), _MAX_DEPTH), *_criterion_id(tag))
        elif tag.name in _HEADINGS:
            self._heading = _HEADINGS[tag.name]
        elif tag.name in ("th", "dt", "summary", "caption", "legend"):
            self._bold += 1

    def _leave(self, tag: "Tag") -> None:
        if tag.name in _INLINE:
            self._bold -= _is_bold(tag)
            return
        if tag.name == "br":
            return
        self._flush()
        self._preformatted -= _keeps_lines(tag)
        if tag.name in ("ul", "ol"):
            self._depth -= 1
        elif tag.name == "li":
            self._item = None
        elif tag.name in _HEADINGS:
            self._heading = 0
        elif tag.name in ("th", "dt", "summary", "caption", "legend"):
            self._bold -= 1

    def _flush(self) -> None:
        """Turn the text gathered so far into blocks."""
        if not self._text.parts:
            return
        text, self._text = self._text, _Text()
        lines = text.lines()
        if not lines:
            return
        if self._heading:
            self.collected.add("heading", " ".join(lines), self._heading)
        elif self._item:
            self._add_item(lines)
        elif text.plain == 0 and all(_could_head(line) for line in lines):
            for line in lines:
                self.collected.add("heading", line, PSEUDO_HEADING_LEVEL)
        else:
            for line in lines:
                self.collected.add("paragraph", line)

    def _add_item(self, lines: list[str]) -> None:
        assert self._item is not None
        level, weight, ident = self._item
        text = " ".join(lines)
        if ident:
            if (ident, text) in self._seen:
                return
            self._seen.add((ident, text))
        self.collected.add("item", text, level, weight)

    def _add_table(self, table: "Tag") -> None:
        self._tables += 1
        for cells, header in _grid(table):
            self.collected.add_row(cells, self._tables, header=header)


def _could_head(line: str) -> bool:
    return len(line.split()) <= MAX_HEADING_WORDS + 6 and not line.endswith((".", "!"))


def _is_bold(tag: "Tag") -> bool:
    if tag.name in _BOLD:
        return True
    return "style" in tag.attrs and bool(_STYLED_BOLD.search(str(tag.attrs["style"])))


def _keeps_lines(tag: "Tag") -> bool:
    if tag.name == "pre":
        return True
    return "style" in tag.attrs and bool(_STYLED_LINES.search(str(tag.attrs["style"])))


def _criterion_id(tag: "Tag") -> tuple[Importance, str]:
    found = _CRITERION_ID.match(str(tag.get("id") or ""))
    if not found:
        return "unknown", ""
    return ("essential" if found.group(1) == "essential" else "desirable"), found.group()


def _data_tables(root: "Tag") -> frozenset[int]:
    """Return the ids of the tables that hold data, found in one pass over the tree.

    A table only places other blocks on the page if it holds headings or tables, or one cell a row.
    """
    from bs4.element import PageElement, Tag

    wide: set[int] = set()
    laying: set[int] = set()
    open_tables: list[int] = []
    stack: list[tuple[PageElement, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if not isinstance(node, Tag):
            continue
        if leaving:
            open_tables.pop()
            continue
        if open_tables and node.name in _PLACED:
            laying.add(open_tables[-1])
        if open_tables and node.name == "tr" and _cell_count(node) > 1:
            wide.add(open_tables[-1])
        if node.name == "table":
            open_tables.append(id(node))
            stack.append((node, True))
        stack.extend((child, False) for child in reversed(node.contents))
    return frozenset(wide - laying)


def _cell_count(row: "Tag") -> int:
    return sum(getattr(child, "name", None) in ("td", "th") for child in row.contents)


def _grid(table: "Tag") -> Iterator[tuple[tuple[Cell, ...], bool]]:
    """Return the rows of a table, cells merged downwards repeated as continued ones."""
    merged: dict[int, tuple[int, int]] = {}
    for row in table.find_all("tr"):
        cells: list[Cell] = []
        column = 0
        for tag in row.find_all(["td", "th"], recursive=False):
            column = _fill_merged(cells, merged, column)
            span = _number(tag.get("colspan"), _MAX_SPAN)
            down = _number(tag.get("rowspan"), _MAX_ROWSPAN)
            cells.append(_cell(tag, span))
            if down > 1:
                merged[column] = (down - 1, span)
            column += span
        _fill_merged(cells, merged, column)
        header = bool(cells) and not row.find("td", recursive=False)
        yield tuple(cells), header


def _fill_merged(cells: list[Cell], merged: dict[int, tuple[int, int]], column: int) -> int:
    while column in merged:
        left, span = merged[column]
        cells.append(Cell(span=span, continued=True))
        if left <= 1:
            del merged[column]
        else:
            merged[column] = (left - 1, span)
        column += span
    return column


def _cell(tag: "Tag", span: int) -> Cell:
    walker = _Walker(frozenset())
    walker.walk(tag)
    blocks = walker.collected.blocks
    lines = tuple(f"• {b.text}" if b.kind == "item" else b.text for b in blocks)
    bold = bool(blocks) and (tag.name == "th" or all(b.kind == "heading" for b in blocks))
    return Cell(lines, span, bold=bold)


def _number(value: object, most: int) -> int:
    text = str(value or "1").strip()
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() else 1
