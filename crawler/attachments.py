"""The documents linked from an advert: those worth it are fetched before the advert is handed on.

An advert never waits in vain: whatever becomes of a document, the advert goes on without it, with
the reason. Only if the crawl itself ends meanwhile is it not handed on; as its page then counts
as unread, the next crawl reads it with its documents.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Request, Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.addresses import origin
from crawler.archive.receipt import download_refused
from crawler.document_names import load_document_names
from crawler.exceptions import DocumentClosedError
from crawler.items import SpecificationSource, Vacancy

logger = logging.getLogger(__name__)

META = "personspec_document"
"""Key in a request's ``meta``: it asks for a document, without which the crawl can do."""

Sources = tuple[SpecificationSource, ...]

_FORBIDDEN = frozenset({401, 403})
_GONE = frozenset({404, 410})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 522, 524})
_CLOSED = "The board does not give its documents to us."
_PROBLEMS = {
    "not_likely": "Its name is not that of a job description or person specification.",
    "too_many": "The advert links more documents than are read of one advert.",
    "elsewhere": "It is not on the board's own site.",
    "forbidden": _CLOSED,
    "gone": "The board answers that it is not there.",
    "closed": "It leads away from the board, or robots.txt closes it to us.",
    "too_large": "It is larger than a document may be.",
    "failed": "The board could not give it.",
}
"""Why a document was not fetched: the name under which it is counted, and the sentence."""


def is_document(request: Request) -> bool:
    """Return True if a request asks for a linked document, directly or redirected."""
    return bool(request.meta.get(META))


class Attachments:
    """Fetches the documents of adverts, one after the other."""

    def __init__(self, crawler: Crawler, base_url: str, headers: dict[str, str]) -> None:
        self.crawler = crawler
        self.origin = origin(base_url)
        self.headers = headers
        self.most = crawler.settings.getint("PERSONSPEC_DOCUMENTS_PER_ADVERT")
        self.max_size = crawler.settings.getint("PERSONSPEC_DOCUMENT_MAXSIZE")
        self.is_closed = False
        """The board refused a document: others are not asked for in this run."""

    def complete(self, vacancy: Vacancy) -> Iterator[Request | Vacancy]:
        """Yield the advert, or the request that leads to it with its documents."""
        self._count("found", sum(source.kind == "document" for source in vacancy.specification))
        yield from self._go_on(replace(vacancy, specification=self._choose(vacancy.specification)))

    def _choose(self, sources: Sources) -> Sources:
        """Give a problem to each document that is not to be fetched."""
        kinds = {number: self._kind(source) for number, source in enumerate(sources)}
        open_ones = {n: kind for n, kind in kinds.items() if kind not in _PROBLEMS and kind}
        is_sure = any(kind != "unclear" for kind in open_ones.values())
        order = ("person_specification", "job_description", *([] if is_sure else ["unclear"]))
        wanted = [n for name in order for n, kind in open_ones.items() if kind == name]
        problems = {n: kind for n, kind in kinds.items() if kind in _PROBLEMS}
        problems |= dict.fromkeys(wanted[self.most :], "too_many")
        problems |= dict.fromkeys(open_ones.keys() - set(wanted), "not_likely")
        return tuple(
            self._leave(source, problems[number]) if number in problems else source
            for number, source in enumerate(sources)
        )

    def _kind(self, source: SpecificationSource) -> str:
        """Return what a document is, or why it is left; empty for what is no document."""
        if source.kind != "document" or source.url is None:
            return ""
        kind = load_document_names().kind_of(source.label, source.url)
        if kind == "other":
            return "not_likely"
        return kind if origin(source.url) == self.origin else "elsewhere"

    def _go_on(self, vacancy: Vacancy) -> Iterator[Request | Vacancy]:
        for number, source in enumerate(vacancy.specification):
            if source.kind == "document" and not source.sha256 and not source.problem:
                if not self.is_closed:
                    yield self._request(vacancy, number)
                    return
                vacancy = _with_source(vacancy, number, self._leave(source, "forbidden"))
        yield vacancy

    def _request(self, vacancy: Vacancy, number: int) -> Request:
        url = vacancy.specification[number].url
        assert url is not None  # a document is a link
        self._count("asked")
        return Request(
            url,
            self._fetched,
            headers=self.headers,
            errback=self._failed,
            cb_kwargs={"vacancy": vacancy, "number": number},
            meta={META: True, "download_maxsize": self.max_size},
            # Before the next advert, so that this one is stored before another is begun.
            priority=2,
            dont_filter=True,  # two adverts may link the same document
        )

    def _fetched(
        self, response: Response, vacancy: Vacancy, number: int
    ) -> Iterator[Request | Vacancy]:
        self._count("fetched")
        digest = hashlib.sha256(response.body).hexdigest()
        source = replace(vacancy.specification[number], data=response.body, sha256=digest)
        yield from self._go_on(_with_source(vacancy, number, source))

    def _failed(self, failure: Failure) -> Iterator[Request | Vacancy]:
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        vacancy, number = request.cb_kwargs["vacancy"], request.cb_kwargs["number"]
        why, is_passing = reason_of_failure(failure.value)
        self.is_closed = self.is_closed or why == "forbidden"
        if why == "too_large":
            self.crawler.signals.send_catch_log(download_refused, request=request)
        logger.warning("%s: a document of %s is left out: %s", request.url, vacancy.url, why)
        left = replace(self._leave(vacancy.specification[number], why), is_pending=is_passing)
        yield from self._go_on(_with_source(vacancy, number, left))

    def _leave(self, source: SpecificationSource, why: str) -> SpecificationSource:
        self._count(f"left/{why}")
        return replace(source, problem=_PROBLEMS[why])

    def _count(self, name: str, by: int = 1) -> None:
        assert self.crawler.stats is not None  # there before any page is
        self.crawler.stats.inc_value(f"documents/{name}", by)


def reason_of_failure(error: Any) -> tuple[str, bool]:  # noqa: ANN401 - as Failure types it
    """Return the name of the reason why a document was not fetched, and whether it will pass."""
    if isinstance(error, HttpError):
        status = error.response.status
        if status in _FORBIDDEN:
            return "forbidden", False
        return ("gone", False) if status in _GONE else ("failed", status in _PASSING)
    if isinstance(error, DownloadCancelledError):
        return "too_large", False
    return ("closed", False) if isinstance(error, DocumentClosedError) else ("failed", True)


def _with_source(vacancy: Vacancy, number: int, source: SpecificationSource) -> Vacancy:
    sources = list(vacancy.specification)
    sources[number] = source
    return replace(vacancy, specification=tuple(sources))
