"""Plain text and clean fragments out of employers' HTML."""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

_ANY_SPACE = re.compile(r"\s+")
_SPACE = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")
BULLET_LINES = re.compile(r"[^\S\n]*\n\s*(?=[•·▪●◦‣∙*–-]\s)")
"""A line break before a typed bullet is meant, whatever the page's style says."""

_BEFORE_MARK = re.compile(r"\s+([,;])")
_END_BREAKS = re.compile(r"(?:<br/>|\s)+(?=</(?:p|li|div|td|h\d)>|$)")
# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "figure", "h1", "h2",
    "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
})
# fmt: on
KEPT = BLOCKS | {"b", "br", "em", "i", "strong", "u", "span"}
DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg"})
_CELLS = frozenset({"td", "th", "br", "hr"})
"""Mean something even when they are empty."""


def one_line(element: PageElement | None) -> str:
    """Return the text of an element on one line; empty if there is none."""
    if element is None:
        return ""
    text = element.get_text(" ") if isinstance(element, Tag) else str(element)
    return _BEFORE_MARK.sub(r"\1", " ".join(text.split()))


TagsById = dict[str, list[Tag]]


def tags_by_id(soup: Tag) -> TagsById:
    """Return a page's elements by id: with some forty questions a page, much faster than CSS."""
    found: TagsById = {}
    for tag in soup.find_all(id=True):
        found.setdefault(str(tag["id"]), []).append(tag)
    return found


def text_of(tags: TagsById, *names: str) -> str:
    """Return the first text that is not blank among the elements of these ids, in their order.

    The boards render some blocks twice, for wide and narrow screens; one copy may be blank.
    """
    texts = (one_line(tag) for name in names for tag in tags.get(name, ()))
    return next((text for text in texts if text), "")


def plain_text(fragment: str) -> str:
    """Return an HTML fragment as text: one line per block or line break, no blank lines."""
    soup = BeautifulSoup(f"<body>{fragment}</body>", "lxml")
    for tag in soup.find_all():
        if tag.name == "br" or tag.name in BLOCKS:
            tag.insert_before("\n")
            tag.insert_after("\n")
    return _BREAKS.sub("\n", _SPACE.sub(" ", soup.get_text())).strip()


def clean_fragment(elements: Iterable[PageElement]) -> str:
    """Return elements as HTML without attributes, comments, scripts and unknown tags.

    Line breaks that the page shows (``white-space: pre-line``) become ``<br/>``.
    """
    html = "".join(_clean(element, keeps_lines=False) for element in elements)
    return _END_BREAKS.sub("", html).strip()


def fragment_of(text: str) -> str:
    """Return a text that may be HTML or plain lines as a clean fragment."""
    style = "" if "<" in text else ' style="white-space: pre-line"'
    body = BeautifulSoup(f"<p{style}>{text}</p>", "lxml").body
    return clean_fragment(body.children) if body else ""


def inner_fragment(tag: Tag) -> str:
    """Return the content of a tag, cleaned as by ``clean_fragment``."""
    return clean_fragment(tag.children)


def _clean(element: PageElement, *, keeps_lines: bool) -> str:
    if isinstance(element, PreformattedString):  # comments and their like
        return ""
    if isinstance(element, NavigableString):
        return _clean_text(str(element), keeps_lines=keeps_lines)
    if not isinstance(element, Tag) or element.name in DROPPED:
        return ""
    keeps_lines = keeps_lines or "pre-line" in str(element.get("style", ""))
    inner = "".join(_clean(child, keeps_lines=keeps_lines) for child in element.children)
    if element.name == "br":
        return "<br/>"
    if element.name not in KEPT or (not inner.strip() and element.name not in _CELLS):
        return inner
    return f"<{element.name}>{inner}</{element.name}>"


def _clean_text(text: str, *, keeps_lines: bool) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if keeps_lines:
        return _BREAKS.sub("<br/>", _SPACE.sub(" ", text))
    return _ANY_SPACE.sub(" ", BULLET_LINES.sub("<br/>", text))
