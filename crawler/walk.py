"""Reading a listing to its end while adverts come and go."""

from dataclasses import dataclass, field
from itertools import pairwise

from crawler.pages.listing import Listing

_ROUNDS = 3
"""A listing that will not hold still is read so often at most."""


@dataclass
class ListingWalk:
    """One query's way through its pages.

    An advert withdrawn while the walk is on moves the next ones up a place, and the first of the
    next page slips to a page already read. So the walk starts again if the board's total fell,
    or if fewer adverts were seen than the board says there are.
    """

    query: str
    rounds: int = 1
    references: set[str] = field(default_factory=set)
    """All adverts seen, in every round."""

    totals: list[int] = field(default_factory=list)
    """What the board said on each page of this round."""

    def next_page(self, page: int, listing: Listing) -> int | None:
        """Take in a page and return the number of the next one; None at the end of the walk.

        The round ends after the board's last page, or later: not before a page shows no advert
        that is new in this walk, as totals may be behind the pages.
        """
        found = {sighting.reference for sighting in listing.sightings}
        is_news = not found <= self.references
        self.references |= found
        if listing.total is not None:
            self.totals.append(listing.total)
        if is_news or page < (listing.pages or 0):
            return page + 1
        if self._may_lack_some() and self.rounds < _ROUNDS:
            self.rounds += 1
            self.totals.clear()
            return 1
        return None

    @property
    def total(self) -> int:
        """The board's total, as last heard in this round."""
        return self.totals[-1] if self.totals else 0

    @property
    def short(self) -> int:
        """How many adverts fewer were seen than the board had all the time."""
        return max(0, min(self.totals, default=0) - len(self.references))

    def _may_lack_some(self) -> bool:
        fell = any(later < earlier for earlier, later in pairwise(self.totals))
        return fell or self.short > 0
