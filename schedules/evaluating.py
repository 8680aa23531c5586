"""``personspec evaluate``: quality on labelled lines, as a table or as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from matcher.catalogue import load_catalogue
from matcher.evaluate import Evaluation, evaluate
from matcher.match import Matcher
from personspec.exceptions import UsageError
from schedules.terminal import stdout_console


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file; blank lines are passed over.

    Raises:
        UsageError: The file cannot be read, or a line is not a JSON object; names the line.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as UTF-8 text: {error}.") from error
    # Not splitlines(): a JSON string may hold U+2028 and its like unescaped.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}, line {number}: not JSON ({error.msg}).") from error
        if not isinstance(value, dict):
            raise UsageError(f"{path}, line {number}: a JSON object is expected.")
        yield value


def evaluate_matcher(gold: Path, *, as_json: bool) -> None:
    """Measure the matcher on a file of labelled criteria and print the figures.

    Raises:
        UsageError: The file cannot be read, or a line lacks what is mandatory.
    """
    evaluation = evaluate(read_json_lines(gold), Matcher(load_catalogue()))
    if as_json:
        print(json.dumps(evaluation.to_json()))  # noqa: T201 the command's answer
    else:
        _print_evaluation(evaluation, stdout_console())


def _print_evaluation(evaluation: Evaluation, console: Console) -> None:
    figures = evaluation.to_json()
    table = Table("Requirement", "Precision", "Recall", "F1", "Support")
    for requirement, row in figures.pop("per_requirement").items():
        ratios = (f"{row[name]:.3f}" for name in ("precision", "recall", "f1"))
        table.add_row(requirement, *ratios, str(row["support"]))
    console.print(table)
    for name, value in figures.items():
        shown = f"{value:,.3f}" if isinstance(value, float) else str(value)
        console.print(f"{name.replace('_', ' ')}: {shown}")
