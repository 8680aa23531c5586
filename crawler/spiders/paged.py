"""Sources whose adverts are listed on numbered pages, per query."""

from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator
from typing import ClassVar

from scrapy.http import Request, Response
from twisted.python.failure import Failure

from crawler.exceptions import CrawlError
from crawler.failures import reason_of
from crawler.items import Sighting
from crawler.pages.page import ListPage
from crawler.spiders.base import VacancySpider, text_of
from crawler.walk import ListingWalk

Found = Iterator[Request | Sighting]


class PagedSpider(VacancySpider):
    """Walks each query of ``queries_setting`` to its last page.

    A walk that was begun and not finished fails the run. If one cannot even begin, because the
    listing is refused, unreadable or empty, a subclass may know ``another_way``.
    """

    queries_setting: ClassVar[str]
    """Setting with the list of queries that together give every advert wanted."""

    list_page: ClassVar[type[ListPage]]
    """Reads a page of the listing."""

    @abstractmethod
    def list_url(self, query: str, page: int) -> str:
        """Return the address of a page, counted from 1, of a query."""

    def another_way(self, query: str) -> Iterator[Request]:
        """Yield the requests that list a query if it cannot be walked; by default there are none.

        They are counted as the fallback that they are, and the run closes nothing.
        """
        del query
        return iter(())

    async def start(self) -> AsyncIterator[Request]:
        for query in self.settings.getlist(self.queries_setting):
            self.count("listing/walks")
            yield self._walk_request(ListingWalk(query), page=1)

    def listing_request(
        self, url: str, callback: Callable[..., Found], **kwargs: object
    ) -> Request:
        """Return the request of a page of a listing; listings go before adverts."""
        return Request(
            url,
            callback,
            headers=self.headers(),
            errback=self.listing_failed,
            cb_kwargs=kwargs,
            priority=1,
            dont_filter=True,  # a listing may be walked twice
        )

    def _walk_request(self, walk: ListingWalk, page: int) -> Request:
        url = self.list_url(walk.query, page)
        return self.listing_request(url, self.parse_list, walk=walk, page=page)

    def parse_list(self, response: Response, walk: ListingWalk, page: int) -> Found:
        """Yield what a page lists, and the request of the next one."""
        try:
            listing = self.list_page(response.url, text_of(response), walk.query).to_listing()
        except CrawlError as error:
            other = self._instead_of(walk, str(error))
            if not other:
                raise
            yield from other
            return
        yield from self.take(listing)
        following = walk.next_page(page, listing)
        if other := self._instead_of(walk, f"{response.url}: the listing is empty"):
            self.count("listing/empty")
            yield from other
        elif following:
            yield self._walk_request(walk, following)
        else:
            self._finish(walk)

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        """Count a page of a listing that could not be fetched, and list its query otherwise."""
        self.count("listing/failed")
        reason = reason_of(failure)
        self.logger.error("A listing could not be fetched: %s", reason)
        walk = failure.request.cb_kwargs.get("walk")  # type: ignore[attr-defined] # set by Scrapy
        if walk:
            yield from self._instead_of(walk, reason)

    def _instead_of(self, walk: ListingWalk, reason: str) -> list[Request]:
        """Return what replaces a walk: nothing if it has begun, or there is no other way."""
        other = [] if walk.references else list(self.another_way(walk.query))
        if other:
            self.logger.error("Another listing is tried instead: %s", reason)
            self.count("listing/fallback")
        return other

    def _finish(self, walk: ListingWalk) -> None:
        """Note that a listing was read to its end, and the board's own total of it."""
        self.count("listing/walks_finished")
        self.count("listing/short", walk.short)
        self.crawler.stats.set_value(f"listing/total/{walk.query}", walk.total)
