"""What the crawler asks of the store: which adverts it need not fetch again."""

from typing import Protocol

from crawler.items import Sighting


class KnownAdverts(Protocol):
    """Knows what is stored. Implemented in pipelines/database, handed in by schedules."""

    def needs_fetch(self, sighting: Sighting) -> bool:
        """Return True if the advert's page is new, its listing changed, or its copy is too old."""
        ...


class NothingKnown:
    """Every advert is new: for a crawl without a store."""

    def needs_fetch(self, sighting: Sighting) -> bool:
        """Return True, whatever was seen."""
        del sighting
        return True
