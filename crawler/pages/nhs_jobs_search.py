"""A result page of the search of NHS Jobs, ``/candidate/search/results``."""

import re
from collections.abc import Iterator
from math import ceil

from bs4 import BeautifulSoup, Tag

from crawler.exceptions import PageLayoutError
from crawler.items import Place, Sighting
from crawler.pages.dates import london_time, long_date
from crawler.pages.listing import Listing
from crawler.pages.nhs_jobs_address import advert_url, reference_in
from crawler.pages.page import ListPage
from crawler.pages.place import parse_place
from crawler.pages.salary import parse_salary
from crawler.pages.text import one_line

PER_PAGE = 10
"""Adverts on a full page; the board knows no other number."""

_TOTAL = re.compile(r"([\d,]+) jobs? found")
_BETWEEN_PLACES = re.compile(r",\s*\n")
"""Sites are parted by a comma at the end of a line; a comma inside one has no line break."""


class NhsJobsSearchPage(ListPage):
    """One page of results, asked for within a staff group. The cards lack the summary."""

    def to_listing(self) -> Listing:
        soup = BeautifulSoup(self.text, "lxml")
        cards = soup.select("li[data-test=search-result]")
        if not cards and not soup.select_one("#no-result-title"):
            raise PageLayoutError(self.url, "neither results nor the notice that there are none")
        sightings = [self._sighting(card) for card in cards]
        known = tuple(sighting for sighting in sightings if sighting)
        problems = ("a card without title or reference",) * sightings.count(None)
        found = next((m for h1 in soup.find_all("h1") if (m := _TOTAL.search(one_line(h1)))), None)
        total = int(found[1].replace(",", "")) if found else (None if cards else 0)
        pages = None if total is None else ceil(total / PER_PAGE)
        return Listing(known, total, pages, problems)

    def _sighting(self, card: Tag) -> Sighting | None:
        link = card.select_one("a[data-test=search-result-job-title]")
        reference = reference_in(str(link.get("href", ""))) if link else ""
        if not reference:
            return None
        posted = long_date(_fact(card, "publicationDate"))
        return Sighting(
            source="nhs_jobs",
            reference=reference,
            url=advert_url(self.url, reference),
            title=one_line(link),
            employer=_employer(card),
            contract_type_raw=_fact(card, "jobType"),
            salary=parse_salary(_fact(card, "salary")),
            closing_date=long_date(_fact(card, "closingDate")),
            posted_at=london_time(posted.isoformat()) if posted else None,
            places=tuple(_places(card)),
            staff_group=self.query,
        )


def _fact(card: Tag, name: str) -> str:
    return one_line(card.select_one(f"li[data-test=search-result-{name}] strong"))


def _employer(card: Tag) -> str:
    """Return the heading's own text: the places stand in an element inside it."""
    heading = card.select_one("[data-test=search-result-location] h3")
    own = heading.find_all(string=True, recursive=False) if heading else []
    return " ".join(" ".join(own).split())


def _places(card: Tag) -> Iterator[Place]:
    element = card.select_one("[data-test=search-result-location] .location-font-size")
    for text in _BETWEEN_PLACES.split(element.get_text() if element else ""):
        if place := parse_place(text):
            yield place
