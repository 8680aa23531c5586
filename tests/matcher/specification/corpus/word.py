"""Word documents in the templates of trusts."""

import io
from collections.abc import Callable

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from tests.matcher.specification.corpus.content import LEGEND, TRUST, Group, Post

Expected = list[tuple[str, str, str | None]]
Made = tuple[bytes, Expected]


def new_document(post: Post, *, title: bool = True):
    document = Document()
    document.sections[0].header.paragraphs[0].text = TRUST
    if title:
        document.add_heading("Person Specification", level=1)
        document.add_paragraph(f"Post: {post.title}")
    return document


def to_bytes(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def new_table(document, columns: int, head: tuple[str, ...] = ()):
    table = document.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    if head:
        new_row(table, *head, bold=True)
    return table


def new_row(table, *texts: str, bold: bool = False):
    row = table.add_row()
    for cell, text in zip(row.cells, texts, strict=False):
        paragraph = cell.paragraphs[0]
        paragraph.add_run(text).bold = bold or None
    return row


def fill(cell, lines, style: str | None = "List Bullet"):
    for index, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        if style:
            paragraph.style = style
        paragraph.add_run(line)


def filled_columns(post: Post) -> Made:
    """Group, Essential, Desirable; bulleted lists in the cells."""
    document = new_document(post)
    table = new_table(document, 3, ("Criteria", "Essential", "Desirable"))
    for group in post.groups:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(group.name).bold = True
        fill(cells[1], group.essential)
        fill(cells[2], group.desirable)
    return to_bytes(document), post.expected()


def filled_plain_paragraphs(post: Post) -> Made:
    """The same without bullets, one paragraph a criterion, and a column of codes."""
    document = new_document(post)
    table = new_table(document, 4, ("Factor", "Essential", "Desirable", "Assessed by"))
    for group in post.groups:
        cells = table.add_row().cells
        cells[0].text = group.name
        fill(cells[1], group.essential, None)
        fill(cells[2], group.desirable, None)
        cells[3].text = group.assessed
    document.add_paragraph(LEGEND)
    return to_bytes(document), post.expected()


def explained_heads(post: Post) -> Made:
    """Heads that say what essential and desirable mean."""
    document = new_document(post)
    table = new_table(
        document,
        3,
        (
            "",
            "Essential - qualities without which a post holder could not be appointed",
            (
                "Desirable - extra qualities which help to choose between candidates who meet all "
                "the essential criteria"
            ),
        ),
    )
    for group in post.groups:
        cells = table.add_row().cells
        cells[0].text = group.name.upper()
        fill(cells[1], group.essential)
        fill(cells[2], group.desirable)
    expected: Expected = [
        (text, weight, (name or "").upper()) for text, weight, name in post.expected()
    ]
    return to_bytes(document), expected


def ticks_with_group_rows(post: Post) -> Made:
    """Criterion, Essential, Desirable; ticks; groups in rows merged over the table."""
    document = new_document(post)
    table = new_table(document, 3, ("Requirement", "Essential", "Desirable"))
    for group in post.groups:
        row = new_row(table, group.name, bold=True)
        row.cells[0].merge(row.cells[2])
        for text, essential in pairs(group):
            new_row(table, text, *(("✓", "") if essential else ("", "✓")))
    return to_bytes(document), post.expected()


def ticks_of_wingdings(post: Post) -> Made:
    """Group merged downwards, criterion, ticks as symbols of Wingdings, ways of assessing."""
    document = new_document(post)
    table = new_table(document, 5, ("Area", "Criterion", "Essential", "Desirable", "How assessed"))
    for group in post.groups:
        first = None
        for text, essential in pairs(group):
            row = new_row(table, "", text, "", "", "Application / Interview")
            add_symbol(row.cells[2 if essential else 3].paragraphs[0], "F0FC")
            if first is None:
                first = row.cells[0]
                first.text = group.name
            else:
                first = first.merge(row.cells[0])
    return to_bytes(document), post.expected()


def add_symbol(paragraph, code: str):
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), "Wingdings")
    symbol.set(qn("w:char"), code)
    paragraph.add_run()._r.append(symbol)


