"""Texts out of the values of JSON-LD, whose makers differ in every way they can."""

import html
import re
from collections.abc import Iterator

import nh3

from crawler.pages.text import BLOCKS, BULLET_LINES, DROPPED, KEPT

_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_ESCAPED_TAG = re.compile(r"&(?:amp;)*(?:lt|#0*60|#x0*3c);/?[a-z]", re.IGNORECASE)
_BREAKS = re.compile(r"\s*\n\s*")
_ANY_TAG = re.compile(r"<[^<>]*>")
_BLOCK_TAG = re.compile(rf"</?(?:br|{'|'.join(sorted(BLOCKS))})>")
_CLEANER = nh3.Cleaner(
    tags=set(KEPT), attributes={}, clean_content_tags=set(DROPPED), link_rel=None
)
_SURROGATES = re.compile("[\ud800-\udfff]")


def strings(value: object, *names: str) -> list[str]:
    """Return the texts of a value: its own, those of its list, or of its first named property."""
    if isinstance(value, list):
        return [text for one in value for text in _strings_of_one(one, names)]
    return list(_strings_of_one(value, names))


def _strings_of_one(value: object, names: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, dict):
        value = next((value[name] for name in names if _is_plain(value.get(name))), None)
    if _is_plain(value):
        text = _SURROGATES.sub("", str(value)).strip()
        if text:
            yield text


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def one_value(value: object) -> str:
    """Return the first text of a value on one line, without tags and entities."""
    text = next(iter(strings(value, "name", "legalName", "value", "@value")), "")
    return " ".join(_TAG.sub(" ", html.unescape(unescaped(text))).split())


def clean_html(text: str) -> str:
    """Return employers' HTML as a clean fragment, however often it was escaped.

    The same tags are kept as by ``crawler.pages.text.clean_fragment``; imports are large, and
    this is thirty times as fast. A text without tags keeps its line breaks.
    """
    text = unescaped(text)
    lines = BULLET_LINES if _TAG.search(text) else _BREAKS
    return " ".join(_CLEANER.clean(lines.sub("<br>", text.strip())).split())


def text_of_clean(fragment: str) -> str:
    """Return a fragment of ``clean_html`` as text: one line per block or line break."""
    lines = html.unescape(_ANY_TAG.sub("", _BLOCK_TAG.sub("\n", fragment))).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def unescaped(text: str) -> str:
    """Return a text in which tags are tags: boards escape HTML once more, or twice."""
    for _ in range(3):
        if len(_ESCAPED_TAG.findall(text)) <= len(_TAG.findall(text)):
            break
        text = html.unescape(text)
    return text
