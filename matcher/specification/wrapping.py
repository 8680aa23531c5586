"""Where wrapped lines belong: what opens an entry, and what goes on with the one above."""

import re
from collections.abc import Sequence

from matcher.specification import asks, marks
from matcher.specification.lines import has_bullet, strip_bullet, word_set

FUNCTION_WORDS = word_set(
    "a about above after against all also an and any are as at be before between both but by "
    "can each every for from has have how if in into is it its less like more most must need "
    "no not of off on one only or other our out over own per that the their them they this "
    "through to two under up upon use used using was well what when where which who why will "
    "with within without work working you your"
)
JOINING_WORDS = word_set(
    "a an and as at by for from in into of on or that the their to with within without"
)
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_COUNTED = re.compile(r"\d+[ -][A-Za-z]{3}")
_NOUN_ENDINGS = ("tion", "tions", "ment", "ments", "ence", "ance", "ness", "ship", "logy", "skills")
_CLOSING = word_set(
    "equivalent above required needed necessary essential desirable certificate certificates"
    " diploma degree licence award standard standards deadlines times environment setting"
    " workload public team teams staff patients colleagues people systems manner attitude"
)
_NAME_NOUNS = word_set(
    "certificate diploma award level degree foundation registration trust act scheme membership"
)
_PLURAL = re.compile(r"[^sui]s$")
_CODE = re.compile(r"[ED]\d{1,2}[.:)]?\s")
# No name ends so: 'Recruitment', 'Negotiating', 'Flexibility'.
_ORDINARY_ENDINGS = ("ing", "ment", "tion", "tions", "ility", "ally")


def first_word(text: str) -> str:
    """Return the word a text opens with, or ''."""
    found = _WORD.match(text)
    return found.group() if found else ""


def is_name_noun(word: str) -> bool:
    """Say whether names of qualifications and bodies end with a word: ``IHRIM / Certificate``."""
    return word.lower() in _NAME_NOUNS


def opens_entry(text: str) -> bool:
    """Say whether a line starts an entry by a mark: bullet, number, ``E3``, ``Desirable:``."""
    return (
        has_bullet(text)
        or (text[0] in "ED" and _CODE.match(text) is not None)
        or marks.run_in_heading(text) != ""
        or (text[0].isupper() and marks.is_importance_label(text))
    )


def starts_anew(before: str, text: str) -> bool:
    """Say whether a line opens with a capital where running text would have a small letter.

    Only common words tell: a name has its capital anywhere, and so has every word of a title.
    """
    words = _WORD.findall(strip_bullet(before)[0])
    if not words or words[-1].lower() in JOINING_WORDS:
        return False
    if before.endswith(")") and opens_with_common_word(text):
        return True
    if (_closes(words[-1]) or _is_plural(words)) and (text[0].isupper() or _COUNTED.match(text)):
        return True
    if words[-1][0].isupper() and is_name_noun(first_word(text)):
        return False
    if words[-1][0].isupper():
        # A name may go on: 'Access to Health / Records Act'. Only a word of criteria opens one.
        return not _is_title(words) and asks.is_common_word(first_word(text).lower())
    return opens_with_common_word(text)


def _is_plural(words: Sequence[str]) -> bool:
    """Say whether a text ends with a noun in the plural, as no name after it would leave it."""
    last = words[-1]
    return len(words) > 1 and len(last) > 5 and last.islower() and bool(_PLURAL.search(last))


def _closes(word: str) -> bool:
    """Say whether a word is a noun that no name or number follows: it closes what it stands in."""
    return word.lower() in _CLOSING or (word.islower() and word.endswith(_NOUN_ENDINGS))


def _is_title(words: Sequence[str]) -> bool:
    return words[-1][0].isupper() and sum(word[0].isupper() for word in words) * 2 > len(words)


def opens_with_common_word(text: str) -> bool:
    """Say whether a text opens with a word that has a capital only because it is the first."""
    first = first_word(text)
    low = first.lower()
    if not first[1:].islower() or not first[0].isupper():
        return False
    return (
        low in FUNCTION_WORDS
        or low.endswith(_ORDINARY_ENDINGS)
        or asks.is_common_word(low)
        or asks.is_common_word(low.removesuffix("s"))
    )
