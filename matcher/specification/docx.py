"""DOCX to blocks: opened by python-docx, walked by its XML.

``row.cells`` of python-docx repeats merged cells and leaves nested tables out, so rows and cells
are walked as they stand in the file.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from matcher.specification import symbols
from matcher.specification.blocks import PSEUDO_HEADING_LEVEL, Block, BlockList, Cell
from matcher.specification.errors import DocumentError
from matcher.specification.headings import MAX_HEADING_WORDS
from matcher.specification.lines import clean, heal_wrapped

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = frozenset(("0", "false", "off", "none"))
_REMOVED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText"))
_NO_MEMORY = 2
"""libxml2's error number (XML_ERR_NO_MEMORY); its text says 'unknown error'."""
_MAX_SPAN = 60
Element = Any  # lxml's element, which its stubs do not type under python-docx


def to_blocks(data: bytes, name: str) -> list[Block]:
    """Return the blocks of a Word document, tables and text boxes in their place.

    Raises:
        DocumentError: The file is damaged or no Word document.
    """
    walker = _Walker(_open(data, name))
    walker.walk(walker.styles.body)
    return walker.collected.blocks


def _open(data: bytes, name: str) -> "_Styles":
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        return _styles(Document(io.BytesIO(data)))
    except (
        OpcError,
        LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        IndexError,
        OSError,
    ) as error:
        if getattr(error, "code", None) == _NO_MEMORY:
            raise MemoryError from error
        raise DocumentError(
            f"{name} is a damaged or unusual Word document ({type(error).__name__}); save it again "
            "as .docx or PDF."
        ) from error


@dataclass(slots=True)
class _Styles:
    body: Element
    headings: dict[str, int] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    bold: set[str] = field(default_factory=set)


def _styles(document: "Document") -> _Styles:
    """Return what the styles in use mean, inherited from the ones they are based on."""
    found = _Styles(document.element.body)
    styles = {
        style.get(f"{_W}styleId"): style for style in document.styles.element.findall(f"{_W}style")
    }
    used = {_value(element) or "" for element in found.body.iter(f"{_W}pStyle")}
    for ident in used.intersection(styles):
        chain, current = [], ident
        while current in styles and current not in chain:
            chain.append(current)
            current = _value(styles[current].find(f"{_W}basedOn")) or ""
        _describe(found, ident, [styles[key] for key in chain])
    return found


def _describe(found: _Styles, ident: str, chain: list[Element]) -> None:
    for style in chain:
        label = (_value(style.find(f"{_W}name")) or "").lower()
        outline = _value(style.find(f"{_W}pPr/{_W}outlineLvl"))
        if label.startswith("heading ") and label[8:].isdigit():
            found.headings.setdefault(ident, min(int(label[8:]), 6))
        elif label == "title":
            found.headings.setdefault(ident, 1)
        elif outline and outline.isdigit() and int(outline) < 6:
            found.headings.setdefault(ident, int(outline) + 1)
        if style.find(f"{_W}pPr/{_W}numPr") is not None or label.startswith("list "):
            found.lists.add(ident)
        if _is_on(style.find(f"{_W}rPr/{_W}b")):
            found.bold.add(ident)


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(f"{_W}val")


def _is_on(element: Element | None) -> bool:
    return element is not None and (_value(element) or "1").lower() not in _OFF


