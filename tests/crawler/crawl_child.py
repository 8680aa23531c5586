"""The child process of tests/crawler/crawling.py."""

import pickle
import sys
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings


class Keeper:
    """Keeps the items of one crawl; held by ``main``, as Scrapy holds handlers weakly."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.items: list[Any] = []
        crawler.signals.connect(self.keep, signals.item_scraped)

    def keep(self, item: Any) -> None:
        self.items.append(item)


def settings_with(changes: dict[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.setdict(changes, priority="cmdline")
    return settings


def main() -> None:
    plans = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - our own parent wrote it
    process = AsyncCrawlerProcess(settings_with({}))
    keepers = []
    for name, changes in plans:
        crawler = Crawler(process.spider_loader.load(name), settings_with(changes))
        keepers.append(Keeper(crawler))
        process.crawl(crawler)
    process.start()
    results = [(keeper.items, keeper.crawler.stats.get_stats()) for keeper in keepers]
    Path(sys.argv[2]).write_bytes(pickle.dumps(results))


if __name__ == "__main__":
    main()
