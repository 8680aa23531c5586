"""Items are stored: the end of the crawl's way, and all that the outputs read."""

import asyncio
import logging
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.items import Sighting
from pipelines.database import Store, open_store
from pipelines.exceptions import StoreError
from pipelines.types import AnnotatedVacancy
from pipelines.validate import RefusedItem

logger = logging.getLogger(__name__)

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
        self.is_broken = False
        self._closing: asyncio.Future[None] | None = None  # kept: a task nobody holds may vanish

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
        try:
            self._store(item)
        except StoreError as error:
            self._stop(error)
            raise DropItem("the store could not be written", log_level="DEBUG") from error
        return item

    def _store(self, item: Sighting | AnnotatedVacancy) -> None:
        if self.is_broken:
            raise StoreError("The store could not be written a moment ago.")
        if isinstance(item, Sighting):
            self.waiting.append(item)
            if len(self.waiting) >= BATCH:
                self._store_sightings()
        else:
            # Before its page: the listing under which a page was read must not be lost in a crash.
            self._store_sightings()
            self._count(f"store/{self.store.save_vacancy(self._run, item)}")

    def _stop(self, error: StoreError) -> None:
        """Stop the crawl: what cannot be stored need not be asked of the board."""
        if not self.is_broken:
            self.is_broken = True
            self._count("store/failed")  # nothing may be closed from a run that lost sightings
            logger.error("%s", error)
            engine = self.crawler.engine
            assert engine is not None
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason="store"))

    def item_dropped(self, exception: Exception) -> None:
        """Keep a refused item; called by Scrapy's signal."""
        if isinstance(exception, RefusedItem) and not self.is_broken:
            try:
                self.store.save_refusal(self._run, exception.refusal)
            except StoreError as error:
                self._stop(error)
            self._count("store/rejected")

    def close_spider(self) -> None:
        try:
            if not self.is_broken:
                self._store_sightings()
            if self.owns_run:
                assert self.crawler.stats is not None
                self.store.finish_run(self._run, [NOT_CHECKED], self.crawler.stats.get_stats())
        except StoreError as error:
            self._stop(error)
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
