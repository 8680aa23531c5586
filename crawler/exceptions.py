"""What can go wrong between a board and an item.

CrawlError
├── PageLayoutError
├── AdvertGoneError
├── SourceError
├── NotArchivedError
├── DocumentClosedError
└── ContactMissingError
"""

from scrapy.exceptions import IgnoreRequest

from personspec.exceptions import PersonspecError, UsageError


class CrawlError(PersonspecError):
    """Base of the crawler's errors."""


class PageLayoutError(CrawlError):
    """Raised by a page object when a page is not the page we know: something mandatory is missing.

    The run check counts it; the crawl goes on with the next page.
    """

    def __init__(self, url: str, missing: str) -> None:
        super().__init__(f"{url}: {missing}")
        self.url = url
        self.missing = missing


class AdvertGoneError(CrawlError):
    """Raised by a page object when the board says that an advert is no longer there.

    It was withdrawn or closed between the listing and the visit: counted, and no fault of ours.
    """

    def __init__(self, url: str) -> None:
        super().__init__(f"{url}: the advert is no longer there")
        self.url = url


class SourceError(CrawlError):
    """Raised by a spider or a middleware when a board refuses or answers an error of its own."""


class NotArchivedError(CrawlError):
    """Raised in a replay when a request has no answer in the page archive."""


class DocumentClosedError(CrawlError, IgnoreRequest):
    """Raised by a middleware when an attached document may not be fetched: no fault of the run."""


class ContactMissingError(UsageError):
    """Raised when a real board is to be crawled and no contact is set for the User-Agent."""
