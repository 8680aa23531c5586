"""``personspec dataset``: declared only; each command imports what it needs when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from personspec.exceptions import UsageError

dataset = typer.Typer(
    help="Releases for researchers: versioned, documented, with the match quality on them.",
    epilog="Example: personspec dataset publish",
    no_args_is_help=True,
)

Out = Annotated[
    Path | None, typer.Option(help="Folder of all releases; dataset in the output folder if none.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@dataset.command(epilog="Example: personspec dataset publish --out releases/")
def publish(  # noqa: PLR0913, PLR0917 a function's arguments are the command's options
    out: Out = None,
    with_text: Annotated[
        str | None,
        typer.Option(
            help="Publish criteria in full, and state here on what basis you may; it is printed on "
            "the release."
        ),
    ] = None,
    override: Annotated[
        str | None,
        typer.Option(help="Publish in spite of the gate; say why, it is printed on the release."),
    ] = None,
    rebuild: Annotated[
        str | None,
        typer.Option(
            metavar="RELEASE",
            help="Publish nothing: build this release (version, latest or folder) again from the "
            "page archive and say whether it is equal.",
        ),
    ] = None,
    archive: Annotated[
        Path | None, typer.Option(help="Page archive for --rebuild; that of the settings if none.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Publish what is stored as the next release. The releases before never change.

    Ends with 1, and publishes nothing, if a source cannot be believed or much less is there than
    in the release before. With --rebuild it ends with 1 if the release is different.
    """
    if rebuild is not None:
        from schedules.rebuilding import rebuild_dataset

        if with_text is not None or override is not None:
            raise UsageError("--rebuild publishes nothing: leave --with-text and --override out.")
        raise typer.Exit(rebuild_dataset(rebuild, out, archive, as_json=as_json))
    from schedules.publishing import publish_dataset

    publish_dataset(out, with_text=with_text, override=override, as_json=as_json)


@dataset.command(epilog="Example: personspec dataset verify output/dataset/releases/2026-11-22.1")
def verify(
    folder: Annotated[Path, typer.Argument(help="The folder of one release.")],
    as_json: AsJson = False,
) -> None:
    """Check a release: sums, columns, keys, references, numbers of rows, Parquet against CSV.

    Then frictionless and mlcroissant check its descriptors, where they are installed.
    """
    from schedules.publishing import verify_dataset

    raise typer.Exit(verify_dataset(folder, as_json=as_json))


@dataset.command(epilog="Example: personspec dataset withdraw nhs_jobs:C1234-26-0001")
def withdraw(
    vacancies: Annotated[
        list[str], typer.Argument(help="Keys as in the column vacancy_id: source:reference.")
    ],
    out: Out = None,
) -> None:
    """Take vacancies out of all later releases; say which earlier ones hold them."""
    from schedules.publishing import withdraw_vacancies

    withdraw_vacancies(vacancies, out)
