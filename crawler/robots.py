"""What a board's robots.txt says beyond the rules Scrapy obeys by itself."""

import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


class RobotsWatch:
    """Honours ``Crawl-delay`` and notes a robots.txt that is none.

    Scrapy reads any page at /robots.txt as rules, an HTML page hence as "all is allowed". That is
    how NHS Jobs answered in 2026; it is let pass, but it must not pass unseen.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        watch = cls(crawler)
        crawler.signals.connect(watch.robots_parsed, signals.robots_parsed)
        crawler.signals.connect(watch.response_downloaded, signals.response_downloaded)
        return watch

    def response_downloaded(self, response: Response, request: Request) -> None:
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if request.url.endswith("/robots.txt") and not kind.startswith("text/plain"):
            self.crawler.stats.inc_value("robotstxt/not_a_robots_file")
            logger.info("%s is %s, not a robots file: no rule read", request.url, kind or "untyped")

    def robots_parsed(self, robotparser: RobotParser) -> None:
        delay = robotparser.crawl_delay(self.crawler.settings["USER_AGENT"])
        if delay is None:
            return
        self.crawler.stats.max_value("robotstxt/crawl_delay_s", delay)
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle:  # otherwise it would lower the delay again after the next page
            throttle.mindelay = max(throttle.mindelay, delay)
        for slot in self.crawler.engine.downloader.slots.values():
            slot.delay = max(slot.delay, delay)
