"""Marks of one line: ``(E)``, ``(A/I)``, a run-in ``Desirable:``; and the line made a criterion."""

import re
from dataclasses import dataclass
from typing import Literal

from matcher.specification import importance
from matcher.specification.headings import is_group_label, normalise, read_heading
from matcher.specification.lines import clean, strip_bullet
from matcher.types import Criterion, Form, Importance, ImportanceSource

# '(E)' or ' - E', but no range of grades such as 'A-E' or 'A - E'.
_WEIGHT_MARK = re.compile(
    r"\s*[(\[]\s*([EeDd])\s*[)\]]\s*[.;]?$"
    r"|(?<!\b[A-Z])(?<!\*)(?:\s+[-–—/|]\s*|(?<=\S)[-–—|]\s+)([ED])\s*[.;]?$"
)
_CODES = {
    "a": "application",
    "af": "application",
    "app": "application",
    "application": "application",
    "application form": "application",
    "f": "application",
    "form": "application",
    "s": "application",
    "cv": "application",
    "shortlisting": "application",
    "supporting information": "application",
    "i": "interview",
    "int": "interview",
    "interview": "interview",
    "p": "presentation",
    "presentation": "presentation",
    "t": "test",
    "test": "test",
    "assessment": "test",
    "assessment centre": "test",
    "r": "references",
    "ref": "references",
    "refs": "references",
    "reference": "references",
    "references": "references",
    "c": "certificates",
    "cert": "certificates",
    "certs": "certificates",
    "certificate": "certificates",
    "certificates": "certificates",
    "certification": "certificates",
    "q": "certificates",
    "d": "documents",
    "documentation": "documents",
    "o": "other",
}
_CODE_SEPARATOR = re.compile(r"\s*(?:[/,;+&|]|\band\b|\bor\b|\s{2,})\s*|(?<=[A-Z]) (?=[A-Z]\b)")
_CODE_MARK = re.compile(
    r"\s*[(\[]\s*((?:AF|A|I|T|R|P|C|F|S|Int|App|Ref|Cert)"
    r"(?:\s*[/,;+&]\s*(?:AF|A|I|T|R|P|C|F|S|Int|App|Ref|Cert))*)\s*[)\]]\s*[.;]?$"
)
_BARE_CODE_MARK = re.compile(r"\s+((?:AF|A|I|T|R|P|C)(?:\s?/\s?(?:AF|A|I|T|R|P|C))+)$")
# Alone it may be a word of the line (``grade D``); left of ways of assessing it is a mark.
_BARE_WEIGHT_MARK = re.compile(r"\s+([ED])$")
_WORDED_MARK = re.compile(
    r"\s*[(\[]\s*((?:application|interview)\b[\w/,& ]{0,30})[)\]]\s*[.;]?$", re.IGNORECASE
)
_MARK_ENDS = frozenset(")]EDAITRPCedt")
_MAX_LABEL = 60
"""No bare word of importance is longer, with what may stand around it."""
_CODE_PREFIX = re.compile(
    r"^(?:([ED])\d{1,2}[.:)]?\s+|\(?([ED])(?:\)|\s*:|\s+[-–—]|[-–—](?=\s))\s*)(?=\S{2})"
)
_RUN_IN = re.compile(
    r"^((?:the )?(?:essential|desirable)(?: (?:criteria|requirements?|skills?|experience"
    r"|qualifications?|attributes?|knowledge))*(?: (?:is|are|include|includes))?)"
    r"\s*(?::-?|[-–—]\s|\s[-–—])\s*(?=\S{2})",
    re.IGNORECASE,
)


def of_codes(text: str) -> tuple[str, ...]:
    """Return the ways of assessing that codes or words name, or () if any part is no code."""
    cleaned = clean(text).strip("()[]. ").lower()
    if not cleaned:
        return ()
    parts = [part.strip(" .") for part in _CODE_SEPARATOR.split(cleaned)]
    if len(parts) == 1 and re.fullmatch(r"[aitrpc]{2,4}", cleaned) and cleaned not in _CODES:
        parts = list(cleaned)
    parts = [
        word for part in parts if part for word in ([part] if part in _CODES else part.split())
    ]
    if not parts or any(part not in _CODES for part in parts):
        return ()
    return tuple(dict.fromkeys(_CODES[part] for part in parts))


