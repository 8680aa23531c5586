"""Parts of an advert page of NHS Jobs that are more than one element."""

from collections.abc import Iterator
from itertools import count

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from crawler.items import Place
from crawler.pages.text import TagsById, clean_fragment, one_line, plain_text, text_of

_SCREEN_COPIES = frozenset({"show-mobile", "hide-mobile"})
_SALARY = ("range_salary", "fixed_salary", "negotiable_salary", "salary")
_PLACE = {  # field → ids; further sites have the same ids with _1, _2 … at the end
    "town": "employer_town",
    "postcode": "employer_postcode",
    "county": "employer_county",
    "country": "employer_country",
}


def prose_block(tags: TagsById, name: str) -> str:
    """Return the first copy of a prose block that holds text, as a clean fragment."""
    fragments = (clean_fragment(_block_after(start)) for start in tags.get(name, ()))
    return next((fragment for fragment in fragments if plain_text(fragment)), "")


def _block_after(start: Tag) -> list[PageElement]:
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


def salary_text(soup: BeautifulSoup, tags: TagsById) -> str:
    """Return the pay as printed, even on a page that gives it no id."""
    if text := text_of(tags, *_SALARY):
        return text
    headings = (tag for tag in soup.find_all("h3") if one_line(tag) == "Salary")
    return next((one_line(tag.find_next_sibling("p")) for tag in headings), "")


def paragraph_after(tags: TagsById, name: str) -> str:
    """Return the first paragraph with text that follows a copy of a heading, on one line."""
    texts = (one_line(heading.find_next_sibling("p")) for heading in tags.get(name, ()))
    return next((text for text in texts if text), "")


def places(tags: TagsById) -> Iterator[Place]:
    """Yield the sites of the post; ids that end in a letter are the employer's seat, not a site."""
    for number in count():
        suffix = f"_{number}" if number else ""
        if tags.keys().isdisjoint(f"{name}{suffix}" for name in _PLACE.values()):
            return
        ids = (f"employer_address_line_{n}{suffix}" for n in (1, 2, 3))
        lines = (text_of(tags, name).rstrip(" ,") for name in ids)
        fields = {field: text_of(tags, f"{name}{suffix}") for field, name in _PLACE.items()}
        place = Place(address=", ".join(line for line in lines if line), **fields)
        if place != Place():
            yield place
