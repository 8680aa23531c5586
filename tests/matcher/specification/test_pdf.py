"""PDF files: pages without text, words broken at line ends, headers and footers."""

import io

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from matcher.specification.documents import read
from matcher.specification.errors import DocumentError
from matcher.specification.limits import DEFAULT_LIMITS, Limits


def _pdf(*pages, picture_pages=0, size=A4, **options):
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size, invariant=1, **options)
    for lines in pages:
        y = size[1] - 40
        for line in lines:
            canvas.drawString(50, y, line)
            y -= 14
        canvas.showPage()
    for _ in range(picture_pages):
        picture = ImageReader(Image.new("RGB", (200, 300), "grey"))
        canvas.drawImage(picture, 50, 100, 400, 600)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _texts(data, limits=DEFAULT_LIMITS):
    return [c.text for c in read(data, "case.pdf", limits).criteria]


def test_a_word_broken_by_a_hyphen_is_healed():
    data = _pdf(
        [
            "Person Specification",
            "Essential",
            "- Good communi-",
            "  cation with wards",
            "- A self-",
            "  motivated worker",
        ]
    )
    assert _texts(data) == ["Good communication with wards", "A self-motivated worker"]


def test_headers_and_footers_that_repeat_are_no_part_of_a_list():
    page = ["Saltmarsh NHS Trust job pack, experience and skills", "", "", "", ""]
    data = _pdf(
        [*page, "Essential", "- Typing", "- Knows the way round a large and busy"],
        [*page, "hospital site", "- Filing"],
    )
    assert _texts(data) == [
        "Typing",
        "Knows the way round a large and busy hospital site",
        "Filing",
    ]


def test_a_scan_is_recognised_and_said():
    reason = read(_pdf(picture_pages=2), "scan.pdf", DEFAULT_LIMITS).reason
    assert reason is not None
    assert "no text layer" in reason


def test_one_scanned_page_of_several_is_named():
    reason = read(_pdf(["Welcome to our trust."], picture_pages=1), "a.pdf", DEFAULT_LIMITS).reason
    assert reason is not None
    assert "page 2" in reason


def test_too_many_pages_are_refused():
    data = _pdf(*[["Essential", "- Typing"]] * 4)
    with pytest.raises(DocumentError, match="more than 3 pages"):
        read(data, "long.pdf", Limits(pages=3))


def test_a_password_is_said():
    from reportlab.lib import pdfencrypt

    data = _pdf(["Essential", "- Typing"], encrypt=pdfencrypt.StandardEncryption("secret"))
    with pytest.raises(DocumentError, match="password"):
        read(data, "locked.pdf", DEFAULT_LIMITS)


def test_a_cut_file_is_said_to_be_damaged():
    data = _pdf(["Essential", "- Typing"])
    with pytest.raises(DocumentError, match="damaged"):
        read(data[: len(data) // 3], "cut.pdf", DEFAULT_LIMITS)


def test_the_words_of_the_document_decide_about_a_hyphen():
    data = _pdf(
        [
            "Person Specification",
            "Essential",
            "- Keeps records in order and knows the re-",
            "  cords policy",
            "- Works well-being into plans",
            "- Minds the well-",
            "  being of callers",
        ]
    )
    assert _texts(data) == [
        "Keeps records in order and knows the records policy",
        "Works well-being into plans",
        "Minds the well-being of callers",
    ]


def test_a_range_of_grades_cut_at_a_line_end_is_healed():
    data = _pdf(
        [
            "Person Specification",
            "Essential",
            "- GCSE English at grades A-",
            "  C (9-",
            "  4) or their like",
            "- Typing",
        ]
    )
    assert _texts(data) == ["GCSE English at grades A-C (9-4) or their like", "Typing"]
