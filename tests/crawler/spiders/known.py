"""Stand-ins for the store, named by the setting KNOWN_ADVERTS."""

from typing import Self

from scrapy.crawler import Crawler

from crawler.items import Sighting


class OnlyTrustOnesAreNew:
    """Knows every advert whose employer is not called a trust."""

    def __init__(self, bot_name: str) -> None:
        self.bot_name = bot_name

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings["BOT_NAME"])

    def needs_fetch(self, sighting: Sighting) -> bool:
        return self.bot_name == "personspec" and sighting.employer.endswith("Trust")
