"""What every page object is: an answer of a board, and what it makes of it. It never fetches."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from crawler.items import Vacancy
from crawler.pages.listing import Listing


@dataclass(frozen=True)
class ListPage(ABC):
    """One page of a listing."""

    url: str
    text: str
    query: str = ""
    """What was asked for, where the answer does not say it: a staff group, a route."""

    @abstractmethod
    def to_listing(self) -> Listing:
        """Return what the page lists.

        Raises:
            SourceError: The board answered an error of its own.
            PageLayoutError: It is not the page we know; says what is missing.
        """


@dataclass(frozen=True)
class AdvertPage(ABC):
    """One advert, without the person to ask about it."""

    url: str
    text: str
    fetched_at: datetime
    """UTC."""

    @abstractmethod
    def to_item(self) -> Vacancy:
        """Return the advert as printed.

        Raises:
            AdvertGoneError: The board says that the advert is no longer there.
            PageLayoutError: It is not the page we know; says what is missing.
        """
