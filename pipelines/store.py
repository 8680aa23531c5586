"""Items are stored: the end of the crawl's way, and all that the outputs read."""

from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.items import Sighting
from pipelines.database import Store, open_store
from pipelines.types import AnnotatedVacancy
from pipelines.validate import RefusedItem

BATCH = 200
"""Sightings stored at once: each alone would cost a write to the disk. Those lost in a crash
are listed again in the next run; a page is never held back."""

NOT_CHECKED = "the run was not checked: start crawls with 'personspec crawl'"


class StorePipeline:
    """Store every sighting, vacancy and refusal of one run.

    The run is the one that ``PERSONSPEC_RUN_ID`` names; whoever started it ends it. Without the
    setting a run is made, which counts as failed because nobody checks it.
    """

    def __init__(self, crawler: Crawler, store: Store, run_id: int | None) -> None:
        self.crawler = crawler
        self.store = store
        self.run_id = run_id
        self.owns_run = run_id is None
        self.waiting: list[Sighting] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        store = open_store(settings["PERSONSPEC_DATABASE_URL"])
        pipeline = cls(crawler, store, settings.getint("PERSONSPEC_RUN_ID") or None)
        crawler.signals.connect(pipeline.item_dropped, signals.item_dropped)
        return pipeline

    def open_spider(self) -> None:
        if self.run_id is None:
            assert self.crawler.spider is not None
            self.run_id = self.store.start_run(self.crawler.spider.name)

    def process_item(self, item: Sighting | AnnotatedVacancy) -> Sighting | AnnotatedVacancy:
        if isinstance(item, Sighting):
            self.waiting.append(item)
            if len(self.waiting) >= BATCH:
                self._store_sightings()
        else:
            # Before its page: the listing under which a page was read must not be lost in a crash.
            self._store_sightings()
            self._count(f"store/{self.store.save_vacancy(self._run, item)}")
        return item

    def item_dropped(self, exception: Exception) -> None:
        """Keep a refused item; called by Scrapy's signal."""
        if isinstance(exception, RefusedItem):
            self.store.save_refusal(self._run, exception.refusal)
            self._count("store/rejected")

    def close_spider(self) -> None:
        self._store_sightings()
        if self.owns_run:
            assert self.crawler.stats is not None
            self.store.finish_run(self._run, [NOT_CHECKED], self.crawler.stats.get_stats())
        self.store.close()

    @property
    def _run(self) -> int:
        assert self.run_id is not None  # set when the spider was opened
        return self.run_id

    def _store_sightings(self) -> None:
        if not self.waiting:
            return
        self.store.save_sightings(self._run, self.waiting)
        self._count("store/sightings", len(self.waiting))
        self.waiting.clear()

    def _count(self, name: str, count: int = 1) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(name.replace(" ", "_"), count)
