"""``personspec report``: writes the tables and the page of what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from crawler.sources import load_sources
from personspec.exceptions import UsageError
from personspec.london import LONDON
from personspec.settings import load_settings
from personspec.wording import counted
from pipelines.database import Store, open_existing
from pipelines.health import SourceHealth, health_note, judge_source, load_rules
from pipelines.outputs.filters import ReportFilter
from pipelines.outputs.manifest import SourceNote
from pipelines.outputs.report import Report, write_report
from schedules.terminal import for_people, stdout_console


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a user asked of a report."""

    out: Path | None = None
    """Folder to write to; the output folder if None."""

    profile: str = "excel"
    workbook: bool = False
    since: str | None = None
    """A day in London; None for since the report before."""

    employers: Sequence[str] = ()
    bands: Sequence[str] = ()
    regions: Sequence[str] = ()
    statuses: Sequence[str] = ()


def write_reports(options: ReportOptions) -> None:
    """Write the report and print where it is.

    Raises:
        UsageError: An option is wrong, there is no store, or a file cannot be written.
    """
    settings = load_settings()
    since = None if options.since is None else _start_of(options.since)
    only = ReportFilter.of(
        employers=options.employers,
        bands=options.bands,
        regions=options.regions,
        statuses=options.statuses,
        since=since,
    )
    store = open_existing(settings.store_url)
    try:
        report = write_report(
            store,
            options.out or settings.output_dir,
            profile=options.profile,
            today=datetime.now(LONDON).date(),
            since=since,
            only=only,
            sources=source_notes(store),
            workbook=options.workbook,
        )
    finally:
        store.close()
    print_report(report)


def print_report(report: Report) -> None:
    """Print what was written, and where."""
    console = stdout_console()
    lines = [
        (report.vacancies_path, counted(report.vacancies, "vacancy", "vacancies")),
        (report.criteria_path, counted(report.criteria, "row")),
        (report.page_path, "the figures"),
    ]
    if report.workbook_path is not None:
        lines.append((report.workbook_path, "both tables for a spreadsheet"))
    for path, what in lines:
        console.print(f"{path}: {what}", markup=False, soft_wrap=True)
    if not report.vacancies:
        console.print(
            "The store holds no such vacancy: 'personspec crawl' or 'personspec import' fills it."
        )
    console.print(f"Changes are counted from {for_people(report.changes_since)}.")


def source_notes(store: Store) -> list[SourceNote]:
    """Return what a report says of the sources that have ever been crawled into a store.

    A source that is not in the register, such as imported files, has its name and nothing else.
    """
    rules, known = load_rules(), load_sources()
    notes = []
    for name in sorted({run.source for run in store.past_runs(limit=10_000)}):
        health = judge_source(name, store.past_runs(name), rules)
        if name not in known:
            notes.append(_note(health, name, name))
            continue
        source = known[name]
        notes.append(
            _note(
                health,
                name,
                source.title,
                publisher=source.publisher,
                licence=source.licence,
                attribution=source.attribution,
            )
        )
    return notes


def _note(health: SourceHealth, name: str, title: str, **register: str) -> SourceNote:
    healthy = health.last_healthy
    listed = healthy.stats.get("sightings/listed") if healthy else None
    return SourceNote(
        name=name,
        title=title,
        last_healthy=healthy.started_at if healthy else None,
        adverts=listed if isinstance(listed, int) else None,
        problem=health_note(health, title),
        **register,
    )


def _start_of(day: str) -> datetime:
    try:
        moment = datetime.combine(date.fromisoformat(day), time(), LONDON)
    except ValueError:
        raise UsageError(f"--since {day!r} is not a day: write it as 2026-11-22.") from None
    if moment > datetime.now(UTC):
        raise UsageError(f"--since {day} has not come yet: nothing can have changed since.")
    return moment
