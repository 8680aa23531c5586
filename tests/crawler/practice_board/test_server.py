"""The practice board over HTTP: addresses, paging and markup of the real board."""

import re
from contextlib import closing
from datetime import date
from http.client import HTTPConnection

import pytest
from lxml import etree
from parsel import Selector

from crawler.practice_board import PracticeBoard, load_adverts

DAY_1 = date(2026, 9, 14)


@pytest.fixture(scope="module")
def board():
    with PracticeBoard(today=DAY_1) as running:
        yield running


def get(board, path):
    with closing(HTTPConnection(board.url.removeprefix("http://"))) as connection:
        connection.request("GET", path)
        return connection.getresponse().read().decode()


def feed(board, query):
    return etree.fromstring(get(board, f"/api/v1/search_xml?{query}").encode())


def references(root):
    return [vacancy.findtext("reference") for vacancy in root.findall("vacancyDetails")]


def advert_page(board, reference):
    return Selector(get(board, f"/candidate/jobadvert/{reference}"))


def test_a_page_of_the_feed_holds_ten_vacancies_unless_asked_otherwise(board):
    root = feed(board, "")
    assert root.tag == "nhsJobs"
    assert len(references(root)) == 10
    assert int(root.findtext("totalPages")) == -(-int(root.findtext("totalResults")) // 10)


def test_no_more_than_a_hundred_vacancies_come_however_many_are_asked(board):
    root = feed(board, "limit=5000")
    assert len(references(root)) == min(100, int(root.findtext("totalResults")))


def test_the_pages_hold_every_vacancy_once_and_then_none(board):
    total = int(feed(board, "limit=7").findtext("totalResults"))
    pages = [references(feed(board, f"limit=7&page={page}")) for page in range(1, total)]
    seen = [reference for page in pages for reference in page]
    assert len(seen) == len(set(seen)) == total
    assert pages[-1] == []


def test_a_page_without_a_limit_has_no_effect(board):
    assert references(feed(board, "page=2")) == references(feed(board, "page=1"))


def test_an_advert_page_carries_the_ids_of_the_real_one(board):
    page = advert_page(board, "Z1001-26-0101")
    assert page.css("#employer_name::text").get() == "Larkmere University Hospitals NHS Trust"
    assert page.css("h1#heading::text").get() == "Health Records Clerk"
    assert page.css("#closing_date strong::text").get() == "The closing date is 25 September 2026"
    assert page.css("div.hide-mobile #payscheme-band::text").get() == "Band 2"
    assert page.css("#employer_town_1::text").get() == "Shipley"
    assert page.css("a#apply-ats-direct")


def test_the_specification_is_rendered_twice_with_the_same_ids(board):
    ids = advert_page(board, "Z1001-26-0101").css("li[id*=_skill_]::attr(id)").getall()
    assert re.fullmatch(r"essential_skill_1_criteria_1", ids[0])
    assert ids[: len(ids) // 2] == ids[len(ids) // 2 :]


def test_the_overview_comes_out_empty_because_of_its_inner_paragraphs(board):
    page = advert_page(board, "Z1001-26-0101")
    assert page.css("p#job_overview::text").getall() == []
    assert page.xpath("//p[@id='job_overview']/following-sibling::p[1]/text()").get()


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/sitemap.xml", "/candidate/jobadvert/Z9999-26-0001", "/nothing"]
)
def test_what_the_board_does_not_know_is_answered_200_with_the_inactive_page(board, path):
    assert "no longer active" in get(board, path)
    assert board.requests[-1].path == path
    assert board.requests[-1].status == 200


def test_every_advert_on_the_board_has_a_page(board):
    for advert in load_adverts():
        if advert.on(1):
            title = advert_page(board, advert.reference).css("#heading::text").get()
            assert title == advert.title
