"""Lines of a page to entries: what was wrapped is joined, broken words are healed."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from matcher.specification import asks, marks
from matcher.specification.headings import is_group_label
from matcher.specification.lines import (
    clean,
    has_bullet,
    is_stranded_bullet,
    number_depth,
    word_set,
)
from matcher.specification.pdf_words import SOFT_HYPHEN, Line, Page
from matcher.specification.wrapping import (
    FUNCTION_WORDS,
    JOINING_WORDS,
    first_word,
    is_name_noun,
    opens_entry,
    opens_with_common_word,
    starts_anew,
)

# Beginnings of compounds that keep their hyphen where a line ends with it.
_COMPOUNDS = word_set(
    "self non co pre post multi inter well high low full part long short face up on re ex e "
    "all anti decision problem team time cross hands can semi under over inner one two three "
    "four five ten key front end day follow first second third word work fast hard user "
    "customer patient"
)
_FAR = 1.6
"""A gap of so many line heights ends an entry whatever the words say."""
_APART = 0.4
"""A gap of so many line heights ends an entry that the words do not carry on."""
_LOOSE = 0.5
"""However widely a text is set, a gap of so many line heights ends an entry."""
_HANGING = 0.8
"""The same for a line set in under the text of a bullet."""
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_BREAK = re.compile(rf"([A-Za-z]+)[-{SOFT_HYPHEN}]$")
_RANGE = re.compile(rf"(?:\d|\b[A-Z]\*?)[-–{SOFT_HYPHEN}]$")
_RANGE_END = re.compile(r"\d|[A-Z]\b")
_SHORT_PIECE = 5
# No English word ends so: the line end cut it, as in "informati / on".
_IMPOSSIBLE_ENDINGS = ("ti", "fi", "ci", "si", "v", "q", "j", "tio", "sio")
_WHOLE_ENDINGS = ("al", "ing", "tion", "ment", "ity", "ive", "ous", "ful", "able", "ary")
# Joining words that a criterion may end with: "messages that others can act on".
_MAY_CLOSE = word_set("on that")
_NUMBERS = re.compile(r"\d+")
_MARGIN_SHARE = 0.12
_SAME_PLACE = 6.0
_SAME_INDENT = 5.0
_FEW_LINES = 6


@dataclass(slots=True)
class Entry:
    """Lines that belong together: a bullet, a paragraph, a heading."""

    lines: list[Line] = field(default_factory=list)
    text: str = ""

    @property
    def top(self) -> float:
        """Upper edge of its first line."""
        return self.lines[0].top

    @property
    def bottom(self) -> float:
        """Lower edge of its last line."""
        return self.lines[-1].bottom

    @property
    def bold(self) -> bool:
        """All its lines are set in bold."""
        return all(line.bold for line in self.lines)


class Indents:
    """Tells how deep a bullet stands in its list by how far it is set in."""

    def __init__(self) -> None:
        self._lefts: list[float] = []

    def depth_of(self, entry: Entry) -> int:
        """Return the depth of the next bullet of a list, from 1."""
        left = entry.lines[0].left
        while self._lefts and left < self._lefts[-1] - _SAME_INDENT:
            self._lefts.pop()
        if not self._lefts or left > self._lefts[-1] + _SAME_INDENT:
            self._lefts.append(left)
        return max(len(self._lefts), number_depth(entry.text))


class Healer:
    """Joins words broken at line ends; the document's own words decide about the hyphen."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._known = Counter(
            found.lower()
            for page in pages
            for word in page.words
            for found in _WORD.findall(word.text)
        )

    def join(self, before: str, line: str) -> str:
        """Return two lines as one text."""
        broken = _BREAK.search(before)
        if _is_range(before, line):
            return f"{before[:-1]}-{line}"
        if not broken or not line or not line[0].islower():
            joint = "" if before.endswith("/") and not before.endswith(" /") else " "
            return f"{before.rstrip(SOFT_HYPHEN)}{joint}{line}"
        bare, head = before[:-1], broken.group(1)
        tail = first_word(line)
        if self.knows(head + tail):
            return bare + line
        keeps = (
            self.knows(f"{head}-{tail}")
            or before[: broken.start()].endswith("-")
            or head.lower() in _COMPOUNDS
            or (self._is_whole(head) and self._is_whole(tail))
        )
        return f"{bare}-{line}" if keeps else bare + line

    def knows(self, word: str) -> bool:
        """Say whether the word stands elsewhere in the document."""
        return self._known[word.lower()] > 0

    def _is_whole(self, word: str) -> bool:
        """Say whether a piece at a hyphen is a word of its own, as in ``information-related``."""
        low = word.lower()
        participle = len(low) > 4 and low.endswith(("ed", "ing"))
        return participle or self._is_word(low)

    def is_cut(self, above: Line, line: Line, edge: float | None) -> bool:
        """Say whether a narrow column cut a word without a hyphen between two lines.

        The two pieces must make a known word, or the first stand alone on its line and neither be
        one. ``edge`` is where the column ends, None where that is only guessed.
        """
        words = [word for word in above.words if not is_stranded_bullet(word.text)]
        if not words or not words[-1].text.isalpha() or not line.text[0].islower():
            return False
        if re.match(r"[b-hj-z](?: |$)", line.text):
            return True  # no word: the last letter of one
        head, tail = words[-1].text, first_word(line.text)
        room = 0.0 if edge is None else edge - above.right
        width = (words[-1].right - words[-1].left) / len(head)
        if room >= 1.6 * width:
            return False
        if len(head) > 3 and head.endswith(_IMPOSSIBLE_ENDINGS):
            return True
        return self._joins(head, tail) or (
            edge is not None
            and room < 0.9 * width
            and len(tail) <= (_SHORT_PIECE if len(words) == 1 else 3)
            and not (self._is_word(head) or self._is_word(tail))
            and not head.endswith(_WHOLE_ENDINGS)
        )

    def _joins(self, head: str, tail: str) -> bool:
        """Say whether two pieces, not both words by themselves, make a known one."""
        both = self._is_word(head) and self._is_word(tail)
        return not both and head.lower() not in FUNCTION_WORDS and self._makes_word(head + tail)

    def _makes_word(self, joined: str) -> bool:
        """Say whether two pieces make a word of the document, of adverts or of headings."""
        return self.knows(joined) or asks.is_common_word(joined.lower()) or is_group_label(joined)

    def _is_word(self, text: str) -> bool:
        """Say whether a piece is known to be a word: it is used again, or common in adverts."""
        low = text.lower()
        return self._known[low] > 1 or low in FUNCTION_WORDS or asks.is_common_word(low)


