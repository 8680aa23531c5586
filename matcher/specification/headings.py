"""The grammar of headings: which lines open a list of criteria, and what they say of it.

The cues are general parts of speech of adverts (who is asked, what is asked, what is offered), not
whole phrases, so that a heading never seen before is read by the words it is made of.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from matcher.specification import groups, importance
from matcher.specification.heading_cues import (
    ASKS,
    CANDIDATE,
    DUTY_SIDE,
    GROUP_NOUN,
    LEANS,
    OFFERS,
    OTHER,
    SHORT_GROUP,
    SPECIFICATION,
    WORK,
)
from matcher.specification.lines import clean, strip_bullet
from matcher.types import Importance

Verdict = Literal["specification", "asks", "leans", "unknown", "other"]
"""How far a heading opens criteria: it names the specification; it asks something of the
candidate; it may ask, the lines below decide; it says nothing; it opens something else."""

MAX_HEADING_WORDS = 14
MAX_LEAD_IN_WORDS = 45
_MAX_CHARACTERS = 500
"""A longer line says nothing as a heading; it also keeps the patterns' work bounded."""

_TRAILING = " \t:;.,…?!*–—-"
_QUOTES = str.maketrans("‘’“”–—", "''\"\"--")

_GROUP_SPAN = re.compile(
    rf"\b{GROUP_NOUN}\b(?:(?:\s*[,/&+]\s*|\s+(?:and|or|&)\s+){GROUP_NOUN}\b)*", re.IGNORECASE
)
_SENTENCES = re.compile(r"(?<=[.?!…])\s+(?!and\b|or\b|e\.g|i\.e)")
# A heading with a cue of something else that asks all the same: the lines below decide.
_STILL_ASKS = re.compile(
    rf"\b(?:requirements?|criteria|essentials?|desirable|must have)\b|\b{GROUP_NOUN} (?:for|you)\b"
    rf"|\b(?:following|below) {GROUP_NOUN}\b"
)
_POINTS_ELSEWHERE = re.compile(r"\bplease\b|\battached\b|\brefer\b|\bsee\b")
_TAIL = re.compile(
    r"\b(?:such as|as an?|includ\w+|are|is|for|of|to|will|can|need\w*|required|must|should)\b",
    re.IGNORECASE,
)
_PERSONS = re.compile(rf"\b(?:{CANDIDATE}|we|they|our|following|looking)\b", re.IGNORECASE)
_IMPORTANCE_WORDS = re.compile(
    r"\(?\b(?:essentials?|desirables?|desired|required|minimum|must[- ]haves?|key)\b\)?",
    re.IGNORECASE,
)
_LABEL_WORDS = re.compile(
    r"\b(?:criteria|requirements?|attributes?|are|include[sd]?|for|is)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says of the lines under it."""

    text: str
    verdict: Verdict
    importance: Importance = "unknown"
    group: str | None = None
    """The employer's group words without the words of importance; None if it names no group."""

    kind: str | None = None
    """The group normalised, see ``matcher.specification.groups``."""

    about_work: bool = False
    """It opens what the post is about."""

    names_both: bool = False
    """It says essential and desirable: the lines below must say which."""

    @property
    def opens(self) -> bool:
        """It opens criteria whatever the lines below look like."""
        return self.verdict in ("specification", "asks")


def normalise(text: str) -> str:
    """Return the heading in small letters, without bullet and closing punctuation."""
    plain = strip_bullet(clean(text))[0].translate(_QUOTES).lower()
    return plain.rstrip(_TRAILING)


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading:
    """Return what a line says if it is taken for a heading or a lead-in.

    The last sentence of a lead-in decides: the ones before it are running text.
    """
    last = last_sentence(text)
    if len(last) > _MAX_CHARACTERS:
        return Heading(text=clean(text), verdict="unknown")
    plain = normalise(last)
    weight = importance.of_heading(plain)
    verdict = _verdict(plain, weight)
    group = None if verdict in ("specification", "other") else group_words(last)
    return Heading(
        text=clean(text),
        verdict=verdict,
        importance=weight or "unknown",
        group=group,
        kind=groups.kind_of(group),
        about_work=verdict == "other" and WORK.found_in(plain) and not OFFERS.found_in(plain),
        names_both=importance.names_both(plain),
    )


def _verdict(plain: str, weight: Importance | None) -> Verdict:
    if SPECIFICATION.found_in(plain):
        return "other" if _POINTS_ELSEWHERE.search(plain) else "specification"
    if _is_short_group(plain):
        return "asks"
    if OFFERS.found_in(plain):
        return "other"
    if WORK.found_in(plain) or OTHER.found_in(plain):
        return "leans" if _STILL_ASKS.search(plain) else "other"
    return _verdict_of_asking(plain, weight)


def _verdict_of_asking(plain: str, weight: Importance | None) -> Verdict:
    if DUTY_SIDE.found_in(plain):
        return "leans"
    if weight or ASKS.found_in(plain):
        return "asks"
    return "leans" if LEANS.found_in(plain) else "unknown"


def last_sentence(text: str) -> str:
    """Return the last sentence of a line that has words."""
    parts = [part for part in _SENTENCES.split(clean(text)) if any(map(str.isalpha, part))]
    return parts[-1] if parts else ""


def group_words(text: str) -> str | None:
    """Return the words of a heading that name a group, as printed, or None.

    A short label is a name as a whole (``Planning and Organisation``); of a sentence only its
    nouns are (``skills and experience`` in ``You will need the following skills and experience``).
    """
    label = strip_bullet(clean(text))[0].rstrip(_TRAILING)
    bare = clean(_IMPORTANCE_WORDS.sub(" ", label)).strip(" -–—:;,/&().*")
    whole = not _PERSONS.search(label.translate(_QUOTES)) and not _TAIL.search(bare)
    if not whole or len(label.split()) > 8:
        found = _GROUP_SPAN.search(label)
        return found.group() if found else None
    if not _GROUP_SPAN.search(label) and not SHORT_GROUP.match(normalise(label)):
        return None
    if not clean(_LABEL_WORDS.sub(" ", bare)).strip(" -–—:;,/&()"):
        return bare if re.fullmatch(r"(?i)attributes?", bare) else None
    return bare


def is_group_label(text: str) -> bool:
    """Say whether a line is made of nothing but words that name groups and importances."""
    plain = normalise(text)
    return _is_short_group(plain) or (
        importance.of_heading(plain) is not None and (SHORT_GROUP.match(plain) is not None)
    )


def _is_short_group(plain: str) -> bool:
    return bool(SHORT_GROUP.match(plain) and (groups.kinds_in(plain) or _LABEL_WORDS.search(plain)))


def is_short(text: str) -> bool:
    """Say whether a line is short enough for a heading that no markup shows."""
    return len(text.split()) <= MAX_HEADING_WORDS and len(text) <= 120


def is_lead_in(text: str) -> bool:
    """Say whether a line announces what follows it: it ends in a colon or what stands for one."""
    ending = clean(text).rstrip("*_ ")
    return ending.endswith((":", ":-", ":–", "…", "...", ";", "; -")) and (
        len(last_sentence(ending).split()) <= MAX_LEAD_IN_WORDS if ending else False
    )