def is_importance_label(text: str) -> bool:
    """Say whether a line is nothing but a word of importance: ``Essential:``."""
    if len(text) > _MAX_LABEL:
        return False
    plain = normalise(text)
    return bool(
        re.fullmatch(
            r"(?:the )?(?:essentials?|desirables?|required|mandatory|must[- ]haves?|preferred)"
            r"(?: (?:criteria|requirements?|attributes?))?(?: (?:are|include[sd]?))?",
            plain,
        )
    )


def is_label(text: str) -> bool:
    """Say whether a line is a heading by itself, whatever follows: a group or an importance."""
    heading = read_heading(text)
    if heading.verdict == "specification":
        return True
    return heading.opens and (is_importance_label(text) or is_group_label(text))


def run_in_heading(text: str) -> str:
    """Return the heading that shares its line with a criterion, or ''."""
    found = _RUN_IN.match(strip_bullet(text)[0])
    return found.group(1) if found else ""


def after_run_in_heading(text: str) -> str:
    """Return what follows a run-in heading on its line, or '' if there is none."""
    line = strip_bullet(text)[0]
    found = _RUN_IN.match(line)
    return line[found.end() :].strip() if found else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands and what the place says of it."""

    form: Form
    importance: Importance = "unknown"
    source: Literal["heading", "column"] = "heading"
    """What gave the importance."""

    group: str | None = None
    kind: str | None = None
    assessed_by: tuple[str, ...] = ()


def to_criterion(text: str, place: Place) -> Criterion:
    """Make a criterion of a line: marks taken off and understood, importance decided.

    The words of the line win over its mark, its mark over the heading or column.
    """
    line = strip_bullet(clean(text))[0]
    label = run_in_heading(line)
    words, mark, codes = _take_marks(after_run_in_heading(line) if label else line)
    weight, origin = _decide(words, mark, place)
    if label and origin not in ("inline", "suffix"):
        weight, origin = read_heading(label).importance, "inline"
    return Criterion(
        text=words,
        form=place.form,
        importance=weight,
        importance_source=origin,
        group=place.group,
        group_kind=place.kind,
        assessed_by=tuple(dict.fromkeys((*place.assessed_by, *codes))),
    )


def _decide(
    words: str, mark: Importance, place: Place
) -> tuple[Importance, ImportanceSource | None]:
    stated = importance.of_line(words)
    if stated and stated.importance == "mixed":
        return "unknown", None
    if stated and stated.whole and stated.importance != "mixed":
        return stated.importance, "inline"
    if mark != "unknown":
        return mark, "suffix"
    if place.importance != "unknown":
        return place.importance, place.source
    return "unknown", None


def has_weight_mark(text: str) -> bool:
    """Say whether a line ends in a mark of its importance: ``(E)``, ``(essential)``."""
    marked = _take_marks(strip_bullet(text)[0])[1] != "unknown"
    return marked or importance.is_in_brackets(text)


def _take_marks(text: str) -> tuple[str, Importance, tuple[str, ...]]:
    mark: Importance = "unknown"
    codes: tuple[str, ...] = ()
    prefix = _CODE_PREFIX.match(text)
    if prefix:
        mark = _weight_of(prefix.group(1) or prefix.group(2))
        text = text[prefix.end() :]
    # A mark ends in a bracket or in a capital: most lines need no look.
    for _ in range(3 if text.rstrip(" .;")[-1:] in _MARK_ENDS else 0):
        weight = _WEIGHT_MARK.search(text)
        if weight:
            mark = _weight_of(weight.group(1) or weight.group(2))
            text = text[: weight.start()]
            continue
        assessed = _CODE_MARK.search(text) or _BARE_CODE_MARK.search(text)
        if assessed and of_codes(assessed.group(1)):
            codes = (*of_codes(assessed.group(1)), *codes)
            text = text[: assessed.start()]
            continue
        worded = _WORDED_MARK.search(text)
        if worded and of_codes(worded.group(1)):
            codes = (*of_codes(worded.group(1)), *codes)
            text = text[: worded.start()]
            continue
        bare = _BARE_WEIGHT_MARK.search(text) if codes else None
        if bare:
            mark = _weight_of(bare.group(1))
            text = text[: bare.start()]
            continue
        break
    return text.strip(), mark, codes


def _weight_of(letter: str) -> Importance:
    return "essential" if letter.upper() == "E" else "desirable"
