"""What all spiders share: whose adverts they read, and how an advert becomes an item."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response, TextResponse
from scrapy.settings import BaseSettings
from scrapy.utils.misc import build_from_crawler, load_object
from twisted.python.failure import Failure

from crawler.addresses import check_base_url, is_practice_board
from crawler.archive import receipt_of, stamp
from crawler.attachments import Attachments
from crawler.counts import figures_of
from crawler.exceptions import AdvertGoneError, PageLayoutError
from crawler.failures import reason_of
from crawler.items import Sighting, Vacancy
from crawler.known import KnownAdverts
from crawler.pages.listing import Listing
from crawler.pages.page import AdvertPage
from crawler.permission import require_key, require_permission
from crawler.scope import Scope, load_scope
from crawler.settings import user_agent
from crawler.sources import Source, load_sources

_GONE = frozenset({404, 410})


class VacancySpider(scrapy.Spider):
    """A source of vacancies. Yields a Sighting per listed advert and a Vacancy per page fetched.

    A subclass sets ``name`` (its entry in data/sources.yml), ``base_url_setting`` and
    ``advert_page``. Against a loopback address, a practice board, it needs no contact, makes no
    pauses and expects any count.
    """

    base_url_setting: ClassVar[str]
    """Setting with the board's base URL; empty there means the address in data/sources.yml."""

    key_setting: ClassVar[str] = ""
    """Setting with the key that the board wants; empty if it wants none."""

    advert_page: ClassVar[type[AdvertPage]]
    """Reads an advert."""

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
            require_permission(self.name, self.source(), self.base_url, crawler.settings)
        require_key(self.name, self.source(), self.missing_key(crawler.settings))
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

    def count(self, name: str, by: int = 1) -> None:
        """Add to a figure of the run's stats; crawler/checks.py reads them."""
        self.crawler.stats.inc_value(name, by)

    def take(self, listing: Listing) -> Iterator[Request | Sighting]:
        """Yield each advert listed for the first time, and a request for each page wanted."""
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
                yield self._advert_request(sighting)

    def _is_wanted(self, sighting: Sighting) -> bool:
        self.count("sightings/in_scope" if sighting.in_scope else "sightings/out_of_scope")
        if not sighting.in_scope:
            return False
        if not self.known.needs_fetch(sighting):
            self.count("adverts/known")
            return False
        self.count("adverts/asked")
        return True

    def _advert_request(self, sighting: Sighting) -> Request:
        return Request(
            self.page_url(sighting),
            self._parse_advert,
            headers=self.headers(),
            errback=self._advert_failed,
            cb_kwargs={"sighting": sighting},
            meta={"handle_httpstatus_list": sorted(_GONE)},
            # Each advert is asked for once as it is. Filtered, the second of two adverts that
            # lead to the same page would vanish without a trace.
            dont_filter=True,
        )

    def _parse_advert(self, response: Response, sighting: Sighting) -> Iterator[Request | Vacancy]:
        if response.status in _GONE:
            self._note_gone(response.url)
            return
        try:
            vacancy = self._read(response, sighting)
        except AdvertGoneError as error:
            self._note_gone(error.url)
            return
        for figure in figures_of(vacancy):
            self.count(figure)
        yield from self.attachments.complete(stamp(vacancy, receipt_of(response)))

    def _read(self, response: Response, sighting: Sighting) -> Vacancy:
        page = self.advert_page(response.url, text_of(response), datetime.now(UTC))
        vacancy = page.to_item()
        if vacancy.reference != sighting.reference:
            raise PageLayoutError(response.url, f"not the advert asked for, {sighting.reference}")
        return replace(vacancy, staff_group=vacancy.staff_group or sighting.staff_group)

    def _note_gone(self, url: str) -> None:
        self.count("adverts/gone")
        self.logger.info("%s: the advert is gone since it was listed", url)

    def _advert_failed(self, failure: Failure) -> None:
        self.count("adverts/failed")
        self.logger.warning("An advert could not be fetched: %s", reason_of(failure))


def text_of(response: Response) -> str:
    """Return the text of an answer; raise PageLayoutError if it is none, such as a picture."""
    if isinstance(response, TextResponse):
        return response.text
    raise PageLayoutError(response.url, "the answer is no text")
