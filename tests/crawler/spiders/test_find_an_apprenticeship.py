"""The real spider over HTTP against the API of the practice board."""

from contextlib import ExitStack

import pytest
from scrapy.crawler import Crawler

from crawler.checks import find_problems
from crawler.practice_board import apprenticeships
from crawler.practice_board.server import PracticeBoard
from crawler.spiders.find_an_apprenticeship import FindAnApprenticeshipSpider
from crawler.spiders.nhs_jobs import NhsJobsSpider
from personspec.exceptions import UsageError
from tests.crawler.crawl_child import settings_with
from tests.crawler.crawling import crawl_all

KEYS = {"right": apprenticeships.KEY, "wrong": "another-key"}


@pytest.fixture(scope="module")
def runs():
    """A crawl with each key, and the board's notes of it."""
    with ExitStack() as stack:
        boards = [stack.enter_context(PracticeBoard()) for _ in KEYS]
        plans = [
            (
                "find_an_apprenticeship",
                {
                    "PERSONSPEC_FIND_AN_APPRENTICESHIP_URL": f"{board.url}/vacancies",
                    "PERSONSPEC_FIND_AN_APPRENTICESHIP_KEY": key,
                },
            )
            for board, key in zip(boards, KEYS.values(), strict=True)
        ]
        crawls = crawl_all(plans)
    seen = [(one, list(board.requests)) for one, board in zip(crawls, boards, strict=True)]
    return dict(zip(KEYS, seen, strict=True))


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
