"""This machine's clock held against the board's.

Vacancies are closed by their date and seen at a time. With a clock that is a day or a year wrong
a crawl would damage what is stored, so it stops at the first answer.
"""

import asyncio
import logging
from collections.abc import Coroutine
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Request, Response
from scrapy.http.headers import Headers

logger = logging.getLogger(__name__)

SKEW_S = "clock/skew_s"
"""Stat: seconds by which this machine is ahead of the board, at the first answer."""


class ClockMiddleware:
    """Stops a crawl with the reason ``clock`` if the board's date is not ours."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.tolerance_s = crawler.settings.getfloat("PERSONSPEC_CLOCK_TOLERANCE_S")
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if crawler.settings.get("PERSONSPEC_REPLAY_FILE"):
            raise NotConfigured  # the answers of an archive are old by nature
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        assert self.crawler.stats is not None
        skew = self.crawler.stats.get_value(SKEW_S)
        if skew is None:
            skew = skew_s(response.headers, datetime.now(UTC))
            if skew is None:
                return response
            self.crawler.stats.set_value(SKEW_S, skew)
        if abs(skew) <= self.tolerance_s:
            return response
        self._stop()
        raise IgnoreRequest(f"{request.url}: this machine's clock is not the board's")

    def _stop(self) -> None:
        if self._closing is None:
            logger.error("This machine's clock is far from the board's: stopping; set the clock.")
            close: Coroutine[Any, Any, None] = self.crawler.engine.close_spider_async(
                reason="clock"
            )
            self._closing = asyncio.ensure_future(close)  # kept: a task nobody holds may vanish


def skew_s(headers: Headers, now: datetime) -> int | None:
    """Return the seconds by which ``now`` is ahead of a response's ``Date`` and ``Age``.

    None if the response carries no date.
    """
    try:
        date = parsedate_to_datetime((headers.get("Date") or b"").decode("latin-1"))
    except ValueError:
        return None
    age = (headers.get("Age") or b"").decode("latin-1")
    moment = date if date.tzinfo else date.replace(tzinfo=UTC)
    waited = int(age) if age.isascii() and age.isdigit() else 0
    return round((now - moment).total_seconds()) - waited
