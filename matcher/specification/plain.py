"""Plain text to blocks."""

import re
from collections.abc import Iterable, Iterator

from matcher.specification.blocks import PSEUDO_HEADING_LEVEL, Block, BlockList
from matcher.specification.headings import MAX_HEADING_WORDS
from matcher.specification.lines import (
    clean,
    has_bullet,
    heal_wrapped,
    is_stranded_bullet,
    without_impossible,
)

_RULE = re.compile(r"^\s*(?:[=_*~-]\s*){3,}$")
_MARKDOWN = re.compile(r"^(#{1,6})\s+")
_MAX_JOINED = 4000
_WRAPPED_FROM = 60
"""A line at least this long that ends in no point may be broken by the width of the page."""


def to_blocks(text: str) -> list[Block]:
    """Return the blocks of a text; blank lines, bullets and capitals are its only marks."""
    collected = BlockList()
    for part in _paragraphs(text):
        for line in _unwrap(part):
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


def _unwrap(lines: Iterable[str]) -> list[str]:
    """Join lines that were broken at the width of the page."""
    joined: list[str] = []
    before = ""
    for line in lines:
        wrapped = (
            len(before) >= _WRAPPED_FROM
            and len(joined[-1] if joined else "") < _MAX_JOINED
            and not before.rstrip().endswith((".", ":", ";", "!", "?"))
            and not has_bullet(line.strip())
            and not is_stranded_bullet(line)
            and line[0] != "#"
        )
        if joined and wrapped:
            joined[-1] = f"{joined[-1]} {line.strip()}"
        else:
            joined.append(line.strip())
        before = line
    return heal_wrapped(joined)


def _add(collected: BlockList, line: str) -> None:
    marked = _MARKDOWN.match(line)
    text = clean(_MARKDOWN.sub("", line))
    if marked:
        collected.add("heading", text, len(marked.group(1)))
    elif _is_capitals(text) and not has_bullet(text):
        collected.add("heading", text, PSEUDO_HEADING_LEVEL)
    else:
        collected.add("paragraph", line.strip())


def _is_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and text.isupper() and len(text.split()) <= MAX_HEADING_WORDS
