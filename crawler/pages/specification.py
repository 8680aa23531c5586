"""A person specification in the one shape in which it is handed on."""

from collections.abc import Iterable
from html import escape

from crawler.items import SpecificationSource

SPECIFICATION = "person specification"


def lines_of(texts: Iterable[str]) -> list[str]:
    """Return plain texts as the fragments that ``group_fragment`` takes, without the blank ones."""
    return [escape(text.strip(), quote=False) for text in texts if text.strip()]


def group_fragment(
    heading: str,
    essential: Iterable[str] = (),
    desirable: Iterable[str] = (),
    unmarked: Iterable[str] = (),
) -> str:
    """Return one group of criteria as HTML; empty if it has none.

    Args:
        heading: Fragment of the group's name; empty if it has none.
        essential: Fragment of each criterion.
        desirable: Likewise.
        unmarked: Criteria of which the board does not say how much they count.
    """
    kinds = (("", unmarked), ("Essential", essential), ("Desirable", desirable))
    lists = "".join(_list(title, list(lines)) for title, lines in kinds)
    return f"<h3>{heading}</h3>{lists}" if heading and lists else lists


def _list(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f"<h4>{title}</h4><ul>{items}</ul>" if title else f"<ul>{items}</ul>"


def marked_specification(content: str) -> tuple[SpecificationSource, ...]:
    """Return a fragment as what the board itself calls the person specification; empty if blank."""
    if not content:
        return ()
    return (SpecificationSource("html", content, SPECIFICATION, is_specification=True),)
