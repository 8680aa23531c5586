"""Reading a person specification, whatever its source, into criteria."""

from matcher.specification.criteria import read_blocks
from matcher.specification.errors import DocumentError
from matcher.specification.limits import DEFAULT_LIMITS, Limits
from matcher.specification.worker import read_bytes, read_document
from matcher.types import Specification

READER_VERSION = "2"
"""Changes with every change that can change what is read."""

__all__ = [
    "READER_VERSION",
    "DocumentError",
    "Limits",
    "read_bytes",
    "read_document",
    "read_html",
    "read_text",
]


def read_html(html: str) -> Specification:
    """Read a page or a fragment of HTML, in this process.

    A page without criteria is no error: the result is empty and says why in ``reason``.

    Raises:
        DocumentError: It is longer than ``Limits.characters``.
    """
    from matcher.specification.html import to_blocks

    _check_length(html)
    return read_blocks(to_blocks(html))


def read_text(text: str) -> Specification:
    """Read plain text, in this process; an empty result says why in ``reason``.

    Raises:
        DocumentError: It is longer than ``Limits.characters``.
    """
    from matcher.specification.plain import to_blocks

    _check_length(text)
    return read_blocks(to_blocks(text))


def _check_length(text: str) -> None:
    if len(text) > DEFAULT_LIMITS.characters:
        raise DocumentError(
            f"The text is longer than {DEFAULT_LIMITS.characters:,} characters; give the person "
            "specification alone."
        )
