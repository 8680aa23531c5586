"""The command ``personspec``: declares the commands, their options and exit codes, nothing else.

Each command imports what it needs when it runs, so that ``--help`` answers at once.
"""

import errno
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from personspec import __version__
from personspec.exceptions import PersonspecError, UsageError
from schedules import dataset_cli, reviewing_cli, seekers_cli

app = typer.Typer(
    name="personspec",
    help="What does a health-records post in the NHS really ask for?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

archive_app = typer.Typer(
    name="archive",
    help="The page archive: what the boards answered, with the contact details on it.",
    no_args_is_help=True,
    epilog="Example: personspec archive prune --dry-run",
)
app.add_typer(archive_app)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"personspec {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """What does a health-records post in the NHS really ask for?"""
    del version


@app.command(epilog="Example: personspec demo")
def demo() -> None:
    """Crawl the practice board on this machine and write reports to output/demo/."""
    from schedules.demo import run_demo

    raise typer.Exit(run_demo())


@app.command(epilog="Example: personspec crawl nhs_jobs")
def crawl(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Which sources; all that are on if none is named.")
    ] = None,
    accept_counts: Annotated[
        bool,
        typer.Option(
            "--accept-counts",
            help="Believe the number of adverts, though unusual: you have looked at the board.",
        ),
    ] = False,
) -> None:
    """Crawl sources, one after the other, each in a process of its own.

    Ends with 1 if a run check found a problem: nothing is closed or published from that run.
    """
    from schedules.crawl import crawl_in_turn
    from schedules.sources import sources_to_crawl

    chosen = sources_to_crawl(sources or [])
    raise typer.Exit(crawl_in_turn(chosen, accept_counts=accept_counts))


@app.command(epilog="Example: personspec replay --archive output/archive")
def replay(
    archive: Annotated[
        Path | None, typer.Option(help="Folder of the page archive; that of the settings if none.")
    ] = None,
) -> None:
    """Build the store again from the page archives, without the network."""
    from schedules.replay import replay_folder

    raise typer.Exit(replay_folder(archive))


@app.command(epilog="Example: personspec annotate")
def annotate() -> None:
    """Read and match stored adverts again, after an upgrade or a change of the catalogue."""
    from schedules.annotating import annotate

    annotate()


@archive_app.command(epilog="Example: personspec archive prune --older-than 90 --dry-run")
def prune(
    older_than: Annotated[int, typer.Option(min=1, help="Days a page is kept.")] = 90,
    archive: Annotated[
        Path | None, typer.Option(help="Folder of the page archive; that of the settings if none.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Delete old page archives, and with them the contact details; the store keeps the rest."""
    from schedules.archiving import prune_archive

    raise typer.Exit(prune_archive(archive, older_than, dry_run=dry_run))


@app.command("import", epilog="Example: personspec import adverts/ more.jsonl")
def import_(
    paths: Annotated[
        list[Path], typer.Argument(help="Files or folders: JSON, JSON lines, HTML, WARC.")
    ],
    as_json: AsJson = False,
) -> None:
    """Bring schema.org JobPosting adverts and archived pages into the store.

    What cannot be read is counted and kept with its reason; it can be stopped and started again.
    """
    from schedules.importing import import_paths

    raise typer.Exit(import_paths(paths, as_json=as_json))


@app.command(epilog="Example: personspec read advert.html --json")
def read(
    files: Annotated[list[Path], typer.Argument(help="HTML, PDF, Word or plain text files.")],
    as_json: AsJson = False,
) -> None:
    """Read person specifications: each criterion, its importance and what it asks for."""
    from schedules.reading import read_files

    raise typer.Exit(read_files(files, as_json=as_json))


@app.command(epilog="Example: personspec explain draft.docx --band 4 --html draft.html")
def explain(
    name: Annotated[str, typer.Argument(help="A file, or the reference of a stored vacancy.")],
    band: Annotated[
        str | None, typer.Option(help="Band of a draft: its list is held against the band's.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page there instead.")] = None,
    as_json: AsJson = False,
) -> None:
    """Hold a vacancy, or the draft of the next advert, against the documented requirements."""
    from schedules.explaining import explain_one

    explain_one(name, band=band, html=html, as_json=as_json)


@app.command(epilog="Example: personspec report --band 3 --region 'North West' --xlsx")
def report(  # noqa: PLR0913, PLR0917 an argument an option
    out: Annotated[
        Path | None, typer.Option(help="Folder to write to; the output folder if not given.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            help="Count changes from this day (2026-11-22) and leave out what had closed before; "
            "else changes are counted from the report before in the same folder."
        ),
    ] = None,
    employer: Annotated[
        list[str] | None, typer.Option(help="Only employers with these words; may be repeated.")
    ] = None,
    band: Annotated[list[str] | None, typer.Option(help="Only this band, e.g. 3 or 8a.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Only this region.")] = None,
    status: Annotated[
        list[str] | None, typer.Option(help="open, not accepting, expired or withdrawn.")
    ] = None,
    profile: Annotated[
        str, typer.Option(help="excel: opens right by double click; plain: for programs.")
    ] = "excel",
    xlsx: Annotated[bool, typer.Option("--xlsx", help="Write report.xlsx too.")] = False,
) -> None:
    """Write vacancies.csv, criteria.csv and report.html of what is stored."""
    from schedules.reporting import ReportOptions, write_reports

    write_reports(
        ReportOptions(
            out=out,
            profile=profile,
            workbook=xlsx,
            since=since,
            employers=employer or (),
            bands=band or (),
            regions=region or (),
            statuses=status or (),
        )
    )


schedule = typer.Typer(
    name="schedule",
    help="The service that does all by clock, and its timetable.",
    no_args_is_help=True,
    epilog="Example: personspec schedule show",
)
app.add_typer(schedule)


@schedule.command("run", epilog="Example: personspec schedule run")
def schedule_run() -> None:
    """Carry out the timetable until the process is ended; what was missed is caught up once.

    Ends with 3 if the service runs already.
    """
    from schedules.service import run_service

    raise typer.Exit(run_service())


@schedule.command("show", epilog="Example: personspec schedule show --json")
def schedule_show(as_json: AsJson = False) -> None:
    """Print the timetable, the next times, and those around the changes of the clock."""
    from schedules.showing import show_schedule

    raise typer.Exit(show_schedule(as_json=as_json))


@app.command(epilog="Example: personspec doctor --json")
def doctor(as_json: AsJson = False) -> None:
    """Look at this installation and its sources; say what is wrong and what to do.

    Ends with 1 if anything has to be mended.
    """
    from schedules.doctor import run_doctor

    raise typer.Exit(run_doctor(as_json=as_json))


@app.command(epilog="Example: personspec backup backups/today.zip")
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="File to write; backups/ in the output folder if none.")
    ] = None,
) -> None:
    """Write a verified copy of the store, also while the service runs."""
    from schedules.backing import back_up

    back_up(file)


