"""The real spider over HTTP against the practice board."""

import re
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.checks import find_problems
from crawler.items import Vacancy
from crawler.pages.text import plain_text
from crawler.practice_board.adverts import load_adverts
from crawler.practice_board.faults import ADVERTS
from crawler.practice_board.server import PracticeBoard
from tests.crawler.crawling import crawl_all

GROUP = "ADMINISTRATIVE_AND_CLERICAL"
GROUPS = [GROUP, "STUDENTS", "HEALTHCARE_SCIENTISTS"]


PLANS: dict[str, dict[str, Any]] = {
    "all new": {},
    "some known": {"KNOWN_ADVERTS": "tests.crawler.spiders.known.OnlyTrustOnesAreNew"},
    "several groups": {"NHS_JOBS_STAFF_GROUPS": GROUPS},
}


@pytest.fixture(scope="module")
def runs():
    """Crawls of the board's first day, each with the board's own notes of it."""
    with ExitStack() as stack:
        boards = [stack.enter_context(PracticeBoard()) for _ in PLANS]
        pairs = zip(PLANS.values(), boards, strict=True)
        plans = [("nhs_jobs", {"PERSONSPEC_NHS_JOBS_URL": b.url, **plan}) for plan, b in pairs]
        crawls = crawl_all(plans)
    seen = [(one, list(board.requests)) for one, board in zip(crawls, boards, strict=True)]
    return dict(zip(PLANS, seen, strict=True))


@pytest.fixture
def run(runs):
    return runs["all new"]


@pytest.fixture(scope="module")
def adverts():
    """The adverts of the group on the board's first day, by reference."""
    there = [advert.on(1) for advert in load_adverts()]
    return {a.reference: a for a in there if a and a.staff_group == GROUP}


def test_a_healthy_crawl_has_no_problems(run):
    crawled = run[0]

    assert find_problems(crawled.stats, at_least=1, at_most=10_000) == []
    assert "Traceback" not in crawled.log


def test_every_advert_of_the_group_is_sighted_once(run, adverts):
    crawled = run[0]

    assert sorted(s.reference for s in crawled.sightings) == sorted(adverts)
    assert {s.staff_group for s in crawled.sightings} == {GROUP}
    assert crawled.stats["sightings/listed"] == len(adverts)
    assert crawled.stats[f"listing/total/{GROUP}"] == len(adverts)


def test_exactly_the_adverts_followed_are_read(run):
    crawled = run[0]
    followed = {s.reference for s in crawled.sightings if s.in_scope}

    assert {v.reference for v in crawled.vacancies} == followed
    assert len(crawled.vacancies) == len(followed) > 10
    assert crawled.stats["sightings/out_of_scope"] == len(crawled.sightings) - len(followed)
    assert crawled.stats["adverts/read"] == len(followed)


def test_a_sighting_comes_before_its_vacancy(run):
    seen = set()
    for item in run[0].items:
        if isinstance(item, Vacancy):
            assert item.reference in seen
        seen.add(item.reference)


def test_vacancies_say_what_the_adverts_say(run, adverts):
    for vacancy in run[0].vacancies:
        advert = adverts[vacancy.reference]
        assert vacancy.title == advert.title
        assert vacancy.employer == advert.employer.name
        assert vacancy.band == advert.pay.band
        assert vacancy.staff_group == GROUP
        assert vacancy.is_open
        assert len(vacancy.places) == len(advert.places)
        assert [p.postcode for p in vacancy.places] == [p.postcode for p in advert.places]


def letters(text):
    """Return a text without markup, spaces and marks, so that only the words are compared."""
    return re.sub(r"[\W_]+", "", plain_text(text))


def test_every_criterion_of_the_adverts_reaches_a_source_of_the_specification(run, adverts):
    for vacancy in run[0].vacancies:
        if adverts[vacancy.reference].style == "attached":
            assert any(source.kind == "document" for source in vacancy.specification)
            continue
        content = letters(" ".join(source.content for source in vacancy.specification))
        for group in adverts[vacancy.reference].specification:
            for text in (*group.essential, *group.desirable):
                assert letters(str(text)) in content, (vacancy.reference, text)


def test_a_criterion_with_an_id_stands_in_the_specification_once(run, adverts):
    checked = 0
    for vacancy in run[0].vacancies:
        if adverts[vacancy.reference].style == "groups" and vacancy.specification:
            content = letters(vacancy.specification[0].content)
            for group in adverts[vacancy.reference].specification:
                for text in (*group.essential, *group.desirable):
                    checked += content.count(letters(str(text))) == 1
    assert checked > 100


def test_nobodys_name_or_telephone_leaves_the_crawler(run):
    crawled = run[0]
    everything = " ".join(repr(item) for item in crawled.items)

    for advert in load_adverts():
        if advert.contact:
            for personal in (advert.contact.name, advert.contact.email, advert.contact.telephone):
                assert not personal or personal not in everything


def test_the_feed_is_asked_with_limit_and_the_adverts_without_query(run):
    requests = run[1]
    feeds = [r for r in requests if r.path == "/api/v1/search_xml"]
    adverts = [r for r in requests if "/jobadvert/" in r.path]

    assert all("limit=100&page=" in r.query and f"staffGroup={GROUP}" in r.query for r in feeds)
    assert all(not r.query for r in adverts)
    assert max(Counter(r.path for r in adverts).values()) == 1
    assert not [r for r in requests if r.path == "/candidate/search/results"]


def test_robots_txt_is_asked_first_and_everything_by_our_name(run):
    requests = run[1]

    assert requests[0].path == "/robots.txt"
    assert {r.headers.get("User-Agent") or r.headers.get("user-agent") for r in requests} == {
        "personspec/0.1"
    }


def test_times_are_utc_and_of_this_run(run):
    for vacancy in run[0].vacancies:
        assert abs((datetime.now(UTC) - vacancy.fetched_at).total_seconds()) < 600
        assert vacancy.fetched_at.tzinfo is UTC


def test_what_is_known_is_sighted_and_not_fetched(runs):
    crawled, requests = runs["some known"]
    asked = {r.path.rpartition("/")[2] for r in requests if re.fullmatch(ADVERTS, r.path)}
    followed = [s for s in crawled.sightings if s.in_scope]
    new = {s.reference for s in followed if s.employer.endswith("Trust")}

    assert asked == new == {v.reference for v in crawled.vacancies}
    assert crawled.stats["adverts/known"] == len(followed) - len(new) > 0


def test_several_groups_are_walked_each_with_its_own_total(runs):
    crawled = runs["several groups"][0]
    totals = [crawled.stats.get(f"listing/total/{group}", 0) for group in GROUPS]

    assert sum(totals) == len(crawled.sightings) > totals[0]
    assert len({s.reference for s in crawled.sightings}) == len(crawled.sightings)
