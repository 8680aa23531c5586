"""Manners and limits between the crawl and the network."""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from crawler.addresses import origin
from crawler.attachments import is_document
from crawler.exceptions import DocumentClosedError, SourceError
from crawler.resolver import GuardedResolver

if TYPE_CHECKING:
    from crawler.spiders.base import VacancySpider

logger = logging.getLogger(__name__)

_TOO_OFTEN = 429
_UNAVAILABLE = 503
_FORBIDDEN = 403


class OwnHostsMiddleware:
    """Refuses every request that does not go to the source's own scheme, host and port.

    Redirects and robots.txt come through here like any other request.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        spider: VacancySpider = self.crawler.spider  # type: ignore[assignment]
        if origin(request.url) != origin(spider.base_url):
            if is_document(request):
                raise DocumentClosedError(f"{request.url} is not part of {spider.base_url}")
            self.crawler.stats.inc_value("guard/refused")
            logger.warning("Refused: %s is not part of %s", request.url, spider.base_url)
            raise IgnoreRequest(f"{request.url} is not part of {spider.base_url}")
        if not spider.is_practice:
            self._require_guarded_resolver()

    def _require_guarded_resolver(self) -> None:
        # Scrapy installs TWISTED_DNS_RESOLVER only in a CrawlerProcess, silently not in a runner.
        from twisted.internet import reactor

        if not isinstance(reactor.nameResolver, GuardedResolver):
            raise SourceError(
                "The address check is not in force: start live crawls with Scrapy's CrawlerProcess "
                "and TWISTED_DNS_RESOLVER as in crawler/settings.py."
            )


def retry_after_s(value: bytes | None, now: datetime) -> float | None:
    """Return the seconds a ``Retry-After`` header asks for, at least 0.

    Args:
        value: The header: whole seconds or an HTTP date; None if there is none.
        now: The present moment, with time zone.

    Returns:
        None if the header is missing or says neither.
    """
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:  # "-0000": UTC without a place
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


class PoliteRetryMiddleware(RetryMiddleware):
    """Scrapy's retry, with the pauses it does not make and an end to insisting.

    A busy board is left alone for as long as its ``Retry-After`` says, or for a growing pause if
    it says nothing; as only one request is under way at a time (CONCURRENT_REQUESTS), the whole
    crawl rests. A longer rest than PERSONSPEC_LONGEST_WAIT_S, or refusals (403, 429) in a row,
    end the crawl with the reason ``blocked``.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler.settings)
        self.crawler = crawler
        self.backoff_s = crawler.settings.getfloat("PERSONSPEC_BACKOFF_S")
        self.longest_wait_s = crawler.settings.getfloat("PERSONSPEC_LONGEST_WAIT_S")
        self.refusals_allowed = crawler.settings.getint("PERSONSPEC_REFUSALS_IN_A_ROW")
        self.refusals = 0
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        if response.status == _FORBIDDEN and is_document(request):
            return response  # closed to all without an account, perhaps; the adverts are not
        if response.status in {_FORBIDDEN, _TOO_OFTEN}:
            self._count_refusal(response)
        elif response.status not in self.retry_http_codes:
            self.refusals = 0
        if response.status in self.retry_http_codes:
            await self._rest(request, response)
        return super().process_response(request, response)

    def _count_refusal(self, response: Response) -> None:
        self.refusals += 1
        self.crawler.stats.inc_value(f"refused/{response.status}")
        if self.refusals >= self.refusals_allowed:
            self._stop(f"{self.refusals} refusals in a row, the last {response.status}", response)

    async def _rest(self, request: Request, response: Response) -> None:
        wait = None
        if response.status in {_TOO_OFTEN, _UNAVAILABLE}:
            wait = retry_after_s(response.headers.get("Retry-After"), datetime.now(UTC))
        if wait is None:
            wait = self.backoff_s * 2 ** request.meta.get("retry_times", 0)
        if wait > self.longest_wait_s:
            self._stop(f"it asks to be left alone for {wait:.0f} s", response)
        if wait:
            logger.info("%s answered %d: resting %.0f s", response.url, response.status, wait)
            self.crawler.stats.inc_value("refused/rested_s", int(wait))
            await asyncio.sleep(wait)

    def _stop(self, why: str, response: Response) -> None:
        logger.error("%s: %s. Stopping; ask the board before trying again.", response.url, why)
        close: Coroutine[Any, Any, None] = self.crawler.engine.close_spider_async(reason="blocked")
        self._closing = asyncio.ensure_future(close)  # kept: a task nobody holds may vanish
        raise IgnoreRequest(f"{response.url}: {why}")