@app.command(epilog="Example: personspec restore backups/today.zip")
def restore(
    file: Annotated[Path, typer.Argument(help="A file written by personspec backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of what is stored.")
    ] = False,
) -> None:
    """Fill the store from a backup, whole or not at all; ends with 3 while the service runs."""
    from schedules.backing import restore_backup

    raise typer.Exit(restore_backup(file, replace=replace))


app.add_typer(reviewing_cli.review, name="review")
app.add_typer(seekers_cli.subscribers, name="subscribers")
app.add_typer(seekers_cli.digest, name="digest")
app.add_typer(dataset_cli.dataset, name="dataset")
app.command(epilog="Example: personspec serve --port 8000")(seekers_cli.serve)


@app.command(epilog="Example: personspec evaluate data/gold/criteria.jsonl --json")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="JSON lines with id, text and labels.")],
    as_json: AsJson = False,
    errors: Annotated[
        bool, typer.Option("--errors", help="Print what was wrong or missed, and why.")
    ] = False,
    typos: Annotated[
        bool, typer.Option("--typos", help="Spoil half of the long words with a typing error.")
    ] = False,
) -> None:
    """Measure the matcher on labelled criteria."""
    from schedules.evaluating import evaluate_matcher

    evaluate_matcher(gold, as_json=as_json, errors=errors, typos=typos)


@app.command("evaluate-reader", epilog="Example: personspec evaluate-reader adverts.jsonl --errors")
def evaluate_reader(
    adverts: Annotated[
        Path, typer.Argument(help="JSON lines with id, description_html and expected.")
    ],
    as_json: AsJson = False,
    errors: Annotated[
        bool, typer.Option("--errors", help="Print what was read wrongly, advert by advert.")
    ] = False,
) -> None:
    """Measure the reader on adverts whose criteria are known."""
    from schedules.evaluating import evaluate_reading

    evaluate_reading(adverts, as_json=as_json, errors=errors)


def main() -> None:
    """Run the command; an error a user can mend is one sentence and an exit code."""
    try:
        _run_and_flush()
    except PersonspecError as error:
        typer.echo(f"personspec: {error}", err=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except OSError as error:
        # A file that a command opens has a name, and the command speaks of it.
        if error.filename is not None or error.errno not in _NO_ROOM | {errno.EPIPE}:
            raise
        _write_no_more()
        if error.errno in _NO_ROOM:
            typer.echo(
                f"personspec: The results cannot be written ({error.strerror}): make room where "
                "they go, or send them elsewhere.",
                err=True,
            )
        sys.exit(1)


_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def _run_and_flush() -> None:
    try:
        app()
    finally:  # what is still held back would otherwise fail when nobody can tell it any more
        if sys.stdout is not None:
            sys.stdout.flush()


def _write_no_more() -> None:
    # Python would try once more at its end, and print a traceback then.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
