"""HTML to blocks, with BeautifulSoup on lxml."""

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from matcher.specification.blocks import PSEUDO_HEADING_LEVEL, Block, BlockList, Cell
from matcher.specification.headings import MAX_HEADING_WORDS
from matcher.specification.lines import (
    clean,
    has_bullet,
    heal_wrapped,
    without_impossible,
    word_set,
)
from matcher.specification.symbols import TICK
from matcher.types import Importance

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import PageElement, Tag

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset(
    (
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "nav",
        "footer",
        "form",
        "svg",
        "button",
        "select",
    )
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
_TICK_ALT = re.compile(r"\s*(?:\w+ )?(?:tick(?:ed)?|check(?:ed| ?mark)?|yes)\s*$", re.IGNORECASE)
_HEADS = frozenset(("th", "dt", "summary", "caption", "legend"))
_WITHIN_ITEM = frozenset(("p", "div", "section", "center", "blockquote"))
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
    return BeautifulSoup(without_impossible(html), "lxml")


def to_blocks(html: str) -> list[Block]:
    """Return the blocks of a page or a fragment, in reading order."""
    soup = to_soup(html)
    walker = _Walker(_data_tables(soup) if soup.find("table") else frozenset())
    walker.walk(soup)
    return walker.collected.blocks


_WRAPPED_BULLET = re.compile(r"\n(?=[^\S\n]*(?:[•·▪●○◦‣■➢➤►✓\uf0b7\uf0a7*]|[-–]\s|\d{1,2}[.)]\s))")


@dataclass(slots=True)
class _Text:
    """Inline text gathered until the next block: its lines, and how much of it is bold."""

    parts: list[str] = field(default_factory=list)
    plain: bool = False
    """Some of it is not bold."""

    def lines(self) -> list[str]:
        whole = "".join(self.parts)
        if "\v" not in whole and "\n" not in whole:
            line = clean(whole)
            return [line] if line else []
        raw = whole.split("\v")
        return heal_wrapped(line for part in raw if (line := _tidy(part)))


def _tidy(text: str) -> str:
    """Collapse white space, but keep a line break that a bullet follows (pre-line text)."""
    if "\n" not in text:
        return clean(text)
    broken = _WRAPPED_BULLET.split(text)
    return "\n".join(line for part in broken if (line := clean(part)))


@dataclass(frozen=True, slots=True)
class _End:
    """Marks on the stack of the walk where a tag ends."""

    tag: "Tag"


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
        self._items: list[tuple[int, Importance, str]] = []
        self._heading = 0
        self._preformatted = 0

    def walk(self, root: "Tag") -> None:
        """Add the blocks under ``root``."""
        from bs4.element import NavigableString, Tag

        stack: list[PageElement | _End] = [root]
        while stack:
            node = stack.pop()
            if type(node) is NavigableString:
                self._add_text(node)
            elif isinstance(node, Tag):
                self._walk_tag(node, stack)
            elif isinstance(node, _End):
                self._leave(node.tag)
        self._flush()

    def _walk_tag(self, tag: "Tag", stack: "list[PageElement | _End]") -> None:
        name = tag.name
        if name in _INLINE:
            if name == "img" and _TICK_ALT.match(str(tag.get("alt") or "")):
                self._text.parts.append(TICK)
            if _is_bold(tag):
                self._bold += 1
                stack.append(_End(tag))
        elif name == "br":
            self._text.parts.append("\v")
        elif name in _SKIPPED:
            return
        elif name == "table" and id(tag) in self._data_tables:
            self._flush()
            self._add_table(tag)
            return
        else:
            self._enter(tag)
            stack.append(_End(tag))
        stack.extend(reversed(tag.contents))

    def _add_text(self, text: str) -> None:
        if not self._bold and not self._text.plain and text.strip():
            self._text.plain = True
        self._text.parts.append(text.replace("\n", "\v") if self._preformatted else text)

    def _enter(self, tag: "Tag") -> None:
        name = tag.name
        if self._items and name in _WITHIN_ITEM:
            self._text.parts.append("\v")  # paragraphs of one item stay one
        else:
            self._flush()
        self._preformatted += _keeps_lines(tag)
        if name in ("ul", "ol"):
            self._depth += 1
        elif name == "li":
            self._items.append((min(max(self._depth, 1), _MAX_DEPTH), *_criterion_id(tag)))
        elif name in _HEADINGS:
            self._heading = _HEADINGS[name]
        elif name in _HEADS:
            self._bold += 1

    def _leave(self, tag: "Tag") -> None:
        name = tag.name
        if name in _INLINE:
            self._bold -= 1
            return
        if not (self._items and name in _WITHIN_ITEM):
            self._flush()
        self._preformatted -= _keeps_lines(tag)
        if name in ("ul", "ol"):
            self._depth -= 1
        elif name == "li":
            self._items.pop()
        elif name in _HEADINGS:
            self._heading = 0
        elif name in _HEADS:
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
        elif self._items:
            self._add_item(lines)
        elif not text.plain and all(_could_head(line) for line in lines):
            for line in lines:
                self.collected.add("heading", line, PSEUDO_HEADING_LEVEL)
        else:
            for line in lines:
                self.collected.add("paragraph", line)

    def _add_item(self, lines: list[str]) -> None:
        """Add the innermost open item; lines with bullets of their own are items under it."""
        level, weight, ident = self._items[-1]
        first = next((i for i, line in enumerate(lines) if i and has_bullet(line)), len(lines))
        text = " ".join(lines[:first])
        if ident:
            if (ident, text) in self._seen:
                return
            self._seen.add((ident, text))
        self.collected.add("item", text, level, weight)
        for line in lines[first:]:
            self.collected.add("item", line, level + 1, weight)

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