def ticks_as_letters_of_wingdings(post: Post) -> Made:
    """Ticks typed as ``ü`` in Wingdings; group rows not merged but bold."""
    document = new_document(post)
    table = new_table(document, 3, ("", "Essential", "Desirable"))
    for group in post.groups:
        new_row(table, group.name, "", "", bold=True)
        for text, essential in pairs(group):
            row = new_row(table, text)
            run = row.cells[1 if essential else 2].paragraphs[0].add_run("ü")
            run.font.name = "Wingdings"
    return to_bytes(document), post.expected()


def letters(post: Post) -> Made:
    """A column of E and D."""
    document = new_document(post)
    table = new_table(document, 3, ("Category", "Criteria", "E/D"))
    for group in post.groups:
        for index, (text, essential) in enumerate(pairs(group)):
            new_row(table, group.name if index == 0 else "", text, "E" if essential else "D")
    return to_bytes(document), post.expected()


def letters_without_head(post: Post) -> Made:
    """A column of E and D that no head names."""
    document = new_document(post)
    for group in post.groups:
        document.add_heading(group.name, level=2)
        table = new_table(document, 3)
        for text, essential in pairs(group):
            new_row(table, text, "E" if essential else "D", "A/I")
    return to_bytes(document), post.expected()


def head_in_every_section(post: Post) -> Made:
    """Each group repeats the head, with its name in the first cell."""
    document = new_document(post)
    table = new_table(document, 3)
    for group in post.groups:
        new_row(table, group.name, "Essential", "Desirable", bold=True)
        cells = table.add_row().cells
        fill(cells[1], group.essential)
        fill(cells[2], group.desirable)
    return to_bytes(document), post.expected()


def table_per_group(post: Post) -> Made:
    """A heading and a table of two columns for each group."""
    document = new_document(post)
    for group in post.groups:
        document.add_heading(group.name, level=2)
        table = new_table(document, 2, ("Essential", "Desirable"))
        cells = table.add_row().cells
        fill(cells[0], group.essential)
        fill(cells[1], group.desirable or ("N/A",))
    return to_bytes(document), post.expected()


def rows_of_importance(post: Post) -> Made:
    """Merged group row, then a row Essential and a row Desirable."""
    document = new_document(post)
    table = new_table(document, 2)
    for group in post.groups:
        row = new_row(table, group.name, bold=True)
        row.cells[0].merge(row.cells[1])
        for label, lines in (("Essential", group.essential), ("Desirable", group.desirable)):
            if lines:
                cells = table.add_row().cells
                cells[0].text = label
                fill(cells[1], lines)
    return to_bytes(document), post.expected()


def rows_with_group_merged_down(post: Post) -> Made:
    """Group merged over its rows Essential and Desirable, three columns, no head."""
    document = new_document(post)
    table = new_table(document, 3)
    for group in post.groups:
        first = None
        for label, lines in (("Essential", group.essential), ("Desirable", group.desirable)):
            if not lines:
                continue
            cells = table.add_row().cells
            cells[1].text = label
            fill(cells[2], lines)
            if first is None:
                cells[0].text = group.name
                first = cells[0]
            else:
                first = first.merge(cells[0])
    return to_bytes(document), post.expected()


def headings_and_bullets(post: Post) -> Made:
    """No table: Heading 2 for the group, Heading 3 for the importance, bullets."""
    document = new_document(post)
    for group in post.groups:
        document.add_heading(group.name, level=2)
        for label, lines in (("Essential", group.essential), ("Desirable", group.desirable)):
            if lines:
                document.add_heading(label, level=3)
                for line in lines:
                    document.add_paragraph(line, style="List Bullet")
    return to_bytes(document), post.expected()


def bold_and_numbers(post: Post) -> Made:
    """Importance outside, groups inside, both bold only; numbered lines."""
    document = new_document(post, title=False)
    document.add_paragraph().add_run("PERSON SPECIFICATION").bold = True
    expected: Expected = []
    for label, weight in (("Essential criteria", "essential"), ("Desirable criteria", "desirable")):
        document.add_paragraph().add_run(label).bold = True
        number = 0
        for group in post.groups:
            lines = group.essential if weight == "essential" else group.desirable
            if lines:
                document.add_paragraph().add_run(group.name).bold = True
            for line in lines:
                number += 1
                document.add_paragraph(f"{number}. {line}")
                expected.append((line, weight, group.name))
    return to_bytes(document), expected


