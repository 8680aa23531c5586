"""Keeps the people an advert names out of what is stored."""

import re
from collections.abc import Iterator

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


def _names(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.select("[id^=contact_details_name]"):
        words = one_line(tag).split()
        if len(words) >= 2 and not any(_OFFICES.fullmatch(word) for word in words):
            yield r"\s+".join(re.escape(word) for word in words)


def without_contacts(text: str) -> str:
    """Return a text without the mail addresses and telephone numbers in it."""
    return _TELEPHONE.sub(REMOVED, _EMAIL.sub(REMOVED, text))


def _blot(text: str, names: tuple[str, ...]) -> str:
    text = without_contacts(text)
    for name in names:
        text = re.sub(name, REMOVED, text)
    return text
