"""``personspec evaluate`` and ``evaluate-reader``: quality on labelled lines and adverts."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from matcher.catalogue import load_catalogue
from matcher.evaluate import MACRO_SUPPORT, Evaluation, evaluate
from matcher.evaluation_details import Disagreement, disagreements, intervals, spoilt
from matcher.match import Matcher
from matcher.specification.evaluate import AdvertErrors, evaluate_reader
from personspec.exceptions import UsageError
from schedules.terminal import printable, stdout_console


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file; blank lines are passed over.

    Raises:
        UsageError: The file cannot be read, or a line is not a JSON object; names the line.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise UsageError(f"{path} is not there: name a file of JSON lines.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 text: see byte {error.start}.") from error
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


def evaluate_matcher(gold: Path, *, as_json: bool, errors: bool, typos: bool) -> None:
    """Measure the matcher on a file of labelled criteria and print the figures.

    Args:
        gold: JSON lines with id, text and labels.
        as_json: Print one JSON object and nothing else.
        errors: Print also each wrong and each missed match with its reason.
        typos: Spoil half of the long words with one typing error first, always the same ones.

    Raises:
        UsageError: The file cannot be read, or a line lacks what is mandatory.
    """
    matcher = Matcher(load_catalogue())
    lines = list(read_json_lines(gold))
    evaluation = evaluate(spoilt(lines) if typos else lines, matcher)
    if as_json:
        print(json.dumps(evaluation.to_json()))  # noqa: T201 the command's answer
        return
    console = stdout_console()
    if errors:
        _print_errors(disagreements(evaluation, matcher), console)
    _print_evaluation(evaluation, console)


def _print_errors(found: Iterable[Disagreement], console: Console) -> None:
    table = Table("Line", "Requirement", "What", "Why", "Text")
    for one in found:
        table.add_row(
            one.id, one.requirement, one.kind, Text(one.reason), Text(printable(one.text))
        )
    console.print(table)


def _print_evaluation(evaluation: Evaluation, console: Console) -> None:
    spans = intervals(evaluation)
    table = Table("Requirement", "Precision", "Recall", "F1", "95 % of F1", "Lines")
    for requirement, row in evaluation.per_requirement.items():
        span = spans[requirement]
        table.add_row(
            requirement,
            *(_ratio(value, row.support) for value in (row.precision, row.recall, row.f1)),
            f"{span.low:.2f}-{span.high:.2f}" if row.support else "-",
            str(row.support),
        )
    console.print(table)
    figures = evaluation.to_json()
    del figures["per_requirement"]
    labelled = {field for line, _ in evaluation.answers for field in line.says}
    for name, value in figures.items():
        words = f"{name.replace('_', ' ')}: {_UNMEASURED if value is None else f'{value:,.3f}'}"
        if _FIELDS.get(name, name) not in {*labelled, name}:
            words = f"{name.replace('_', ' ')}: -  (no line is labelled with it)"
        if name == "micro_f1":
            words += f"  (95 %: {spans['micro'].low:.3f}-{spans['micro'].high:.3f})"
        console.print(words)


_UNMEASURED = f"-  (no requirement has {MACRO_SUPPORT} lines)"

_FIELDS = {
    "importance_accuracy": "stated_importance",
    "min_level_accuracy": "min_level",
    "experience_alternative_accuracy": "experience_alternative",
}
"""The field of a labelled line that a figure is about."""


def _ratio(value: float | None, support: int) -> str:
    """Return a ratio in print; without a labelled line it says nothing."""
    return f"{value:.3f}" if support and value is not None else "-"


def evaluate_reading(adverts: Path, *, as_json: bool, errors: bool) -> None:
    """Measure the reader on a file of adverts whose criteria are known and print the figures.

    Args:
        adverts: JSON lines with id, description_html and expected.
        as_json: Print one JSON object and nothing else.
        errors: Print also what was missed, read too much, or read with the wrong importance.

    Raises:
        UsageError: The file cannot be read, or an advert lacks what is mandatory.
    """
    evaluation = evaluate_reader(read_json_lines(adverts))
    figures = evaluation.to_json()
    if as_json:
        print(json.dumps(figures))  # noqa: T201 the command's answer
        return
    console = stdout_console()
    if errors:
        _print_reading_errors(evaluation.errors, console)
    for name, value in figures.items():
        if name != "errors":
            shown = f"{value:.3f}" if isinstance(value, float) else str(value)
            console.print(f"{name.replace('_', ' ')}: {shown}")


def _print_reading_errors(found: Iterable[AdvertErrors], console: Console) -> None:
    table = Table("Advert", "What", "Text")
    for one in found:
        for what in ("missed", "extra", "wrong_importance", "wrong_group"):
            for text in getattr(one, what):
                table.add_row(one.id, what.replace("_", " "), Text(printable(text)))
    console.print(table)
