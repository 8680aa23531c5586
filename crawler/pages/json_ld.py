"""JobPosting objects of schema.org, wherever they stand in JSON or in a page."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

Posting = dict[str, Any]

_SCRIPT = re.compile(r"<script\b[^>]{0,500}?ld\+json[^>]{0,500}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_CANONICAL = re.compile(r"<link\b[^>]{0,500}\bcanonical\b[^>]{0,500}>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_WRAPPING = re.compile(r"^\s*(?:<!--|/\*<!\[CDATA\[\*/|<!\[CDATA\[)|(?:-->|/\*\]\]>\*/|\]\]>)\s*$")
_NO_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_TYPE = re.compile(r"(?:^|[/:#])JobPosting$")
_TOP_LEVEL = ("@graph", "itemListElement", "item", "mainEntity", "itemOffered", "hasPart")
"""Where boards put a posting inside another object; elsewhere one is an advert of its own
neighbours, such as 'similar jobs'."""


class NoPostingError(ValueError):
    """Raised when a text holds no JobPosting; its text is the reason, one sentence."""


def postings_in_json(text: str) -> list[Posting]:
    """Return the postings of a JSON text: one, a list, an ``@graph``, an ``ItemList``.

    Raises:
        NoPostingError: It is not JSON, even after the usual repairs, or holds no JobPosting.
    """
    found = list(find_postings(load_json(text)))
    if not found:
        raise NoPostingError("It holds no JobPosting.")
    return found


def postings_in_html(page: str) -> list[Posting]:
    """Return the postings in the JSON-LD of a page; an empty list if it has none.

    Raises:
        NoPostingError: None was found, and some of the JSON-LD cannot be read.
    """
    found: list[Posting] = []
    broken: NoPostingError | None = None
    for script in _scripts(page):
        try:
            found += find_postings(load_json(_WRAPPING.sub("", script)))
        except NoPostingError as error:
            broken = error
    if broken and not found and "JobPosting" in page:
        raise broken
    return found


def _scripts(page: str) -> Iterator[str]:
    # A script ends at the first end tag, whatever stands before it.
    start = _SCRIPT.search(page)
    while start:
        end = _SCRIPT_END.search(page, start.end())
        if end is None:
            return
        yield page[start.end() : end.start()]
        start = _SCRIPT.search(page, end.end())


def canonical_url(page: str) -> str:
    """Return the address a page gives itself; empty if it gives none."""
    link = _CANONICAL.search(page)
    found = _HREF.search(link[0]) if link else None
    return html.unescape(found[1]) if found else ""


def find_postings(value: object) -> Iterator[Posting]:
    """Yield the postings in a JSON value, in order.

    An object without any type counts if it has a title and a description or an employer.
    """
    waiting = [value]
    while waiting:  # not by recursion: foreign JSON may be nested as deep as it likes
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            if _is_posting(one):
                yield one
            else:
                waiting += [one[name] for name in reversed(_TOP_LEVEL) if name in one]


def _is_posting(value: Posting) -> bool:
    types = value.get("@type")
    if types is None:
        return "title" in value and ("description" in value or "hiringOrganization" in value)
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and _TYPE.search(name) for name in names)


def load_json(text: str) -> object:
    r"""Return the value of a JSON text, repaired in the ways in which boards get it wrong.

    Line breaks inside a string, a backslash before a character that needs none, quotes that
    are escaped once too often, as ``\"`` or ``&quot;``, and JSON inside a JSON string.

    Raises:
        NoPostingError: It cannot be read even so.
    """
    text = text.strip().lstrip("\ufeff").rstrip(";")
    reason = "it is empty"
    for candidate in _candidates(text):
        try:
            value = json.loads(candidate, strict=False)
            return json.loads(value, strict=False) if isinstance(value, str) else value
        except RecursionError:
            reason = "it is nested too deeply"
        except ValueError as error:  # its children, and numbers of thousands of digits
            reason = str(error)
    raise NoPostingError(f"It is not JSON: {reason}.")


def _candidates(text: str) -> Iterator[str]:
    if text:
        yield text
    if _NO_ESCAPE.search(text):
        yield _NO_ESCAPE.sub(r"\\\\", text)
    if text.startswith(('{\\"', '[{\\"')):
        yield text.replace('\\"', '"')
    if "&quot;" in text[:200]:
        yield html.unescape(text)
