"""Documents linked from adverts: DOCX and PDF made from the advert's own data when asked for."""

import io
import zipfile

from crawler.practice_board.adverts import Document, Group, PracticeAdvert
from crawler.practice_board.exchange import Response
from crawler.practice_board.markup import environment, to_text
from crawler.practice_board.pdf import Line, Row, write_pdf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
COLUMNS = ("Criteria", "Essential", "Desirable")
MOMENT = (2026, 1, 1, 0, 0, 0)
"""Time stamp inside a DOCX: the same advert gives the same bytes."""


def document_response(advert: PracticeAdvert, document: Document) -> Response:
    """Return the file behind a link of an advert."""
    if document.file.endswith(".pdf"):
        return Response(write_pdf(_pdf_lines(advert, document)), PDF)
    return Response(_docx(advert, document), DOCX)


def _docx(advert: PracticeAdvert, document: Document) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, template in (
            ("[Content_Types].xml", "docx_types.xml"),
            ("_rels/.rels", "docx_rels.xml"),
            ("word/_rels/document.xml.rels", "docx_document_rels.xml"),
            ("word/styles.xml", "docx_styles.xml"),
            ("word/numbering.xml", "docx_numbering.xml"),
            ("word/document.xml", "docx_document.xml"),
        ):
            text = environment.get_template(template).render(
                advert=advert, document=document, parts=_parts(advert), columns=COLUMNS
            )
            archive.writestr(zipfile.ZipInfo(name, MOMENT), text)
    return file.getvalue()


def _parts(advert: PracticeAdvert) -> list[tuple[str, str]]:
    """Return headings and texts of a job description; empty texts are left out."""
    parts = (
        ("Job summary", advert.summary),
        ("Main duties", advert.duties),
        ("Job responsibilities", advert.responsibilities),
    )
    return [(heading, to_text(text)) for heading, text in parts if text]


def _pdf_lines(advert: PracticeAdvert, document: Document) -> list[Line | Row]:
    if document.content == "text":
        return [Line(document.label, bold=True), Line(document.text)]
    lines: list[Line | Row] = [
        Line(advert.employer.name),
        Line(f"{advert.title}: person specification", bold=True),
    ]
    if document.content == "table":
        header = Row(tuple((column,) for column in COLUMNS), bold=True)
        return [*lines, header, *(_row(group) for group in advert.specification)]
    for heading, text in _parts(advert):
        lines += [Line(heading, bold=True), Line(text)]
    for group in advert.specification:
        lines += _list(group)
    return lines


def _row(group: Group) -> Row:
    return Row(((group.group,), group.essential, group.desirable))


def _list(group: Group) -> list[Line | Row]:
    lines: list[Line | Row] = [Line(group.group, bold=True)]
    for name, criteria in (("Essential", group.essential), ("Desirable", group.desirable)):
        if criteria:
            lines += [Line(name, bold=True), *(Line(f"• {line}", indent=12) for line in criteria)]
    return lines
