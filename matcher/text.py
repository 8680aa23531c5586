"""The words of a line, normalised, each with its place in the line as printed.

Nothing is rewritten in the line itself: a word keeps the offsets it was printed at, so that
evidence can always be cut out of the original.
"""

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

# A word; a number, also 2:2; an ampersand, escaped once or twice as adverts have it. Letters and
# digits part company, so that NVQ3 reads like NVQ 3. Dotted letters (I.T., e.g.) are one word.
_TOKEN = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+\b\.?(?![^\W\d_])"
    r"|[^\W\d_]+(?:['’](?:s|t|re|ve|ll|d|m)\b)?"
    r"|\d+(?::\d+)?"
    r"|&(?:(?:amp;)*#?\w{1,8};)?"
)
_SENTENCE_END = re.compile(r"[.;:!?•·\n\r|]|\s[-–—]\s|[\uf0b7\u25cf\u25aa]")
_RANGE = re.compile(r"\*?\s[-–—]\s")
_SHORTENED = frozenset({"eg", "ie", "etc", "incl", "inc", "approx", "min", "no", "vs", "st"})
_SOFT = re.compile(r"[,()\[\]“”\"]")

NO_BREAK, SOFT_BREAK, SENTENCE_BREAK = 0, 1, 2
"""What stands between two words: a space or hyphen; a comma or bracket; a full stop or its like."""


@dataclass(frozen=True, slots=True)
class Words:
    """The normalised words of one line; the lists run in step."""

    text: str
    words: list[str]
    """Lower case, compatibility-folded, without possessive; ``and`` for an ampersand."""

    printed: list[str]
    starts: list[int]
    ends: list[int]
    breaks: list[int]
    """What stands before each word, one of the three breaks above; the first is a sentence's."""

    capitals: list[int]
    """The places of the words printed in capitals, single letters aside."""

    def respelt(self, words: list[str]) -> "Words":
        """Return the same line with other words at the same places."""
        return replace(self, words=words)

    def in_one_sentence(self, first: int, last: int) -> bool:
        """Tell whether no sentence ends among the words ``first`` up to, not with, ``last``."""
        return SENTENCE_BREAK not in self.breaks[first + 1 : last]

    def places(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of words that ``text[start:end]`` holds; the inverse of ``span``."""
        return bisect_left(self.starts, start), bisect_right(self.ends, end)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets in the line of the words ``first`` up to, not with, ``last``."""
        return self.starts[first], self.ends[last - 1]


def read_words(text: str) -> Words:
    """Return the words of any text, in time linear in its length."""
    words: list[str] = []
    printed: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[int] = []
    capitals: list[int] = []
    end = 0
    for found in _TOKEN.finditer(text):
        raw = found.group()
        word = _NORMALISED.get(raw) or _normalise(raw)
        if word == _NOTHING:
            continue
        start = found.start()
        between = text[end:start]
        breaks.append(
            NO_BREAK if between in _PLAIN else _break_of(between, words, text[start : start + 1])
        )
        end = found.end()
        if len(raw) > 1 and raw.isupper():
            capitals.append(len(words))
        words.append(word)
        printed.append(raw)
        starts.append(start)
        ends.append(end)
    if breaks:
        breaks[0] = SENTENCE_BREAK
    return Words(text, words, printed, starts, ends, breaks, capitals)


_PLAIN = frozenset({" ", "-", "/", "", "  ", " / ", "/ ", " /", "\u00a0", "‘", "’"})
_NOTHING = "\0"
_NORMALISED: dict[str, str] = {}
_CACHE_LIMIT = 50_000


def _normalise(raw: str) -> str:
    word = _fold(raw)
    if len(_NORMALISED) < _CACHE_LIMIT:
        _NORMALISED[raw] = word
    return word


def _fold(raw: str) -> str:
    if raw[0] == "&":
        return "and" if html.unescape(html.unescape(raw)) == "&" else _NOTHING
    if raw[-2:] in {"'s", "’s"}:
        raw = raw[:-2]
    word = unicodedata.normalize("NFKC", raw).casefold()
    return word.replace("'", "").replace("’", "").replace(".", "") or _NOTHING


def _break_of(between: str, words: list[str], following: str) -> int:
    if _SENTENCE_END.search(between):
        if _RANGE.fullmatch(between) and words and len(words[-1]) == 1:
            return NO_BREAK  # "grades A - C"
        lone_stop = between.strip() == "."
        if lone_stop and words and words[-1] in _SHORTENED and not following.isupper():
            return NO_BREAK
        return SENTENCE_BREAK
    return SOFT_BREAK if _SOFT.search(between) else NO_BREAK
