"""Where the criteria stand on an advert page of NHS Jobs."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from crawler.items import SpecificationSource
from crawler.pages.text import clean_fragment, inner_fragment, one_line

SPECIFICATION = "person specification"
_CRITERION = re.compile(r"(essential|desirable)_skill_(\d+)_criteria_\d+")
_NO_LETTERS = re.compile(r"[\W_]+")
_SCREEN_COPIES = frozenset({"show-mobile", "hide-mobile"})
_DOCUMENT_PATH = re.compile(r"\.(?:pdf|docx?)(?:$|[?#])", re.IGNORECASE)
_DOCUMENT_WORDS = re.compile(
    r"job description|person spec|\bpdf\b|\bdocx?\b|\bword document\b", re.IGNORECASE
)


def block_after(start: Tag) -> list[PageElement]:
    """Return an element and what follows it up to the next part of the page.

    The page wraps an employer's HTML in ``<p id=…>``. A parser closes that ``p`` at the first
    ``<p>`` or ``<ul>`` inside, so that the text goes on as siblings, up to the next h2 or h3 or
    the containers that hold the copies for narrow and wide screens.
    """
    block: list[PageElement] = [start]
    for sibling in start.next_siblings:
        if isinstance(sibling, Tag) and _ends_block(sibling):
            break
        block.append(sibling)
    return block


def _ends_block(tag: Tag) -> bool:
    classes = set(tag.get("class") or ())
    return tag.name in {"h2", "h3", "details"} or bool(classes & _SCREEN_COPIES)


def person_specification(soup: BeautifulSoup) -> SpecificationSource | None:
    """Return the specification with each criterion once; None if the page has none.

    Built from the criteria's ids, as the block is rendered twice and one copy lacks headings. A
    block without such ids is handed on as it stands.
    """
    content = "".join(_groups(soup)) or _unmarked(soup)
    return SpecificationSource("html", content, SPECIFICATION, True) if content else None  # noqa: FBT003


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
        heading = soup.select(f"#skill_category_{number}")
        yield next((f"<h3>{inner_fragment(tag)}</h3>" for tag in heading if one_line(tag)), "")
        for kind, lines in kinds.items():
            if lines:
                items = "".join(f"<li>{line}</li>" for line in lines)
                yield f"<h4>{kind.capitalize()}</h4><ul>{items}</ul>"


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


def documents(soup: BeautifulSoup, url: str) -> Iterator[SpecificationSource]:
    """Yield the linked documents, each address once, not fetched.

    UNVERIFIED: how NHS Jobs links attachments was not to be found anywhere. This rule, the only
    place that decides it, takes any link in the page's content that ends in a document's suffix
    or speaks of one.
    """
    seen: set[str] = set()
    for link in (soup.find("main") or soup).find_all("a", href=True):
        address, words = _address(url, str(link["href"])), one_line(link)
        names_one = _DOCUMENT_PATH.search(address) or _DOCUMENT_WORDS.search(words)
        if names_one and address.startswith("http") and address not in seen:
            seen.add(address)
            is_specification = "person spec" in words.lower()
            label = words or address.rpartition("/")[2]
            yield SpecificationSource("document", "", label, is_specification, address)


def _address(url: str, href: str) -> str:
    try:
        return urljoin(url, href)
    except ValueError:  # no address, such as ``http://[``: the advert is not to be lost for it
        return ""
