"""Word files: what a reader of the page sees, and nothing else."""

import io

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from matcher.specification.docx import to_blocks


def _blocks(document):
    stream = io.BytesIO()
    document.save(stream)
    return to_blocks(stream.getvalue(), "case.docx")


def _paragraph(xml):
    document = Document()
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    return [block.text for block in _blocks(document)]


def test_text_of_a_cell_merged_away_is_not_read():
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for row, text in zip(table.rows, ("Experience", "left over"), strict=True):
        row.cells[0].text = text
        row.cells[1].text = "Filing"
        merged = OxmlElement("w:vMerge")
        if text == "Experience":
            merged.set(qn("w:val"), "restart")
        row.cells[0]._tc.get_or_add_tcPr().append(merged)
    first, second = _blocks(document)
    assert [cell.text for cell in first.cells] == ["Experience", "Filing"]
    assert [cell.continued for cell in second.cells] == [True, False]
    assert "left over" not in second.text


def test_deleted_and_hidden_text_is_not_read():
    kept = "<w:r><w:t>Typing</w:t></w:r>"
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>Shorthand</w:delText></w:r></w:del>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret</w:t></w:r>"
    inserted = '<w:ins w:id="2" w:author="x"><w:r><w:t> skills</w:t></w:r></w:ins>'
    assert _paragraph(kept + deleted + hidden + inserted) == ["Typing skills"]


def test_a_text_box_is_read_once_though_the_file_holds_it_twice():
    from tests.matcher.specification.corpus.content import POSTS
    from tests.matcher.specification.corpus.word import text_box

    texts = [block.text for block in to_blocks(text_box(POSTS[0])[0], "box.docx")]
    assert texts.count("Person Specification") == 1


def test_boxes_of_forms_are_ticks_or_empty():
    def box(state):
        return (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>'
            f'<w:checked w:val="{state}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
        )

    assert _paragraph(box(1)) == ["✓"]
    assert _paragraph(box(0)) == ["☐"]


def test_styles_say_what_is_a_heading_and_what_a_bullet():
    document = Document()
    document.add_heading("Skills", level=2)
    document.add_paragraph("Typing", style="List Bullet")
    document.add_paragraph().add_run("Desirable").bold = True
    document.add_paragraph("Come and see us")
    assert [(block.kind, block.level) for block in _blocks(document)] == [
        ("heading", 2),
        ("item", 1),
        ("heading", 7),
        ("paragraph", 0),
    ]


def test_a_cell_over_several_columns_counts_them():
    document = Document()
    table = document.add_table(rows=1, cols=3)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "Skills"
    table.rows[0].cells[2].text = "x"
    (row,) = _blocks(document)
    assert [cell.span for cell in row.cells] == [2, 1]
