"""The words of a PDF page with their boxes, from pypdfium2."""

import ctypes
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from matcher.specification import symbols

if TYPE_CHECKING:
    import pypdfium2

SOFT_HYPHEN = "\u00ad"
# What PDFium puts for a hyphen that only breaks a word at the end of a line.
_PDFIUM_HYPHENS = frozenset((0x02, 0xFFFE, 0xAD))
_MAX_CHARACTERS = 60_000
_SAME_COLUMN = 3.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box in points, measured from the top left corner of the page as shown."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    bold: bool = False
    is_upright: bool = False
    """It is set from below upwards."""

    @property
    def middle(self) -> float:
        """Vertical middle of the box."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """Width of the box."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand side by side, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Left edge of the first word."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Right edge of the last word."""
        return self.words[-1].right

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Usual height of its words."""
        return median(word.height for word in self.words)

    @property
    def is_upright(self) -> bool:
        """It is set from below upwards."""
        return any(word.is_upright for word in self.words)

    @property
    def bold(self) -> bool:
        """Every word with letters is set in bold."""
        said = [word for word in self.words if any(map(str.isalpha, word.text))]
        return bool(said) and all(word.bold for word in said)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: size as shown, words, and whether shapes on it may rule a table."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    ruled: bool
    is_picture: bool


def read_page(page: "pypdfium2.PdfPage", number: int, most_objects: int) -> Page:
    """Return what stands on a page; ``number`` counts from 1."""
    width, height = page.get_size()
    rules, pictures = _count_shapes(page, most_objects)
    text_page = page.get_textpage()
    try:
        words = tuple(_words(text_page.raw, _to_shown(page)))
    finally:
        text_page.close()
    return Page(
        number=number,
        width=width,
        height=height,
        words=words,
        ruled=4 <= rules <= most_objects,
        is_picture=not words and pictures > 0,
    )


def _count_shapes(page: "pypdfium2.PdfPage", most: int) -> tuple[int, int]:
    import pypdfium2.raw as pdfium

    rules = pictures = 0
    count = pdfium.FPDFPage_CountObjects(page.raw)
    for index in range(min(count, most * 2)):
        kind = pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page.raw, index))
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            rules += 1
        elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            pictures += 1
    return rules, pictures


class _Frame:
    """Turns boxes of the file (origin below, page unturned) into boxes of the page as shown."""

    def __init__(self, rotation: int, box: tuple[float, float, float, float]) -> None:
        self._rotation = rotation
        self._left, self._bottom, self._right, self._top = box

    def is_upright(self, angle: float) -> bool:
        """Say whether text at an angle (radians, in the file) stands upright as shown."""
        return abs((math.degrees(angle) + self._rotation) % 180 - 90) < 30

    def show(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom, measured from the top left corner."""
        left, bottom, right, top = box
        if self._rotation == 90:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self._rotation == 180:
            return (
                self._right - right,
                bottom - self._bottom,
                self._right - left,
                top - self._bottom,
            )
        if self._rotation == 270:
            return self._top - top, self._right - right, self._top - bottom, self._right - left
        return left - self._left, self._top - top, right - self._left, self._top - bottom


def _to_shown(page: "pypdfium2.PdfPage") -> _Frame:
    return _Frame(page.get_rotation(), page.get_mediabox())


def _words(text_page: object, frame: _Frame) -> Iterator[Word]:
    """Yield the words in the order of the file."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFText_CountChars(text_page), _MAX_CHARACTERS)
    codes = [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    start: int | None = None
    for index, code in enumerate([*codes, 0x20]):
        if code in (0x20, 0x0A, 0x0D, 0x09, 0x00, 0xA0):
            if start is not None:
                yield from _word(text_page, frame, codes, start, index)
            start = None
        elif start is None:
            start = index
        elif code in _PDFIUM_HYPHENS and _breaks_line(text_page, start, index + 1, count):
            yield from _word(text_page, frame, codes, start, index + 1)
            start = None


def _breaks_line(text_page: object, start: int, following: int, count: int) -> bool:
    """Say whether a character stands on another line than the start of its word."""
    if following >= count:
        return False
    first, after = _box(text_page, start), _box(text_page, following)
    return after[2] > after[0] and after[3] <= (first[1] + first[3]) / 2


def _word(
    text_page: object, frame: _Frame, codes: Sequence[int], start: int, end: int
) -> Iterator[Word]:
    import pypdfium2.raw as pdfium

    first, last = _box(text_page, start), _box(text_page, end - 1)
    # PDFium gives a character it made up (a hyphen healed) no box of its own.
    if last[2] <= last[0]:
        last = _box(text_page, max(end - 2, start))
    low, high = min(first[1], last[1]), max(first[3], last[3])
    for index in range(start + 1, end - 1):
        box = _box(text_page, index)
        low, high = min(low, box[1]), max(high, box[3])
    font = _font(text_page, start)
    text = "".join(_character(code) for code in codes[start:end])
    text = symbols.translate(text, font).strip()
    if text:
        shown = frame.show((first[0], low, max(last[2], first[2]), high))
        upright = frame.is_upright(pdfium.FPDFText_GetCharAngle(text_page, start))
        yield Word(text, *shown, bold=_is_bold(font), is_upright=upright)


def _character(code: int) -> str:
    if code in _PDFIUM_HYPHENS:
        return SOFT_HYPHEN
    return chr(code) if code and not 0xD800 <= code <= 0xDFFF and code <= 0x10FFFF else ""


def _box(text_page: object, index: int) -> tuple[float, float, float, float]:
    import pypdfium2.raw as pdfium

    rect = pdfium.FS_RECTF()
    if pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(rect)):
        return rect.left, rect.bottom, rect.right, rect.top
    return 0.0, 0.0, 0.0, 0.0


def _font(text_page: object, index: int) -> str:
    import pypdfium2.raw as pdfium

    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    size = pdfium.FPDFText_GetFontInfo(text_page, index, buffer, 128, ctypes.byref(flags))
    return buffer.value.decode("utf-8", errors="replace") if 0 < size <= 128 else ""


def _is_bold(font: str) -> bool:
    low = font.lower()
    return "bold" in low or "black" in low or "heavy" in low or "semibold" in low


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Gather words into lines: those whose middles lie within half a word's height.

    Words set upwards, as names of groups are in narrow columns, make lines from below.
    """
    placed = list(words)
    upright = [word for word in placed if word.is_upright]
    lines = _level_lines(word for word in placed if not word.is_upright)
    if not lines or not upright:
        return lines or _upright_lines(upright)
    return sorted([*lines, *_upright_lines(upright)], key=lambda line: line.top)


def _upright_lines(words: Iterable[Word]) -> list[Line]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (round(w.left / _SAME_COLUMN), -w.bottom)):
        before = lines[-1][-1] if lines else None
        gap = before.top - word.bottom if before else 0.0
        if before is None or abs(before.left - word.left) > _SAME_COLUMN or gap > 2 * word.width:
            lines.append([word])
        elif gap < 0.12 * word.width:
            # Some files set each letter by itself.
            lines[-1][-1] = replace(before, text=before.text + word.text, top=word.top)
        else:
            lines[-1].append(word)
    return [Line(tuple(line)) for line in lines]


def _level_lines(words: Iterable[Word]) -> list[Line]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.left)):
        if lines and abs(lines[-1][0].middle - word.middle) <= 0.5 * min(
            max(word.height, 4.0), max(lines[-1][0].height, 4.0)
        ):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(tuple(sorted(line, key=lambda w: w.left))) for line in lines]
