"""Items are checked, and made free of personal data, before anything is made of them."""

import math
from collections.abc import Iterator
from dataclasses import fields
from typing import Self, TypeVar
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.items import Sighting, Vacancy
from pipelines.cleaning import clean_text, map_texts
from pipelines.exceptions import RefusedError
from pipelines.masking import mask_contacts
from pipelines.types import Refusal

LONGEST = 2_000_000
"""Characters; the longest real advert with its documents is a tenth of it."""

LONGEST_REFERENCE = 200

NOT_PROSE = frozenset(
    {
        "source",
        "reference",
        "board_reference",
        "url",
        "kind",
        "period",
        "archive_file",
        "archive_record",
        "archive_sha256",
        "sha256",
    }
)
"""Keys and addresses: masking one would make it another."""

Item = TypeVar("Item", Sighting, Vacancy)

EXCERPT = 500
"""Characters of a refused item that are kept."""


def validate_sighting(sighting: Sighting) -> Sighting:
    """Return the sighting clean and without personal data.

    Raises:
        RefusedError: It cannot be stored; says why.
    """
    return _validate(sighting)


def validate_vacancy(vacancy: Vacancy) -> Vacancy:
    """Return the vacancy clean and without personal data.

    Mail addresses and telephone numbers are masked in every text and HTML of it.

    Raises:
        RefusedError: It cannot be stored; says why.
    """
    if vacancy.fetched_at.tzinfo is None:
        raise RefusedError("The time of its fetch has no zone.")
    return _validate(vacancy)


def refusal_of(item: Sighting | Vacancy, reason: str) -> Refusal:
    """Return why an item was refused, with its beginning, free of personal data."""
    clean = map_texts(item, clean_text, but=frozenset())
    return Refusal(
        source=clean.source,
        reference=clean.reference[:LONGEST_REFERENCE],
        url=clean.url[:EXCERPT],
        reason=reason,
        excerpt=mask_contacts(repr(clean)[: 2 * EXCERPT])[:EXCERPT],
    )


def _validate(item: Item) -> Item:
    clean = map_texts(item, clean_text, but=frozenset())
    for fault in _find_faults(clean):
        raise RefusedError(fault)
    return map_texts(clean, mask_contacts, but=NOT_PROSE)


def _find_faults(item: Sighting | Vacancy) -> Iterator[str]:
    for name in ("source", "reference", "title"):
        if not getattr(item, name).strip():
            yield f"It has no {name}."
    if len(item.reference) > LONGEST_REFERENCE or len(item.reference.split()) > 1:
        yield f"Its reference is not a key: {item.reference[:LONGEST_REFERENCE]!r}."
    # A posting handed on in a file may have none; whatever is listed on a board has one.
    if (item.url or isinstance(item, Sighting)) and not _is_web_address(item.url):
        yield f"Its address is not one of the web: {item.url[:LONGEST_REFERENCE]!r}."
    if item.salary and not all(map(_is_amount, (item.salary.minimum, item.salary.maximum))):
        yield f"Its salary is not an amount of money: {item.salary}."
    if (length := _length(item)) > LONGEST:
        yield f"It is {length:,} characters long, and no advert is longer than {LONGEST:,}."


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_amount(pounds: float | None) -> bool:
    return pounds is None or (math.isfinite(pounds) and pounds >= 0)


def _length(item: Sighting | Vacancy) -> int:
    texts = [getattr(item, f.name) for f in fields(item)]
    printed = sum(len(text) for text in texts if isinstance(text, str))
    sources = item.specification if isinstance(item, Vacancy) else ()
    return printed + sum(len(source.content) for source in sources)


class RefusedItem(DropItem):
    """Raised by ``ValidatePipeline`` to drop an item; carries what is kept of it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


class ValidatePipeline:
    """Refuse items that cannot be stored; hand on the others free of personal data."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Sighting | Vacancy) -> Sighting | Vacancy:
        try:
            if isinstance(item, Vacancy):
                return validate_vacancy(item)
            return validate_sighting(item)
        except RefusedError as error:
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value("validate/refused")
            raise RefusedItem(refusal_of(item, str(error))) from error
