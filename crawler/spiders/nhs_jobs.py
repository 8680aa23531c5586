"""NHS Jobs."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from scrapy.http import Request, TextResponse

from crawler.exceptions import PageLayoutError
from crawler.items import Sighting, Vacancy
from crawler.pages.nhs_jobs import NhsJobsAdvertPage
from crawler.pages.nhs_jobs_feed import NhsJobsFeedPage
from crawler.spiders.base import VacancySpider
from crawler.walk import ListingWalk


class NhsJobsSpider(VacancySpider):
    """NHS Jobs, England and Wales.

    Publisher: NHS Business Services Authority.
    Listing: the XML search, one walk per staff group; it lacks band and person specification.
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
        feed = NhsJobsFeedPage(response.url, response.body, self.base_url, walk.query)
        listing = feed.to_listing()
        yield from self.take(listing, self.parse_advert)
        following = walk.next_page(page, listing)
        if following:
            yield self._feed_request(walk, following)
        else:
            self.finish_walk(walk)

    def parse_advert(self, response: TextResponse, sighting: Sighting) -> Iterator[Vacancy]:
        page = NhsJobsAdvertPage(response.url, response.text, datetime.now(UTC))
        vacancy = page.to_item()
        if vacancy.reference != sighting.reference:
            raise PageLayoutError(response.url, f"not the advert asked for, {sighting.reference}")
        yield replace(vacancy, staff_group=sighting.staff_group)
