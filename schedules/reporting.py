"""``personspec report``: writes the CSV pair of what is stored."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from personspec.settings import load_settings
from pipelines.database import open_store
from pipelines.outputs.report import write_report
from schedules.terminal import stdout_console

LONDON = ZoneInfo("Europe/London")


def write_reports(out: Path | None, profile: str) -> None:
    """Write vacancies.csv and criteria.csv and print where they are.

    Raises:
        UsageError: The profile is unknown, or a file cannot be written.
    """
    settings = load_settings()
    store = open_store(settings.store_url)
    try:
        report = write_report(
            store,
            out or settings.output_dir,
            profile=profile,
            today=datetime.now(LONDON).date(),
        )
    finally:
        store.close()
    console = stdout_console()
    console.print(f"{report.vacancies_path}: {report.vacancies} vacancies")
    console.print(f"{report.criteria_path}: {report.criteria} rows")
