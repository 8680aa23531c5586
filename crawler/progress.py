"""How far a crawl is: a live line on a terminal, a plain line now and then elsewhere."""

from collections.abc import Mapping
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import AsyncioLoopingCall, create_looping_call
from twisted.internet.task import LoopingCall

_TERMINAL_EVERY_S = 0.5


def progress_line(stats: Mapping[str, object], name: str) -> str:
    """Return how far a crawl is, in words, from its stats."""
    figures = {key: stats.get(key, 0) for key in _FIGURES}
    words = ", ".join(f"{figures[key]} {word}" for key, word in _FIGURES.items())
    ended = stats.get("finish_reason")
    return f"{name}: {words}{f' - {_ended(ended)}' if ended else ''}"


def _ended(reason: object) -> str:
    """Return how a crawl ended; why is for the run check to say."""
    return "finished" if reason == "finished" else "stopped early"


_FIGURES = {
    "sightings/listed": "adverts listed",
    "sightings/in_scope": "followed",
    "adverts/known": "already known",
    "adverts/asked": "to read",
    "adverts/read": "read",
    "adverts/gone": "gone",
}


class Progress:
    """Tells on standard error how far the crawl is, and once more at its end."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.console = Console(stderr=True, highlight=False)
        self.live = Live(console=self.console, auto_refresh=False)
        self.every_s = crawler.settings.getfloat("PERSONSPEC_PROGRESS_EVERY_S")
        self.task: AsyncioLoopingCall | LoopingCall | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        if self.console.is_terminal:
            self.live.start()
        every_s = _TERMINAL_EVERY_S if self.console.is_terminal else self.every_s
        self.task = create_looping_call(self.show)
        self.task.start(every_s, now=False)

    def spider_closed(self) -> None:
        if self.task and self.task.running:
            self.task.stop()
        self.show()
        self.live.stop()

    def show(self) -> None:
        """Print the present state."""
        spider = self.crawler.spider
        line = progress_line(self.crawler.stats.get_stats(), spider.name if spider else "crawl")
        if self.console.is_terminal:
            self.live.update(Text(line), refresh=True)
        else:
            self.console.print(line, soft_wrap=True, markup=False)
