"""``personspec explain``: a vacancy, or the draft of an advert, held against the document."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from matcher.catalogue import Catalogue, load_catalogue
from matcher.hints import load_reasons
from matcher.match import Matcher
from personspec.exceptions import UsageError
from personspec.settings import load_settings
from personspec.wording import counted
from pipelines.database import Store, open_existing
from pipelines.database.effective import criteria_of
from pipelines.database.migrate import schema_state
from pipelines.database.reports import essential_counts, vacancies_named
from pipelines.outputs.about import footer_lines
from pipelines.outputs.explain import (
    Explanation,
    Place,
    Subject,
    explain,
    explanation_json,
    render_explanation,
)
from pipelines.outputs.files import replacing
from pipelines.outputs.filters import ReportFilter
from pipelines.outputs.manifest import READING_AID, Manifest, SourceNote
from pipelines.seekers.wording import listed
from schedules.reading import json_line, read_file
from schedules.reporting import source_notes
from schedules.terminal import printable, stdout_console

_IMPORTANCE = {
    "essential": "essential",
    "desirable": "desirable",
    "unknown": "importance not said",
}


def explain_one(name: str, *, band: str | None, html: Path | None, as_json: bool) -> None:
    """Explain a stored vacancy or a file.

    Args:
        name: A file, or the reference of a stored vacancy.
        band: Of a draft; a stored vacancy has its own.
        html: Where to write the explanation as a page; printed if None.
        as_json: Print JSON.

    Raises:
        UsageError: There is neither such a file nor such a vacancy, or no store to look in.
    """
    catalogue = load_catalogue()
    chosen = ReportFilter.of(bands=[band]).bands[0] if band else None
    sources: Sequence[SourceNote] = ()
    if Path(name).exists():
        explained = _of_file(Path(name), chosen, catalogue)
    else:
        with closing(open_existing(load_settings().store_url)) as store:
            explained, sources = _of_stored(name, catalogue, store)
    if html is not None:
        _write(html, explained, catalogue, sources)
    elif as_json:
        attribution = [source.attribution for source in sources]
        told = explanation_json(explained) | {"attribution": attribution}
        print(json_line(told))  # noqa: T201 the command's answer
    else:
        print_explanation(explained, stdout_console())
        for source in sources:
            stdout_console().print(f"{source.title}: {source.attribution}")


def _of_file(path: Path, band: str | None, catalogue: Catalogue) -> Explanation:
    reading = read_file(path, Matcher(catalogue))
    subject = Subject(title=path.name, band=band, reason=reading.reason)
    url = load_settings().store_url
    if band is None or schema_state(url) == "none":  # nothing to hold it against
        return explain(subject, reading.criteria, catalogue, [])
    with closing(open_existing(url)) as store:
        return explain(subject, reading.criteria, catalogue, _usual(store, band))


def _usual(store: Store, band: str | None) -> list[int]:
    if band is None:
        return []
    with store.reading() as session:
        return essential_counts(session, band)


def _of_stored(
    name: str, catalogue: Catalogue, store: Store
) -> tuple[Explanation, Sequence[SourceNote]]:
    with store.reading() as session:
        found = vacancies_named(session, name)
        if not found:
            raise UsageError(
                f"{name} is neither a file here nor the reference of a stored vacancy: the column "
                "job_reference of vacancies.csv has the references."
            )
        if len(found) > 1:
            names = ", ".join(f"{row['source']}:{row['reference']}" for row in found)
            raise UsageError(f"{name} is on several boards: say which one of {names}.")
        (row,) = found
        version = row["version_id"]
        criteria = criteria_of(session, [version]).get(version, ()) if version else ()
    subject = Subject(
        title=row["version_title"] or row["title"],
        employer=row["version_employer"] or row["employer"],
        url=row["version_url"] or row["url"],
        band=row["version_pay_band"],
        reason=row["version_no_criteria_reason"],
    )
    annotated = [one.annotated for one in criteria]
    notes = [note for note in source_notes(store) if note.name == row["source"]]
    return explain(subject, annotated, catalogue, _usual(store, subject.band)), notes


def _write(
    path: Path, explained: Explanation, catalogue: Catalogue, sources: Sequence[SourceNote]
) -> None:
    now = datetime.now(UTC)
    made_of = Manifest(now, now, now, 1, explained.criteria, catalogue.version, sources=sources)
    with replacing(path, encoding="utf-8") as file:
        file.write(render_explanation(explained, list(footer_lines(made_of))))
    count = counted(explained.criteria, "criterion", "criteria")
    stdout_console().print(f"{path}: {count}", markup=False, soft_wrap=True)


def print_explanation(explained: Explanation, console: Console) -> None:
    """Print an explanation for people."""
    subject = explained.subject
    about = ", ".join(part for part in (subject.title, subject.employer, subject.url) if part)
    console.print(Text(printable(about), style="bold"))
    if subject.reason or not explained.criteria:
        console.print(Text(f"  {printable(subject.reason or 'It has not been read yet.')}"))
        return
    for held in explained.held:
        if held.importance is not None:
            console.print(f"\n{held.requirement.label}: {_IMPORTANCE[held.importance]}")
        for place in held.places:
            console.print(_line(place))
    unasked = [held.requirement.label for held in explained.held if held.importance is None]
    console.print(f"\nNot asked for: {listed(unasked) or 'nothing'}")
    beyond = counted(len(explained.summary.beyond), "criterion", "criteria")
    console.print(f"\nBeyond the document: {beyond}")
    for one in explained.summary.beyond:
        importance = _IMPORTANCE[one.criterion.importance]
        console.print(Text(f"  - {printable(one.criterion.text)} ({importance})"))
    console.print(f"\nTo think over: {len(explained.hints) or 'nothing'}")
    reasons = load_reasons()
    for hint in explained.hints:
        console.print(Text(f"  {reasons[hint.kind].title}", style="bold"))
        console.print(Text(f"    {hint.detail}"))
        for line in hint.lines:
            console.print(Text(f"    - {printable(line)}"))
        console.print(Text(f"    Why: {reasons[hint.kind].reason}", style="dim"))
        console.print(Text(f"    Source: {reasons[hint.kind].source}", style="dim"))
    console.print(f"\n{READING_AID}")


def _line(place: Place) -> Text:
    before, evidence, after = (printable(part) for part in place.parts)
    text = Text(f"  - {before}")
    text.append(evidence, style="bold underline")
    text.append(f"{after} ({_IMPORTANCE[place.match.importance]}, {place.match.score:.0f})")
    return text
