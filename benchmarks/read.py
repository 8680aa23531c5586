"""What reading costs beside bare parsing.

``python -m benchmarks.read`` prints, on one core and in one run: milliseconds a document for bare
parsing (BeautifulSoup on lxml, python-docx, PDFium), for reading, and for reading through the
worker process; pages a second for PDF with and without ruled tables; the start of a worker; and how
the time grows with the size of the input. ``--json`` prints the same for programs.
"""

import argparse
import html
import io
import json
import os
import time
from collections.abc import Callable, Sequence
from typing import Any

from matcher.specification import asks, headings, importance, lines
from matcher.specification.documents import read
from matcher.specification.limits import DEFAULT_LIMITS
from matcher.specification.worker import DocumentWorker
from tests.matcher.specification.corpus import pdf, word
from tests.matcher.specification.corpus.content import POSTS, TRUST, Post

ROUNDS = 7
SIZES = (1, 2, 4, 8, 16)
_CACHED = (
    asks.role_of,
    asks.is_never_a_criterion,
    headings.read_heading,
    importance.of_line,
    lines.number_depth,
    lines.strip_bullet,
    lines.words,
)
RULED = (pdf.ruled_filled, pdf.ruled_ticks, pdf.ruled_group_merged_down, pdf.job_pack)
UNRULED = (pdf.unruled_with_groups, pdf.unruled_two_columns, pdf.headings_and_bullets)


def advert_page(post: Post) -> str:
    """Return a whole advert page as a job board serves it: navigation, facts, specification."""
    menu = "".join(f'<li class="item"><a href="/{n}">Section {n}</a></li>' for n in range(40))
    facts = "".join(
        f'<h3 class="s">{name}</h3><p id="f{number}"><span>{value}</span></p>'
        for number, (name, value) in enumerate(
            (("Band", "Band 3"), ("Contract", "Permanent"), ("Employer", TRUST)) * 4
        )
    )
    duties = "".join(f"<p>{html.escape(duty)}</p>" for duty in post.duties * 4)
    groups = "".join(
        f'<h3 id="skill_category_{n}">{group.name}</h3><h4>Essential</h4>'
        f"<ul>{_items('essential', n, group.essential)}</ul>"
        f"<h4>Desirable</h4><ul>{_items('desirable', n, group.desirable)}</ul>"
        for n, group in enumerate(post.groups, 1)
    )
    return (
        f"<html><head><title>{post.title}</title></head><body><nav><ul>{menu}</ul></nav>"
        f"<main><h1>{post.title}</h1>{facts}<h2>Duties</h2>{duties}"
        f"<h2>Person Specification</h2>{groups}</main><footer>{menu}</footer></body></html>"
    )


def _items(kind: str, group: int, texts: Sequence[str]) -> str:
    return "".join(
        f'<li id="{kind}_skill_{group}_criteria_{n}">{html.escape(text)}</li>'
        for n, text in enumerate(texts, 1)
    )


def fastest(work: Callable[[bytes], object], documents: Sequence[bytes]) -> float:
    """Return the seconds of the fastest of several rounds over all documents, caches emptied."""
    best = float("inf")
    for _ in range(ROUNDS):
        for function in _CACHED:
            function.cache_clear()
        started = time.perf_counter()
        for document in documents:
            work(document)
        best = min(best, time.perf_counter() - started)
    return best


def bare_html(data: bytes) -> object:
    """Parse HTML and do nothing with it."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(data.decode(), "lxml")


def bare_docx(data: bytes) -> object:
    """Open a Word document and take the text of its paragraphs and tables."""
    from docx import Document

    document = Document(io.BytesIO(data))
    cells = [row.cells for table in document.tables for row in table.rows]
    return [p.text for p in document.paragraphs], [[cell.text for cell in row] for row in cells]


def bare_pdf(data: bytes) -> object:
    """Take the text of all pages of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def pages_of(data: bytes) -> int:
    """Return the number of pages of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    count = len(document)
    document.close()
    return count


def compare(name: str, bare: Callable[[bytes], object], documents: list[bytes]) -> dict[str, Any]:
    """Return milliseconds a document: bare, read here, read through the worker."""
    plain = fastest(bare, documents)
    here = fastest(lambda data: read(data, name, DEFAULT_LIMITS), documents)
    with DocumentWorker() as worker:
        worker.read(documents[0], name)
        away = fastest(lambda data: worker.read(data, name), documents)
    count = len(documents)
    return {
        "kind": name,
        "documents": count,
        "bare_ms": plain * 1000 / count,
        "read_ms": here * 1000 / count,
        "worker_ms": away * 1000 / count,
        "read_to_bare": here / plain,
    }


def worker_start() -> float:
    """Return the seconds from nothing to the first answer, the fastest of several."""
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        with DocumentWorker() as worker:
            worker.read(b"<h3>Essential</h3><ul><li>Typing</li></ul>", "a.html")
            best = min(best, time.perf_counter() - started)
    return best


def growth() -> list[dict[str, float]]:
    """Return the seconds for pages of growing size; linear reading doubles with the size."""
    page = advert_page(POSTS[0])
    found = []
    for size in SIZES:
        data = (page * size).encode()
        seconds = fastest(lambda data: read(data, "a.html", DEFAULT_LIMITS), [data])
        found.append({"kilobytes": len(data) / 1000, "milliseconds": seconds * 1000})
    return found


def measure() -> dict[str, Any]:
    """Return every figure."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    pages = [advert_page(post).encode() for post in POSTS]
    documents = [made(post)[0] for made in word.TEMPLATES for post in POSTS]
    ruled = [made(post)[0] for made in RULED for post in POSTS]
    unruled = [made(post)[0] for made in UNRULED for post in POSTS]
    rows = [
        compare("advert page (HTML)", bare_html, pages),
        compare("Word document", bare_docx, documents),
        compare("PDF, ruled tables", bare_pdf, ruled),
        compare("PDF, no ruling", bare_pdf, unruled),
    ]
    for row, held in ((rows[2], ruled), (rows[3], unruled)):
        count = sum(map(pages_of, held))
        row["pages_per_second"] = count / (row["read_ms"] * row["documents"] / 1000)
    return {"rows": rows, "worker_start_s": worker_start(), "growth": growth()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    figures = measure()
    if parser.parse_args().json:
        print(json.dumps(figures, indent=2))
        return
    print(f"{'':22}{'bare':>9}{'read':>9}{'worker':>9}{'ratio':>7}{'pages/s':>9}")
    for row in figures["rows"]:
        speed = f"{row['pages_per_second']:9.0f}" if "pages_per_second" in row else ""
        print(
            f"{row['kind']:22}{row['bare_ms']:9.2f}{row['read_ms']:9.2f}{row['worker_ms']:9.2f}"
            f"{row['read_to_bare']:7.2f}{speed}"
        )
    print("milliseconds a document, the fastest of several rounds")
    print(f"worker start: {figures['worker_start_s']:.2f} s")
    for point in figures["growth"]:
        print(f"{point['kilobytes']:8.0f} kB {point['milliseconds']:9.1f} ms")


if __name__ == "__main__":
    main()
