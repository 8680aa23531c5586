"""What a log may not hold: an advert's text, which can name people."""

import logging
from datetime import UTC, datetime

import pytest
from scrapy import Spider
from scrapy.exceptions import DownloadConnectionRefusedError
from scrapy.http import Request, Response
from scrapy.utils.test import get_crawler
from twisted.python.failure import Failure

from crawler.exceptions import PageLayoutError
from crawler.items import Vacancy
from crawler.log import BriefLogFormatter

PERSONAL = "Ask Morwenna Ashdown on 01632 960123"
VACANCY = Vacancy(
    "nhs_jobs", "A1-26-1", "u", "Clerk", "Trust", datetime(2026, 1, 1, tzinfo=UTC), summary=PERSONAL
)
RESPONSE = Response("https://board.example/1")
SPIDER = Spider.from_crawler(get_crawler(), "any")


@pytest.mark.parametrize(
    "result",
    [
        BriefLogFormatter().scraped(VACANCY, RESPONSE, SPIDER),
        BriefLogFormatter().dropped(VACANCY, ValueError("odd"), RESPONSE, SPIDER),
        BriefLogFormatter().item_error(VACANCY, ValueError("odd"), RESPONSE, SPIDER),
    ],
    ids=["scraped", "dropped", "item_error"],
)
def test_an_item_is_named_and_not_printed(result):
    line = result["msg"] % result["args"]

    assert "Vacancy A1-26-1" in line
    assert PERSONAL not in line


def test_a_page_of_unknown_layout_is_one_sentence_without_a_traceback(caplog):
    error = PageLayoutError("https://board.example/1", "no title")
    try:
        raise error
    except PageLayoutError:
        failure = Failure()
    line = BriefLogFormatter().spider_error(failure, Request(RESPONSE.url), RESPONSE, SPIDER)
    logger = logging.getLogger("scrapy.core.scraper")
    logger.log(line["level"], line["msg"], line["args"], exc_info=(type(error), error, None))

    assert caplog.records[0].getMessage() == "https://board.example/1: no title"
    assert caplog.records[0].exc_info is None


def test_any_other_error_keeps_its_traceback(caplog):
    BriefLogFormatter()
    error = KeyError("a fault of our own")
    logging.getLogger("scrapy.core.scraper").error("x", exc_info=(KeyError, error, None))

    assert caplog.records[0].exc_info is not None


def test_a_robots_txt_that_cannot_be_fetched_is_one_line(caplog):
    BriefLogFormatter()
    error = DownloadConnectionRefusedError("Connection was refused")
    logger = logging.getLogger("scrapy.downloadermiddlewares.robotstxt")
    logger.error("x", exc_info=(type(error), error, None))

    assert caplog.records[0].exc_info is None