class _Walker:
    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.collected = BlockList()
        self._tables = 0

    def walk(self, container: Element) -> None:
        """Add the blocks of a body, a cell or a text box."""
        for child in container:
            if child.tag == f"{_W}p":
                self._add_paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._add_table(child)
            elif child.tag == f"{_W}sdt":
                content = child.find(f"{_W}sdtContent")
                if content is not None:
                    self.walk(content)
            elif child.tag in (f"{_W}ins", f"{_W}moveTo", f"{_W}customXml", f"{_W}smartTag"):
                self.walk(child)

    def _add_paragraph(self, paragraph: Element) -> None:
        boxes: list[Element] = []
        runs = list(_runs(paragraph, boxes))
        lines = _lines_of(runs)
        level, is_list, depth = self._shape(paragraph)
        if lines and level and not is_list:
            self.collected.add("heading", " ".join(lines), level)
        elif lines and is_list:
            self.collected.add("item", " ".join(lines), depth)
        elif self._is_bold(paragraph, runs) and all(_could_head(line) for line in lines):
            for line in lines:
                self.collected.add("heading", line, PSEUDO_HEADING_LEVEL)
        else:
            for line in lines:
                self.collected.add("paragraph", line)
        for box in boxes:
            self.walk(box)

    def _shape(self, paragraph: Element) -> tuple[int, bool, int]:
        """Return heading level (0 for none), whether it is a list item, and its depth."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return 0, False, 1
        style = _value(properties.find(f"{_W}pStyle")) or ""
        numbering = properties.find(f"{_W}numPr")
        number = _value(numbering.find(f"{_W}numId")) if numbering is not None else None
        depth = _value(numbering.find(f"{_W}ilvl")) if numbering is not None else None
        level = self.styles.headings.get(style, 0)
        is_list = number != "0" and (
            numbering is not None or (style in self.styles.lists and not level)
        )
        return level, is_list and not level, int(depth or 0) + 1 if (depth or "0").isdigit() else 1

    def _is_bold(self, paragraph: Element, runs: list["_Run"]) -> bool:
        said = [run for run in runs if run.text.strip()]
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) or ""
        inherits = style in self.styles.bold
        return bool(said) and all(run.bold if run.bold is not None else inherits for run in said)

    def _add_table(self, table: Element) -> None:
        rows = list(_rows(table))
        single = all(len(list(_cells(row))) <= 1 for row in rows)
        if single or any(
            cell.find(f".//{_W}tbl") is not None for row in rows for cell in _cells(row)
        ):
            for row in rows:
                for cell in _cells(row):
                    self.walk(cell)
            return
        self._tables += 1
        for row in rows:
            header = _is_on(row.find(f"{_W}trPr/{_W}tblHeader"))
            self.collected.add_row(tuple(self._row(row)), self._tables, header=header)

    def _row(self, row: Element) -> Iterator[Cell]:
        before = _value(row.find(f"{_W}trPr/{_W}gridBefore"))
        if before and before.isdigit() and int(before):
            yield Cell(span=min(int(before), _MAX_SPAN))
        for cell in _cells(row):
            properties = cell.find(f"{_W}tcPr")
            span, merged = 1, False
            if properties is not None:
                raw = _value(properties.find(f"{_W}gridSpan")) or "1"
                span = min(max(int(raw), 1), _MAX_SPAN) if raw.isdigit() else 1
                down = properties.find(f"{_W}vMerge")
                merged = down is not None and _value(down) in (None, "continue")
            yield Cell(span=span, continued=True) if merged else self._cell(cell, span)

    def _cell(self, cell: Element, span: int) -> Cell:
        inner = _Walker(self.styles)
        inner.walk(cell)
        blocks = inner.collected.blocks
        lines = tuple(f"• {b.text}" if b.kind == "item" else b.text for b in blocks)
        return Cell(lines, span, bold=bool(blocks) and all(b.kind == "heading" for b in blocks))


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{_W}tr":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"):
            yield from _cells(child)


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    bold: bool | None
    """None where the run leaves it to the style."""


def _runs(parent: Element, boxes: list[Element]) -> Iterator[_Run]:
    """Return the text of a paragraph run by run; put the text boxes in it into ``boxes``."""
    for child in parent:
        if child.tag in _REMOVED:
            continue
        if child.tag == f"{_W}r":
            yield from _run(child, boxes)
        elif child.tag == f"{_MC}AlternateContent":
            yield from _runs(_alternative(child), boxes)
        elif isinstance(child.tag, str):
            yield from _runs(child, boxes)


def _run(run: Element, boxes: list[Element]) -> Iterator[_Run]:
    properties = run.find(f"{_W}rPr")
    bold: bool | None = None
    font = ""
    if properties is not None:
        if _is_on(properties.find(f"{_W}vanish")):
            return
        weight = properties.find(f"{_W}b")
        bold = None if weight is None else _is_on(weight)
        fonts = properties.find(f"{_W}rFonts")
        font = "" if fonts is None else fonts.get(f"{_W}ascii") or ""
    text = "".join(_pieces(run, font, boxes))
    if text:
        yield _Run(text, bold)


def _pieces(run: Element, font: str, boxes: list[Element]) -> Iterator[str]:
    for child in run:
        tag = child.tag
        if tag == f"{_W}t":
            yield symbols.translate(child.text or "", font)
        elif tag == f"{_W}sym":
            yield symbols.of_code(child.get(f"{_W}char") or "", child.get(f"{_W}font") or "")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            yield "  "
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\v"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}fldChar":
            yield _check_box(child)
        elif tag == f"{_MC}AlternateContent":
            boxes.extend(_alternative(child).iter(f"{_W}txbxContent"))
        elif tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object"):
            boxes.extend(child.iter(f"{_W}txbxContent"))


def _check_box(field_character: Element) -> str:
    """Return the box of an old form field, ticked or not."""
    box = field_character.find(f"{_W}ffData/{_W}checkBox")
    if box is None:
        return ""
    state = box.find(f"{_W}checked")
    state = box.find(f"{_W}default") if state is None else state
    return symbols.TICK if _is_on(state) else symbols.EMPTY_BOX


def _alternative(content: Element) -> Element:
    """Return the branch of alternative content to read: the newer one if it holds text."""
    choice = content.find(f"{_MC}Choice")
    fallback = content.find(f"{_MC}Fallback")
    if choice is not None and next(choice.iter(f"{_W}txbxContent", f"{_W}t"), None) is not None:
        return choice
    return fallback if fallback is not None else content


def _lines_of(runs: list[_Run]) -> list[str]:
    whole = "".join(run.text for run in runs)
    return heal_wrapped(line for part in whole.split("\v") if (line := clean(part)))


def _could_head(line: str) -> bool:
    return len(line.split()) <= MAX_HEADING_WORDS and not line.endswith((".", "!"))
