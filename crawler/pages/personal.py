"""Keeps the people an advert names out of what is stored."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString

from crawler.pages.text import one_line

REMOVED = "[contact removed]"

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(
    r"(?<![\w-])(?:\+44(?:[\s()-]*\d){9,11}|\(?0\d(?:[\s()-]*\d){8,9})(?![\w-])"
)
"""British numbers: ten or eleven digits that begin with 0, or +44 and what follows it."""

_OFFICES = re.compile(
    r"team|department|dept|office|manager|recruitment|services?|records?|trust|hospital|nhs|unit|"
    r"centre|surgery|practice|resourcing|hr|admin\w*|health|ward|the|and|of",
    re.IGNORECASE,
)
"""A 'contact name' of such words is an office: blotting it out would blot out the advert."""


def remove_contacts(soup: BeautifulSoup) -> None:
    """Remove the contact block, and the person, mails and telephone numbers from all other text.

    A name is found only if the contact block gives it; a person named nowhere but in running
    text stays.
    """
    names = tuple(_names(soup))
    for tag in soup.select("[id^=contact_details]"):
        tag.decompose()
    for text in soup.find_all(string=True):
        if isinstance(text, NavigableString) and (kept := _blot(str(text), names)) != text:
            text.replace_with(kept)


def without_person(value: Any, name: str) -> Any:  # noqa: ANN401 - any JSON
    """Return a JSON value without a contact's name in any of its texts."""
    names = tuple(_patterns([name]))
    return _blot_in(value, names) if names else value


def _names(soup: BeautifulSoup) -> Iterator[str]:
    return _patterns(one_line(tag) for tag in soup.select("[id^=contact_details_name]"))


def _patterns(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        words = name.split()
        if len(words) >= 2 and not any(_OFFICES.fullmatch(word) for word in words):
            yield r"\s+".join(re.escape(word) for word in words)


def _blot_in(value: Any, names: tuple[str, ...]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return {key: _blot_in(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_blot_in(part, names) for part in value]
    return _blot_names(value, names) if isinstance(value, str) else value


def without_contacts(text: str) -> str:
    """Return a text without the mail addresses and telephone numbers in it."""
    return _TELEPHONE.sub(REMOVED, _EMAIL.sub(REMOVED, text))


def _blot(text: str, names: tuple[str, ...]) -> str:
    return _blot_names(without_contacts(text), names)


def _blot_names(text: str, names: tuple[str, ...]) -> str:
    for name in names:
        text = re.sub(name, REMOVED, text)
    return text
