"""The real spider over HTTP against the API of the practice board."""

from contextlib import ExitStack
from dataclasses import dataclass, replace

import pytest
from scrapy.crawler import Crawler

from crawler.checks import find_problems
from crawler.practice_board import apprenticeships, faults
from crawler.practice_board.server import PracticeBoard
from crawler.spiders.find_an_apprenticeship import FindAnApprenticeshipSpider
from crawler.spiders.nhs_jobs import NhsJobsSpider
from personspec.exceptions import UsageError
from tests.crawler.crawl_child import settings_with
from tests.crawler.crawling import crawl_all

LIST, ADVERT = "/vacancies/vacancy", "/vacancies/vacancy/.+"
KEYS = {"wrong": "another-key"}


@dataclass
class OtherWords(faults.Fault):
    """One word of each answer is another."""

    old: bytes = b""
    new: bytes = b""

    def spoil(self, response):
        return replace(response, body=response.body.replace(self.old, self.new))


SCENARIOS: dict[str, list[faults.Fault]] = {
    "right": [],
    "wrong": [],
    "too many": [faults.TooManyRequests(path=LIST, times=1, retry_after=1)],
    "other layout": [OtherWords(LIST, None, b'"vacancies"', b'"items"')],
    "other advert": [OtherWords(ADVERT, None, b'"100000', b'"200000')],
}


@pytest.fixture(scope="module")
def runs():
    """A crawl of each scenario, and the board's notes of it."""
    with ExitStack() as stack:
        boards = [stack.enter_context(PracticeBoard(faults=wrong)) for wrong in SCENARIOS.values()]
        plans = [
            (
                "find_an_apprenticeship",
                {
                    "PERSONSPEC_FIND_AN_APPRENTICESHIP_URL": f"{board.url}/vacancies",
                    "PERSONSPEC_FIND_AN_APPRENTICESHIP_KEY": KEYS.get(name, apprenticeships.KEY),
                },
            )
            for name, board in zip(SCENARIOS, boards, strict=True)
        ]
        crawls = crawl_all(plans)
    seen = [(one, list(board.requests)) for one, board in zip(crawls, boards, strict=True)]
    return dict(zip(SCENARIOS, seen, strict=True))


def test_apprenticeships_are_listed_and_those_that_lead_into_the_career_read(runs):
    crawled = runs["right"][0]
    followed = {s.reference for s in crawled.sightings if s.in_scope}

    assert find_problems(crawled.stats, at_least=1, at_most=1000) == []
    assert {v.reference for v in crawled.vacancies} == followed
    assert 0 < len(followed) < len(crawled.sightings)
    assert all(v.specification and v.employer for v in crawled.vacancies)


def test_what_leads_into_the_career_is_told_by_title_or_by_course_and_employer(runs):
    titles = {s.title: s.in_scope for s in runs["right"][0].sightings}

    assert titles["Health Informatics Apprentice"]
    assert titles["Business Administration Apprentice"]
    assert not titles["Apprentice Legal Secretary"]
    assert not titles["Healthcare Support Worker Apprentice"]


def test_the_same_post_on_nhs_jobs_is_named(runs):
    linked = {v.board_reference for v in runs["right"][0].vacancies if v.board_reference}

    assert "Z1005-26-0030" in linked


def test_posts_mirrored_from_nhs_jobs_are_not_asked_for(runs):
    crawled, requests = runs["right"]

    assert all(s.reference.startswith("VAC") for s in crawled.sightings)
    assert not any("additionaldatasources" in map(str.lower, r.headers) for r in requests)


def test_a_wrong_key_fails_the_run_in_the_boards_own_words(runs):
    crawled, _ = runs["wrong"]

    assert crawled.items == []
    assert find_problems(crawled.stats, at_least=1, at_most=1000)
    assert "Access denied: subscription key is missing or wrong" in crawled.log


def test_a_limit_that_was_reached_is_waited_for(runs):
    crawled, requests = runs["too many"]
    refused = next(n for n, request in enumerate(requests) if request.status == 429)

    assert requests[refused + 1].at - requests[refused].at >= 1.0
    assert find_problems(crawled.stats, at_least=1, at_most=1000) == []
    assert len(crawled.vacancies) == len(runs["right"][0].vacancies)


def test_a_list_of_another_shape_fails_the_run_and_closes_nothing(runs):
    crawled, _ = runs["other layout"]
    problems = "; ".join(find_problems(crawled.stats, at_least=1, at_most=1000))

    assert crawled.items == []
    assert "pages are not the pages we know" in problems
    assert "not read to the end" in problems
    assert "vacancies: Field required" in crawled.log


def test_an_answer_that_is_another_advert_is_not_taken_for_it(runs):
    crawled, _ = runs["other advert"]

    assert crawled.sightings
    assert crawled.vacancies == []
    assert crawled.stats["spider_exceptions/PageLayoutError"] == crawled.stats["adverts/asked"]


def test_no_key_stands_in_the_log_or_in_an_address(runs):
    crawled, requests = runs["right"]

    assert apprenticeships.KEY not in crawled.log
    assert not any(apprenticeships.KEY in r.query for r in requests)


def test_without_a_key_it_is_said_which_setting_is_missing():
    settings = settings_with({"PERSONSPEC_CONTACT": "crawl@example.org"})
    with pytest.raises(UsageError, match="PERSONSPEC_FIND_AN_APPRENTICESHIP_KEY"):
        FindAnApprenticeshipSpider.from_crawler(Crawler(FindAnApprenticeshipSpider, settings))

    assert FindAnApprenticeshipSpider.missing_key(settings)
    assert not NhsJobsSpider.missing_key(settings)
