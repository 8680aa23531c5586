"""robots.txt, taken more seriously than Scrapy takes it."""

import asyncio
import logging

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

from crawler.attachments import is_document
from crawler.exceptions import DocumentClosedError

logger = logging.getLogger(__name__)

_SERVER_ERROR = 500


class PoliteRobotsMiddleware(RobotsTxtMiddleware):
    """Obeys the rules as Scrapy does, and ``Crawl-delay``, and a robots.txt that cannot be had.

    One that a broken server or line cannot give means "nothing is allowed" (RFC 9309, 2.3.1.4);
    Scrapy would go on. The crawl ends. Scrapy also reads any page at /robots.txt as rules, an
    HTML page hence as "all is allowed". That is how NHS Jobs answered in 2026; it is let pass,
    but it is noted.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.is_unavailable = False
        self._closing: asyncio.Task[None] | None = None
        crawler.signals.connect(self.response_received, signals.response_received)
        crawler.signals.connect(self.robots_parsed, signals.robots_parsed)

    def response_received(self, response: Response, request: Request) -> None:
        """Look at the robots.txt that is left after any retries."""
        if not request.url.endswith("/robots.txt"):
            return
        self.is_unavailable = response.status >= _SERVER_ERROR
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if not self.is_unavailable and not kind.startswith("text/plain"):
            self.crawler.stats.inc_value("robotstxt/not_a_robots_file")
            logger.info("%s is %s, not a robots file: no rule read", request.url, kind or "untyped")

    def robots_parsed(self, robotparser: RobotParser) -> None:
        """Slow down to what the file asks for."""
        delay = robotparser.crawl_delay(self.crawler.settings["USER_AGENT"])
        if delay is None:
            return
        self.crawler.stats.max_value("robotstxt/crawl_delay_s", delay)
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle:  # otherwise it would lower the delay again after the next page
            throttle.mindelay = max(throttle.mindelay, delay)
        for slot in self.crawler.engine.downloader.slots.values():
            slot.delay = max(slot.delay, delay)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let a request pass or not; ``rp`` is None if robots.txt could not be fetched."""
        if rp is not None and not self.is_unavailable:
            if is_document(request) and not rp.allowed(request.url, self._default_useragent):
                raise DocumentClosedError(f"{request.url} is closed to robots by robots.txt")
            super().process_request_2(rp, request)
            return
        if self._closing is None:
            logger.error("robots.txt of %s cannot be had, so nothing may be read", request.url)
            close = self.crawler.engine.close_spider_async(reason="robots_txt_unavailable")
            self._closing = asyncio.ensure_future(close)
        raise IgnoreRequest(f"{request.url}: robots.txt cannot be had")
