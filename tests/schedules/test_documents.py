"""Attached documents from the board to the store, and from the archive to the store again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import text

from crawler.practice_board import PracticeBoard, load_adverts
from crawler.practice_board.exchange import Response
from crawler.practice_board.faults import Fault, HugePage, ServerError
from pipelines.database import open_store
from tests.pipelines.database.snapshot import snapshot
from tests.schedules.conftest import Installation

MANAGER, WAITING_LIST, HEAD = "Z1001-26-0124", "Z1001-26-0160", "Z1002-26-0080"
SCANNING = "Z1003-26-0066"
ADVERTS = [a for a in load_adverts() if a.reference in {MANAGER, WAITING_LIST, HEAD, SCANNING}]
DOCUMENTS = "/candidate/jobadvert/{}/documents/.*"


@dataclass
class Cut(Fault):
    """The first bytes of a document only, as if that were all of it."""

    path: str = DOCUMENTS.format(WAITING_LIST)

    def spoil(self, response: Response) -> Response:
        return replace(response, body=response.body[:300])


@dataclass(frozen=True)
class Crawled:
    """A board crawled twice: with a broken document and a failing server, then without."""

    installation: Installation
    first: dict[str, Any]
    """What the store held after the first crawl, as ``look``."""

    second: dict[str, Any]
    asked: tuple[list[str], list[str]]
    """Paths below the adverts that each crawl asked for."""


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("documents")
    broken = ServerError(path=DOCUMENTS.format(HEAD), times=None)
    huge = HugePage(path=DOCUMENTS.format(MANAGER) + "pdf", size=11 * 1024 * 1024)
    with PracticeBoard(ADVERTS) as board:
        installation = Installation(folder, f"sqlite:///{folder / 'store.db'}", board)
        held, asked = [], []
        for faults in ([Cut(), broken, huge], [Cut()]):
            board.faults, before = list(faults), len(board.requests)
            assert installation.crawl() == 0, installation.log.read_text()
            held.append(look(installation))
            paths = [request.path for request in board.requests[before:]]
            asked.append([path for path in paths if "/jobadvert/" in path])
        yield Crawled(installation, held[0], held[1], (asked[0], asked[1]))


def look(installation: Installation) -> dict[str, Any]:
    """Return what the store says of the adverts, of refused documents and of the last run."""
    with connected(installation) as ask:
        return {
            "criteria": ask(
                "SELECT v.reference, c.text, c.source_url FROM criterion c JOIN advert_version a "
                "ON a.id = c.advert_version_id JOIN vacancy v ON v.id = a.vacancy_id "
                "ORDER BY 1, c.position"
            ),
            "versions": ask("SELECT COUNT(*) FROM advert_version"),
            "rejected": ask("SELECT reference, url, reason FROM rejected"),
            "stats": json.loads(ask("SELECT stats FROM run ORDER BY id DESC LIMIT 1")[0][0]),
        }


@contextmanager
def connected(installation: Installation) -> Iterator[Any]:
    store = installation.opened()
    with store.engine.connect() as connection:
        yield lambda query: [tuple(row) for row in connection.execute(text(query))]
    store.close()


def criteria(held: dict[str, Any], reference: str) -> list[str]:
    return sorted(line for owner, line, _ in held["criteria"] if owner == reference)


def expected(reference: str) -> list[str]:
    advert = next(a for a in ADVERTS if a.reference == reference)
    return sorted(c for g in advert.specification for c in (*g.essential, *g.desirable))


@pytest.mark.parametrize("reference", [MANAGER, SCANNING])
def test_an_advert_that_only_refers_to_a_document_has_the_criteria_of_it(
    crawled: Crawled, reference: str
) -> None:
    assert criteria(crawled.first, reference) == expected(reference)
    assert all(url for owner, _, url in crawled.first["criteria"] if owner == reference)


def test_posters_policies_and_leaflets_are_never_asked_for(crawled: Crawled) -> None:
    asked = {path.rpartition("/")[2] for path in crawled.asked[0] if "/documents/" in path}
    assert "scanning-clerk-jd.docx" in asked
    assert not asked & {"poster.pdf", "policy.docx", "benefits.pdf", "structure.pdf"}


def test_a_broken_document_is_rejected_in_a_sentence_and_its_advert_is_stored(
    crawled: Crawled,
) -> None:
    ((reference, url, reason),) = crawled.first["rejected"]
    assert reference == WAITING_LIST
    assert url.endswith("/documents/WL%20Manager%20JD.docx")
    assert reason.startswith("WL Manager JD.docx ")
    assert criteria(crawled.first, WAITING_LIST) == []
    assert crawled.first["versions"] == [(len(ADVERTS),)]
    assert crawled.first["stats"]["documents/refused"] == 1


def test_a_document_the_board_cannot_give_is_counted_and_had_by_the_next_crawl(
    crawled: Crawled,
) -> None:
    assert crawled.first["stats"]["documents/left/failed"] == 2
    assert criteria(crawled.first, HEAD) == []
    assert criteria(crawled.second, HEAD) == expected(HEAD)
    assert crawled.second["versions"] == crawled.first["versions"], "it counts as a change"


def test_a_document_that_is_too_large_is_left_for_good(crawled: Crawled) -> None:
    assert crawled.first["stats"]["documents/left/too_large"] == 1
    assert not any(f"/{MANAGER}" in path for path in crawled.asked[1])


def test_what_is_known_is_not_asked_for_again_documents_included(crawled: Crawled) -> None:
    assert crawled.asked[1]
    assert all(f"/{HEAD}" in path for path in crawled.asked[1])


def test_the_archive_gives_the_same_store_again(crawled: Crawled) -> None:
    url = f"sqlite:///{crawled.installation.folder / 'replayed.db'}"
    settings = crawled.installation.environment | {"PERSONSPEC_DATABASE_URL": url}
    replayed = subprocess.run(
        [sys.executable, "-m", "personspec", "replay"],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert replayed.returncode == 0, replayed.stderr
    stores = [crawled.installation.opened(), open_store(url)]
    held = [snapshot(store) for store in stores]
    for store in stores:
        store.close()
    assert held[1] == held[0]
