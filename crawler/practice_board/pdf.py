"""A small PDF writer: wrapped lines and ruled tables in Helvetica, enough for a job description."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 595, 842, 56
SIZE, LEADING = 10, 14
LETTER = 5.2
"""Average width of a letter, in points: wrapping by it keeps Helvetica inside its column."""

PAD = 4
COLUMN_WIDTHS = (113, 185, 185)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, wrapped to the page."""

    text: str
    bold: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a ruled table: its cells, each of lines that are wrapped to the column."""

    cells: Sequence[Sequence[str]]
    bold: bool = False


def write_pdf(lines: Iterable[Line | Row]) -> bytes:
    """Return a PDF of the lines, on as many pages as they need."""
    pages = [_stream(page) for page in _paginate(lines)]
    kids = " ".join(f"{5 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
    ]
    for index, stream in enumerate(pages):
        objects += [_page(6 + 2 * index), stream]
    return _file(objects)


def _paginate(lines: Iterable[Line | Row]) -> Iterator[list[str]]:
    """Yield the drawing commands of each page."""
    commands: list[str] = []
    top = HEIGHT - MARGIN
    for line in lines:
        height = _height(line)
        if commands and top - height < MARGIN:
            yield commands
            commands, top = [], HEIGHT - MARGIN
        commands += _draw(line, top)
        top -= height
    yield commands


def _height(line: Line | Row) -> int:
    if isinstance(line, Line):
        return LEADING * len(_wrapped(line)) + PAD
    return LEADING * max(len(cell) for cell in _cells(line)) + 2 * PAD


def _draw(line: Line | Row, top: int) -> list[str]:
    if isinstance(line, Line):
        return _text(_wrapped(line), MARGIN + line.indent, top, line.bold)
    commands: list[str] = []
    left = MARGIN
    for cell, width in zip(_cells(line), COLUMN_WIDTHS, strict=True):
        commands.append(f"{left} {top - _height(line)} {width} {_height(line)} re S")
        commands += _text(cell, left + PAD, top - PAD, line.bold)
        left += width
    return commands


def _wrapped(line: Line) -> list[str]:
    return textwrap.wrap(line.text, int((WIDTH - 2 * MARGIN - line.indent) / LETTER)) or [""]


def _cells(row: Row) -> list[list[str]]:
    return [
        [part for text in cell for part in textwrap.wrap(text, int((width - 2 * PAD) / LETTER))]
        for cell, width in zip(row.cells, COLUMN_WIDTHS, strict=True)
    ]


def _text(lines: Sequence[str], left: int, top: int, bold: bool) -> list[str]:  # noqa: FBT001
    font = "F2" if bold else "F1"
    return [
        f"BT /{font} {SIZE} Tf {left} {top - SIZE - index * LEADING} Td ({_escaped(text)}) Tj ET"
        for index, text in enumerate(lines)
    ]


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _stream(commands: Sequence[str]) -> bytes:
    body = "\n".join(commands).encode("cp1252", errors="replace")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body)


def _font(name: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
    )


def _page(contents: int) -> bytes:
    fonts = "<< /F1 3 0 R /F2 4 0 R >>"
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
        f"/Resources << /Font {fonts} >> /Contents {contents} 0 R >>"
    ).encode()


def _file(objects: Sequence[bytes]) -> bytes:
    """Return header, objects, and the table that says where each of them begins."""
    file = bytearray(b"%PDF-1.4\n")
    starts = []
    for index, content in enumerate(objects, 1):
        starts.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (index, content)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % start for start in starts)
    file += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    file += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(file)
