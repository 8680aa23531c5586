"""What all spiders share: whom they may ask, how they introduce themselves, what they count."""

from typing import ClassVar, Self

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.misc import build_from_crawler, load_object

from crawler.addresses import check_base_url, is_practice_board
from crawler.exceptions import ContactMissingError
from crawler.items import Sighting, Vacancy
from crawler.known import KnownAdverts
from crawler.settings import user_agent
from crawler.sources import Source, load_sources
from personspec.exceptions import UsageError

_COUNTED_FIELDS = ("closing_date", "salary", "places", "contract_type_raw", "specification")


class VacancySpider(scrapy.Spider):
    """A source of vacancies. Yields a Sighting per listed advert and a Vacancy per page fetched.

    A subclass sets ``name`` (its entry in data/sources.yml) and ``base_url_setting``. Against a
    loopback address, a practice board, it needs no contact, makes no pauses and expects any count.
    """

    base_url_setting: ClassVar[str]
    """Setting with the board's base URL; empty there means the address in data/sources.yml."""

    base_url: str
    is_practice: bool
    at_least: int
    at_most: int
    known: KnownAdverts

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
            UsageError: The base URL is none, or the source is switched off.
            ContactMissingError: A live board is to be crawled and nobody could be reached.
        """
        self.base_url = self.base_url_in(crawler.settings)
        self.is_practice = is_practice_board(self.base_url)
        self.at_least, self.at_most = self._expected_counts()
        if not self.is_practice:
            self._require_permission()
        self.known = build_from_crawler(load_object(crawler.settings["KNOWN_ADVERTS"]), crawler)
        crawler.signals.connect(self._note_expected_counts, signals.spider_opened)

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

    def count_vacancy(self, vacancy: Vacancy) -> Vacancy:
        """Count an advert read and which of its usual fields it lacks; return it."""
        self.count("advert/read")
        for field in _COUNTED_FIELDS:
            if not getattr(vacancy, field):
                self.count(f"advert/without/{field}")
        for block in vacancy.empty_blocks:
            self.count(f"advert/empty_block/{block}")
        return vacancy

    def wanted(self, sighting: Sighting) -> bool:
        """Count a sighting and return True if its page is to be fetched."""
        self.count("listing/in_scope" if sighting.in_scope else "listing/out_of_scope")
        if not sighting.in_scope:
            return False
        if not self.known.needs_fetch(sighting):
            self.count("advert/known")
            return False
        self.count("advert/asked")
        return True
