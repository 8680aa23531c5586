"""Reading a person specification, whatever its source, into criteria."""

from matcher.specification.criteria import read_blocks
from matcher.types import Specification

READER_VERSION = "1"
"""Changes with every change that can change what is read."""

__all__ = ["READER_VERSION", "read_html", "read_text"]


def read_html(html: str) -> Specification:
    """Read a page or a fragment of HTML.

    A page without criteria is no error: the result is empty and says why in ``reason``.
    """
    from matcher.specification.html import to_blocks

    return read_blocks(to_blocks(html))


def read_text(text: str) -> Specification:
    """Read plain text; an empty result says why in ``reason``."""
    from matcher.specification.plain import to_blocks

    return read_blocks(to_blocks(text))
