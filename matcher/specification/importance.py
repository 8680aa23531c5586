"""Essential or desirable: what headings, marks and the words of a line say."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from matcher.specification.lines import word_set, words
from matcher.types import Importance

_NOT_ESSENTIAL = re.compile(
    r"\b(?:not|n't|isn't|never|rather than)(?: \w+){0,2} "
    r"(?:essential|required|necessary|a must|needed)"
    r"|\bnon-essential|\bno\b[^.;]{0,40}\b(?:required|necessary|needed)"
)
_ESSENTIAL_HEADING = re.compile(
    r"\bessentials?\b|\bmandatory\b|\bmust\b|\bmust[- ]haves?\b|^required\b(?! (?:to|for)\b)"
    r"|\brequired (?:\w+ ){0,2}(?:skil+s?|experience|qualifications?|knowledge|criteria|training)\b"
    r"|\bminimum (?:entry |eligibility )?(?:criteria|requirements?)\b|\bas a minimum\b"
)
_DESIRABLE_HEADING = re.compile(
    r"\bdesir(?:able|ables|ed)\b|\b(?:an|also be an|of) advantage\b|\badvantageous\b|\bbeneficial\b"
    r"|\bpreferred (?!candidate|applicant|person|bidder)|^preferred$|\bpreferable\b"
    r"|\bnice (?:to have|for you)\b|\bideally you will also\b|\bnot essential\b"
)
_ESSENTIAL_LINE = re.compile(
    r"\b(?:is|are|be|also|as|being|considered|remains?) "
    r"(?:also |an? |absolutely |highly |therefore )*"
    r"(?:essential|mandatory|required|vital|imperative|crucial|necessary|compulsory)"
    r"(?! as an?\b)(?! (?:to|for) (?:travel|undertake|work|attend|participate|complete|register))\b"
    r"|\bessential[ .;:,)\]*]*$|\bessential[:;]|[(\[]\s*(?:essential|required|mandatory)\s*[)\]]"
    r"|[-–—:]\s*essential\b|\bessential (?:requirements?|skills?|criteria)\b"
    r"|\b(?:it is|are) essential\b"
)
_MUST = re.compile(
    r"^(?:all )?(?:\w+ ){0,3}?(?:you|candidates?|applicants?|post ?-?holders?|they) must "
    r"(?!not\b)|^must (?!not\b)|\btherefore you must\b|\band (?:you )?must (?!not\b)"
    r"|\bis an? must\b"
)
_DESIRABLE_LINE = re.compile(
    r"\b(?:an?|added|distinct|definite|some|of|real) (?:\w+ )?advantage\b"
    r"|\b(?:be|is|are) (?:\w+ )?preferred\b|\bpreferred but\b"
    r"|\bpreferred[ .;:,)\]*]*$|[(\[]\s*(?:preferred|advantage)\s*[)\]]"
    r"|\b(?:be|is) (?:a |an )?(?:bonus|asset|plus|benefit|helpful|welcomed)\b"
    r"|\bnice to have\b"
)
_ESSENTIAL_WORDS = word_set(
    "essential required mandatory vital imperative crucial necessary compulsory non-essential"
)
# Words that say it wherever they stand, and words that say it in a phrase.
_PLAINLY_DESIRABLE = word_set("desirable advantageous beneficial preferable preferrable")
_DESIRABLE_WORDS = word_set("advantage preferred bonus asset plus benefit helpful welcomed nice")
_CUE_WORDS = (
    _ESSENTIAL_WORDS
    | _PLAINLY_DESIRABLE
    | _DESIRABLE_WORDS
    | word_set("must ideally preferably needed")
)
_HEADING_WORDS = word_set(
    "essential essentials mandatory must must-have must-haves required minimum desirable desirables"
    " desired advantage advantageous beneficial preferred preferable nice ideally not no"
    " non-essential isn necessary needed rather never"
)
_IDEALLY = re.compile(r"\bideally\b|\bpreferabl[ey]\b")
# Beside the verb of the sentence it governs all of it: 'You should ideally have'.
_IDEALLY_FIRST = re.compile(
    r"^(?:ideally|preferably)\b|\b(?:will|should|would|must|candidates?|applicants?|you|holders?)"
    r" ideally\b|\bideally (?:will|should|would|have)\b"
)
_AS_REQUIRED = re.compile(
    r"\b(?:as|when|where|if|wherever|whenever|than|time)(?: and when)? required\b"
)
_TRAILING = " .;:,)]*"
_IN_BRACKETS = re.compile(r"[(\[]\s*(?:essential|desirable|required|preferred)\s*[)\]][\s.;]*$")
_ABBREVIATIONS = re.compile(r"\b(?:e\.g|i\.e|etc|incl|approx|no)\.")
_CLAUSE_END = re.compile(r"[.;]\s+|\n")


@dataclass(frozen=True, slots=True)
class Statement:
    """What the words of a line say of its importance."""

    importance: Importance | Literal["mixed"]
    whole: bool
    """The words govern the whole line; otherwise only a part of it."""


def of_heading(plain: str) -> Importance | None:
    """Return the one importance a heading (small letters) gives, or None for none or both."""
    if _HEADING_WORDS.isdisjoint(words(plain)):
        return None
    essential, desirable = _heading_cues(plain)
    if essential == desirable:
        return None
    return "essential" if essential else "desirable"


def names_both(plain: str) -> bool:
    """Say whether a heading names essential and desirable together."""
    return not _HEADING_WORDS.isdisjoint(words(plain)) and all(_heading_cues(plain))


def _heading_cues(plain: str) -> tuple[bool, bool]:
    bare = _NOT_ESSENTIAL.sub(" ", plain)
    disclaimed = bare != plain
    essential = bool(_ESSENTIAL_HEADING.search(bare))
    desirable = bool(_DESIRABLE_HEADING.search(bare)) or (disclaimed and not essential)
    return essential, desirable


def is_in_brackets(text: str) -> bool:
    """Say whether a line ends in its importance as a word in brackets."""
    return text.rstrip(" .;").endswith((")", "]")) and _IN_BRACKETS.search(text.lower()) is not None


@lru_cache(maxsize=4096)
def of_line(text: str) -> Statement | None:
    """Return what the words of a criterion state of its importance, or None.

    A statement inside one of several sentences, and a modifier such as 'preferably in the NHS',
    govern their own words only.
    """
    if _CUE_WORDS.isdisjoint(words(text)):
        return None
    low = text.lower().replace("’", "'")
    if " required" in low:
        low = _AS_REQUIRED.sub(" ", low)
    bare = _NOT_ESSENTIAL.sub(" ", low)
    known = words(text)
    essential = _says_essential(bare, known)
    desirable = _says_desirable(bare, known)
    if essential and desirable:
        return Statement("mixed", whole=True)
    if essential or desirable:
        weight: Importance = "essential" if essential else "desirable"
        return Statement(weight, whole=_is_one_clause(low))
    if bare == low and _IDEALLY.search(low):
        return Statement("desirable", whole=bool(_IDEALLY_FIRST.search(low)))
    return None  # 'no experience is necessary' asks nothing


def _says_essential(low: str, known: frozenset[str]) -> bool:
    if "must" in known and _MUST.search(low):
        return True
    return not _ESSENTIAL_WORDS.isdisjoint(known) and bool(_ESSENTIAL_LINE.search(low))


def _says_desirable(low: str, known: frozenset[str]) -> bool:
    if any(word in low for word in known & _PLAINLY_DESIRABLE):
        return True
    if "but not essential" in low:
        return True
    return not _DESIRABLE_WORDS.isdisjoint(known) and bool(_DESIRABLE_LINE.search(low))


def _is_one_clause(low: str) -> bool:
    if _IN_BRACKETS.search(low):
        return True
    return len(_CLAUSE_END.split(_ABBREVIATIONS.sub(" ", low).rstrip(_TRAILING))) == 1
