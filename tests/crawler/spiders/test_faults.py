"""What a crawl does when the board misbehaves: it stops, waits, retries and says so."""

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from crawler.checks import find_problems
from crawler.practice_board import faults
from crawler.practice_board.adverts import load_adverts
from crawler.practice_board.exchange import Response, json_answer
from crawler.practice_board.server import LoggedRequest, PracticeBoard
from tests.crawler.crawling import Crawl, crawl_all
from tests.shared import made_once

GROUP = "ADMINISTRATIVE_AND_CLERICAL"
ADVERTS = [
    advert
    for advert in load_adverts()
    if advert.staff_group == GROUP and advert.on(1) and "Records" in advert.title
][:8]
ROBOTS = "/robots.txt"


@dataclass
class Answer(faults.Fault):
    """Answers in the board's stead."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/plain"

    def instead(self):
        return Response(self.body, self.kind, self.status, headers=self.headers)


@dataclass
class RefusedNowAndThen(faults.Fault):
    """403 on every second advert."""

    path: str = faults.ADVERTS

    def instead(self):
        return Response(b"", status=403) if self._seen % 2 else None


@dataclass
class BreaksOff(faults.Fault):
    """The feed answers its first page and an error from then on."""

    path: str = faults.FEED

    def instead(self):
        return json_answer({"error": "Page out of range"}) if self._seen > 1 else None


SCENARIOS: dict[str, list[faults.Fault]] = {
    "healthy": [],
    "listed twice": [],
    "refused": [faults.Refused()],
    "refused once": [faults.Refused(times=1)],
    "refused now and then": [RefusedNowAndThen()],
    "too many": [faults.TooManyRequests(path=faults.ADVERTS, times=1, retry_after=1)],
    "always too many": [faults.TooManyRequests(path=faults.ADVERTS, times=None, retry_after=0)],
    "too long a rest": [faults.TooManyRequests(path=faults.ADVERTS, retry_after=86_400)],
    "busy": [Answer(faults.FEED, 1, status=503, headers={"Retry-After": "1"})],
    "server error": [faults.ServerError(path=faults.ADVERTS)],
    "cut": [faults.CutConnection()],
    "always cut": [faults.CutConnection(times=None)],
    "slow": [faults.Slow(path=faults.ADVERTS, seconds=0.2)],
    "json error": [faults.JsonError()],
    "feed down": [Answer(faults.FEED, status=500)],
    "feed breaks off": [BreaksOff()],
    "empty feed": [faults.EmptyFeed()],
    "changed layout": [faults.ChangedLayout()],
    "changed adverts": [faults.ChangedLayout(path=faults.ADVERTS)],
    "huge page": [faults.HugePage(times=1)],
    "redirect": [faults.Redirect()],
    "redirect to another advert": [
        faults.Redirect(
            path=f"/candidate/jobadvert/{ADVERTS[0].reference}",
            location=f"/candidate/jobadvert/{ADVERTS[1].reference}",
        )
    ],
    "redirect to metadata": [faults.Redirect(location="http://169.254.169.254/latest/meta-data")],
    "redirect to mapped": [faults.Redirect(location="http://[::ffff:10.0.0.1]/")],
    "redirect to other port": [faults.Redirect(location="http://127.0.0.1:9/")],
    "redirect with user": [faults.Redirect(location="http://a\\@b/")],
    "redirect to file": [faults.Redirect(location="file:///etc/hostname")],
    "robots say no": [Answer(ROBOTS, body=b"User-agent: *\nDisallow: /candidate/")],
    "robots ask for time": [Answer(ROBOTS, body=b"User-agent: *\nCrawl-delay: 0.4")],
    "robots broken": [Answer(ROBOTS, status=500)],
    "robots cut": [faults.CutConnection(path=ROBOTS, times=None)],
    "gone": [Answer(faults.ADVERTS, 2, status=404)],
    "picture": [Answer(faults.ADVERTS, 1, body=b"\x89PNG\r\n\x1a\n\0\0", kind="image/png")],
    "feed of pictures": [Answer(faults.FEED, body=b"\x89PNG\r\n\x1a\n\0\0", kind="image/png")],
}

SETTINGS = {"listed twice": {"NHS_JOBS_STAFF_GROUPS": [GROUP, GROUP]}}


@dataclass(frozen=True)
class Run:
    """A crawl and what the board saw of it."""

    crawl: Crawl
    requests: list[LoggedRequest]

    @property
    def stats(self) -> dict[str, Any]:
        return self.crawl.stats

    @property
    def problems(self) -> str:
        return "; ".join(find_problems(self.stats, at_least=1, at_most=10_000))

    @property
    def visits(self) -> list[LoggedRequest]:
        return [r for r in self.requests if re.fullmatch(faults.ADVERTS, r.path)]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Every scenario's run."""
    return made_once(tmp_path_factory, "spider_faults", lambda _: crawl_scenarios())[1]


