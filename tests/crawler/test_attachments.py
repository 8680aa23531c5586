"""Attached documents over HTTP: the real spider against practice boards, all in one child."""

import re
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from crawler.checks import find_problems
from crawler.practice_board import PracticeBoard, load_adverts
from crawler.practice_board.exchange import Response
from crawler.practice_board.faults import Fault, Redirect, ServerError
from tests.crawler.crawling import Crawl, crawl_all

DOCUMENTS = r"/candidate/jobadvert/[^/]+/documents/.*"
ADVERTS = [advert for advert in load_adverts() if advert.documents and advert.on(1)]
UNLIKELY = {"benefits.pdf", "poster.pdf", "policy.docx", "structure.pdf"}


@dataclass
class Answered(Fault):
    """Another status and body in the place of the board's answer."""

    path: str = DOCUMENTS
    status: int = 200
    body: bytes = b""
    kind: str = "text/html"

    def instead(self) -> Response:
        return Response(self.body, self.kind, self.status)


CLOSED = b"User-agent: *\nDisallow: /candidate/jobadvert/*/documents/\n"
FAULTS: dict[str, list[Fault]] = {
    "none": [],
    "forbidden": [Answered(status=403)],
    "gone": [Answered(status=404)],
    "elsewhere": [Redirect(path=DOCUMENTS, location="https://elsewhere.example/a.pdf")],
    "robots": [Answered(path=r"/robots\.txt", body=CLOSED, kind="text/plain")],
    "broken server": [ServerError(path=DOCUMENTS, times=None)],
    "once": [ServerError(path=DOCUMENTS, times=1)],
    "too large": [],
    "one each": [],
}
SETTINGS: dict[str, dict[str, Any]] = {
    "too large": {"PERSONSPEC_DOCUMENT_MAXSIZE": 100},
    "one each": {"PERSONSPEC_DOCUMENTS_PER_ADVERT": 1},
}


@dataclass(frozen=True)
class Run:
    crawl: Crawl
    asked: list[str]
    """File names of the documents asked for, in order."""

    @property
    def documents(self):
        sources = (s for v in self.crawl.vacancies for s in v.specification)
        return {s.url.rpartition("/")[2].replace("%20", " "): s for s in sources if s.url}

    def left(self, why: str) -> int:
        return int(self.crawl.stats.get(f"documents/left/{why}", 0))


@pytest.fixture(scope="module")
def runs() -> dict[str, Run]:
    with ExitStack() as stack:
        boards = {
            name: stack.enter_context(PracticeBoard(ADVERTS, faults=faults))
            for name, faults in FAULTS.items()
        }
        plans = [
            ("nhs_jobs", {"PERSONSPEC_NHS_JOBS_URL": board.url, **SETTINGS.get(name, {})})
            for name, board in boards.items()
        ]
        crawls = crawl_all(plans)
    return {
        name: Run(crawl, [r.path.rpartition("/")[2] for r in board.requests
                          if re.fullmatch(DOCUMENTS, r.path)])
        for (name, board), crawl in zip(boards.items(), crawls, strict=True)
    }  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_becomes_of_documents_no_advert_is_lost_and_the_run_is_healthy(runs, name):
    crawl = runs[name].crawl

    assert {v.reference for v in crawl.vacancies} == {a.reference for a in ADVERTS}
    assert len(crawl.vacancies) == len(ADVERTS)
    assert find_problems(crawl.stats, at_least=1, at_most=100) == []
    assert "Traceback" not in crawl.log


def test_likely_documents_are_fetched_and_posters_and_policies_are_not(runs):
    run = runs["none"]
    attached = {document.file for advert in ADVERTS for document in advert.documents}

    assert attached > UNLIKELY
    assert sorted(run.asked) == sorted(attached - UNLIKELY)
    assert run.left("not_likely") == len(UNLIKELY)
    for file, source in run.documents.items():
        assert bool(source.data) == bool(source.sha256) == (file not in UNLIKELY)
        assert bool(source.problem) == (file in UNLIKELY)
        assert not source.is_pending


def test_the_bytes_of_a_document_are_in_no_log_line(runs):
    source = next(s for s in runs["none"].documents.values() if s.data)
    assert "data" not in repr(source)


def test_a_board_that_closes_its_documents_is_asked_for_one_only(runs):
    run = runs["forbidden"]

    assert 1 <= len(run.asked) <= 2  # a second may be under way when the first is refused
    assert run.left("forbidden") == len(runs["none"].asked)


@pytest.mark.parametrize(
    ("name", "why", "asked_each"),
    [
        ("gone", "gone", 1),
        ("elsewhere", "closed", 1),
        ("robots", "closed", 0),
        ("broken server", "failed", 3),
        ("too large", "too_large", 1),
    ],
)
def test_a_document_that_cannot_be_had_is_left_out_with_the_reason(runs, name, why, asked_each):
    run, wanted = runs[name], len(runs["none"].asked)

    assert run.left(why) == wanted
    assert len(run.asked) == asked_each * wanted
    for file, source in run.documents.items():
        assert not source.data
        assert not source.sha256
        assert source.problem
        assert source.is_pending == (name == "broken server" and file not in UNLIKELY)


def test_a_document_is_tried_again_like_any_page(runs):
    run = runs["once"]

    assert len(run.asked) == len(runs["none"].asked) + 1
    assert run.crawl.stats["documents/fetched"] == len(runs["none"].asked)


def test_of_too_many_documents_the_person_specification_is_read_first(runs):
    run = runs["one each"]
    two = next(a for a in ADVERTS if a.reference == "Z1002-26-0080")

    assert len(run.asked) == len(ADVERTS)
    assert "person-specification.docx" in run.asked
    assert "job-description.docx" not in run.asked
    assert {d.file for d in two.documents} >= {"person-specification.docx", "job-description.docx"}
    assert run.left("too_many") == len(runs["none"].asked) - len(ADVERTS)
