"""What a log may not hold: an advert's text, which can name people."""

from datetime import UTC, datetime

import pytest
from scrapy import Spider
from scrapy.http import Response
from scrapy.utils.test import get_crawler

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
