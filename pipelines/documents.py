"""Attached documents: read in the reader's own process, and merged with what the page says."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from rapidfuzz import fuzz

from crawler.items import SpecificationSource, Vacancy
from matcher.specification import DocumentError, read_document
from matcher.types import Criterion, Specification
from pipelines.cleaning import clean_text
from pipelines.masking import mask_contacts
from pipelines.types import Refusal

Documents = Mapping[str, Specification]
"""What was read of the documents of one advert, by their address."""

_NO_WORD = re.compile(r"[\W_]+")
_TURNS = frozenset({"no", "not", "without", "or", "and"})
"""Words that turn the sense of a line, however alike its letters are."""

_LEAST_LIKENESS = 90.0
"""Two lines this alike (rapidfuzz ratio of their words) say the same: ``Ability to work under
pressure`` and ``Able to work under pressure`` 91, ``Written`` and ``Verbal communication skills``
80."""


@dataclass(frozen=True, slots=True)
class ReadVacancy:
    """A vacancy whose documents were read."""

    vacancy: Vacancy
    """Without their bytes; a document that cannot be read says why."""

    documents: Documents = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    """One for each document that could not be read."""


def read_documents(vacancy: Vacancy) -> ReadVacancy:
    """Read the documents that came with a vacancy, and let go of their bytes.

    May take a minute a document; safe in a thread of its own.
    """
    sources: list[SpecificationSource] = []
    documents: dict[str, Specification] = {}
    refusals: list[Refusal] = []
    for source in vacancy.specification:
        kept = replace(source, data=b"")
        if is_fetched(source) and source.url is not None:
            try:
                documents[source.url] = read_document(source.data, _name(source.url))
            except DocumentError as error:
                reason = mask_contacts(clean_text(str(error)))
                kept = replace(kept, problem=reason)
                refusals.append(_refusal(vacancy, kept))
        sources.append(kept)
    return ReadVacancy(replace(vacancy, specification=tuple(sources)), documents, tuple(refusals))


def is_fetched(source: SpecificationSource) -> bool:
    """Return True if a source is a document that was fetched and is not known to be unreadable."""
    return source.kind == "document" and source.sha256 is not None and not source.problem


def _name(url: str) -> str:
    """Return what messages call a document: its file name."""
    return PurePosixPath(unquote(urlsplit(url).path)).name or "The document"


def _refusal(vacancy: Vacancy, source: SpecificationSource) -> Refusal:
    return Refusal(
        source=vacancy.source,
        reference=vacancy.reference,
        url=source.url or "",
        reason=source.problem,
        excerpt=source.label,
    )


def without_repeats(criteria: Iterable[Criterion], known: Iterable[str]) -> list[Criterion]:
    """Return the criteria that say something else than each of the known lines.

    Args:
        criteria: Those of one document, in its order.
        known: Texts of the criteria that were read before, of the page or of other documents.
    """
    lines = [_words(text) for text in known]
    return [one for one in criteria if not _is_among(_words(one.text), lines)]


def _words(text: str) -> tuple[str, ...]:
    return tuple(_NO_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split())


def _is_among(words: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> bool:
    printed, marks = " ".join(words), _marks(words)
    return any(
        words == line
        or (
            marks == _marks(line)
            and fuzz.ratio(printed, " ".join(line), score_cutoff=_LEAST_LIKENESS) > 0
        )
        for line in lines
    )


def _marks(words: Iterable[str]) -> set[str]:
    """Return what tells apart lines that look alike: figures, grades, and words that turn sense.

    ``Band 2`` is not ``Band 3``, nor ``grade A`` ``grade C``.
    """
    return {word for word in words if len(word) == 1 or word in _TURNS or not word.isalpha()}
