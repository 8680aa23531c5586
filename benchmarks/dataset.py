"""What a dataset release costs: ``python -m benchmarks.dataset [VACANCIES]``.

A synthetic store is made in a new SQLite file and published from. Beside it, in the same run:
DuckDB copying the same tables to Parquet, from the CSV files of the release, because its extension
for SQLite has to be downloaded. It reads no store and makes nothing of the rows: no decisions, no
masking, no CSV, no sums.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.synthetic import CRITERIA, START, annotated_vacancies, sighting_of
from pipelines.database import open_store
from pipelines.outputs.dataset.publish import publish_release
from pipelines.outputs.dataset.verify import verify_release

VACANCIES = 100_000
BATCH = 200


def main(number: int) -> None:
    """Print the figures for this many vacancies; each line is a process of its own.

    So that the memory of one does not count for the next.
    """
    print(f"{number} vacancies, {number * CRITERIA} criteria")
    with TemporaryDirectory() as folder:
        for name in WORK:
            command = [sys.executable, "-m", "benchmarks.dataset", str(number), name, folder]
            subprocess.run(command, check=True)


def measure(number: int, name: str, folder: Path) -> None:
    """Do one piece of work and print its time and the memory of this process."""
    start, processor = time.perf_counter(), time.process_time()
    WORK[name](number, folder)
    wall_s, processor_s = time.perf_counter() - start, time.process_time() - processor
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:8} {wall_s:7.1f} s, {processor_s:7.1f} s of processor, peak {peak_mb:5.0f} MB, "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def fill(number: int, folder: Path) -> None:
    """Make the store; not part of the figures."""
    store = open_store(f"sqlite:///{folder}/store.db")
    run = store.start_run("synthetic", at=START)
    left = annotated_vacancies(number)
    while some := list(islice(left, BATCH)):
        store.save_sightings(run, [sighting_of(one.vacancy) for one in some])
        store.save_vacancies(run, some)
    store.finish_run(run, [], {"sightings/listed": number})
    store.close()


def publish(number: int, folder: Path) -> None:
    """Publish the next release; the second one is compared with the first."""
    store = open_store(f"sqlite:///{folder}/store.db")
    rows = publish_release(store, folder / "dataset", today=date(2026, 11, 20)).release.rows
    store.close()
    assert rows["criteria"] == number * CRITERIA, "all criteria are published"


def verify(number: int, folder: Path) -> None:
    """Check the second release, without the validators of others."""
    del number
    problems = verify_release(folder / "dataset" / "releases" / "2026-11-20.2")
    assert not problems, problems[0]


def copy(number: int, folder: Path) -> None:
    """Copy the tables of the first release from CSV to Parquet with DuckDB."""
    del number
    connection = duckdb.connect()
    for path in sorted((folder / "dataset" / "releases" / "2026-11-20.1").glob("*.csv")):
        copied = folder / f"{path.stem}.parquet"
        connection.execute(f"COPY (FROM '{path}') TO '{copied}' (COMPRESSION zstd)")


WORK: dict[str, Callable[[int, Path], None]] = {
    "fill": fill,
    "first": publish,
    "second": publish,
    "verify": verify,
    "duckdb": copy,
}

if __name__ == "__main__":
    if len(sys.argv) > 2:
        measure(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else VACANCIES)