def suffixes(post: Post) -> Made:
    """Marks (E) and (D) at the end of the line, with ways of assessing."""
    document = new_document(post)
    for group in post.groups:
        document.add_heading(group.name, level=2)
        for text, essential in pairs(group):
            mark = "(E)" if essential else "(D)"
            document.add_paragraph(f"{text} {mark} (A/I)", style="List Number")
    return to_bytes(document), post.expected()


def line_breaks_in_cells(post: Post) -> Made:
    """Bullets typed by hand, lines broken inside one paragraph."""
    document = new_document(post)
    table = new_table(document, 3, ("Requirements", "Essential", "Desirable"))
    for group in post.groups:
        cells = table.add_row().cells
        cells[0].text = group.name
        for cell, lines in ((cells[1], group.essential), (cells[2], group.desirable)):
            run = cell.paragraphs[0].add_run()
            for index, line in enumerate(lines):
                if index:
                    run.add_break(WD_BREAK.LINE)
                run.add_text(f"• {line}")
    return to_bytes(document), post.expected()


def nested_table(post: Post) -> Made:
    """The specification stands in a table inside the cell of a frame."""
    document = new_document(post, title=False)
    frame = new_table(document, 2)
    new_row(frame, "Post", post.title)
    cell = frame.add_row().cells[1]
    cell.paragraphs[0].text = "Person Specification"
    inner = cell.add_table(rows=0, cols=3)
    new_row(inner, "", "Essential", "Desirable")
    for group in post.groups:
        cells = inner.add_row().cells
        cells[0].text = group.name
        fill(cells[1], group.essential)
        fill(cells[2], group.desirable)
    return to_bytes(document), post.expected()