def crawl_scenarios() -> dict[str, Run]:
    """Crawl every scenario: each with a board of its own, all side by side."""
    with ExitStack() as stack:
        boards = [
            stack.enter_context(PracticeBoard(ADVERTS, faults=wrong))
            for wrong in SCENARIOS.values()
        ]
        # One page of search for one keyword is enough to see that it is asked.
        search = {"NHS_JOBS_KEYWORDS": ["records"], "NHS_JOBS_SEARCH_PAGES": 1}
        plans = [
            ("nhs_jobs", {"PERSONSPEC_NHS_JOBS_URL": b.url, **search, **SETTINGS.get(name, {})})
            for name, b in zip(SCENARIOS, boards, strict=True)
        ]
        crawls = crawl_all(plans)
    seen = [Run(one, list(board.requests)) for one, board in zip(crawls, boards, strict=True)]
    return dict(zip(SCENARIOS, seen, strict=True))


def everything_read(one: Run) -> bool:
    return {v.reference for v in one.crawl.vacancies} == {a.reference for a in ADVERTS}


@pytest.mark.parametrize(
    "name", ["healthy", "too many", "busy", "server error", "cut", "slow", "robots ask for time"]
)
def test_what_passes_loses_nothing_and_leaves_a_healthy_run(runs, name):
    assert runs[name].problems == ""
    assert everything_read(runs[name])


def test_an_advert_that_is_listed_twice_is_sighted_and_read_once(runs):
    one = runs["listed twice"]

    assert len(one.crawl.sightings) == len(one.visits) == len(ADVERTS)
    assert one.stats["sightings/repeated"] == len(ADVERTS)
    assert one.problems == ""


@pytest.mark.parametrize("name", ["refused", "always too many", "too long a rest"])
def test_a_board_that_refuses_is_left_alone(runs, name):
    one = runs[name]

    assert one.stats["finish_reason"] == "blocked"
    assert "refused us repeatedly" in one.problems
    assert len(one.visits) <= 3
    assert len(one.crawl.sightings) == len(ADVERTS), "what was listed before is kept"


def test_a_rest_of_a_day_is_not_begun(runs):
    assert len(runs["too long a rest"].visits) == 1
    assert runs["too long a rest"].stats["elapsed_time_seconds"] < 30


def test_refusals_that_are_not_in_a_row_fail_the_run_and_do_not_end_it(runs):
    one = runs["refused now and then"]

    assert one.stats["finish_reason"] == "finished"
    assert f"{len(ADVERTS) // 2} requests were refused (403)" in one.problems
    assert len(one.crawl.vacancies) == len(ADVERTS) // 2


def test_one_refusal_fails_the_run_and_loses_that_advert_only(runs):
    one = runs["refused once"]

    assert one.stats["finish_reason"] == "finished"
    assert "1 request was refused (403)" in one.problems
    assert len(one.crawl.vacancies) == len(ADVERTS) - 1
    assert len(one.visits) == len(ADVERTS), "a 403 is not asked again"


@pytest.mark.parametrize(("name", "path"), [("too many", "/jobadvert/"), ("busy", "search_xml")])
def test_retry_after_is_waited_for_by_the_whole_crawl(runs, name, path):
    requests = runs[name].requests
    refused = next(n for n, r in enumerate(requests) if r.status in {429, 503})
    following = requests[refused + 1]

    assert path in requests[refused].path
    assert following.at - requests[refused].at >= 1.0


def test_a_connection_that_is_always_cut_is_counted_and_gives_no_half_advert(runs):
    one = runs["always cut"]

    assert one.crawl.vacancies == []
    assert f"{len(ADVERTS)} pages could not be fetched" in one.problems
    assert len(one.visits) == 3 * len(ADVERTS)


