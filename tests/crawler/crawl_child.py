"""The child process of tests/crawler/crawling.py."""

import pickle
import sys
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings


def main() -> None:
    spider, changes = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.setdict(changes, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    # Held here, as Scrapy holds signal handlers weakly.
    keeper = _Keeper()
    crawler.signals.connect(keeper.keep, signals.item_scraped)
    process.crawl(crawler)
    process.start()
    Path(sys.argv[2]).write_bytes(pickle.dumps((keeper.items, crawler.stats.get_stats())))


class _Keeper:
    def __init__(self) -> None:
        self.items: list[Any] = []

    def keep(self, item: Any) -> None:
        self.items.append(item)


if __name__ == "__main__":
    main()
