"""What storing and reporting cost: ``python -m benchmarks.report [VACANCIES]``.

A synthetic store is made in a new SQLite file and reported from. Beside them, in the same run:
the same rows inserted and the same table written with nothing but sqlite3 and pandas.
"""

import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.synthetic import CRITERIA, START, annotated_vacancies, sighting_of
from pipelines.database import Store, open_store
from pipelines.database.known import StoredAdverts
from pipelines.outputs.report import write_report
from pipelines.types import AnnotatedVacancy

VACANCIES = 10_000
BATCH = 100
TODAY = date(2026, 11, 20)
QUERY = (
    "SELECT criterion.*, match.* FROM criterion LEFT JOIN match ON match.advert_version_id = "
    "criterion.advert_version_id AND match.criterion_position = criterion.position"
)


@dataclass(frozen=True, slots=True)
class Took:
    """How long a piece of work took; on a busy machine the two lie apart."""

    wall_s: float
    processor_s: float


def main(number: int) -> None:
    """Print the figures for this many vacancies; each line is a process of its own.

    So that the memory of one does not count for the next.
    """
    print(f"{number} vacancies, {number * CRITERIA} criteria")
    with TemporaryDirectory() as folder:
        for name in WORK:
            command = [sys.executable, "-m", "benchmarks.report", str(number), name, folder]
            subprocess.run(command, check=True)


def measure(number: int, name: str, folder: Path) -> None:
    """Do one piece of work and print its time and the memory of this process."""
    store = open_store(f"sqlite:///{folder}/store.db")
    what, work = WORK[name]
    done, took = work(store, number, folder)
    store.close()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = f"{done / took.wall_s:8.0f} vacancies/s"
    spent = f"{took.wall_s:7.2f} s, {took.processor_s:7.2f} s of processor"
    print(f"{what:28} {spent}  {rate}  peak {peak_mb:4.0f} MB", flush=True)


def store_new(store: Store, number: int, folder: Path) -> tuple[int, Took]:
    del folder
    made = list(annotated_vacancies(number))
    return number, _timed(lambda: _store(store, made, BATCH))


def store_one_by_one(store: Store, number: int, folder: Path) -> tuple[int, Took]:
    del folder
    few = list(annotated_vacancies(min(number, 500)))
    return len(few), _timed(lambda: _store(store, few, 1))


def ask(store: Store, number: int, folder: Path) -> tuple[int, Took]:
    del folder
    seen = [sighting_of(one.vacancy) for one in annotated_vacancies(number)]
    known = StoredAdverts(store, refetch_after=timedelta(days=7), now=START)
    took = _timed(lambda: [known.needs_fetch(one) for one in seen])
    assert not any(map(known.needs_fetch, seen)), "what was just stored need not be fetched"
    return number, took


def report(store: Store, number: int, folder: Path) -> tuple[int, Took]:
    return number, _timed(lambda: write_report(store, folder / "report", today=TODAY))


def report_with_workbook(store: Store, number: int, folder: Path) -> tuple[int, Took]:
    out = folder / "report"
    return number, _timed(lambda: write_report(store, out, today=TODAY, workbook=True))


def bare(store: Store, number: int, folder: Path) -> tuple[int, Took]:
    """Read and write as many rows as the report, without making anything of them."""
    del store

    def work() -> None:
        with closing(sqlite3.connect(folder / "store.db")) as connection:
            rows = pd.read_sql(QUERY, connection)
        rows.to_csv(folder / "bare.csv", index=False)

    return number, _timed(work)


WORK: dict[str, tuple[str, Callable[[Store, int, Path], tuple[int, Took]]]] = {
    "new": ("stored, a hundred at once", store_new),
    "again": ("stored again, unchanged", store_new),
    "single": ("stored again, one at once", store_one_by_one),
    "ask": ("asked whether to fetch", ask),
    "report": ("report", report),
    "workbook": ("report with its workbook", report_with_workbook),
    "bare": ("sqlite3 and pandas alone", bare),
}


def _store(store: Store, vacancies: list[AnnotatedVacancy], batch: int) -> None:
    run = store.start_run("synthetic", at=START)
    left = iter(vacancies)
    while some := list(islice(left, batch)):
        store.save_sightings(run, [sighting_of(one.vacancy) for one in some])
        store.save_vacancies(run, some)
    store.finish_run(run, [], {})


def _timed(work: Callable[[], object]) -> Took:
    start = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - start[0], time.process_time() - start[1])


if __name__ == "__main__":
    if len(sys.argv) > 2:
        measure(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else VACANCIES)
