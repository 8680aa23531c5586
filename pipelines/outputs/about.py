"""What stands below every report: whose data it is, how far it can be believed, by what made."""

from collections.abc import Iterator
from pathlib import Path

from matcher.match import MATCHER_VERSION
from matcher.specification import READER_VERSION
from personspec import __version__
from personspec.wording import counted
from pipelines.outputs.files import replacing
from pipelines.outputs.manifest import READING_AID, Manifest, SourceNote
from pipelines.outputs.wording import day_in_words, moment_in_words

FILE = "about.txt"

_FILES = {
    "vacancies.csv": "a row a vacancy",
    "criteria.csv": "a row a criterion and requirement, with the words that prove it",
    "data-dictionary.csv": "what each column holds",
    "report.xlsx": "the same for a spreadsheet, where it was asked for",
    "report.html": "the figures, for a browser",
    "report.json": "what this report was made of, for programs",
}

_REVIEWING = (
    "To correct a match, fill in review_decision (accept, reject, change or withdraw), for change "
    "also review_requirement_id, and reviewer in criteria.csv or report.xlsx, save it and run "
    "'personspec review criteria.csv'. Nothing else of the file is read back."
)


def footer_lines(manifest: Manifest) -> Iterator[str]:
    """Yield the lines that every output carries, one sentence or two each."""
    yield READING_AID
    yield (
        f"Written on {moment_in_words(manifest.written_at)} by personspec {__version__}; "
        f"reader {READER_VERSION}, matcher {MATCHER_VERSION}, documented requirements "
        f"{manifest.catalogue_version}."
    )
    for source in manifest.sources:
        if source.attribution:
            yield f"{source.title} ({source.publisher}): {source.attribution}"
        yield source_health(source)


def source_health(source: SourceNote) -> str:
    """Return in a sentence how far the vacancies of a source can be believed."""
    if source.problem:
        return source.problem
    if source.last_healthy is None:
        return f"{source.title}: not crawled yet."
    listed = "" if source.adverts is None else f", {counted(source.adverts, 'advert')} listed"
    return f"{source.title}: last healthy crawl on {day_in_words(source.last_healthy)}{listed}."


def about_lines(manifest: Manifest) -> Iterator[str]:
    """Yield ``about.txt``: what the report holds, how to correct it, and the footer."""
    yield (
        f"{counted(manifest.vacancies, 'vacancy', 'vacancies')}, "
        f"{counted(manifest.criteria, 'row')} of criteria."
    )
    yield (
        f"Changes are counted from {moment_in_words(manifest.changes_since)}, the time of the "
        "report before or the one asked for."
    )
    for name, values in manifest.filters.items():
        yield f"Only {name}: {', '.join(values)}."
    yield ""
    for name, what in _FILES.items():
        yield f"{name}: {what}"
    yield ""
    yield _REVIEWING
    yield ""
    yield from footer_lines(manifest)


def write_about(folder: Path, manifest: Manifest) -> None:
    """Write ``about.txt``; raise UsageError if it cannot be written."""
    with replacing(folder / FILE, encoding="utf-8-sig") as file:
        file.writelines(f"{line}\r\n" for line in about_lines(manifest))
