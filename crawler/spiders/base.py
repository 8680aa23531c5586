"""What all spiders share: whom they may ask, how they introduce themselves, what they count."""

import json
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.misc import build_from_crawler, load_object
from twisted.python.failure import Failure

from crawler.addresses import check_base_url, is_practice_board
from crawler.archive import receipt_of, stamp
from crawler.attachments import Attachments
from crawler.exceptions import AdvertGoneError, ContactMissingError
from crawler.items import Sighting, Vacancy
from crawler.known import KnownAdverts
from crawler.pages.listing import Listing
from crawler.scope import Scope, load_scope
from crawler.settings import user_agent
from crawler.sources import Source, load_sources
from crawler.walk import ListingWalk
from personspec.exceptions import UsageError

Callback = Callable[..., Iterator[Any]]

_GONE = frozenset({404, 410})
_COUNTED_FIELDS = ("closing_date", "salary", "places", "contract_type_raw", "specification")


class VacancySpider(scrapy.Spider):
    """A source of vacancies. Yields a Sighting per listed advert and a Vacancy per page fetched.

    A subclass sets ``name`` (its entry in data/sources.yml) and ``base_url_setting``. Against a
    loopback address, a practice board, it needs no contact, makes no pauses and expects any count.
    """

    base_url_setting: ClassVar[str]
    """Setting with the board's base URL; empty there means the address in data/sources.yml."""

    key_setting: ClassVar[str] = ""
    """Setting with the key that the board wants; empty if it wants none."""

    base_url: str
    is_practice: bool
    at_least: int
    at_most: int
    known: KnownAdverts
    scope: Scope
    attachments: Attachments

    @classmethod
    def source(cls) -> Source:
        """Return this spider's entry in data/sources.yml."""
        return load_sources()[cls.name]

    @classmethod
    def base_url_in(cls, settings: BaseSettings) -> str:
        """Return the board's base URL; raise UsageError if the setting holds none."""
        return check_base_url(
            settings.get(cls.base_url_setting) or cls.source().base_url, cls.base_url_setting
        )

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        settings.set("USER_AGENT", user_agent(settings.get("PERSONSPEC_CONTACT", "")), "spider")
        if is_practice_board(cls.base_url_in(settings)):
            for name in ("DOWNLOAD_DELAY", "AUTOTHROTTLE_ENABLED", "PERSONSPEC_BACKOFF_S"):
                settings.set(name, 0, "spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: object, **kwargs: object) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.prepare(crawler)
        return spider

    def prepare(self, crawler: Crawler) -> None:
        """Take what the settings say.

        Raises:
            UsageError: The base URL is none, the source is switched off, or its key is missing.
            ContactMissingError: A live board is to be crawled and nobody could be reached.
        """
        self.base_url = self.base_url_in(crawler.settings)
        self.is_practice = is_practice_board(self.base_url)
        self.at_least, self.at_most = self._expected_counts()
        if not self.is_practice and not crawler.settings.get("PERSONSPEC_REPLAY_FILE"):
            self._require_permission()
        if missing := self.missing_key(crawler.settings):
            raise UsageError(
                f"{self.name} needs a key: set {missing}. One is free at {self.source().contact}."
            )
        self.known = build_from_crawler(load_object(crawler.settings["KNOWN_ADVERTS"]), crawler)
        self.scope = load_scope()
        self.attachments = Attachments(crawler, self.base_url, self.headers())
        self._seen: set[str] = set()
        crawler.signals.connect(self._note_expected_counts, signals.spider_opened)

    @classmethod
    def missing_key(cls, settings: BaseSettings) -> str:
        """Return the name of the setting whose key is missing; empty if the source can run."""
        return "" if not cls.key_setting or settings.get(cls.key_setting) else cls.key_setting

    def page_url(self, sighting: Sighting) -> str:
        """Return where an advert's page is fetched; not every board shows people the same one."""
        return sighting.url

    def headers(self) -> dict[str, str]:
        """Return the headers that the board wants with every request."""
        return {}

    def _note_expected_counts(self) -> None:
        self.crawler.stats.set_value("expected/at_least", self.at_least)
        self.crawler.stats.set_value("expected/at_most", self.at_most)

    def _expected_counts(self) -> tuple[int, int]:
        source = self.source()
        return (1, source.at_most) if self.is_practice else (source.at_least, source.at_most)

    def _require_permission(self) -> None:
        if not self.source().enabled:
            raise UsageError(f"{self.name} is switched off in data/sources.yml, with the reason.")
        if not self.settings.get("PERSONSPEC_CONTACT", "").strip():
            raise ContactMissingError(
                f"A live crawl of {self.base_url} needs a contact: set PERSONSPEC_CONTACT to a "
                "mail address or URL where the board can reach you."
            )

    def count(self, name: str, by: int = 1) -> None:
        """Add to a figure of the run's stats; crawler/checks.py reads them."""
        self.crawler.stats.inc_value(name, by)

    def listing_request(self, url: str, callback: Callback, **kwargs: object) -> Request:
        """Return the request of a page of a listing; listings go before adverts."""
        return Request(
            url,
            callback,
            headers=self.headers(),
            errback=self.listing_failed,
            cb_kwargs=kwargs,
            priority=1,
            dont_filter=True,  # a listing may be walked twice
        )

    def take(self, listing: Listing, callback: Callback) -> Iterator[Request | Sighting]:
        """Yield each advert listed for the first time, and a request for each page wanted.

        Args:
            listing: What a page of the listing holds.
            callback: Parses an advert page; it is given the ``sighting`` too.
        """
        for problem in listing.problems:
            self.logger.warning("%s", problem)
            self.count("listing/problems")
        for sighting in map(self.scope.judge, listing.sightings):
            if sighting.reference in self._seen:
                self.count("sightings/repeated")
                continue
            self._seen.add(sighting.reference)
            self.count("sightings/listed")
            yield sighting
            if self._is_wanted(sighting):
                yield self._advert_request(sighting, callback)

    def finish_walk(self, walk: ListingWalk) -> None:
        """Note that a listing was read to its end, and the board's own total of it."""
        self.count("listing/walks_finished")
        self.count("listing/short", walk.short)
        self.crawler.stats.set_value(f"listing/total/{walk.query}", walk.total)

    def _is_wanted(self, sighting: Sighting) -> bool:
        self.count("sightings/in_scope" if sighting.in_scope else "sightings/out_of_scope")
        if not sighting.in_scope:
            return False
        if not self.known.needs_fetch(sighting):
            self.count("adverts/known")
            return False
        self.count("adverts/asked")
        return True

    def _advert_request(self, sighting: Sighting, callback: Callback) -> Request:
        return Request(
            self.page_url(sighting),
            self._parse_advert,
            headers=self.headers(),
            errback=self._advert_failed,
            cb_kwargs={"callback": callback, "sighting": sighting},
            meta={"handle_httpstatus_list": sorted(_GONE)},
            # Each advert is asked for once as it is. Filtered, the second of two adverts that
            # lead to the same page would vanish without a trace.
            dont_filter=True,
        )

    def _parse_advert(
        self, response: Response, callback: Callback, sighting: Sighting
    ) -> Iterator[Request | Vacancy]:
        """Count what an advert page turned out to be, around the source's own callback."""
        if response.status in _GONE:
            self._note_gone(response.url)
            return
        try:
            for vacancy in callback(response, sighting=sighting):
                self._count_vacancy(vacancy)
                yield from self.attachments.complete(stamp(vacancy, receipt_of(response)))
        except AdvertGoneError as error:
            self._note_gone(error.url)

    def _note_gone(self, url: str) -> None:
        self.count("adverts/gone")
        self.logger.info("%s: the advert is gone since it was listed", url)

    def _count_vacancy(self, vacancy: Vacancy) -> None:
        self.count("adverts/read")
        for field in _COUNTED_FIELDS:
            if not getattr(vacancy, field):
                self.count(f"adverts/without/{field}")
        for block in vacancy.empty_blocks:
            self.count(f"adverts/empty_block/{block}")

    def _advert_failed(self, failure: Failure) -> None:
        self.count("adverts/failed")
        self.logger.warning("An advert could not be fetched: %s", reason_of(failure))

    def listing_failed(self, failure: Failure) -> Iterator[Request] | None:
        """Count a page of a listing that could not be fetched; a source may know another way."""
        self.count("listing/failed")
        self.logger.error("A listing could not be fetched: %s", reason_of(failure))
        return None


def reason_of(failure: Failure) -> str:
    """Return why a page could not be fetched, with the board's own words (RFC 7807)."""
    reason: str = failure.getErrorMessage()
    if not isinstance(failure.value, HttpError):
        return reason
    response = failure.value.response
    try:
        problem = json.loads(response.body)
    except ValueError:
        return f"{response.url}: {reason}"
    words = problem.get("detail") or problem.get("title") if isinstance(problem, dict) else None
    return f"{response.url}: {reason}: {words}" if words else f"{response.url}: {reason}"
