"""Every response of a crawl goes into a WARC file of its own, as it was received."""

import asyncio
import logging
import os
from collections.abc import Coroutine
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response
from scrapy.utils.python import to_unicode
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.files import ArchiveName
from crawler.archive.reader import REFUSAL
from crawler.archive.receipt import META, Receipt, body_hash, download_refused
from crawler.exceptions import CrawlError
from personspec import __version__

logger = logging.getLogger(__name__)

WARC_VERSION = "1.1"  # 1.0 keeps times to the second only
SOURCE, STARTED_AT, BASE_URL = "personspec-source", "personspec-started-at", "personspec-base-url"
"""Fields of the first record, which say what is needed to replay the crawl."""


class ArchiveFile:
    """One archive while it is written. A record is whole on disk before the next begins.

    Each record is compressed on its own and handed to the system at once, so that of a killed
    crawl only the record being written can be lost.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = path
        try:
            # Never an old file: to add to one that was cut would make the addition unreadable.
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise CrawlError(f"{path} is there already: an archive is never added to.") from error
        self._file: BinaryIO = os.fdopen(descriptor, "wb")
        self._writer = WARCWriter(self._file, gzip=True, warc_version=WARC_VERSION)

    def write_info(self, fields: dict[str, str]) -> None:
        """Write the first record: what this archive is."""
        info = {"software": f"personspec/{__version__}", "format": f"WARC/{WARC_VERSION}"}
        self._write(self._writer.create_warcinfo_record(self.path.name, info | fields))

    def write_response(self, response: Response, received_at: datetime) -> str:
        """Write a response and return the id of its record."""
        headers = [
            (to_unicode(name, "latin-1"), to_unicode(value, "latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        record = self._writer.create_warc_record(
            response.url,
            "response",
            payload=BytesIO(response.body),
            length=len(response.body),
            http_headers=StatusAndHeaders(str(response.status), headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": warc_date(received_at)},
        )
        self._write(record)
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def write_refusal(self, url: str, at: datetime) -> None:
        """Write that an answer was too large to be taken: a replay is not to miss it."""
        record = self._writer.create_warc_record(
            url,
            "metadata",
            payload=BytesIO(REFUSAL),
            length=len(REFUSAL),
            warc_headers_dict={"WARC-Date": warc_date(at)},
        )
        self._write(record)

    def close(self) -> None:
        """Close the file when it is on the disk."""
        os.fsync(self._file.fileno())
        self._file.close()

    def _write(self, record: Any) -> None:  # noqa: ANN401 - warcio has no types
        good = self._file.tell()
        try:
            self._writer.write_record(record)
        except OSError:
            # Whatever follows half a record could not be read.
            os.ftruncate(self._file.fileno(), good)
            raise


def warc_date(moment: datetime) -> str:
    """Return a moment as WARC 1.1 has it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class PageArchive:
    """Scrapy extension: archives what is downloaded, before any middleware has seen it.

    Active where ``PERSONSPEC_ARCHIVE_DIR`` names a folder and ``PERSONSPEC_RUN_ID`` and
    ``PERSONSPEC_RUN_STARTED_AT`` the run; a crawl by hand may have none.
    """

    def __init__(self, crawler: Crawler, folder: Path, run: int, started_at: datetime) -> None:
        self.crawler = crawler
        self.folder = folder
        self.run = run
        self.started_at = started_at
        self.name = ""
        self.file: ArchiveFile | None = None
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        folder, run = settings.get("PERSONSPEC_ARCHIVE_DIR"), settings.getint("PERSONSPEC_RUN_ID")
        if not folder or not run:
            raise NotConfigured
        started_at = datetime.fromisoformat(settings["PERSONSPEC_RUN_STARTED_AT"])
        archive = cls(crawler, Path(folder), run, started_at)
        crawler.signals.connect(archive.spider_opened, signals.spider_opened)
        crawler.signals.connect(archive.response_downloaded, signals.response_downloaded)
        crawler.signals.connect(archive.download_refused, download_refused)
        crawler.signals.connect(archive.engine_stopped, signals.engine_stopped)
        return archive

    def spider_opened(self) -> None:
        spider = self.crawler.spider
        assert spider is not None  # it has just been opened
        name = ArchiveName(self.started_at, self.run, spider.name)
        self.name = name.relative
        self.file = ArchiveFile(self.folder / self.name)
        fields = {SOURCE: spider.name, STARTED_AT: self.started_at.isoformat()}
        self.file.write_info(fields | {BASE_URL: getattr(spider, "base_url", "")})

    def response_downloaded(self, response: Response, request: Request) -> None:
        if self.file is None:
            return
        received_at = datetime.now(UTC)
        try:
            record = self.file.write_response(response, received_at)
        except OSError as error:
            self._stop(error)
            return
        self.crawler.stats.inc_value("archive/responses")
        request.meta[META] = Receipt(self.name, record, received_at, body_hash(response.body))

    def download_refused(self, request: Request) -> None:
        if self.file is None:
            return
        try:
            self.file.write_refusal(request.url, datetime.now(UTC))
        except OSError as error:
            self._stop(error)

    def engine_stopped(self) -> None:
        if self.file is not None:
            self.file.close()

    def _stop(self, error: OSError) -> None:
        """End the crawl: a page that is not archived could never be read again."""
        logger.error("The page archive %s cannot be written: %s.", self.folder / self.name, error)
        self.crawler.stats.inc_value("archive/failed")
        self.file = None
        close: Coroutine[Any, Any, None] = self.crawler.engine.close_spider_async(
            reason="the page archive cannot be written"
        )
        self._closing = asyncio.ensure_future(close)  # kept: a task nobody holds may vanish
