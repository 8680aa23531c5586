"""``personspec demo``: the whole path on this machine, from a board over HTTP to the reports."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.practice_board import PracticeBoard, apprenticeships
from matcher.catalogue import Catalogue, load_catalogue
from personspec.folders import make_folder, make_output_folder
from personspec.london import LONDON
from personspec.settings import Settings, load_settings
from personspec.wording import counted
from pipelines.database import Store, open_store
from pipelines.database.demands import Example, count_demands, count_open, find_example
from pipelines.outputs.report import write_report
from schedules.crawl import ALREADY_RUNNING, crawl_in_turn
from schedules.demo_digests import write_demo_digests
from schedules.publishing import write_demo_release
from schedules.reporting import source_notes
from schedules.terminal import printable, stderr_console, stdout_console

SOURCES = ("nhs_jobs", "find_an_apprenticeship")
EXAMPLE_LINES = 8


def run_demo() -> int:
    """Crawl two days of the practice board and write every output; return the exit code.

    The demo keeps its own database and starts it afresh, so that it always shows the same.
    """
    settings = load_settings()
    make_output_folder(settings)
    try:
        with FileLock(settings.output_dir / "demo.lock", timeout=0):
            return _show(settings, stdout_console())
    except Timeout:
        stderr_console().print("The demo runs already in another process: wait until it ends.")
        return ALREADY_RUNNING


def _show(settings: Settings, console: Console) -> int:
    database = settings.output_dir / "demo.db"
    folder = settings.output_dir / "demo"
    _start_afresh(database, folder)
    today = datetime.now(LONDON).date()
    store = open_store(f"sqlite:///{database}")
    try:
        with PracticeBoard(today=today) as board:
            console.print(f"The practice board plays the boards at {board.url}; its trusts are")
            console.print("invented. Today's crawl and tomorrow's, each source in its own process:")
            digests: list[Path] = []
            for day in (1, 2):
                board.day = day
                # The report tells what is new or changed on the second day.
                started = datetime.now(UTC)
                environment = _environment(board.url, database, folder)
                if code := crawl_in_turn(SOURCES, environment):
                    return code
                date = today + timedelta(days=day - 1)
                digests += write_demo_digests(store, folder / "digests", [date])
        report = write_report(
            store,
            folder,
            today=today,
            since=started,
            sources=source_notes(store),
            workbook=True,
        )
        release = write_demo_release(store, folder / "dataset")
        _print_summary(store, load_catalogue(), console)
    finally:
        store.close()
    console.print("\nWritten:")
    for path, what in (
        (report.vacancies_path, "a row a vacancy, for recruitment teams"),
        (report.criteria_path, "a row a criterion and requirement, with the words that prove it"),
        (folder / "report.xlsx", "the same two tables for a spreadsheet, with lists to review by"),
        (report.page_path, "the figures, for a browser"),
        (folder / "digests", f"{len(digests)} files: e-mails of two days to three invented people"),
        (release.folder, "a dataset release, for researchers"),
        (database, "the store"),
    ):
        console.print(f"  {path}  ({what})", soft_wrap=True)
    console.print(
        "\nThe adverts' links lead to the practice board, which has ended. Other commands work on "
        f"the demo's store too: PERSONSPEC_DATABASE_URL=sqlite:///{database} personspec review "
        f"{report.criteria_path}",
        soft_wrap=True,
        markup=False,
    )
    return 0


def _start_afresh(database: Path, folder: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder, "the demo")


def _environment(url: str, database: Path, folder: Path) -> dict[str, str]:
    return {
        "PERSONSPEC_NHS_JOBS_URL": url,
        "PERSONSPEC_FIND_AN_APPRENTICESHIP_URL": f"{url}/vacancies",
        "PERSONSPEC_FIND_AN_APPRENTICESHIP_KEY": apprenticeships.KEY,
        "PERSONSPEC_DATABASE_URL": f"sqlite:///{database.resolve()}",
        # Its own, so that a crawl of the real boards and the demo do not wait for each other.
        "PERSONSPEC_OUTPUT_DIR": str(folder.resolve()),
        "PERSONSPEC_ARCHIVE_DIR": str((folder / "archive").resolve()),
    }


def _print_summary(store: Store, catalogue: Catalogue, console: Console) -> None:
    with store.reading() as session:
        vacancies, asked = count_open(session), count_demands(session)
        example = find_example(session, EXAMPLE_LINES)
    vacancies_ask = counted(vacancies, "open vacancy asks", "open vacancies ask")
    table = Table(title=f"What {vacancies_ask} of the documented requirements")
    table.add_column("Documented requirement")
    table.add_column("essential", justify="right")
    table.add_column("desirable", justify="right")
    table.add_column("importance not said", justify="right")
    for requirement in catalogue.requirements:
        counts = (
            asked[requirement.id, importance]
            for importance in ("essential", "desirable", "unknown")
        )
        table.add_row(requirement.label, *(str(count or "-") for count in counts))
    console.print(table)
    if example is not None:
        _print_example(example, catalogue, console)


def _print_example(example: Example, catalogue: Catalogue, console: Console) -> None:
    labels = {requirement.id: requirement.label for requirement in catalogue.requirements}
    table = Table(title=printable(f"For example: {example.title}, {example.employer}"))
    for heading in ("Criterion", "Importance", "Asks for", "In the words"):
        table.add_column(heading)
    for text, importance, requirement, evidence in example.lines:
        table.add_row(
            Text(printable(text)), importance, labels[requirement], Text(printable(evidence))
        )
    console.print(table)