@pytest.mark.parametrize("name", ["json error", "feed down", "empty feed", "feed of pictures"])
def test_a_feed_that_cannot_be_used_is_replaced_by_the_search(runs, name):
    one = runs[name]

    assert everything_read(one)
    assert "search pages were read instead" in one.problems
    assert "not read to the end" in one.problems, "so that nothing is closed from it"
    assert [r for r in one.requests if r.path == "/candidate/search/results"]


def test_a_feed_that_breaks_off_keeps_what_it_listed_and_fails_the_run(runs):
    one = runs["feed breaks off"]

    assert everything_read(one)
    assert "1 page could not be read because of other errors" in one.problems
    assert "not read to the end" in one.problems
    assert not [r for r in one.requests if r.path == "/candidate/search/results"]


def test_an_advert_that_leads_to_another_is_not_taken_for_it(runs):
    one = runs["redirect to another advert"]
    read = [v.reference for v in one.crawl.vacancies]

    assert sorted(read) == sorted(a.reference for a in ADVERTS[1:])
    assert "1 page is not a page we know" in one.problems


def test_a_feed_and_a_search_with_a_new_layout_fail_the_run(runs):
    one = runs["changed layout"]

    assert one.crawl.items == []
    assert "0 adverts listed" in one.problems
    assert "the layout may have changed" in one.problems


def test_adverts_with_a_new_layout_are_counted_and_the_crawl_goes_on(runs):
    one = runs["changed adverts"]

    assert one.crawl.vacancies == []
    assert len(one.crawl.sightings) == len(ADVERTS)
    assert f"{len(ADVERTS)} pages are not the pages we know" in one.problems
    assert one.stats["finish_reason"] == "finished"


def test_a_page_beyond_the_limit_is_not_read_and_the_others_are(runs):
    one = runs["huge page"]

    assert len(one.crawl.vacancies) == len(ADVERTS) - 1
    assert "1 page could not be fetched" in one.problems
    assert f"larger than download max size ({20 * 1024 * 1024})" in one.crawl.log
    assert one.stats["downloader/response_bytes"] < 20 * 1024 * 1024


@pytest.mark.parametrize(
    "name",
    [
        "redirect",
        "redirect to metadata",
        "redirect to mapped",
        "redirect to other port",
        "redirect with user",
    ],
)
def test_a_way_off_the_board_is_refused_before_any_connection(runs, name):
    one = runs[name]

    assert one.crawl.vacancies == []
    assert one.stats["guard/refused"] == len(ADVERTS)
    assert "led away from the board" in one.problems
    assert f"{len(ADVERTS)} pages could not be fetched" in one.problems
    assert one.stats["downloader/response_count"] == len(one.requests)


def test_a_way_into_the_file_system_leads_nowhere(runs):
    one = runs["redirect to file"]

    assert one.crawl.vacancies == []
    assert one.problems


def test_robots_txt_is_obeyed_and_fails_the_run(runs):
    one = runs["robots say no"]

    assert one.visits == []
    assert f"{len(ADVERTS)} pages are closed to robots" in one.problems


@pytest.mark.parametrize("name", ["robots broken", "robots cut"])
def test_a_board_whose_robots_txt_cannot_be_had_is_not_read(runs, name):
    one = runs[name]

    assert {r.path for r in one.requests} == {ROBOTS}
    assert one.stats["finish_reason"] == "robots_txt_unavailable"
    assert "robots.txt could not be fetched" in one.problems


def test_a_crawl_delay_is_kept(runs):
    one = runs["robots ask for time"]
    gaps = [later.at - earlier.at for earlier, later in pairwise(one.requests[2:])]

    assert one.stats["robotstxt/crawl_delay_s"] == 0.4
    assert min(gaps) >= 0.4 / 2 - 0.05, "Scrapy varies a delay by half"


def test_an_advert_gone_since_it_was_listed_is_no_failure(runs):
    one = runs["gone"]

    assert one.stats["adverts/gone"] == 2
    assert len(one.crawl.vacancies) == len(ADVERTS) - 2
    assert one.problems == ""


def test_an_answer_that_is_no_text_is_not_the_page_we_know(runs):
    one = runs["picture"]

    assert len(one.crawl.vacancies) == len(ADVERTS) - 1
    assert "1 page is not a page we know" in one.problems
    assert "the answer is no text" in one.crawl.log
