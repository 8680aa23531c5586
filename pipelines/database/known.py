"""What is stored already, so that its page need not be fetched again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from scrapy.crawler import Crawler
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawler.items import Sighting
from pipelines.database.hashing import listing_hash
from pipelines.database.models import AdvertVersionRow, VacancyRow
from pipelines.database.sightings import UNLISTED
from pipelines.database.store import Store, open_store


@dataclass(frozen=True, slots=True)
class KnownAdvert:
    """What the store holds of one advert page."""

    listing_hash: str | None
    """The listing in force when the page was last read; None if it was never listed."""

    checked_at: datetime
    """When the page was last read."""


def load_known(session: Session, source: str) -> dict[str, KnownAdvert]:
    """Return what is stored of every advert page of a source, by reference."""
    query = (
        select(
            VacancyRow.reference,
            VacancyRow.page_listing_hash,
            VacancyRow.listing_hash,
            AdvertVersionRow.checked_at,
        )
        .join(AdvertVersionRow, AdvertVersionRow.vacancy_id == VacancyRow.id)
        .where(VacancyRow.source == source, AdvertVersionRow.is_current)
    )
    return {
        reference: KnownAdvert(latest if at_page in {None, UNLISTED} else at_page, checked_at)
        for reference, at_page, latest, checked_at in session.execute(query)
    }


class StoredAdverts:
    """Knows the adverts of a store (``crawler.known.KnownAdverts``).

    What is stored is loaded once for each source, at its first sighting: a run asks for thousands
    of adverts, and what it stores itself it does not ask for again.
    """

    def __init__(self, store: Store, *, refetch_after: timedelta, now: datetime) -> None:
        self._store = store
        self._oldest = now - refetch_after
        self._known: dict[str, dict[str, KnownAdvert]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the adverts of the store that the crawl's settings name."""
        settings = crawler.settings
        return cls(
            open_store(settings["PERSONSPEC_DATABASE_URL"]),
            refetch_after=timedelta(days=settings.getint("PERSONSPEC_REFETCH_AFTER_DAYS")),
            now=datetime.now(UTC),
        )

    def needs_fetch(self, sighting: Sighting) -> bool:
        """Return True if the advert's page is new, its listing changed, or its copy is too old."""
        known = self._of(sighting.source).get(sighting.reference)
        if known is None or known.checked_at < self._oldest:
            return True
        return known.listing_hash not in {None, listing_hash(sighting)}

    def _of(self, source: str) -> dict[str, KnownAdvert]:
        if source not in self._known:
            with self._store.reading() as session:
                self._known[source] = load_known(session, source)
            self._store.close()  # nothing more is asked of it until another source comes
        return self._known[source]
