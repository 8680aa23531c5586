"""Two releases to try the notebook on: ``python -m examples.practice_releases [FOLDER]``.

Five weeks of the practice board, looked at each morning, with a release after the first week and
one at the end. The board's pages go through the page objects, the reader and the matcher of a
crawl; only the network and the waiting are left out, so attached documents are not read. Trusts
and adverts are invented: the figures say nothing of the NHS.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from crawler.items import Sighting, Vacancy
from crawler.pages.listing import Listing
from crawler.pages.nhs_jobs import NhsJobsAdvertPage
from crawler.pages.nhs_jobs_feed import NhsJobsFeedPage
from crawler.practice_board import generate_adverts
from crawler.practice_board.board import Board
from crawler.practice_board.exchange import Request
from crawler.scope import load_scope
from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from pipelines.annotate import annotate_vacancy
from pipelines.database import Store, open_store
from pipelines.outputs.dataset.publish import Published, publish_release
from pipelines.validate import validate_vacancy

FOLDER = Path("output/practice")
ADVERTS = 240
"""On the board on the first day; two thirds as many come later, and not all are followed."""

FIRST_DAY = date(2026, 9, 1)
DAYS = 36
PUBLISHED = (8, DAYS)
MORNING = time(6, tzinfo=UTC)
QUERY = "ADMINISTRATIVE_AND_CLERICAL"
BOARD_URL = "https://practice.example"


class Practice:
    """The board, and the store that what it shows goes to."""

    def __init__(self, store: Store, adverts: int) -> None:
        self.store = store
        self.board = Board(generate_adverts(adverts), 1, FIRST_DAY)
        self.scope = load_scope()
        self.matcher = Matcher(load_catalogue())
        self._listed: dict[str, Sighting] = {}

    def look(self, day: int) -> None:
        """Store what the board shows on a day; pages are read if their listing is new."""
        self.board.day = day
        now = datetime.combine(self.board.current_date, MORNING)
        listings = list(self._listings())
        seen = [one for page in listings for one in page.sightings]
        followed = [one for one in map(self.scope.judge, seen) if one.in_scope]
        run = self.store.start_run("nhs_jobs", at=now)
        self.store.save_sightings(run, followed)
        new = [one for one in followed if self._listed.get(one.reference) != one]
        pages = [self._page(one, now) for one in new]
        self.store.save_vacancies(run, [annotate_vacancy(page, self.matcher) for page in pages])
        stats = {
            "sightings/listed": len(seen),
            f"listing/total/{QUERY}": listings[0].total,
            "adverts/read": len(pages),
        }
        self.store.end_run(run, [], stats, at=now + timedelta(minutes=5))
        self._listed = {one.reference: one for one in followed}

    def _listings(self) -> Iterator[Listing]:
        number, pages = 1, 1
        while number <= pages:
            asked = {"staffGroup": QUERY, "limit": "100", "page": str(number)}
            text = self._answer("/api/v1/search_xml", asked)
            listing = NhsJobsFeedPage(f"{BOARD_URL}/api/v1/search_xml", text, QUERY).to_listing()
            yield listing
            number, pages = number + 1, listing.pages or 1

    def _page(self, sighting: Sighting, now: datetime) -> Vacancy:
        path = f"/candidate/jobadvert/{sighting.reference}"
        page = NhsJobsAdvertPage(BOARD_URL + path, self._answer(path, {}), now)
        return validate_vacancy(page.to_item())

    def _answer(self, path: str, asked: dict[str, str]) -> str:
        query = {name: [value] for name, value in asked.items()}
        return self.board.answer(Request(path, "", query, {})).body.decode()


def make_releases(folder: Path, adverts: int = ADVERTS) -> list[Published]:
    """Write two releases to ``dataset`` in a folder and return them, the earlier one first."""
    folder.mkdir(parents=True, exist_ok=True)
    store = open_store(f"sqlite:///{folder / 'practice.db'}")
    practice, published = Practice(store, adverts), []
    try:
        for day in range(1, DAYS + 1):
            practice.look(day)
            if day in PUBLISHED:
                today = practice.board.current_date
                published.append(publish_release(store, folder / "dataset", today=today))
    finally:
        store.close()
    return published


if __name__ == "__main__":
    for one in make_releases(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(f"{one.folder}: {one.release.rows['vacancies']} vacancies")