def without_margins(pages: Sequence[Page]) -> list[list[Line]]:
    """Return the lines of each page without headers and footers that repeat and page numbers."""
    paged = [lines_in_order(page) for page in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for page, lines in zip(pages, paged, strict=True):
        seen.update({_place(line, page) for line in lines if _in_margin(line, page)})
    most = max(2, (len(pages) + 1) // 2)
    return [
        [
            line
            for line in lines
            if not (
                _in_margin(line, page) and (seen[_place(line, page)] >= most or _is_number(line))
            )
        ]
        for page, lines in zip(pages, paged, strict=True)
    ]


def lines_in_order(page: Page) -> list[Line]:
    """Return the lines of a page from top to bottom."""
    from matcher.specification.pdf_words import lines_of

    return lines_of(page.words)


def _in_margin(line: Line, page: Page) -> bool:
    edge = page.height * _MARGIN_SHARE
    return line.bottom < edge or line.top > page.height - edge


def _place(line: Line, page: Page) -> tuple[str, int]:
    del page
    return _NUMBERS.sub("#", line.text.lower()), round(line.top / _SAME_PLACE)


def _is_number(line: Line) -> bool:
    return bool(
        re.match(r"(?i)(?:page )?\d+(?: ?(?:of|/) ?\d+)?$|page \d+ of \b", line.text.strip())
    )


def entries(
    lines: Sequence[Line],
    healer: Healer,
    right_edge: float | None = None,
    breaks: Sequence[float] = (),
    spacing: float = 0.0,
) -> list[Entry]:
    """Join the lines of one column into entries.

    A line goes on with the entry before it if it has no bullet, stands close below, and its first
    word would not have fitted on the line above; where bullets are in use, hanging text under one
    goes on with it. ``breaks`` are heights where an entry starts in any case: ticks stand there.
    ``spacing`` is the usual space between the lines of the page, in points.
    """
    found: list[Entry] = []
    edge = (
        right_edge if right_edge is not None else max((line.right for line in lines), default=0.0)
    )
    for line in lines:
        text = clean_line(line)
        if not text:
            continue
        apart = text[0].isupper() and any(line.top <= place <= line.bottom for place in breaks)
        if found and not apart and _goes_on(found[-1], line, text, edge, spacing):
            cut = healer.is_cut(found[-1].lines[-1], line, right_edge)
            found[-1].text = found[-1].text + text if cut else healer.join(found[-1].text, text)
            found[-1].lines.append(line)
        else:
            found.append(Entry([line], text))
    for entry in found:
        entry.text = clean(entry.text.replace(SOFT_HYPHEN, ""))
    return found


def spacing_of(lines: Sequence[Line]) -> float:
    """Return the usual space between two lines of a page, in points: that of the closer half."""
    gaps = sorted(b.top - a.bottom for a, b in pairwise(lines) if b.top > a.bottom)
    return gaps[len(gaps) // 4] if len(gaps) >= _FEW_LINES else 0.0


def clean_line(line: Line) -> str:
    """Return the text of a line; a soft hyphen at its end is kept for the healer."""
    text = line.text
    ends_soft = text.endswith(SOFT_HYPHEN)
    return clean(text) + (SOFT_HYPHEN if ends_soft else "")


def _goes_on(entry: Entry, line: Line, text: str, edge: float, spacing: float) -> bool:
    above = entry.lines[-1]
    if line.is_upright:
        return above.is_upright and line.left - above.right < above.words[0].width
    height = max(above.height, line.height)
    gap = line.top - above.bottom
    if is_stranded_bullet(entry.text):
        return gap < _FAR * height
    if opens_entry(text) and not _is_range(entry.text, text):
        return _is_dash_in_sentence(entry, text) and _is_full(above, line, edge)
    if gap > _FAR * height or entry.text.endswith((":", "?")):
        return False
    if _is_unfinished(entry.text, text):
        return True
    close = min(max(_APART * height, 1.2 * spacing), _LOOSE * height)
    if _hangs(entry, line):
        close = _HANGING * height
    return gap <= close and _looks_wrapped(entry, line, text, edge)


def _hangs(entry: Entry, line: Line) -> bool:
    """Say whether a line is set in under the text of a bullet."""
    return has_bullet(entry.text) and line.left > entry.lines[0].left + 2.0


def _is_range(before: str, text: str) -> bool:
    """Say whether a line end cut a range of numbers or grades: ``(9- / 4)``, ``A- / C``."""
    return bool(_RANGE.search(before)) and bool(_RANGE_END.match(text))


def _looks_wrapped(entry: Entry, line: Line, text: str, edge: float) -> bool:
    """Say whether a line close below goes on with the entry by how it is set."""
    above = entry.lines[-1]
    if line.bold != above.bold:
        return False
    if _hangs(entry, line):
        return True
    if has_bullet(entry.text) and marks.is_label(text) and not is_name_noun(first_word(text)):
        return False
    return _is_full(above, line, edge) and not starts_anew(entry.text, text)


def _is_unfinished(before: str, text: str) -> bool:
    """Say whether the words show that a sentence goes on, whatever the page looks like."""
    if (
        text[0].islower()
        or text[0] == "("
        or _is_range(before, text)
        or before.endswith((SOFT_HYPHEN, "-", ",", "/", "(", "&"))
    ):
        return True
    last = before.rpartition(" ")[2].lower()
    return last in JOINING_WORDS and (last not in _MAY_CLOSE or not opens_with_common_word(text))


def _is_dash_in_sentence(entry: Entry, text: str) -> bool:
    """A dash may also be what a wrapped line happens to start with."""
    return (
        text[0] in "-–—"
        and text[1:2] == " "
        and entry.text[-1:].isalpha()
        and not has_bullet(entry.text)
    )


def _is_full(above: Line, line: Line, edge: float) -> bool:
    """Say whether the first word of ``line`` would not have fitted on the line above."""
    first = line.words[0]
    return above.right + _space(above) + (first.right - first.left) > edge + 0.5


def _space(line: Line) -> float:
    """Return the usual space between two words of a line."""
    gaps = [b.left - a.right for a, b in pairwise(line.words)]
    return median(gaps) if gaps else 0.22 * line.height
