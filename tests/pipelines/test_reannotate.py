from dataclasses import replace
from datetime import timedelta

from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from pipelines.annotate import annotate_vacancy
from pipelines.database import Store
from pipelines.reannotate import annotate_again
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import NOON, annotated, criterion, vacancy

MATCHER = Matcher(load_catalogue())


def test_what_older_versions_annotated_is_as_if_it_were_crawled_today(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    pages = [vacancy("X1"), vacancy("X2", title="Clerk")]
    store.save_vacancies(run, [annotate_vacancy(page, MATCHER) for page in pages])
    today = snapshot(store)
    old = replace(annotated(), criteria=(criterion("An older reading"),))
    for page in pages:
        store.save_vacancy(run, replace(old, vacancy=page))
    assert snapshot(store) != today
    assert annotate_again(store, MATCHER) == 2
    assert snapshot(store) == today


def test_what_is_up_to_date_is_left_alone(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_vacancy(run, annotate_vacancy(vacancy("X1"), MATCHER))
    assert annotate_again(store, MATCHER) == 0


def test_earlier_versions_of_an_advert_keep_their_annotation(store: Store) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_vacancy(run, annotated(vacancy("X1")))
    later = vacancy("X1", title="Clerk", fetched_at=NOON + timedelta(days=1))
    store.save_vacancy(run, annotated(later))
    assert annotate_again(store, MATCHER) == 1
    versions = [row for row in snapshot(store).values() if "content_hash" in row]
    assert sorted(row["catalogue_version"] for row in versions) == ["1", load_catalogue().version]
