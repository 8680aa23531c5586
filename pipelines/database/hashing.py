"""Fingerprints that change when, and only when, what was printed changes."""

import hashlib
import json
from dataclasses import fields
from datetime import date

from crawler.items import Place, Salary, Sighting, SpecificationSource, Vacancy

NOT_CONTENT = frozenset({"fetched_at", "archive_file", "archive_record", "archive_sha256"})
"""When a page was fetched and where it is kept says nothing of what it says: with it each run
would be a change."""

NOT_SAID = frozenset({"problem", "is_pending"})
"""What became of an attached document; what it says is in its SHA-256."""

_OF_DOCUMENTS = frozenset({"sha256", "problem", "is_pending"})

NOT_LISTED = frozenset({"relevance", "in_scope", "staff_group"})
"""Ours, or the query's under which an advert was found, not the listing's."""


def content_hash(vacancy: Vacancy) -> str:
    """Return the SHA-256 of what an advert page says, 64 hexadecimal digits.

    Facts that are as they are by default are left out, so that a fact added to ``Vacancy``
    later does not make every stored advert look changed.
    """
    return _hash(vacancy, NOT_CONTENT)


def source_columns(source: SpecificationSource) -> dict[str, object]:
    """Return what is stored of a source: of a document its address and fingerprint, no text.

    What only documents have is left out where there is none.
    """
    values = {f.name: getattr(source, f.name) for f in fields(source) if f.name != "data"}
    return {name: held for name, held in values.items() if held or name not in _OF_DOCUMENTS}


def listing_hash(sighting: Sighting) -> str:
    """Return the SHA-256 of what a listing says of an advert, 64 hexadecimal digits."""
    return _hash(sighting, NOT_LISTED)


def normal_words(text: str) -> str:
    """Return a text without what a harmless edit changes: capitals and white space."""
    return " ".join(text.casefold().split())


def criterion_key(words: str, occurrence: int) -> str:
    """Return a key of a criterion that outlives reading the specification again.

    Args:
        words: The criterion's words, as ``normal_words`` gives them.
        occurrence: 1 for the first criterion with these words in the advert, 2 for the next.
    """
    return hashlib.sha256(f"{occurrence}\n{words}".encode()).hexdigest()[:12]


def _hash(item: Sighting | Vacancy, without: frozenset[str]) -> str:
    defaults = {f.name: f.default for f in fields(item) if f.name not in without}
    values = {name: getattr(item, name) for name in defaults}
    printed = {name: value for name, value in values.items() if value != defaults[name]}
    canonical = json.dumps(printed, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> str | dict[str, object]:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, SpecificationSource):
        return {name: held for name, held in source_columns(value).items() if name not in NOT_SAID}
    if isinstance(value, Place | Salary):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    raise TypeError(f"{type(value).__name__} has no fingerprint")
