"""What an advert costs, and what the crawl adds to bare fetching.

``python -m benchmarks.crawl`` prints two tables: processor milliseconds per advert for parsing,
reading, matching and storing (one core, in this process, SQLite on disk); and the wall time of a
whole crawl with a delay of half a second beside bare fetching of the same addresses with the same
delay, both against the practice board.
"""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from urllib.parse import quote, urlsplit

from crawler.items import Vacancy
from crawler.pages.nhs_jobs import NhsJobsAdvertPage
from crawler.practice_board import PracticeBoard
from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.types import Criterion
from pipelines.annotate import annotate_vacancy, read_source
from pipelines.database import open_store
from pipelines.types import AnnotatedVacancy
from pipelines.validate import validate_vacancy

DELAY_S = 0.5
ROUNDS = 5
"""The pages are taken this often, so that the figures settle."""

CRAWL = """
from schedules.crawl import scrapy_settings
from scrapy.crawler import AsyncCrawlerProcess
settings = scrapy_settings()
for name, value in (("DOWNLOAD_DELAY", {delay}), ("DOWNLOAD_DELAY_JITTER", 0)):
    settings.set(name, value, priority="cmdline")
process = AsyncCrawlerProcess(settings)
process.crawl("nhs_jobs")
process.start()
"""

Result = TypeVar("Result")


def fetch(url: str) -> bytes:
    """Return the body of one page, over a connection of its own."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
    body = connection.getresponse().read()
    connection.close()
    return body


def advert_urls(board: PracticeBoard) -> list[str]:
    """Return the addresses of the adverts read, without the documents attached to them."""
    pages = re.compile(r"/candidate/jobadvert/[^/]+")
    return [f"{board.url}{one.path}" for one in board.requests if pages.fullmatch(one.path)]


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return the processor seconds of a piece of work and what it gave."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def cost_per_advert(pages: dict[str, str], folder: Path) -> dict[str, float]:
    """Return processor milliseconds per advert of each step."""
    matcher = Matcher(load_catalogue())
    now = datetime.now(UTC)
    names = list(pages) * ROUNDS
    parsing, vacancies = timed(
        lambda: [NhsJobsAdvertPage(url, pages[url], now).to_item() for url in names]
    )
    validating, clean = timed(lambda: [validate_vacancy(vacancy) for vacancy in vacancies])
    reading, criteria = timed(lambda: [list(_criteria(vacancy)) for vacancy in clean])
    matching, _ = timed(lambda: [[matcher.annotate(one) for one in many] for many in criteria])
    annotated = [annotate_vacancy(vacancy, matcher) for vacancy in clean]
    storing, _ = timed(lambda: _store(annotated[: len(pages)], folder))
    each = 1000 / len(names)
    return {
        "parsing": parsing * each,
        "masking and checking": validating * each,
        "reading": reading * each,
        "matching": matching * each,
        "storing": storing * 1000 / len(pages),
        "criteria": sum(map(len, criteria)) / len(names),
    }


def _criteria(vacancy: Vacancy) -> Iterable[Criterion]:
    for source in vacancy.specification:
        if source.is_specification:
            yield from read_source(source).criteria


def _store(annotated: Iterable[AnnotatedVacancy], folder: Path) -> None:
    store = open_store(f"sqlite:///{folder / 'bench.db'}")
    run = store.start_run("nhs_jobs")
    for one in annotated:  # one transaction a vacancy, as in a crawl
        store.save_vacancy(run, one)
    store.close()


def crawl(board: PracticeBoard, folder: Path, delay_s: float) -> float:
    """Return the wall seconds of a whole crawl in a process of its own."""
    environment = {
        **os.environ,
        "PERSONSPEC_NHS_JOBS_URL": board.url,
        "PERSONSPEC_DATABASE_URL": f"sqlite:///{folder / f'crawl-{delay_s}.db'}",
    }
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", CRAWL.format(delay=delay_s)],
        check=True,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def fetch_bare(urls: Iterable[str], delay_s: float) -> float:
    """Return the wall seconds of fetching the addresses, ``delay_s`` between their starts."""
    start = due = time.perf_counter()
    for url in urls:
        time.sleep(max(0.0, due - time.perf_counter()))
        due = time.perf_counter() + delay_s
        fetch(url)
    return time.perf_counter() - start


def main() -> None:
    """Print both tables."""
    with PracticeBoard() as board, TemporaryDirectory() as name:
        folder = Path(name)
        crawl(board, folder, 0)
        pages = {url: fetch(url).decode() for url in advert_urls(board)}
        print(f"Processor milliseconds per advert, {len(pages)} adverts, one core:")
        for step, figure in cost_per_advert(pages, folder).items():
            print(f"  {step:22} {figure:8.2f}")
        before = len(board.requests)
        whole = crawl(board, folder, DELAY_S)
        asked = [f"{board.url}{quote(r.path)}?{r.query}" for r in board.requests[before:]]
        bare = fetch_bare(asked, DELAY_S)
    print(f"Wall seconds for {len(asked)} requests, {DELAY_S} s apart:")
    print(f"  crawl, with start-up   {whole:8.2f}")
    print(f"  bare fetching          {bare:8.2f}")
    print(f"  ratio                  {whole / bare:8.3f}")


if __name__ == "__main__":
    main()
