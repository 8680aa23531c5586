"""``personspec review``: declared only; each command imports what it needs when it runs."""

from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


class FilesFirst(TyperGroup):
    """A group whose plain use is to name files: ``review FILE…`` is ``review files FILE…``."""

    def parse_args(  # type: ignore[override]  # typer hands over its own kind of context
        self, ctx: typer.Context, args: list[str]
    ) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["files", *args]
        return super().parse_args(ctx, args)


review = typer.Typer(
    cls=FilesFirst,
    help="Read corrected reports back: review FILE… says what would be applied, with --apply it "
    "is. What reviewers decide counts in every output instead of what the matcher found. "
    "Its options --apply, --reviewer and --json: see 'personspec review files --help'.",
    epilog="Example: personspec review criteria.csv --apply",
    no_args_is_help=True,
)


@review.command("files", epilog="Example: personspec review criteria.csv --apply")
def review_files(
    files: Annotated[list[Path], typer.Argument(help="A corrected criteria.csv or report.xlsx.")],
    apply: Annotated[bool, typer.Option("--apply", help="Keep what can be applied.")] = False,
    reviewer: Annotated[
        str, typer.Option(help="Who decided, where the column reviewer is empty.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Read corrected reports back; the word files may be left out.

    Ends with 1 if rows are conflicting, unknown or wrong: those are not applied, the others are.
    """
    from schedules.reviewing import review_files as read_back

    raise typer.Exit(read_back(files, apply=apply, reviewer=reviewer, as_json=as_json))


@review.command("list", epilog="Example: personspec review list --json")
def review_list(as_json: AsJson = False) -> None:
    """List the decisions in force, with who made them."""
    from schedules.reviewing import list_decisions

    list_decisions(as_json=as_json)


@review.command(
    "withdraw", epilog="Example: personspec review withdraw nhs_jobs:C1-26-1#0a1b2c team-working"
)
def review_withdraw(
    criterion: Annotated[str, typer.Argument(help="The criterion_id.")],
    requirement: Annotated[
        str, typer.Argument(help="The requirement_id decided on; none for 'asks nothing'.")
    ] = "",
) -> None:
    """Take a decision back: the matcher counts again."""
    from schedules.reviewing import withdraw_decision

    withdraw_decision(criterion, requirement)


@review.command("export-gold", epilog="Example: personspec review export-gold ours.jsonl")
def review_export_gold(
    out: Annotated[Path, typer.Argument(help="File of JSON lines to write.")],
) -> None:
    """Write labelled lines of what was reviewed: 'personspec evaluate' measures on them."""
    from schedules.reviewing import export_gold

    export_gold(out)
