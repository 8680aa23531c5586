"""NHS Jobs."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product
from urllib.parse import urlencode

from scrapy.http import Request, TextResponse
from twisted.python.failure import Failure

from crawler.exceptions import CrawlError, PageLayoutError
from crawler.items import Sighting, Vacancy
from crawler.pages.nhs_jobs import NhsJobsAdvertPage
from crawler.pages.nhs_jobs_feed import NhsJobsFeedPage
from crawler.pages.nhs_jobs_search import NhsJobsSearchPage
from crawler.spiders.base import VacancySpider
from crawler.walk import ListingWalk


class NhsJobsSpider(VacancySpider):
    """NHS Jobs, England and Wales.

    Publisher: NHS Business Services Authority.
    Listing: the XML search, one walk per staff group. If a walk cannot begin, the search pages
    are read for a few keywords, so that new adverts are not missed; such a run closes nothing.
    Adverts: the advert page, for those followed that are new, changed or old in the store.
    Caveats: an advert can close early and vanish without notice; one advert can list many sites.
    """

    name = "nhs_jobs"
    base_url_setting = "PERSONSPEC_NHS_JOBS_URL"

    async def start(self) -> AsyncIterator[Request]:
        for group in self.settings.getlist("NHS_JOBS_STAFF_GROUPS"):
            self.count("listing/walks")
            yield self._feed_request(ListingWalk(group), page=1)

    def _feed_request(self, walk: ListingWalk, page: int) -> Request:
        # `page` alone has no effect, hence always with `limit`, of which 100 is the most.
        query = {"staffGroup": walk.query, "sort": "publicationDateDesc", "limit": 100}
        url = f"{self.base_url}/api/v1/search_xml?{urlencode(query | {'page': page})}"
        return self.listing_request(url, self.parse_feed, walk=walk, page=page)

    def parse_feed(
        self, response: TextResponse, walk: ListingWalk, page: int
    ) -> Iterator[Request | Sighting]:
        try:
            feed = NhsJobsFeedPage(response.url, response.body, self.base_url, walk.query)
            listing = feed.to_listing()
        except CrawlError as error:
            if walk.references:
                raise
            yield from self._search(walk, str(error))
            return
        yield from self.take(listing, self.parse_advert)
        following = walk.next_page(page, listing)
        if not walk.references:
            self.count("listing/empty")
            yield from self._search(walk, f"{response.url}: the feed is empty")
        elif following:
            yield self._feed_request(walk, following)
        else:
            self.finish_walk(walk)

    def listing_failed(self, failure: Failure) -> Iterator[Request]:
        super().listing_failed(failure)
        walk = failure.request.cb_kwargs.get("walk")  # type: ignore[attr-defined] # set by Scrapy
        if walk and not walk.references:
            yield from self._search(walk, failure.getErrorMessage())

    def _search(self, walk: ListingWalk, reason: str) -> Iterator[Request]:
        """Yield the requests that list the group by keywords, as the feed cannot be used."""
        self.logger.error("Reading the search pages instead of the feed: %s", reason)
        self.count("listing/fallback")
        search = f"{self.base_url}/candidate/search/results"
        pages = range(1, self.settings.getint("NHS_JOBS_SEARCH_PAGES") + 1)
        # Keywords rank rather than filter: what matters stands on the first pages.
        for keyword, page in product(self.settings.getlist("NHS_JOBS_KEYWORDS"), pages):
            query = {"keyword": keyword, "staffGroup": walk.query, "page": page, "language": "en"}
            url = f"{search}?{urlencode(query)}"
            yield self.listing_request(url, self.parse_search, group=walk.query)

    def parse_search(self, response: TextResponse, group: str) -> Iterator[Request | Sighting]:
        page = NhsJobsSearchPage(response.url, response.text, self.base_url, group)
        yield from self.take(page.to_listing(), self.parse_advert)

    def parse_advert(self, response: TextResponse, sighting: Sighting) -> Iterator[Vacancy]:
        page = NhsJobsAdvertPage(response.url, response.text, datetime.now(UTC))
        vacancy = page.to_item()
        if vacancy.reference != sighting.reference:
            raise PageLayoutError(response.url, f"not the advert asked for, {sighting.reference}")
        yield replace(vacancy, staff_group=sighting.staff_group)
