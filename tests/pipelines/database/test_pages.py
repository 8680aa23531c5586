from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from crawler.items import Salary
from pipelines.database import Store
from pipelines.database.mapping import vacancy_of
from pipelines.database.models import AdvertVersionRow
from pipelines.facts.types import Facts
from pipelines.types import AnnotatedVacancy
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import NOON, VERSIONS, annotated, criterion, vacancy

LATER = NOON + timedelta(days=1)
CLERK = annotated(
    vacancy("X1"), criterion("Team player who writes well", "team-working", "communication")
)


def versions(store: Store) -> list[dict[str, Any]]:
    found = [row for row in snapshot(store).values() if "content_hash" in row]
    return sorted(found, key=lambda row: row["fetched_at"])


def children(store: Store, table: str) -> list[Any]:
    return [row for key, rows in snapshot(store).items() if key.endswith(table) for row in rows]


def crawl(store: Store, *pages: AnnotatedVacancy) -> list[str]:
    run = store.start_run("nhs_jobs", at=max(page.vacancy.fetched_at for page in pages))
    return [store.save_vacancy(run, page) for page in pages]


def fetched(page: AnnotatedVacancy, days: float, **changes: Any) -> AnnotatedVacancy:
    again = replace(page.vacancy, fetched_at=NOON + timedelta(days=days), **changes)
    return replace(page, vacancy=again)


def test_a_page_is_stored_with_its_criteria_and_matches(store: Store) -> None:
    assert crawl(store, CLERK) == ["new"]
    (read,) = children(store, " criterion")
    assert (read["text"], read["importance"]) == ("Team player who writes well", "essential")
    assert [match["requirement"] for match in children(store, " match")] == [
        "team-working",
        "communication",
    ]


def test_what_is_stored_reads_back_as_the_item_it_came_from(store: Store) -> None:
    crawl(store, CLERK)
    with store.reading() as session:
        version = session.scalars(select(AdvertVersionRow)).one()
        assert vacancy_of("nhs_jobs", "X1", version) == CLERK.vacancy


def test_crawling_again_moves_only_the_time_of_the_check(store: Store) -> None:
    crawl(store, CLERK)
    before = versions(store)
    assert crawl(store, fetched(CLERK, 1)) == ["unchanged"]
    assert versions(store) == [before[0] | {"checked_at": LATER}]


def test_another_content_is_another_version_that_names_what_changed(store: Store) -> None:
    crawl(store, CLERK)
    dearer = fetched(CLERK, 1, closing_date=date(2026, 12, 7), salary=Salary("£26,000", 26000.0))
    assert crawl(store, dearer) == ["changed"]
    first, second = versions(store)
    assert (first["is_current"], second["is_current"]) == (False, True)
    assert (first["changed_fields"], second["changed_fields"]) == ([], ["closing_date", "salary"])
    assert len(children(store, " criterion")) == 2


def test_a_page_that_goes_back_to_what_it_said_makes_the_first_version_current(
    store: Store,
) -> None:
    other = fetched(CLERK, 1, title="Clerk")
    crawl(store, CLERK)
    crawl(store, other)
    assert crawl(store, fetched(CLERK, 2)) == ["unchanged"]
    assert [(v["title"], v["is_current"]) for v in versions(store)] == [
        ("Health Records Clerk", True),
        ("Clerk", False),
    ]


def test_an_old_page_that_arrives_late_does_not_replace_the_new_one(store: Store) -> None:
    crawl(store, fetched(CLERK, 1, title="Clerk"))
    crawl(store, CLERK)
    first, second = versions(store)
    assert (first["title"], first["is_current"]) == ("Health Records Clerk", False)
    assert (second["is_current"], second["changed_fields"]) == (True, ["title"])


@pytest.mark.parametrize("part", ["reader", "matcher", "catalogue", "facts"])
def test_a_new_version_of_what_annotates_replaces_the_annotation(store: Store, part: str) -> None:
    crawl(store, CLERK)
    again = annotated(
        CLERK.vacancy,
        criterion("Team player", "team-working"),
        versions=replace(VERSIONS, **{part: "2"}),
        facts=Facts(region="London"),
    )
    assert crawl(store, again) == ["annotated again"]
    (version,) = versions(store)
    assert (version[f"{part}_version"], version["region"]) == ("2", "London")
    assert [row["text"] for row in children(store, " criterion")] == ["Team player"]
    assert [row["requirement"] for row in children(store, " match")] == ["team-working"]


def test_an_annotation_that_finds_nothing_any_more_leaves_the_reason(store: Store) -> None:
    crawl(store, CLERK)
    crawl(store, annotated(CLERK.vacancy, versions=replace(VERSIONS, reader="2")))
    assert versions(store)[0]["no_criteria_reason"] == "The advert holds no list of criteria."
    assert children(store, " match") == []


def test_criteria_with_the_same_words_keep_keys_of_their_own(store: Store) -> None:
    crawl(store, annotated(vacancy("X1"), criterion("IT skills"), criterion("it  skills")))
    assert len({row["key"] for row in children(store, " criterion")}) == 2


def test_a_page_that_cannot_be_stored_leaves_nothing_of_itself(store: Store) -> None:
    broken = criterion("IT skills", "it-skills")
    wrong = replace(broken.annotated.matches[0], score=101.0)
    broken = replace(broken, annotated=replace(broken.annotated, matches=(wrong,)))
    run = store.start_run("nhs_jobs", at=NOON)
    with pytest.raises(IntegrityError):
        store.save_vacancies(run, [annotated(vacancy("X1")), annotated(vacancy("X2"), broken)])
    assert snapshot(store) == {"rejected": []}


def test_a_vacancy_that_is_deleted_takes_its_history_along(store: Store) -> None:
    crawl(store, CLERK)
    with store.writing() as session:
        from pipelines.database.vacancies import find_vacancies

        session.delete(find_vacancies(session, "nhs_jobs", ["X1"])["X1"])
    assert snapshot(store) == {"rejected": []}
