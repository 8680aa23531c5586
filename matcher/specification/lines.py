"""Single lines: white space, bullets and numbers, sentences, lines wrapped by a page."""

import re
from collections.abc import Iterable
from functools import lru_cache

# Symbol fonts land in the private use area: U+F0B7 is Word's plain bullet.
_PRIVATE = "\ue000-\uf8ff"
_GLYPHS = "•·▪▫●○◦‣⁃∙■□▢◆◇◊❖❑❒➢➤►▶▸→⇒»✓✔✗✘☐☑☒★☆※¤\uf0b7\ufffd" + _PRIVATE

INLINE_BULLETS = re.compile(rf"\s*[•●▪■◆➢➤►❖\uf0b7\uf0a7\uf0d8]\s*|\s+·\s+|\n\s*[{_GLYPHS}*–-]\s+")

_ANY_BULLET = re.compile(rf"[·\n•●▪■◆➢➤►❖{_PRIVATE}]")
_BULLET = re.compile(
    rf"^(?:[{_GLYPHS}]+|\*+(?=\s*\w)|[-–—−]+(?:(?=\s*[^\s\d])|\s+(?=\d))|o(?=\s{{2,}}|\t)|o\s)\s*"
)
_NUMBER = re.compile(
    r"^(?:"
    r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})|[A-Z])\)\s*"  # 1) (a) iv) A), but no mark such as (E)
    r"|\d{1,2}\.(?![\d])\s*(?=\D)"  # 1. and 14.provide
    r"|(?:[a-z]|[ivx]{2,4})\.\s+"  # a. iv.
    r"|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?!(?:years?|months?|hours?|hrs?|days?|wte|fte|%)\b)"  # 1.2
    r")",
)
_DOTTED = re.compile(r"^\W{0,2}(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+\S")
_INVISIBLE = {
    ordinal: None
    for first, last in (
        (0, 8),
        (14, 31),
        (127, 127),
        (0xAD, 0xAD),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2064),
        (0xFEFF, 0xFEFF),
    )
    for ordinal in range(first, last + 1)
}
_WORD = re.compile(r"[a-z][a-z0-9-]*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'’”)]*\s+(?=[\"'‘“(]*[A-Z0-9])")
# Points that close no sentence.
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|incl|inc|approx|no|vs|mr|mrs|ms|dr|st|hrs|min)\.$", re.IGNORECASE
)
_MAX_JOINED = 4000
"""Lines are joined up to this length, so that a text of a million short lines stays linear."""
_STRANDED = re.compile(rf"^[{_GLYPHS}*–—-]+$|^o$|^\(?(?:\d{{1,2}}[.)]|[a-z]\))$")


def without_impossible(text: str) -> str:
    """Return the text without null characters and halves of surrogate pairs, which no text has."""
    plain = text.replace("\x00", "")
    try:
        plain.encode()
    except UnicodeEncodeError:
        return plain.encode(errors="ignore").decode()
    return plain


def clean(text: str) -> str:
    """Return the text on one line: white space collapsed, invisible characters dropped."""
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(line.translate(_INVISIBLE).split())


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list written as running text."""
    return frozenset(text.split())


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """Return the words of a text in small letters."""
    return frozenset(_WORD.findall(text.lower()))


@lru_cache(maxsize=4096)
def strip_bullet(text: str) -> tuple[str, bool]:
    """Return the line without bullet and number, and whether it had one."""
    rest = _BULLET.sub("", text, count=1)
    rest = _NUMBER.sub("", rest, count=1)
    if not any(character.isalnum() for character in rest):
        return text.strip() if any(c.isalnum() for c in text) else "", False
    return rest.strip(), rest != text


@lru_cache(maxsize=4096)
def number_depth(text: str) -> int:
    """Return how deep the number of a line goes: 2 for ``3.1``; 1 for ``3.`` and without one."""
    found = _DOTTED.match(text)
    return found.group(1).count(".") + 1 if found else 1


def has_bullet(text: str) -> bool:
    """Say whether the line starts with a bullet or a number."""
    return strip_bullet(text)[1]


def is_stranded_bullet(text: str) -> bool:
    """Say whether the line is a bullet alone, its text having slipped to the next line."""
    return bool(_STRANDED.match(text.strip()))


def split_inline_bullets(text: str) -> list[str]:
    """Split ``• one • two`` into its items, each with a bullet; a text without stays whole."""
    if not _ANY_BULLET.search(text):
        return [text]
    parts = [part.strip() for part in INLINE_BULLETS.split(text)]
    starts_with_bullet = not parts[0]
    marked = [f"• {part}" for part in parts[1:] if part]
    return marked if starts_with_bullet else [parts[0], *marked]


def sentences(text: str) -> list[str]:
    """Split running text into sentences; abbreviations such as ``e.g.`` end none."""
    found: list[str] = []
    for part in _SENTENCE_END.split(text):
        if found and len(found[-1]) < _MAX_JOINED and _ABBREVIATION.search(found[-1][-12:]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return [part.strip() for part in found if part.strip()]


def heal_wrapped(lines: Iterable[str]) -> list[str]:
    """Join lines that a page or an editor broke in the middle of a sentence.

    A line continues the one before if that one is unfinished and it starts with a small letter or
    closes an open bracket, and carries no bullet of its own.
    """
    healed: list[str] = []
    for line in lines:
        if healed and is_stranded_bullet(healed[-1]):
            healed[-1] = f"{healed[-1]} {line}"
        elif healed and continues(healed[-1], line):
            healed[-1] = join_wrapped(healed[-1], line)
        else:
            healed.append(line)
    return healed


def continues(before: str, line: str) -> bool:
    """Say whether ``line`` goes on with the sentence of ``before``."""
    if not before or not line or len(before) > _MAX_JOINED:
        return False
    if _is_range(before, line):
        return True
    if has_bullet(line) or is_stranded_bullet(line):
        return False
    if before.endswith((".", ":", ";", "!", "?")) and not _ABBREVIATION.search(before):
        return False
    return line[0].islower() or before.count("(") > before.count(")") or line[0] in "(&/,"


def _is_range(before: str, line: str) -> bool:
    """Say whether a dash at the start of a line stands between two numbers: ``grades 9 / - 4``."""
    return before[-1].isdigit() and line[0] in "-–" and line[1:].lstrip()[:1].isdigit()


def join_wrapped(before: str, line: str) -> str:
    """Join two halves of a wrapped line; a word broken by a soft hyphen is healed."""
    if before.endswith("\u00ad"):
        return before[:-1] + line
    if before.endswith(("-", "/")) and not before.endswith((" -", " /")):
        return before + line
    return f"{before} {line}"
