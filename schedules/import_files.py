"""What stands in the files that are imported: adverts, and what could not be read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from w3lib.encoding import html_to_unicode

from crawler.archive import ArchivedResponse, ArchiveReader
from crawler.exceptions import AdvertGoneError, PageLayoutError
from crawler.items import Vacancy
from crawler.pages.job_posting import SOURCE, JobPostingPage, source_of
from crawler.pages.json_ld import (
    NoPostingError,
    Posting,
    canonical_url,
    postings_in_html,
    postings_in_json,
)
from crawler.pages.nhs_jobs import NhsJobsAdvertPage
from crawler.pages.nhs_jobs_address import reference_in
from personspec.exceptions import UsageError
from pipelines.cleaning import clean_text
from pipelines.masking import mask_contacts
from pipelines.types import Refusal

Found = Vacancy | Refusal | None
"""An advert, why there is none, or a page of an archive that is none and need not be."""

LONGEST_FILE = 100 * 1024 * 1024
"""Bytes of a JSON or HTML file: it is read whole. Lines and archives may be of any length."""

EXCERPT = 500


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files to import: those named, and those of named folders by their endings.

    Raises:
        UsageError: A path cannot be read, is of no known kind, or a folder holds nothing.
    """
    return [file for path in paths for file in _files_of(path)]


def _files_of(path: Path) -> list[Path]:
    try:
        if not path.exists():
            raise UsageError(f"{path} is not there: name a file or folder to import.")
        if not path.is_dir():
            _reader_of(path)
            with path.open("rb"):
                return [path]
        files = sorted(p for p in path.rglob("*") if p.is_file() and _ending(p) in READERS)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    if not files:
        raise UsageError(f"{path} holds no file to import, which end in {', '.join(READERS)}.")
    return files


def read_adverts(path: Path, now: datetime) -> Iterator[Found]:
    """Yield everything in a file, in order; whatever it holds, nothing is raised for it.

    Args:
        path: One of ``find_files``.
        now: When the adverts count as fetched, where the file does not say; UTC.
    """
    try:
        yield from _reader_of(path)(path, now)
    except OSError as error:
        yield _refusal(path.name, f"The file cannot be read: {error.strerror}.", "")


def _reader_of(path: Path) -> Callable[[Path, datetime], Iterator[Found]]:
    ending = _ending(path)
    if ending not in READERS:
        raise UsageError(f"{path} cannot be imported: its name must end in {', '.join(READERS)}.")
    return READERS[ending]


def _ending(path: Path) -> str:
    name = path.name.lower()
    return ".warc.gz" if name.endswith(".warc.gz") else path.suffix.lower()


def _read_json(path: Path, now: datetime) -> Iterator[Found]:
    if path.stat().st_size > LONGEST_FILE:
        yield _refusal(path.name, "It is longer than 100 MiB: import JSON lines instead.", "")
        return
    text = decode(path.read_bytes())
    if "\n" in text.strip() and _is_lines(text):
        yield from _read_lines(path, now)
        return
    yield from _adverts(postings_in_json, text, path.name, now)


def _is_lines(text: str) -> bool:
    """Return whether each line is an object of its own, although the file is called JSON."""
    first, second = text.lstrip("\ufeff \r\n").split("\n", 2)[:2]
    return first.rstrip().endswith("}") and second.startswith("{")


def _read_lines(path: Path, now: datetime) -> Iterator[Found]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                text = decode(line)
                where = f"{path.name}:{number}"
                yield from _adverts(postings_in_json, text, where, now)


def _read_html(path: Path, now: datetime) -> Iterator[Found]:
    if path.stat().st_size > LONGEST_FILE:
        yield _refusal(path.name, "It is longer than 100 MiB.", "")
        return
    page = html_to_unicode(None, path.read_bytes())[1]
    found = list(_adverts_of_page(page, canonical_url(page), path.name, now))
    yield from found or [_refusal(path.name, "It holds no JobPosting and no advert.", page)]


def _read_warc(path: Path, now: datetime) -> Iterator[Found]:
    reader = ArchiveReader(path, foreign=True)
    for response in reader:
        if response.status == 200 and _is_html(response):
            page = html_to_unicode(response.header("Content-Type"), response.body)[1]
            where = f"{path.name}:{response.offset}"
            at = response.received_at or now
            adverts = list(_adverts_of_page(page, response.url, where, at))
            yield from adverts or [None]
        else:
            yield None
    for problem in reader.problems:
        what = problem.removeprefix(f"{path}: ")
        yield _refusal(path.name, f"{what[:1].upper()}{what[1:]}.", "")


def _is_html(response: ArchivedResponse) -> bool:
    kind = response.header("Content-Type").lower()
    return "html" in kind or (not kind and response.body.lstrip()[:1] == b"<")


def _adverts_of_page(page: str, url: str, where: str, at: datetime) -> Iterator[Found]:
    if reference_in(url.partition("?")[0]) and "ld+json" not in page:
        yield from _nhs_jobs_advert(page, url, where, at)
        return
    yield from _adverts(postings_in_html, page, where, at, url)


def _nhs_jobs_advert(page: str, url: str, where: str, at: datetime) -> Iterator[Found]:
    try:
        vacancy = NhsJobsAdvertPage(url, page, at).to_item()
    except AdvertGoneError:
        yield None
    except PageLayoutError as error:
        yield _refusal(where, f"It is not the page we know: {error.missing}.", page, url)
    else:
        # Not the crawl's source: its runs tell how the board is doing, an import does not.
        yield replace(vacancy, source=source_of(url))


def _adverts(
    find: Callable[[str], list[Posting]], text: str, where: str, now: datetime, url: str = ""
) -> Iterator[Found]:
    try:
        postings = find(text)
    except NoPostingError as error:
        yield _refusal(where, str(error), text, url)
        return
    for posting in postings:
        yield JobPostingPage(posting, now, url).to_item()


def decode(raw: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows'."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _refusal(where: str, reason: str, text: str, url: str = "") -> Refusal:
    excerpt = mask_contacts(clean_text(text[: 2 * EXCERPT]))[:EXCERPT]
    where, url, reason = (clean_text(one)[:EXCERPT] for one in (where, url, reason))
    return Refusal(SOURCE, where, url, reason, excerpt)


READERS: dict[str, Callable[[Path, datetime], Iterator[Found]]] = {
    ".json": _read_json,
    ".jsonld": _read_json,
    ".jsonl": _read_lines,
    ".ndjson": _read_lines,
    ".jl": _read_lines,
    ".html": _read_html,
    ".htm": _read_html,
    ".warc": _read_warc,
    ".warc.gz": _read_warc,
}
"""Ending of a file's name → what reads it."""
