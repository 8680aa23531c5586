"""What the second day of a board costs: requests per advert that has not changed.

``python -m benchmarks.second_day`` crawls a generated board of 5,000 adverts on its first day and
again on its second, and prints the requests of the second by what they were for. Fetching every
followed advert again would be one request for each.
"""

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.practice_board import PracticeBoard
from crawler.practice_board.generated import generate_adverts
from pipelines.database import open_store

ADVERT = re.compile(r"/candidate/jobadvert/[^/]+")
DOCUMENT = re.compile(r"/candidate/jobadvert/[^/]+/.+")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adverts", type=int, default=5_000)
    arguments = parser.parse_args()
    with PracticeBoard(generate_adverts(arguments.adverts)) as board, TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name, 'store.db')}"
        crawl(board, name, url)
        board.day = 2
        board.requests.clear()
        known = crawl(board, name, url)
        asked = Counter(kind_of(request.path) for request in board.requests)
    rest = asked["listings"]
    print(f"Second day: {asked['adverts']} adverts that are new or changed, ", end="")
    print(f"{asked['documents']} documents of theirs, {rest} requests beside.")
    print(f"{known} adverts had not changed: {rest / known:.4f} requests for each of them.")


def kind_of(path: str) -> str:
    """Return what a request was for; robots.txt counts with the listings."""
    if ADVERT.fullmatch(path):
        return "adverts"
    return "documents" if DOCUMENT.fullmatch(path) else "listings"


def crawl(board: PracticeBoard, folder: str, url: str) -> int:
    """Crawl the board and return how many of its followed adverts were known and not fetched."""
    environment = {
        **os.environ,
        "PERSONSPEC_NHS_JOBS_URL": board.url,
        "PERSONSPEC_OUTPUT_DIR": folder,
        "PERSONSPEC_DATABASE_URL": url,
    }
    command = [sys.executable, "-m", "schedules.crawl", "nhs_jobs"]
    subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
    store = open_store(url)
    (run, *_) = store.past_runs()
    store.close()
    return int(run.stats.get("adverts/known", 0))


if __name__ == "__main__":
    main()
