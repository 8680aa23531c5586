"""Plain text to blocks."""

import re
from collections.abc import Iterable, Iterator

from matcher.specification.blocks import PSEUDO_HEADING_LEVEL, Block, BlockList, Cell
from matcher.specification.headings import MAX_HEADING_WORDS, read_heading
from matcher.specification.lines import (
    clean,
    has_bullet,
    heal_wrapped,
    is_stranded_bullet,
    without_impossible,
)
from matcher.specification.wrapping import opens_entry, starts_anew

_RULE = re.compile(r"^\s*(?:[=_*~-]\s*){3,}$")
_MARKDOWN = re.compile(r"^(#{1,6})\s+")
_MAX_JOINED = 4000
_MAX_WIDTH = 120
_FULL_LINES = 3
"""A text is wrapped if so many of its lines are about as long as the longest."""
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^[\s|:+-]+$")
_WRAPPED_FROM = 50
"""A line at least this long that ends in no point may be broken by the width of the page."""


def to_blocks(text: str) -> list[Block]:
    """Return the blocks of a text; blank lines, bullets and capitals are its only marks."""
    collected = BlockList()
    parts = list(_paragraphs(text))
    width = _width(parts)
    for number, part in enumerate(parts, 1):
        if all(map(_TABLE_ROW.match, part)):
            _add_table(collected, part, number)
            continue
        for line in _unwrap(part, width):
            _add(collected, line)
    return collected.blocks


def _paragraphs(text: str) -> Iterator[list[str]]:
    part: list[str] = []
    for raw in without_impossible(text).splitlines():
        line = raw.replace("\t", "  ").rstrip()
        if line.strip() and not _RULE.match(line):
            part.append(line)
        elif part:
            yield part
            part = []
    if part:
        yield part


def _width(parts: Iterable[Iterable[str]]) -> int:
    """Return the width the text is wrapped at; 0 if its longest lines show that it is not."""
    lengths = [len(line) for part in parts for line in part]
    longest = max(lengths, default=0)
    full = sum(length > 0.85 * longest for length in lengths)
    return longest if longest <= _MAX_WIDTH and full >= _FULL_LINES else 0


def _unwrap(lines: Iterable[str], width: int) -> list[str]:
    """Join lines that were broken at the width of the page."""
    joined: list[str] = []
    before = ""
    for line in lines:
        wrapped = (
            _WRAPPED_FROM <= len(before) <= width
            and len(before) + len(line.split(None, 1)[0]) >= width
            and len(joined[-1] if joined else "") < _MAX_JOINED
            and not before.rstrip().endswith((".", ":", ";", "!", "?"))
            and line[0] != "#"
            and not opens_entry(line.strip())
            and not is_stranded_bullet(line)
            and not starts_anew(before, line.strip())
        )
        if joined and wrapped:
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line.strip())
        before = line
    return heal_wrapped(joined)


def _add_table(collected: BlockList, lines: Iterable[str], number: int) -> None:
    """Add a table whose cells stand between upright strokes."""
    for line in lines:
        if not _TABLE_RULE.match(line):
            texts = line.strip().strip("|").split("|")
            cells = tuple(Cell((text,) if (text := clean(part)) else ()) for part in texts)
            collected.add_row(cells, number)


def _add(collected: BlockList, line: str) -> None:
    marked = _MARKDOWN.match(line)
    text = clean(_MARKDOWN.sub("", line))
    if marked:
        collected.add("heading", text, len(marked.group(1)))
    elif _is_capitals(text) and not _is_acronym(text) and _may_head(text):
        collected.add("heading", text, PSEUDO_HEADING_LEVEL)
    else:
        collected.add("paragraph", line.strip())


def _may_head(text: str) -> bool:
    """Say whether a line has no bullet; a number is none: ``11. KNOWLEDGE AND TRAINING``."""
    return text[0].isdigit() or not has_bullet(text)


def _is_acronym(text: str) -> bool:
    """Say whether a word alone has its capitals as a name: ``ECDL``, not ``DUTIES``."""
    return " " not in text and read_heading(text).verdict == "unknown"


def _is_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and text.isupper() and len(text.split()) <= MAX_HEADING_WORDS
