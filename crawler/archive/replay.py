"""A crawl answered from its archive instead of the network."""

from collections import defaultdict, deque
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Headers, Request, Response
from scrapy.responsetypes import responsetypes
from w3lib.url import safe_url_string

from crawler.archive.files import ArchiveName
from crawler.archive.reader import ArchivedResponse, ArchiveReader, read_at
from crawler.archive.receipt import META, Receipt, body_hash
from crawler.exceptions import NotArchivedError
from crawler.items import Sighting

if TYPE_CHECKING:
    from crawler.spiders.base import VacancySpider

SETTINGS = {
    "DOWNLOAD_HANDLERS": {
        "http": "crawler.archive.replay.ArchiveDownloadHandler",
        "https": "crawler.archive.replay.ArchiveDownloadHandler",
        **dict.fromkeys(("data", "file", "ftp", "s3")),
    },
    "KNOWN_ADVERTS": "crawler.archive.replay.ArchivedAdverts",
    # Manners are for boards; an archive needs no rest.
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "PERSONSPEC_ARCHIVE_DIR": "",
}
"""Settings of a replay, beside ``PERSONSPEC_REPLAY_FILE`` and the base URL of the crawl."""

EXTENSIONS = {"crawler.robots.RobotsWatch": None, "crawler.progress.Progress": None}
MIDDLEWARES = {
    "crawler.middlewares.PoliteRetryMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
}
"""Retries as in the crawl, without its pauses."""


class Recording:
    """The answers of one archive, by address and in order."""

    def __init__(self, path: Path) -> None:
        self.path = path
        name = ArchiveName.of(path)
        self.file = name.relative if name else path.name
        self.reader = ArchiveReader(path)
        """Read to its end: what it says of the crawl, and its problems."""

        self._offsets: dict[str, deque[int]] = defaultdict(deque)
        for response in self.reader:
            self._offsets[response.url].append(response.offset)
        self.urls = frozenset(self._offsets)

    def next_answer(self, url: str) -> ArchivedResponse:
        """Return the next answer of an address.

        Raises:
            NotArchivedError: There was none, or no further one.
        """
        offsets = self._offsets.get(url)
        if not offsets:
            raise NotArchivedError(f"{url} is not, or not again, in {self.path}")
        return read_at(self.path, offsets.popleft())


@cache
def load_recording(path: Path) -> Recording:
    """Return the recording of an archive: one for all who ask in this process."""
    return Recording(path)


class ArchiveDownloadHandler(BaseDownloadHandler):
    """Answers requests from the archive that ``PERSONSPEC_REPLAY_FILE`` names."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.recording = load_recording(Path(crawler.settings["PERSONSPEC_REPLAY_FILE"]))

    async def download_request(self, request: Request) -> Response:
        """Return the archived answer.

        Raises:
            DownloadCancelledError: It was too large for the crawl.
            NotArchivedError: The crawl did not receive one.
        """
        if request.url in self.recording.reader.refused:
            raise DownloadCancelledError(f"{request.url} was too large when it was crawled")
        answer = self.recording.next_answer(request.url)
        assert answer.received_at is not None  # our own archives date every record
        request.meta[META] = Receipt(
            self.recording.file, answer.record, answer.received_at, body_hash(answer.body)
        )
        headers = Headers(encoding="latin-1")
        for name, value in answer.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=answer.body)
        return kind(request.url, status=answer.status, headers=headers, body=answer.body)


class ArchivedAdverts:
    """Wants those pages that the crawl fetched (``crawler.known.KnownAdverts``)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.recording = load_recording(Path(crawler.settings["PERSONSPEC_REPLAY_FILE"]))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def needs_fetch(self, sighting: Sighting) -> bool:
        """Return True if the archive holds the advert's page."""
        spider: VacancySpider = self.crawler.spider  # type: ignore[assignment]
        return safe_url_string(spider.page_url(sighting)) in self.recording.urls