def text_box(post: Post) -> Made:
    """Everything in a text box, as posters have it."""
    document = Document()
    lines = [("Person Specification", True)]
    for group in post.groups:
        lines.append((group.name, True))
        for label, texts in (("Essential", group.essential), ("Desirable", group.desirable)):
            if texts:
                lines.append((label, True))
                lines += [(f"• {text}", False) for text in texts]
    body = "".join(
        f"<w:p><w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r></w:p>"
        for text, bold in lines
    )
    box = parse_xml(
        f"<w:r {nsdecls('w')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
        " xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'"
        " xmlns:v='urn:schemas-microsoft-com:vml'><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx><w:txbxContent>{body}</w:txbxContent></wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{body}</w:txbxContent>"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph()._p.append(box)
    return to_bytes(document), post.expected()


def check_boxes(post: Post) -> Made:
    """Ticks as check boxes of a form, ticked or empty."""
    document = new_document(post)
    table = new_table(document, 3, ("Criteria", "Essential", "Desirable"))
    for group in post.groups:
        row = new_row(table, group.name, bold=True)
        row.cells[0].merge(row.cells[2])
        for text, essential in pairs(group):
            new_row(table, text, *(("☒", "☐") if essential else ("☐", "☒")))
    return to_bytes(document), post.expected()


def job_description_with_specification_last(post: Post) -> Made:
    """A whole job description; the specification is its last page."""
    document = Document()
    document.add_heading("Job Description", level=1)
    facts = new_table(document, 2)
    for label, value in (("Job title", post.title), ("Band", "3"), ("Reports to", "Team leader")):
        new_row(facts, label, value)
    document.add_heading("Job Summary", level=2)
    document.add_paragraph(
        f"The post holder works in the records library of {TRUST} and helps clinics run on time."
    )
    document.add_heading("Main Duties and Responsibilities", level=2)
    for duty in post.duties:
        document.add_paragraph(duty, style="List Number")
    document.add_heading("Health and Safety", level=2)
    document.add_paragraph("All staff must follow the policies of the Trust.")
    document.add_page_break()
    document.add_heading("Person Specification", level=1)
    table = new_table(document, 4, ("Attribute", "Essential", "Desirable", "Assessment"))
    for group in post.groups:
        cells = table.add_row().cells
        cells[0].text = group.name
        fill(cells[1], group.essential)
        fill(cells[2], group.desirable)
        cells[3].text = "Application form\nInterview"
    document.add_paragraph(LEGEND)
    return to_bytes(document), post.expected()


def weights(post: Post) -> Made:
    """A column of weights beside the marks."""
    document = new_document(post)
    table = new_table(
        document, 5, ("Group", "Selection criteria", "Essential", "Desirable", "Weighting")
    )
    for group in post.groups:
        for index, (text, essential) in enumerate(pairs(group)):
            marks = ("X", "") if essential else ("", "X")
            new_row(
                table, group.name if index == 0 else "", text, *marks, "5" if essential else "2"
            )
    return to_bytes(document), post.expected()


def tables_by_importance(post: Post) -> Made:
    """A table of the essential criteria, then one of the desirable."""
    document = new_document(post)
    expected: Expected = []
    for label, weight in (("Essential Criteria", "essential"), ("Desirable Criteria", "desirable")):
        document.add_heading(label, level=2)
        table = new_table(document, 2, ("Area", "Criteria"))
        for group in post.groups:
            lines = group.essential if weight == "essential" else group.desirable
            if lines:
                cells = table.add_row().cells
                cells[0].text = group.name
                fill(cells[1], lines)
                expected += [(line, weight, group.name) for line in lines]
    return to_bytes(document), expected


def title_above_head(post: Post) -> Made:
    """A table per group; the group stands above the head, merged over the table."""
    document = new_document(post)
    for group in post.groups:
        table = new_table(document, 2)
        row = new_row(table, group.name, bold=True)
        row.cells[0].merge(row.cells[1])
        new_row(table, "Essential", "Desirable", bold=True)
        cells = table.add_row().cells
        fill(cells[0], group.essential)
        fill(cells[1], group.desirable)
    return to_bytes(document), post.expected()


def groups_between_bullets(post: Post) -> Made:
    """Two cells hold everything; the groups stand in bold between the bullets."""
    document = new_document(post)
    cells = new_table(document, 2, ("Essential", "Desirable")).add_row().cells
    expected: Expected = []
    for cell, weight in zip(cells, ("essential", "desirable"), strict=True):
        for group in post.groups:
            lines = group.essential if weight == "essential" else group.desirable
            if lines:
                cell.add_paragraph().add_run(group.name).bold = True
            for line in lines:
                cell.add_paragraph(line, style="List Bullet")
                expected.append((line, weight, group.name))
    return to_bytes(document), expected


def words_in_brackets(post: Post) -> Made:
    """The importance as a word in brackets, which belongs to the line."""
    document = new_document(post)
    expected: Expected = []
    for group in post.groups:
        document.add_heading(group.name, level=2)
        for text, essential in pairs(group):
            line = f"{text} ({'Essential' if essential else 'Desirable'})"
            document.add_paragraph(line, style="List Bullet")
            expected.append((line, "essential" if essential else "desirable", group.name))
    return to_bytes(document), expected


def small_print(post: Post) -> Made:
    """Filled columns in small print, so that lines seldom wrap."""
    document = new_document(post)
    document.styles["Normal"].font.size = Pt(7)
    table = new_table(document, 3, ("", "ESSENTIAL", "DESIRABLE"))
    for group in post.groups:
        cells = table.add_row().cells
        cells[0].text = f"{group.name}:"
        fill(cells[1], [f"{line}." for line in group.essential])
        fill(cells[2], [f"{line}." for line in group.desirable])
    expected: Expected = [(f"{text}.", weight, name) for text, weight, name in post.expected()]
    return to_bytes(document), expected


def pairs(group: Group) -> list[tuple[str, bool]]:
    return [(text, True) for text in group.essential] + [(text, False) for text in group.desirable]


TEMPLATES: tuple[Callable[[Post], Made], ...] = (
    filled_columns,
    filled_plain_paragraphs,
    explained_heads,
    ticks_with_group_rows,
    ticks_of_wingdings,
    ticks_as_letters_of_wingdings,
    letters,
    letters_without_head,
    head_in_every_section,
    table_per_group,
    rows_of_importance,
    rows_with_group_merged_down,
    headings_and_bullets,
    bold_and_numbers,
    suffixes,
    line_breaks_in_cells,
    nested_table,
    text_box,
    check_boxes,
    job_description_with_specification_last,
    weights,
    tables_by_importance,
    title_above_head,
    groups_between_bullets,
    words_in_brackets,
    small_print,
)
