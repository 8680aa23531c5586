"""What the boards answer: feed, pages and documents of NHS Jobs, and the apprenticeship API."""

import math
import re
import zlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from crawler.practice_board import markup
from crawler.practice_board.adverts import PracticeAdvert
from crawler.practice_board.apprenticeships import ApprenticeshipBoard
from crawler.practice_board.documents import document_response
from crawler.practice_board.exchange import XML, Request, Response, html, json_answer
from crawler.practice_board.results import results_page
from crawler.practice_board.search import (
    BadParameterError,
    Listed,
    first,
    listed,
    number,
    search,
)

LIMIT, MAX_LIMIT = 10, 100
"""Adverts on a page of the feed: unless asked otherwise, and however many are asked."""

LAST_PAGE = 499
"""Beyond it the feed answers an error in JSON, as the real one does."""

DESCRIPTION_LENGTH = 150

_ADVERT = re.compile(r"/candidate/jobadvert/([A-Z]\d{4}-[A-Z0-9-]+)")
_DOCUMENT = re.compile(_ADVERT.pattern + r"/documents/([^/]+)")


class Board:
    """The adverts of one day, and the answers to requests about them."""

    def __init__(self, adverts: Iterable[PracticeAdvert], day: int, first_day: date) -> None:
        self._all = tuple(adverts)
        self._first_day = first_day
        self._apprenticeships = ApprenticeshipBoard(self._on_date)
        self.day = day

    @property
    def day(self) -> int:
        """Which day of the board it is; 1 is the first."""
        return self._day

    @day.setter
    def day(self, day: int) -> None:
        self._day = day
        there = [advert for advert in (a.on(day) for a in self._all) if advert]
        self._listed = [listed(advert, self._iso(advert.posted)) for advert in there]
        self._by_reference = {advert.reference: advert for advert in there}

    @property
    def current_date(self) -> date:
        """The date of the present day."""
        return self._first_day + timedelta(days=self._day - 1)

    def answer(self, request: Request) -> Response:
        """Return the board's answer; what it does not know gets the page that says so."""
        if request.path.startswith("/vacancies/"):
            return self._apprenticeships.answer(request, self.current_date)
        try:
            return self._answer(request)
        except BadParameterError as error:
            return _error(request, str(error))

    def _answer(self, request: Request) -> Response:
        if request.path == "/api/v1/search_xml":
            return self._feed(request)
        if request.path == "/candidate/search/results":
            return results_page(self._listed, request, self._on_date)
        if match := _DOCUMENT.fullmatch(request.path):
            return self._document(match[1], match[2])
        if match := _ADVERT.fullmatch(request.path):
            return self._advert(match[1])
        return _inactive()

    def _feed(self, request: Request) -> Response:
        page = number(request.query, "page", 1)
        if page > LAST_PAGE:
            return _error(request, "Page out of range")
        found = search(self._listed, request.query)
        # The real feed has been seen to ignore a page that comes without a limit.
        if not first(request.query, "limit"):
            page = 1
        limit = min(number(request.query, "limit", LIMIT), MAX_LIMIT)
        shown = found[(page - 1) * limit : page * limit]
        text = _template("feed.xml").render(
            vacancies=[self._entry(entry) for entry in shown],
            pages=math.ceil(len(found) / limit),
            total=len(found),
        )
        return Response(text.encode(), XML)

    def _entry(self, entry: Listed) -> dict[str, object]:
        """Return the feed's values of an advert; None leaves the element out."""
        advert, quirks = entry.advert, entry.advert.quirks
        text = cut(entry.summary, DESCRIPTION_LENGTH)
        places = [markup.feed_place(site, quirks) for site in advert.places]
        closes = None if advert.closes is None else self._iso(advert.closes)
        return {
            "advert": advert,
            "description": None if "no-description" in quirks else text,
            "salary": None if "no-salary" in quirks else markup.feed_salary(advert.pay),
            "closes": closes,
            "posted": None if "no-post-date" in quirks else _posted_at(entry),
            "places": None if "no-places" in quirks else places,
            "nested": "nested-places" in quirks,
        }

    def _advert(self, reference: str) -> Response:
        advert = self._by_reference.get(reference)
        if advert is None:
            return _inactive()
        closes = None if advert.closes is None else self._printed(advert.closes)
        text = _template("advert.html").render(
            advert=advert, posted=self._printed(advert.posted), closes=closes, markup=markup
        )
        return html(text)

    def _document(self, reference: str, file: str) -> Response:
        advert = self._by_reference.get(reference)
        for document in advert.documents if advert else ():
            if advert and document.file == file:
                return document_response(advert, document)
        return _inactive()

    def _on_date(self, offset: int) -> date:
        return self._first_day + timedelta(days=offset)

    def _iso(self, offset: int) -> str:
        return self._on_date(offset).isoformat()

    def _printed(self, offset: int) -> str:
        return markup.printed_date(self._on_date(offset))


def cut(text: str, length: int) -> str:
    """Return the start of a text as the feed cuts it."""
    return text if len(text) <= length else f"{text[:length].rstrip()}..."


def _posted_at(entry: Listed) -> str:
    """Return date and time without zone: nanoseconds, or none at all."""
    seed = zlib.crc32(entry.advert.reference.encode())
    moment = datetime.combine(date.fromisoformat(entry.posted), time(7)) + timedelta(
        seconds=seed % (10 * 60 * 60)
    )
    fraction = "" if "whole-seconds" in entry.advert.quirks else f".{seed % 10**9:09}"
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}"


def _error(request: Request, message: str) -> Response:
    return json_answer({"status": 400, "error": message, "path": request.path}, 400)


def _inactive() -> Response:
    """Return the page of unknown addresses and dead adverts, which has status 200."""
    return html(_template("inactive.html").render())


_template = lru_cache(markup.environment.get_template)
