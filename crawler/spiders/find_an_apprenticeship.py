"""Find an apprenticeship."""

from urllib.parse import urlencode

from crawler.items import Sighting
from crawler.pages.find_an_apprenticeship import (
    FindAnApprenticeshipAdvertPage,
    FindAnApprenticeshipListPage,
)
from crawler.spiders.paged import PagedSpider


class FindAnApprenticeshipSpider(PagedSpider):
    """Find an apprenticeship, England: the ways in that are not advertised on NHS Jobs.

    Publisher: Department for Education.
    Listing: the Display Advert API, one walk per route, with a free key.
    Adverts: the same API, for those whose title or course fits.
    Caveats: the adverts it mirrors from NHS Jobs are not asked for; we read them there.
    """

    name = "find_an_apprenticeship"
    base_url_setting = "PERSONSPEC_FIND_AN_APPRENTICESHIP_URL"
    key_setting = "PERSONSPEC_FIND_AN_APPRENTICESHIP_KEY"
    queries_setting = "FIND_AN_APPRENTICESHIP_ROUTES"
    list_page = FindAnApprenticeshipListPage
    advert_page = FindAnApprenticeshipAdvertPage

    def list_url(self, query: str, page: int) -> str:
        asked = {"Routes": query, "Sort": "AgeAsc", "PageSize": 100, "PageNumber": page}
        return f"{self.base_url}/vacancy?{urlencode(asked)}"

    def page_url(self, sighting: Sighting) -> str:
        return f"{self.base_url}/vacancy/{sighting.reference}"

    def headers(self) -> dict[str, str]:
        return {"Ocp-Apim-Subscription-Key": self.settings[self.key_setting], "X-Version": "2"}
