"""Log lines that do not repeat what an advert says: its text may name people."""

import logging

from scrapy import Spider, exceptions
from scrapy.http import Request, Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure

from personspec.exceptions import PersonspecError

_IN_A_SENTENCE = (
    PersonspecError,
    exceptions.CannotResolveHostError,
    exceptions.DownloadConnectionRefusedError,
    exceptions.DownloadFailedError,
    exceptions.DownloadTimeoutError,
    exceptions.ResponseDataLossError,
)
"""Errors that are the board's or the line's: where in our code they came up says nothing."""

_LOGGERS = ("scrapy.core.scraper", "scrapy.downloadermiddlewares.robotstxt")


def _shorten(record: logging.LogRecord) -> bool:
    """Leave the traceback out of an error that is a sentence for the user; keep every record."""
    if record.exc_info and isinstance(record.exc_info[1], _IN_A_SENTENCE):
        record.exc_info = None
    return True


def _name(item: object) -> str:
    return f"{type(item).__name__} {getattr(item, 'reference', '')}".strip()


class BriefLogFormatter(LogFormatter):
    """Names an item by its kind and reference where Scrapy prints the whole of it.

    An error of our own kind is one sentence, without a traceback.
    """

    def __init__(self) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(_shorten)

    def spider_error(
        self,
        failure: Failure,
        request: Request,
        response: Response | Failure,
        spider: Spider,
    ) -> LogFormatterResult:
        if not isinstance(failure.value, PersonspecError):
            return super().spider_error(failure, request, response, spider)
        return {"level": logging.ERROR, "msg": "%(error)s", "args": {"error": failure.value}}

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
