"""A small store to review, its report, and what a reviewer fills in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.database import Store
from pipelines.outputs.report import write_report
from pipelines.types import AnnotatedVacancy
from tests.pipelines.factories import NOON, annotated, criterion, sighting, vacancy

TODAY = date(2026, 11, 20)
CLERK = annotated(
    vacancy("X1"),
    criterion("Team player who writes well", "team-working", "communication"),
    criterion("Clean driving licence"),
)

Edit = Callable[[pd.DataFrame], object]


def crawl(store: Store, *pages: AnnotatedVacancy, day: int = 0, **listed: Any) -> None:
    run = store.start_run("nhs_jobs", at=NOON + timedelta(days=day))
    seen = [sighting(page.vacancy.reference, **listed) for page in pages]
    store.save_sightings(run, seen)
    for page in pages:
        at = page.vacancy.fetched_at + timedelta(days=day)
        store.save_vacancy(run, replace(page, vacancy=replace(page.vacancy, fetched_at=at)))
    store.close_missing(run)
    store.finish_run(run, [], {})


def report_rows(store: Store, folder: Path) -> pd.DataFrame:
    """Write a report and return its criteria as a spreadsheet would show them."""
    written = write_report(store, folder, today=TODAY)
    return pd.read_csv(
        written.criteria_path, dtype=str, keep_default_na=False, encoding="utf-8-sig"
    )


def decide(rows: pd.DataFrame, row: int, decision: str, **cells: str) -> None:
    """Fill in the review columns of a row, counted from 0."""
    filled = {"review_decision": decision, "reviewer": "Ann"} | cells
    for name, value in filled.items():
        rows.loc[row, name] = value


def save(rows: pd.DataFrame, path: Path, **options: Any) -> Path:
    """Save a table as a spreadsheet would."""
    rows.to_csv(path, index=False, **({"encoding": "utf-8-sig"} | options))
    return path
