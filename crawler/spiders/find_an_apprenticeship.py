"""Find an apprenticeship."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

from scrapy.http import Request, TextResponse

from crawler.items import Sighting, Vacancy
from crawler.pages.find_an_apprenticeship import (
    FindAnApprenticeshipAdvertPage,
    FindAnApprenticeshipListPage,
)
from crawler.spiders.base import VacancySpider
from crawler.walk import ListingWalk


class FindAnApprenticeshipSpider(VacancySpider):
    """Find an apprenticeship, England: the ways in that are not advertised on NHS Jobs.

    Publisher: Department for Education.
    Listing: the Display Advert API, one walk per route, with a free key.
    Adverts: the same API, for those whose title or course fits.
    Caveats: the adverts it mirrors from NHS Jobs are not asked for; we read them there.
    """

    name = "find_an_apprenticeship"
    base_url_setting = "PERSONSPEC_FIND_AN_APPRENTICESHIP_URL"
    key_setting = "PERSONSPEC_FIND_AN_APPRENTICESHIP_KEY"

    async def start(self) -> AsyncIterator[Request]:
        for route in self.settings.getlist("FIND_AN_APPRENTICESHIP_ROUTES"):
            self.count("listing/walks")
            yield self._list_request(ListingWalk(route), page=1)

    def _list_request(self, walk: ListingWalk, page: int) -> Request:
        query = {"Routes": walk.query, "Sort": "AgeAsc", "PageSize": 100, "PageNumber": page}
        url = f"{self.base_url}/vacancy?{urlencode(query)}"
        return self.listing_request(url, self.parse_list, walk=walk, page=page)

    def parse_list(
        self, response: TextResponse, walk: ListingWalk, page: int
    ) -> Iterator[Request | Sighting]:
        listing = FindAnApprenticeshipListPage(response.url, response.body).to_listing()
        yield from self.take(listing, self.parse_advert)
        following = walk.next_page(page, listing)
        if following:
            yield self._list_request(walk, following)
        else:
            self.finish_walk(walk)

    def parse_advert(self, response: TextResponse, sighting: Sighting) -> Iterator[Vacancy]:
        del sighting
        now = datetime.now(UTC)
        yield FindAnApprenticeshipAdvertPage(response.url, response.body, now).to_item()

    def page_url(self, sighting: Sighting) -> str:
        return f"{self.base_url}/vacancy/{sighting.reference}"

    def headers(self) -> dict[str, str]:
        return {"Ocp-Apim-Subscription-Key": self.settings[self.key_setting], "X-Version": "2"}
