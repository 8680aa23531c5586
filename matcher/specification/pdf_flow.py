"""Lines of a page to entries: what was wrapped is joined, broken words are healed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matcher.specification.lines import clean, has_bullet, is_stranded_bullet
from matcher.specification.pdf_words import SOFT_HYPHEN, Line, Page

# Beginnings of compounds that keep their hyphen where a line ends with it.
_COMPOUNDS = frozenset(
    "self non co pre post multi inter well high low full part long short face up on re ex e all anti"
    " decision problem team time cross hands can semi under over inner one two three four five ten"
    " key front end day follow first second third word work fast hard user customer patient".split()
)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_BREAK = re.compile(rf"([A-Za-z]+)[-{SOFT_HYPHEN}]$")
_NUMBERS = re.compile(r"\d+")
_MARGIN_SHARE = 0.12
_SAME_PLACE = 6.0


@dataclass(slots=True)
class Entry:
    """Lines that belong together: a bullet, a paragraph, a heading."""

    lines: list[Line] = field(default_factory=list)
    text: str = ""

    @property
    def top(self) -> float:
        """Upper edge of its first line."""
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        """Lower edge of its last line."""
        return self.lines[-1].bottom

    @property
    def bold(self) -> bool:
        """All its lines are set in bold."""
        return all(line.bold for line in self.lines)


class Healer:
    """Joins words broken at line ends; the document's own words decide about the hyphen."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._known = Counter(
            found.lower()
            for page in pages
            for word in page.words
            for found in _WORD.findall(word.text)
        )

    def join(self, before: str, line: str) -> str:
        """Return two lines as one text."""
        broken = _BREAK.search(before)
        if not broken or not line or not line[0].islower():
            joint = "" if before.endswith("/") and not before.endswith(" /") else " "
            return f"{before.rstrip(SOFT_HYPHEN)}{joint}{line}"
        head = broken.group(1)
        tail = (_WORD.match(line) or _WORD.match("x")).group() if _WORD.match(line) else ""
        bare = before[:-1]
        if self._known[(head + tail).lower()]:
            return bare + line
        keeps = self._known[f"{head}-{tail}".lower()] or head.lower() in _COMPOUNDS
        return f"{bare}-{line}" if keeps else bare + line


def without_margins(pages: Sequence[Page]) -> list[list[Line]]:
    """Return the lines of each page without headers and footers that repeat and page numbers."""
    paged = [lines_in_order(page) for page in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for page, lines in zip(pages, paged, strict=True):
        seen.update({_place(line, page) for line in lines if _in_margin(line, page)})
    most = max(2, (len(pages) + 1) // 2)
    return [
        [
            line
            for line in lines
            if not (
                _in_margin(line, page) and (seen[_place(line, page)] >= most or _is_number(line))
            )
        ]
        for page, lines in zip(pages, paged, strict=True)
    ]


def lines_in_order(page: Page) -> list[Line]:
    """Return the lines of a page from top to bottom."""
    from matcher.specification.pdf_words import lines_of

    return lines_of(page.words)


def _in_margin(line: Line, page: Page) -> bool:
    edge = page.height * _MARGIN_SHARE
    return line.bottom < edge or line.top > page.height - edge


def _place(line: Line, page: Page) -> tuple[str, int]:
    del page
    return _NUMBERS.sub("#", line.text.lower()), round(line.top / _SAME_PLACE)


def _is_number(line: Line) -> bool:
    return bool(re.fullmatch(r"(?i)(?:page )?\d+(?: ?(?:of|/) ?\d+)?", line.text.strip()))


def entries(lines: Sequence[Line], healer: Healer, right_edge: float | None = None) -> list[Entry]:
    """Join the lines of one column into entries.

    A line goes on with the entry before it if it has no bullet, stands close below, and its first
    word would not have fitted on the line above; where bullets are in use, hanging text under one
    goes on with it.
    """
    found: list[Entry] = []
    edge = (
        right_edge if right_edge is not None else max((line.right for line in lines), default=0.0)
    )
    for line in lines:
        text = clean_line(line)
        if not text:
            continue
        if found and _goes_on(found[-1], line, text, edge):
            found[-1].text = healer.join(found[-1].text, text)
            found[-1].lines.append(line)
        else:
            found.append(Entry([line], text))
    for entry in found:
        entry.text = clean(entry.text.replace(SOFT_HYPHEN, ""))
    return found


def clean_line(line: Line) -> str:
    """Return the text of a line; a soft hyphen at its end is kept for the healer."""
    text = line.text
    ends_soft = text.endswith(SOFT_HYPHEN)
    return clean(text) + (SOFT_HYPHEN if ends_soft else "")


def _goes_on(entry: Entry, line: Line, text: str, edge: float) -> bool:
    above = entry.lines[-1]
    if is_stranded_bullet(entry.text):
        return True
    if has_bullet(text):
        # A dash may also be what a wrapped line happens to start with.
        return (
            text[0] in "-–—"
            and text[1:2] == " "
            and entry.text[-1:].isalpha()
            and (not has_bullet(entry.text) and _is_full(above, line, edge))
        )
    if line.top - above.bottom > 0.9 * max(above.height, line.height):
        return False
    if line.bold != above.bold and (above.bold or line.bold) and not text[0].islower():
        return False
    if entry.text.endswith((":", "?")):
        return False
    if text[0].islower() or entry.text.endswith((SOFT_HYPHEN, "-", ",", "/", "(", "&")):
        return True
    hangs = has_bullet(entry.text) and line.left > entry.lines[0].left + 2.0
    return hangs or _is_full(above, line, edge)


def _is_full(above: Line, line: Line, edge: float) -> bool:
    """Say whether the first word of ``line`` would not have fitted on the line above."""
    first = line.words[0]
    space = 0.3 * max(above.height, 1.0)
    return above.right + space + (first.right - first.left) > edge + 1.0
