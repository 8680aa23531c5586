"""How long the service takes to end on SIGTERM in the middle of a crawl.

``python -m benchmarks.stopping`` starts ``personspec schedule run`` against a slow practice board,
sends SIGTERM after a random number of pages, and prints the seconds until the process and its
crawl have ended: median and worst of ten. systemd would kill it after its own limit; the service
promises ten seconds.
"""

import argparse
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.practice_board import PracticeBoard
from crawler.practice_board.faults import Slow


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)  # noqa: S311 moments, not secrets
    taken = [seconds_to_end(chance.randint(3, 40)) for _ in range(arguments.times)]
    figures = {"times": len(taken), "median_s": statistics.median(taken), "worst_s": max(taken)}
    print(json.dumps({name: round(figure, 2) for name, figure in figures.items()}))


def seconds_to_end(pages: int) -> float:
    """Return the seconds from SIGTERM to the end, sent after so many pages were asked for."""
    with PracticeBoard(faults=[Slow(seconds=0.2)]) as board, TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PERSONSPEC_OUTPUT_DIR": folder,
            "PERSONSPEC_NHS_JOBS_URL": board.url,
        }
        with Path(folder, "log").open("w") as log:
            service = subprocess.Popen(
                [sys.executable, "-m", "personspec", "schedule", "run"], env=environment, stderr=log
            )
        while len(board.requests) < pages:
            time.sleep(0.02)
        sent = time.monotonic()
        service.send_signal(signal.SIGTERM)
        service.wait(timeout=60)
        return time.monotonic() - sent


if __name__ == "__main__":
    main()
