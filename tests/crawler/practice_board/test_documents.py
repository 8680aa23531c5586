"""The documents behind the links of adverts, read with the libraries that readers use."""

import io

import docx
import pypdfium2
import pytest

from crawler.practice_board import load_adverts
from crawler.practice_board.pdf import Line, Row, write_pdf
from tests.crawler.practice_board.conftest import advert_page, ask

BY_REFERENCE = {advert.reference: advert for advert in load_adverts()}


def document(board, reference, ending):
    links = advert_page(board, reference).css("main a::attr(href)").getall()
    path = next(link for link in links if link.endswith(ending))
    return ask(board, path)


def pdf_text(body):
    with pypdfium2.PdfDocument(body) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def criteria(reference):
    groups = BY_REFERENCE[reference].specification
    return [line for group in groups for line in (*group.essential, *group.desirable)]


def squeezed(text):
    return "".join(text.split())


def test_a_docx_holds_every_criterion_as_a_bullet(board):
    answer = document(board, "Z1001-26-0124", "PS.docx")
    paragraphs = docx.Document(io.BytesIO(answer.body)).paragraphs
    bullets = [p.text for p in paragraphs if p.style and p.style.name == "List Bullet"]
    assert bullets == criteria("Z1001-26-0124")
    assert "wordprocessingml" in answer.headers["Content-Type"]


def test_a_docx_may_hold_the_specification_as_a_table(board):
    answer = document(board, "Z1001-26-0160", ".docx")
    (table,) = docx.Document(io.BytesIO(answer.body)).tables
    groups = BY_REFERENCE["Z1001-26-0160"].specification
    assert [cell.text for cell in table.rows[0].cells] == ["Criteria", "Essential", "Desirable"]
    assert table.rows[1].cells[1].text.splitlines() == list(groups[0].essential)
    assert len(table.rows) == len(groups) + 1


@pytest.mark.parametrize("reference", ["Z1012-26-0009", "Z1011-26-0002"])
def test_a_pdf_holds_every_criterion_in_lists_or_in_a_table(board, reference):
    answer = document(board, reference, ".pdf")
    text = squeezed(pdf_text(answer.body))
    assert [line for line in criteria(reference) if squeezed(line) not in text] == []
    assert answer.headers["Content-Type"] == "application/pdf"


def test_a_leaflet_holds_its_own_words_and_no_criteria(board):
    text = pdf_text(document(board, "Z1001-26-0124", "benefits.pdf").body)
    assert "nursery" in text
    assert "Essential" not in text


def test_every_document_opens(board):
    for advert in BY_REFERENCE.values():
        for number, linked in enumerate(advert.documents if advert.on(1) else ()):
            hrefs = advert_page(board, advert.reference).css("#supporting_documents a::attr(href)")
            body = ask(board, hrefs.getall()[number]).body
            if linked.file.endswith(".pdf"):
                assert pdf_text(body)
            else:
                assert docx.Document(io.BytesIO(body)).paragraphs


def test_a_long_text_runs_over_several_pages_and_loses_nothing():
    lines = [Line(f"Line {number} (with brackets) \\ and a £ sign") for number in range(200)]
    body = write_pdf(lines)
    with pypdfium2.PdfDocument(body) as pdf:
        assert len(pdf) > 2
    text = pdf_text(body)
    assert [line.text for line in lines if line.text not in text] == []


def test_the_rules_of_a_table_are_drawn():
    body = write_pdf([Row((("Group",), ("Essential", "lines"), ()))])
    assert body.count(b" re S") == 3
