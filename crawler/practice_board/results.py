"""The search page for people: cards, ten a page."""

import math
import zlib
from collections.abc import Callable
from datetime import date
from urllib.parse import quote, urlencode

from crawler.practice_board import markup
from crawler.practice_board.adverts import Site
from crawler.practice_board.exchange import Request, Response, html, redirect
from crawler.practice_board.search import Listed, Query, first, is_at, number, search

PAGE_SIZE = 10
SORTS = {"publicationDateDesc": "Date Posted (newest)"}


def results_page(
    entries: list[Listed], request: Request, on_date: Callable[[int], date]
) -> Response:
    """Return the page of a search; a place nobody works at sends the reader elsewhere.

    Raises:
        BadParameterError: A list was given as a repeated parameter, or a salary is no number.
    """
    query = request.query
    location = first(query, "location").lower()
    if location and not any(is_at(entry.advert, location) for entry in entries):
        return redirect("/candidate/search/location-not-found?language=en")
    found = search(entries, query)
    page = number(query, "page", 1)
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    text = markup.environment.get_template("search.html").render(
        cards=[_card(entry, location, on_date) for entry in shown],
        total=len(found),
        page=page,
        pages=math.ceil(len(found) / PAGE_SIZE),
        asked=first(query, "keyword") or first(query, "employer"),
        sorted_by=SORTS.get(first(query, "sort"), "Best Match"),
        link=lambda page: _link(query, page),
    )
    return html(text)


def _card(entry: Listed, location: str, on_date: Callable[[int], date]) -> dict[str, object]:
    advert = entry.advert
    patterns = sorted(pattern.replace("Job share", "Job-share") for pattern in advert.patterns)
    # The period stands on a line of its own on the real cards.
    salary = (
        markup.page_salary(advert.pay).replace(" a ", "\n\n   a ").replace(" an ", "\n\n   an ")
    )
    return {
        "advert": advert,
        "salary": salary,
        "posted": markup.printed_date(on_date(advert.posted)),
        "closes": None if advert.closes is None else markup.printed_date(on_date(advert.closes)),
        "patterns": ", ".join(patterns),
        "miles": _miles(location, advert.places[0]) if location else None,
    }


def _miles(location: str, site: Site) -> int:
    """Return a distance that is always the same for two places; the board has no map."""
    return 0 if site.town.lower() == location else zlib.crc32(site.postcode.encode()) % 10


def _link(query: Query, page: int) -> str:
    """Return the query of another page of the same search."""
    kept = {name: values for name, values in query.items() if name not in {"page", "language"}}
    pairs = {**kept, "page": [str(page)], "language": ["en"]}
    return urlencode(pairs, doseq=True, quote_via=quote)
