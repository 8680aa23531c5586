"""The person specification of an advert page of NHS Jobs."""

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from crawler.items import SpecificationSource
from crawler.pages.specification import (
    SPECIFICATION,
    group_fragment,
    marked_specification,
)
from crawler.pages.text import clean_fragment, inner_fragment, one_line

_CRITERION = re.compile(r"(essential|desirable)_skill_(\d+)_criteria_\d+")
_NO_LETTERS = re.compile(r"[\W_]+")


def person_specification(soup: BeautifulSoup) -> tuple[SpecificationSource, ...]:
    """Return the specification with each criterion once; empty if the page has none.

    Built from the criteria's ids, as the block is rendered twice and one copy lacks headings. A
    block without such ids is handed on as it stands.
    """
    return marked_specification("".join(_groups(soup)) or _unmarked(soup))


def _groups(soup: BeautifulSoup) -> Iterator[str]:
    lists: dict[str, dict[str, list[str]]] = {}
    seen: set[tuple[str, str]] = set()
    for line in soup.find_all("li", id=_CRITERION):
        found = _CRITERION.fullmatch(str(line["id"]))
        # The copies may differ in a full stop; a copy that says something else is kept.
        key = (str(line["id"]), _NO_LETTERS.sub("", one_line(line).casefold()))
        if not found or not key[1] or key in seen:
            continue
        seen.add(key)
        kinds = lists.setdefault(found[2], {"essential": [], "desirable": []})
        kinds[found[1]].append(inner_fragment(line))
    for number, kinds in sorted(lists.items(), key=lambda group: int(group[0])):
        headings = soup.select(f"#skill_category_{number}")
        heading = next((inner_fragment(tag) for tag in headings if one_line(tag)), "")
        yield group_fragment(heading, **kinds)


def _unmarked(soup: BeautifulSoup) -> str:
    for heading in soup.find_all("h2"):
        if one_line(heading).lower() == SPECIFICATION:
            return clean_fragment(_until_next_h2(heading.next_siblings))
    return ""


def _until_next_h2(elements: Iterable[PageElement]) -> Iterator[PageElement]:
    for element in elements:
        if isinstance(element, Tag) and element.name == "h2":
            return
        yield element
