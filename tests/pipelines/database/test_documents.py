"""Attached documents in the history: new content is a change, a failed fetch is none."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from crawler.items import Sighting, SpecificationSource, Vacancy
from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.types import Criterion, Specification
from pipelines.annotate import annotate_vacancy
from pipelines.database import Store
from pipelines.database.hashing import content_hash
from pipelines.database.known import StoredAdverts
from pipelines.reannotate import annotate_again
from pipelines.types import AnnotatedVacancy, Refusal
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import NOON, sighting, vacancy

MATCHER = Matcher(load_catalogue())
URL = "https://jobs.example.org/documents/JD.docx"
SPECIFICATION = Specification((Criterion("Good IT skills", "table", "essential", "column"),))
LATER = timedelta(days=1)


def document(**changes: Any) -> SpecificationSource:
    return replace(SpecificationSource("document", "", "Job description", url=URL), **changes)


FIRST, SECOND = document(sha256="1" * 64), document(sha256="2" * 64)
PENDING = document(problem="The board could not give it.", is_pending=True)


def page(source: SpecificationSource, **changes: Any) -> Vacancy:
    return vacancy("X1", specification=(source,), **changes)


def read(source: SpecificationSource, **changes: Any) -> AnnotatedVacancy:
    documents = {URL: SPECIFICATION} if source.sha256 else {}
    return annotate_vacancy(page(source, **changes), MATCHER, documents)


def versions(store: Store) -> list[dict[str, Any]]:
    held = [row for row in snapshot(store).values() if "content_hash" in row]
    return sorted(held, key=lambda row: row["fetched_at"])


def criteria(store: Store) -> list[str]:
    held = snapshot(store).items()
    return [row["text"] for key, rows in held if key.endswith(" criterion") for row in rows]


def test_the_content_changes_with_the_document_and_with_nothing_of_the_run() -> None:
    told = content_hash(page(FIRST))
    assert content_hash(page(SECOND)) != told
    assert content_hash(page(document())) != told
    for same in (
        replace(FIRST, data=b"the bytes"),
        replace(FIRST, problem="It cannot be read."),
        replace(FIRST, is_pending=True),
    ):
        assert content_hash(page(same)) == told
    assert content_hash(page(FIRST, fetched_at=NOON + LATER)) == told


def test_fingerprints_of_adverts_without_fetched_documents_are_those_of_earlier_releases() -> None:
    assert [content_hash(vacancy()), content_hash(vacancy(specification=(document(),)))] == [
        "e200eaebf3d995f5ae94389c588f72c31aaa5d4e9c65c4b40ae2625fde79d4c0",
        "74a7bef8dc665d70eb72b7963cc2481c37b2255f90adad2a51ce13a7bcf257da",
    ]


def test_no_bytes_and_no_text_of_a_document_are_stored(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_vacancy(run, read(replace(FIRST, data=b"the bytes")))
    (version,) = versions(store)
    assert version["specification"] == [
        {
            "kind": "document",
            "content": "",
            "label": "Job description",
            "is_specification": False,
            "url": URL,
            "sha256": "1" * 64,
        }
    ]
    assert criteria(store) == ["Good IT skills"]


def test_another_content_of_the_document_is_another_version_of_the_advert(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    assert store.save_vacancy(run, read(FIRST)) == "new"
    assert store.save_vacancy(run, read(FIRST)) == "unchanged"
    assert store.save_vacancy(run, read(SECOND, fetched_at=NOON + LATER)) == "changed"
    assert [row["changed_fields"] for row in versions(store)] == [[], ["specification"]]


def test_a_document_that_could_not_be_had_for_once_is_no_change(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_vacancy(run, read(FIRST))
    assert store.save_vacancy(run, read(PENDING, fetched_at=NOON + LATER)) == "unchanged"
    (version,) = versions(store)
    assert version["checked_at"] == NOON + LATER
    assert criteria(store) == ["Good IT skills"]


def test_a_document_that_comes_later_joins_the_version_it_belongs_to(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    assert store.save_vacancy(run, read(PENDING)) == "new"
    assert criteria(store) == []
    assert store.save_vacancy(run, read(FIRST, fetched_at=NOON + LATER)) == "annotated again"
    (version,) = versions(store)
    assert version["content_hash"] == content_hash(page(FIRST))
    assert version["specification"][0]["sha256"] == FIRST.sha256
    assert "problem" not in version["specification"][0]
    assert criteria(store) == ["Good IT skills"]


def test_a_page_that_says_something_else_is_a_change_whatever_its_documents(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_vacancy(run, read(FIRST))
    changed = read(PENDING, title="Senior Clerk", fetched_at=NOON + LATER)
    assert store.save_vacancy(run, changed) == "changed"


@pytest.mark.parametrize("before", [[], [sighting("X1")]], ids=["new", "listed before"])
def test_a_page_that_lacks_a_document_is_read_again_in_the_next_run(
    store: Store, before: list[Sighting]
) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_sightings(run, before)
    store.save_vacancy(run, read(PENDING))
    store.save_sightings(run, [sighting("X1")])
    assert needs_fetch(store)

    again = store.start_run("nhs_jobs", at=NOON + LATER)
    store.save_sightings(again, [sighting("X1")])
    store.save_vacancy(again, read(FIRST, fetched_at=NOON + LATER))
    assert not needs_fetch(store)


def needs_fetch(store: Store) -> bool:
    known = StoredAdverts(store, refetch_after=timedelta(days=7), now=NOON + LATER)
    return known.needs_fetch(sighting("X1"))


def test_a_refused_document_is_kept_with_its_vacancy_or_neither(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    refusal = Refusal("nhs_jobs", "X1", URL, "JD.docx is a damaged file.", "Job description")
    store.save_vacancy(run, replace(read(FIRST), refusals=(refusal,)))
    (row,) = snapshot(store)["rejected"]
    assert (row["reference"], row["url"], row["reason"]) == ("X1", URL, refusal.reason)


def test_annotating_again_keeps_what_was_read_of_documents(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    annotated = read(FIRST)
    store.save_vacancy(run, annotated)
    today = snapshot(store)
    old = replace(annotated, versions=replace(annotated.versions, matcher="0"))
    store.save_vacancy(run, old)
    assert snapshot(store) != today
    assert annotate_again(store, MATCHER) == 1
    assert snapshot(store) == today
    assert criteria(store) == ["Good IT skills"]
