"""NHS Jobs."""

from collections.abc import Iterator
from itertools import product
from urllib.parse import urlencode

from scrapy.http import Request, Response

from crawler.items import Sighting
from crawler.pages.nhs_jobs import NhsJobsAdvertPage
from crawler.pages.nhs_jobs_feed import NhsJobsFeedPage
from crawler.pages.nhs_jobs_search import NhsJobsSearchPage
from crawler.spiders.base import text_of
from crawler.spiders.paged import PagedSpider


class NhsJobsSpider(PagedSpider):
    """NHS Jobs, England and Wales.

    Publisher: NHS Business Services Authority.
    Listing: the XML search, one walk per staff group. If a walk cannot begin, the search pages
    are read for a few keywords, so that new adverts are not missed; such a run closes nothing.
    Adverts: the advert page, for those followed that are new, changed or old in the store.
    Caveats: an advert can close early and vanish without notice; one advert can list many sites.
    """

    name = "nhs_jobs"
    base_url_setting = "PERSONSPEC_NHS_JOBS_URL"
    queries_setting = "NHS_JOBS_STAFF_GROUPS"
    list_page = NhsJobsFeedPage
    advert_page = NhsJobsAdvertPage

    def list_url(self, query: str, page: int) -> str:
        # `page` alone has no effect, hence always with `limit`, of which 100 is the most.
        asked = {"staffGroup": query, "sort": "publicationDateDesc", "limit": 100, "page": page}
        return f"{self.base_url}/api/v1/search_xml?{urlencode(asked)}"

    def another_way(self, query: str) -> Iterator[Request]:
        search = f"{self.base_url}/candidate/search/results"
        pages = range(1, self.settings.getint("NHS_JOBS_SEARCH_PAGES") + 1)
        # Keywords rank rather than filter: what matters stands on the first pages.
        for keyword, page in product(self.settings.getlist("NHS_JOBS_KEYWORDS"), pages):
            asked = {"keyword": keyword, "staffGroup": query, "page": page, "language": "en"}
            yield self.listing_request(
                f"{search}?{urlencode(asked)}", self.parse_search, query=query
            )

    def parse_search(self, response: Response, query: str) -> Iterator[Request | Sighting]:
        """Yield what a page of the search lists."""
        page = NhsJobsSearchPage(response.url, text_of(response), query)
        listing = page.to_listing()
        self.count("listing/fallback_listed", len(listing.sightings))
        yield from self.take(listing)
