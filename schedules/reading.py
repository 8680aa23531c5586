"""``personspec read``: any file's criteria, matched, as a table or as JSON lines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.specification import read_bytes
from matcher.specification.criteria import NO_CRITERIA
from matcher.types import AnnotatedCriterion
from personspec.exceptions import UsageError
from personspec.wording import counted
from schedules.terminal import highlighted, printable, stderr_console, stdout_console

MAX_FILE_BYTES = 50 * 1024 * 1024
"""A person specification is a few pages; what is larger is something else."""

WITHOUT_HEADING = "If its lines are criteria, put a line 'Essential' or 'Desirable' above them."


@dataclass(frozen=True, slots=True)
class FileReading:
    """What was read of one file."""

    file: str
    criteria: tuple[AnnotatedCriterion, ...]
    reason: str | None
    """One sentence on why there are no criteria; None if there are."""

    def to_json(self) -> dict[str, Any]:
        """Return the object that ``personspec read --json`` prints."""
        found: dict[str, Any] = {
            "file": self.file,
            "criteria": [criterion_json(one) for one in self.criteria],
        }
        return found if self.reason is None else found | {"reason": self.reason}


def read_file(path: Path, matcher: Matcher) -> FileReading:
    """Read one file and match its criteria.

    Raises:
        UsageError: The file is missing, empty, too large, or of a kind that cannot be read.
    """
    specification = read_bytes(_content(path), path.name)
    criteria = tuple(matcher.annotate(criterion) for criterion in specification.criteria)
    return FileReading(str(path), criteria, specification.reason)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name the files in it.")
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise UsageError(
                f"{path} is larger than {MAX_FILE_BYTES >> 20} MiB: name the specification itself."
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{path} does not exist: check the name.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    if not content.strip():
        raise UsageError(f"{path} is empty: there is nothing to read.")
    return content


def criterion_json(annotated: AnnotatedCriterion) -> dict[str, Any]:
    """Return one criterion in the form that is a contract with other programs."""
    criterion = annotated.criterion
    return {
        "text": criterion.text,
        "form": criterion.form,
        "importance": criterion.importance,
        "importance_source": criterion.importance_source,
        "group": criterion.group,
        "assessed_by": list(criterion.assessed_by),
        "stated_importance": annotated.stated_importance,
        "min_level": annotated.min_level,
        "experience_alternative": annotated.experience_alternative,
        "matches": [
            {
                "requirement": match.requirement,
                "importance": match.importance,
                "score": match.score,
                "rule": match.rule,
                "evidence": match.evidence,
                "start": match.start,
                "end": match.end,
            }
            | ({} if match.aspect is None else {"aspect": match.aspect})
            for match in annotated.matches
        ],
    }


def json_line(value: Mapping[str, Any]) -> str:
    """Return the object on one line, safe for any line-splitting reader."""
    line = json.dumps(value, ensure_ascii=False)
    # str.splitlines and some readers break lines at these; JSON allows them escaped.
    for character in "\x85\u2028\u2029":
        line = line.replace(character, f"\\u{ord(character):04x}")
    return line


def print_reading(
    reading: FileReading, labels: Mapping[str, str], console: Console, *, name: str | None = None
) -> None:
    """Print one file's criteria as a table.

    Args:
        reading: What was read.
        labels: The catalogue's label for each requirement id.
        console: Where to print.
        name: Name to print above the table, if not the file's.
    """
    console.print(Text(printable(name or reading.file), style="bold"))
    if reading.reason:
        console.print(Text(f"  {printable(reading.reason)}"))
        if reading.reason == NO_CRITERIA:
            console.print(Text(f"  {WITHOUT_HEADING}"))
        return
    table = Table(show_lines=True, expand=False)
    table.add_column("Criterion", ratio=5)
    table.add_column("Importance", no_wrap=True)
    table.add_column("Documented requirements", ratio=3)
    group: str | None = None
    for annotated in reading.criteria:
        criterion = annotated.criterion
        if criterion.group and criterion.group != group:
            table.add_row(Text(printable(criterion.group), style="italic"), "", "")
        group = criterion.group
        table.add_row(
            highlighted(annotated, in_marks=not console.is_terminal),
            criterion.importance,
            _requirements(annotated, labels),
        )
    console.print(table)
    matched = sum(bool(one.matches) for one in reading.criteria)
    shown = "underlined words" if console.is_terminal else "words in «»"
    console.print(
        f"  {counted(len(reading.criteria), 'criterion', 'criteria')}, {matched} of them tied to "
        "a documented requirement; "
        f"the {shown} are the evidence, the figure is the score (0-100)."
    )


def _requirements(annotated: AnnotatedCriterion, labels: Mapping[str, str]) -> Text:
    if not annotated.matches:
        return Text("not in the document", style="dim")
    lines = []
    for match in annotated.matches:
        line = f"{labels[match.requirement]} {match.score:.0f}"
        if match.importance != annotated.criterion.importance:
            line += f" ({match.importance})"
        lines.append(line)
    return Text("\n".join(lines))


def read_files(paths: Sequence[Path], *, as_json: bool) -> int:
    """Read each file and print what it asks; return the exit code.

    A file that cannot be read is one sentence on standard error, and the others are still read.
    """
    catalogue = load_catalogue()
    matcher = Matcher(catalogue)
    labels = {requirement.id: requirement.label for requirement in catalogue.requirements}
    console = stdout_console()
    unreadable = 0
    for path in paths:
        try:
            reading = read_file(path, matcher)
        except UsageError as error:
            unreadable += 1
            stderr_console().print(f"personspec: {printable(str(error))}", markup=False)
            continue
        if as_json:
            print(json_line(reading.to_json()))  # noqa: T201 the command's answer
        else:
            print_reading(reading, labels, console)
    return 2 if unreadable else 0
