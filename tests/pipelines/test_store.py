import pytest
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.test import get_crawler
from sqlalchemy import select

from pipelines.database import Store, open_store
from pipelines.database.models import RunRow
from pipelines.store import StorePipeline
from pipelines.validate import RefusedItem, refusal_of
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import annotated, sighting, vacancy


def crawler_of(url: str, run_id: int | None = None) -> Crawler:
    settings: dict[str, object] = {"PERSONSPEC_DATABASE_URL": url}
    if run_id is not None:
        settings["PERSONSPEC_RUN_ID"] = run_id
    crawler = get_crawler(settings_dict=settings)
    crawler.spider = Spider("nhs_jobs")
    return crawler


def run_of(store: Store) -> RunRow:
    with store.reading() as session:
        run = session.scalars(select(RunRow)).one()
        session.expunge(run)
    return run


def test_sightings_and_vacancies_are_stored_under_the_run_that_was_started(
    store: Store, store_url: str
) -> None:
    run = store.start_run("nhs_jobs")
    crawler = crawler_of(store_url, run)
    pipeline = StorePipeline.from_crawler(crawler)
    pipeline.open_spider()
    page = annotated(vacancy("X1"))
    assert pipeline.process_item(page) is page
    pipeline.process_item(page)
    pipeline.process_item(sighting("X1"))
    pipeline.process_item(sighting("X2"))
    pipeline.close_spider()
    held = snapshot(store)
    assert (held["X1"]["last_run_id"], held["X2"]["listing_run_id"]) == (run, run)
    assert run_of(store).status == "running"
    assert crawler.stats is not None
    assert crawler.stats.get_value("store/new") == 1
    assert crawler.stats.get_value("store/unchanged") == 1
    assert crawler.stats.get_value("store/sightings") == 2


def test_a_page_is_stored_at_once_and_many_sightings_before_the_end(
    store: Store, store_url: str
) -> None:
    pipeline = StorePipeline.from_crawler(crawler_of(store_url, store.start_run("nhs_jobs")))
    pipeline.open_spider()
    pipeline.process_item(annotated(vacancy("X1")))
    assert "X1" in snapshot(store)
    for number in range(200):
        pipeline.process_item(sighting(f"Y{number}"))
    assert "Y0" in snapshot(store)
    pipeline.close_spider()


def test_a_run_that_nobody_checks_counts_as_failed(store: Store, store_url: str) -> None:
    pipeline = StorePipeline.from_crawler(crawler_of(store_url))
    pipeline.open_spider()
    pipeline.process_item(sighting("X1"))
    assert run_of(store).status == "running"
    pipeline.close_spider()
    assert run_of(store).status == "failed"
    assert "X1" in snapshot(store)


@pytest.mark.filterwarnings("ignore:.*send_catch_log:DeprecationWarning")
def test_a_refused_item_is_kept_with_its_reason(store: Store, store_url: str) -> None:
    crawler = crawler_of(store_url, store.start_run("nhs_jobs"))
    pipeline = StorePipeline.from_crawler(crawler)
    pipeline.open_spider()
    refused = RefusedItem(refusal_of(vacancy("X1", title=""), "It has no title."))
    crawler.signals.send_catch_log(signals.item_dropped, item=vacancy("X1"), exception=refused)
    pipeline.close_spider()
    (row,) = snapshot(store)["rejected"]
    assert (row["reference"], row["reason"]) == ("X1", "It has no title.")


def test_the_store_opens_again_after_a_crawl(store_url: str) -> None:
    pipeline = StorePipeline.from_crawler(crawler_of(store_url))
    pipeline.open_spider()
    pipeline.close_spider()
    open_store(store_url).close()
