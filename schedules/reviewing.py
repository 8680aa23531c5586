"""``personspec review``: corrected reports read back, decisions listed, withdrawn, exported."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Column, Table
from rich.text import Text

from matcher.catalogue import load_catalogue
from personspec.exceptions import UsageError
from personspec.settings import load_settings
from personspec.wording import counted
from pipelines.database import Store, open_existing
from pipelines.database.reviews import decisions_in_force, withdraw
from pipelines.outputs.files import replacing
from pipelines.review.apply import apply_review, plan_review, read_lines
from pipelines.review.gold import labelled_lines
from pipelines.review.plan import EFFECTS, Planned, split_id
from schedules.reading import json_line
from schedules.terminal import for_people, printable, stdout_console

SHOWN = 50
"""Rows that could not be applied and are named one by one; ``--json`` names all."""


def review_files(paths: Sequence[Path], *, apply: bool, reviewer: str, as_json: bool) -> int:
    """Read corrected reports back and say what came of each row; return the exit code.

    Raises:
        UsageError: A file cannot be used, or nobody has decided anything in it.
    """
    catalogue = load_catalogue()
    lines = read_lines(paths, reviewer)
    if not lines:
        raise UsageError(
            "Nobody has decided anything in what was read: fill in review_decision in "
            "criteria.csv, save it, and name it here."
        )
    with _store() as store:
        if apply:
            plan = apply_review(store, lines, catalogue, datetime.now(UTC))
        else:
            plan = plan_review(store, lines, catalogue)
    if as_json:
        for planned in plan:
            print(json_line(_as_json(planned)))  # noqa: T201 the command's answer
    else:
        _print_plan(plan, applied=apply)
    refused = {"conflicting", "unknown", "wrong"}
    return 1 if any(planned.effect in refused for planned in plan) else 0


def list_decisions(*, as_json: bool) -> None:
    """Print the decisions in force."""
    with _store() as store, store.reading() as session:
        decisions = decisions_in_force(session)
    table = Table(Column("Criterion", overflow="fold"), "Requirement", "Decision", "Reviewer")
    table.add_column("Note")
    table.add_column("Since")
    for one in decisions:
        source, reference, key = one.criterion
        name = f"{source}:{reference}#{key}"
        if as_json:
            told = {
                "criterion_id": name,
                "requirement_id": one.requirement,
                "decision": one.verdict,
                "new_requirement_id": one.new_requirement,
                "reviewer": one.reviewer,
                "note": one.note,
                "decided_at": one.decided_at.isoformat(),
            }
            print(json_line(told))  # noqa: T201 the command's answer
            continue
        said = one.verdict + (f" to {one.new_requirement}" if one.new_requirement else "")
        told_words = (name, one.requirement or "nothing", said, one.reviewer, one.note)
        table.add_row(*(Text(printable(word)) for word in told_words), for_people(one.decided_at))
    if not as_json:
        stdout_console().print(table if decisions else "No decision is in force.")


def withdraw_decision(criterion_id: str, requirement: str) -> None:
    """Take back what is in force on a criterion and a requirement.

    Raises:
        UsageError: Nothing is in force there.
    """
    name = split_id(criterion_id)
    if name is None:
        raise UsageError(
            f"{criterion_id!r} is not a criterion_id: 'personspec review list' shows them."
        )
    with _store() as store, store.writing() as session:
        ended = withdraw(session, name, requirement, datetime.now(UTC))
    if not ended:
        raise UsageError(
            f"No decision on {criterion_id} and {requirement or 'nothing'} is in force: "
            "'personspec review list' shows those that are."
        )
    stdout_console().print("Withdrawn: the matcher counts again.")


def export_gold(out: Path) -> None:
    """Write what reviewers decided as labelled lines for ``personspec evaluate``.

    Raises:
        UsageError: No criterion is judged as a whole, or the file cannot be written.
    """
    with _store() as store, store.reading() as session:
        labelled = labelled_lines(session)
    if not labelled.lines:
        raise UsageError(
            "No criterion is judged as a whole yet: a labelled line needs a decision on every "
            "requirement the matcher ties to it."
        )
    with replacing(out, encoding="utf-8") as file:
        file.writelines(f"{json_line(line)}\n" for line in labelled.lines)
    console = stdout_console()
    console.print(
        f"{out}: {counted(len(labelled.lines), 'labelled line')}", markup=False, soft_wrap=True
    )
    if labelled.partly:
        console.print(f"Left out, being judged in part only: {_criteria(labelled.partly)}.")
    if labelled.gone:
        console.print(f"Left out, being in no advert any more: {_criteria(labelled.gone)}.")


def _criteria(count: int) -> str:
    return counted(count, "criterion", "criteria")


@contextmanager
def _store() -> Iterator[Store]:
    store = open_existing(load_settings().store_url)
    try:
        yield store
    finally:
        store.close()


def _as_json(planned: Planned) -> dict[str, object]:
    line = planned.line
    return {
        "file": line.file,
        "row": line.number,
        "criterion_id": line.criterion_id,
        "requirement_id": line.requirement_id,
        "decision": line.decision,
        "effect": planned.effect,
        "reason": planned.reason,
    }


def _print_plan(plan: Sequence[Planned], *, applied: bool) -> None:
    console = stdout_console()
    counts = Counter(planned.effect for planned in plan)
    words = [f"{counts[effect]} {effect}" for effect in EFFECTS]
    if not applied:
        words[0] = f"{counts['applied']} to be applied"
    console.print(f"{counted(len(plan), 'row')} with a decision: {', '.join(words)}.")
    refused = [planned for planned in plan if planned.reason]
    if refused:
        table = Table("File", "Row", Column("Criterion", overflow="fold"), "Effect", "Why")
        for one in refused[:SHOWN]:
            cells = (one.line.file, str(one.line.number), one.line.criterion_id)
            table.add_row(
                *(Text(printable(cell)) for cell in cells), one.effect, Text(printable(one.reason))
            )
        console.print(table)
    if len(refused) > SHOWN:
        console.print(f"… and {len(refused) - SHOWN} more; --json shows all.")
    if not applied and counts["applied"]:
        console.print("Nothing is kept yet: run it again with --apply.")
