"""Small stores to publish from."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.database import Store
from pipelines.outputs.dataset.publish import Published, publish_release
from pipelines.types import AnnotatedVacancy
from tests.pipelines.factories import NOON, annotated, criterion, sighting, vacancy

TODAY = date(2026, 11, 20)

CLERK = annotated(
    vacancy("X1"),
    criterion("Team player who writes well", "team-working", "communication"),
    criterion("Clean driving licence"),
)


def crawl(
    store: Store, *pages: AnnotatedVacancy, day: int = 0, stats: dict[str, object] | None = None
) -> None:
    """Store what a healthy run of this day met; what it did not meet is closed."""
    run = store.start_run("nhs_jobs", at=NOON + timedelta(days=day))
    store.save_sightings(run, [sighting(page.vacancy.reference) for page in pages])
    for page in pages:
        at = page.vacancy.fetched_at + timedelta(days=day)
        store.save_vacancy(run, replace(page, vacancy=replace(page.vacancy, fetched_at=at)))
    store.close_missing(run)
    ended = NOON + timedelta(days=day, minutes=5)
    store.finish_run(run, [], {"sightings/listed": len(pages), **(stats or {})}, at=ended)


def clerk(reference: str, **changes: Any) -> AnnotatedVacancy:
    """Return a vacancy with two criteria."""
    return replace(CLERK, vacancy=vacancy(reference, **changes))


def publish(store: Store, folder: Path, **options: Any) -> Published:
    """Publish what is stored."""
    return publish_release(store, folder, **({"today": TODAY} | options))


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table of a release."""
    read: list[dict[str, Any]] = pq.read_table(folder / f"{table}.parquet").to_pylist()
    return read


__all__ = [
    "CLERK", "NOON", "TODAY", "clerk", "crawl", "criterion", "publish", "rows",
]  # fmt: skip
