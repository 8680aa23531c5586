"""What a page of a listing holds, whatever the source."""

from dataclasses import dataclass

from crawler.items import Sighting


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a listing."""

    sightings: tuple[Sighting, ...]
    total: int | None
    """Adverts the board says the query has, on all pages; None if it does not say."""

    pages: int | None
    problems: tuple[str, ...] = ()
    """Entries that could not be read, and odd values, in words."""
