"""Log lines that do not repeat what an advert says: its text may name people."""

from scrapy import Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


def _name(item: object) -> str:
    return f"{type(item).__name__} {getattr(item, 'reference', '')}".strip()


class BriefLogFormatter(LogFormatter):
    """Names an item by its kind and reference where Scrapy prints the whole of it."""

    def scraped(
        self, item: object, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        return super().scraped(_name(item), response, spider)

    def dropped(
        self,
        item: object,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        return super().dropped(_name(item), exception, response, spider)

    def item_error(
        self,
        item: object,
        exception: BaseException,
        response: Response | Failure | None,
        spider: Spider,
    ) -> LogFormatterResult:
        return super().item_error(_name(item), exception, response, spider)
