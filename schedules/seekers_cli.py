"""The commands of job seekers: ``personspec subscribers``, ``digest`` and ``serve``; declared only.

Each imports what it needs when it runs.
"""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Address = Annotated[str, typer.Argument(help="An email address.")]

subscribers = typer.Typer(
    help="Job seekers who get a digest: add, list, export, erase, suppress, retain.",
    epilog="Example: personspec subscribers list",
    no_args_is_help=True,
)
digest = typer.Typer(
    help="The job seekers' digest: preview it as files, or send it.",
    epilog="Example: personspec digest preview",
    no_args_is_help=True,
)


@subscribers.command("add", epilog="Example: personspec subscribers add a@example.org search.json")
def subscribers_add(
    email: Address,
    search: Annotated[
        Path,
        typer.Argument(help="JSON of the search (docs/privacy.md): place, bands, background …"),
    ],
    weekday: Annotated[
        str, typer.Option(help="Monday to Sunday: weekly on that day; daily: every day.")
    ] = "Monday",
) -> None:
    """Ask somebody to confirm a digest: it begins when they open the link in the mail."""
    from schedules.subscribing import add

    add(email, search, weekday)


@subscribers.command("list", epilog="Example: personspec subscribers list --json")
def subscribers_list(as_json: AsJson = False) -> None:
    """List the subscriptions, without addresses."""
    from schedules.subscribing import list_all

    list_all(as_json=as_json)


@subscribers.command("export", epilog="Example: personspec subscribers export a@example.org")
def subscribers_export(email: Address) -> None:
    """Print everything that is kept of one person, as JSON."""
    from schedules.subscribing import export

    raise typer.Exit(export(email))


@subscribers.command("erase", epilog="Example: personspec subscribers erase a@example.org")
def subscribers_erase(email: Address) -> None:
    """Forget one person; only a keyed hash stays, so that no mail follows."""
    from schedules.subscribing import erase

    raise typer.Exit(erase(email))


@subscribers.command("suppress", epilog="Example: personspec subscribers suppress a@example.org")
def subscribers_suppress(email: Address) -> None:
    """Write to an address no more, because somebody asked or its mail comes back."""
    from schedules.subscribing import suppress

    suppress(email)


@subscribers.command("lift", epilog="Example: personspec subscribers lift a@example.org")
def subscribers_lift(email: Address) -> None:
    """Let a suppressed address subscribe again."""
    from schedules.subscribing import lift

    raise typer.Exit(lift(email))


@subscribers.command("retain", epilog="Example: personspec subscribers retain --dry-run")
def subscribers_retain(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask who gave no sign for a year, and delete what is kept no longer (docs/privacy.md)."""
    from schedules.subscribing import retain

    retain(dry_run=dry_run, as_json=as_json)


@digest.command("preview", epilog="Example: personspec digest preview --out previews")
def digest_preview(
    out: Annotated[
        Path | None, typer.Option(help="Folder; digests/ in the output folder if not given.")
    ] = None,
    email: Annotated[
        str | None, typer.Option(help="Of this subscriber only; of all active ones if not given.")
    ] = None,
) -> None:
    """Write the next digests as .eml and .html; nothing is sent and nothing counts as told."""
    from schedules.digesting import preview

    preview(out, email)


@digest.command("send", epilog="Example: personspec digest send --dry-run")
def digest_send(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Compose and count; queue and send nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Compose and send the digests that are due, each subscriber at most once a period.

    Ends with 1 if a mail is uncertain or the server cannot be used, with 3 if it runs already.
    """
    from schedules.digesting import send

    raise typer.Exit(send(dry_run=dry_run, as_json=as_json))


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Port to listen on; 0 for any free one.")
    ] = 8000,
) -> None:
    """Serve the pages of job seekers, behind a web server that speaks HTTPS."""
    from schedules.serving import serve_pages

    serve_pages(host, port)
