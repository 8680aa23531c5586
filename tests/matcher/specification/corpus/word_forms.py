"""Word documents in less usual forms: numbers and codes, columns of groups, run-in labels, tabs."""

from collections.abc import Callable

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.matcher.specification.corpus.content import Group, Post
from tests.matcher.specification.corpus.word import (
    Expected,
    Made,
    fill,
    new_document,
    new_row,
    new_table,
    pairs,
    to_bytes,
)


def _labelled(group: Group) -> list[tuple[str, tuple[str, ...]]]:
    lists = (("Essential", group.essential), ("Desirable", group.desirable))
    return [(label, lines) for label, lines in lists if lines]


def numbered_with_ticks_for_assessing(post: Post) -> Made:
    """Groups and criteria numbered; ticks under Essential and Desirable and under A, I and T."""
    document = new_document(post)
    head = ("No.", "Criteria", "Essential", "Desirable", "A", "I", "T")
    table = new_table(document, 7, head)
    for number, group in enumerate(post.groups, 1):
        new_row(table, str(number), group.name, bold=True)
        for index, (text, essential) in enumerate(pairs(group), 1):
            ticks = ("✓", "", "✓") if essential else ("", "✓", "✓")
            new_row(table, f"{number}.{index}", text, *ticks)
    return to_bytes(document), post.expected()


def codes_as_references(post: Post) -> Made:
    """The reference says the importance: E1, E2, D1; groups in merged rows."""
    document = new_document(post)
    table = new_table(document, 3, ("Ref", "Criteria", "Measured by"))
    counts = {True: 0, False: 0}
    for group in post.groups:
        row = new_row(table, group.name, bold=True)
        row.cells[0].merge(row.cells[2])
        for text, essential in pairs(group):
            counts[essential] += 1
            new_row(table, f"{'E' if essential else 'D'}{counts[essential]}", text, group.assessed)
    return to_bytes(document), post.expected()


def assessed_on_both_sides(post: Post) -> Made:
    """A numbered title in bold and a table for each group, a column of codes after each weight."""
    document = new_document(post)
    for number, group in enumerate(post.groups, 1):
        document.add_paragraph().add_run(f"{number}. {group.name}").bold = True
        table = new_table(document, 4, ("Essential", "Assessed", "Desirable", "Assessed"))
        cells = table.add_row().cells
        fill(cells[0], group.essential)
        cells[1].text = "A/I"
        fill(cells[2], group.desirable)
        cells[3].text = "I" if group.desirable else ""
    return to_bytes(document), post.expected()


def names_set_upwards(post: Post) -> Made:
    """Group merged downwards and set upwards; the letter beside each criterion."""
    document = new_document(post)
    head = ("Category", "Description", "Essential (E) or Desirable (D)", "Assessed at")
    table = new_table(document, 4, head)
    for group in post.groups:
        first = None
        for text, essential in pairs(group):
            row = new_row(table, "", text, "E" if essential else "D", "Application/Interview")
            if first is None:
                first = row.cells[0]
                first.text = group.name
                direction = OxmlElement("w:textDirection")
                direction.set(qn("w:val"), "btLr")
                first._tc.get_or_add_tcPr().append(direction)
            else:
                first = first.merge(row.cells[0])
    return to_bytes(document), post.expected()


def groups_as_columns(post: Post) -> Made:
    """The groups stand side by side; a row of the essential criteria, one of the desirable."""
    document = new_document(post)
    names = [group.name for group in post.groups]
    table = new_table(document, len(names) + 1, ("", *names))
    expected: Expected = []
    for label in ("essential", "desirable"):
        cells = table.add_row().cells
        cells[0].text = label.upper()
        for cell, group in zip(cells[1:], post.groups, strict=True):
            lines = group.essential if label == "essential" else group.desirable
            fill(cell, lines)
            expected += [(line, label, group.name) for line in lines]
    return to_bytes(document), expected


def groups_as_columns_with_labels(post: Post) -> Made:
    """The groups stand side by side; each cell says Essential and Desirable itself."""
    document = new_document(post)
    table = new_table(document, len(post.groups), tuple(group.name for group in post.groups))
    for cell, group in zip(table.add_row().cells, post.groups, strict=True):
        for label, lines in _labelled(group):
            cell.add_paragraph().add_run(f"{label}:").bold = True
            for line in lines:
                cell.add_paragraph(line, style="List Bullet")
    return to_bytes(document), post.expected()


def labels_in_paragraphs(post: Post) -> Made:
    """No table; each paragraph starts with its importance."""
    document = new_document(post)
    for group in post.groups:
        document.add_paragraph().add_run(group.name).bold = True
        for text, essential in pairs(group):
            paragraph = document.add_paragraph()
            paragraph.add_run("Essential: " if essential else "Desirable: ").bold = True
            paragraph.add_run(text)
    return to_bytes(document), post.expected()


def labels_in_cells(post: Post) -> Made:
    """Group on the left; on the right labels and dashed lines in one cell."""
    document = new_document(post)
    table = new_table(document, 2)
    for group in post.groups:
        cells = table.add_row().cells
        cells[0].text = group.name
        for label, lines in _labelled(group):
            run = cells[1].add_paragraph().add_run(f"{label}:")
            for line in lines:
                run.add_break()
                run.add_text(f"- {line}")
    return to_bytes(document), post.expected()


def yes_and_no(post: Post) -> Made:
    """Y and N in both columns."""
    document = new_document(post)
    head = ("Selection Criteria", "Essential Y/N", "Desirable Y/N", "Stage measured at")
    table = new_table(document, 4, head)
    for group in post.groups:
        row = new_row(table, group.name, bold=True)
        row.cells[0].merge(row.cells[3])
        for text, essential in pairs(group):
            new_row(table, text, *("YN" if essential else "NY"), "Shortlisting/Interview")
    return to_bytes(document), post.expected()


def words_and_weights(post: Post) -> Made:
    """The importance as a word beside each criterion, and weights from 1 to 3."""
    document = new_document(post)
    head = ("Section", "Criteria", "Essential / Desirable", "Weighting (1-3)", "How assessed?")
    table = new_table(document, 5, head)
    for group in post.groups:
        for index, (text, essential) in enumerate(pairs(group)):
            words = ("Essential", "3") if essential else ("Desirable", "1")
            new_row(table, "" if index else group.name, text, *words, "Application and interview")
    return to_bytes(document), post.expected()


def nothing_desirable(post: Post) -> Made:
    """Cells that say that there is nothing to say."""
    document = new_document(post)
    table = new_table(document, 4, ("Attributes", "Essential", "Desirable", "Assessed via"))
    blanks = ("None required", "Not applicable", "N/A", "-", "None identified")
    for index, group in enumerate(post.groups):
        cells = table.add_row().cells
        cells[0].text = group.name
        fill(cells[1], group.essential)
        fill(cells[2], group.desirable or (blanks[index % len(blanks)],))
        cells[3].text = "AF/I"
    new_row(table, "Physical Requirements", "None", "None", "")
    return to_bytes(document), post.expected()


def numbered_in_cells(post: Post) -> Made:
    """Numbers before the groups and, in the cells, before the criteria."""
    document = new_document(post)
    table = new_table(document, 4, ("FACTORS", "ESSENTIAL", "DESIRABLE", "MEANS OF ASSESSMENT"))
    for number, group in enumerate(post.groups, 1):
        cells = table.add_row().cells
        cells[0].text = f"{number}. {group.name}"
        for cell, lines in ((cells[1], group.essential), (cells[2], group.desirable)):
            fill(cell, [f"{index}. {line}" for index, line in enumerate(lines, 1)], None)
        cells[3].text = "Application\nInterview\nReferences"
    return to_bytes(document), post.expected()


def head_of_two_rows(post: Post) -> Made:
    """A head of two rows, merged across and down."""
    document = new_document(post)
    table = new_table(document, 4)
    above = new_row(table, "Criteria", "Requirement", "", "Assessment", bold=True).cells
    above[1].merge(above[2])
    below = new_row(table, "", "Essential", "Desirable", "", bold=True).cells
    above[0].merge(below[0])
    above[3].merge(below[3])
    for group in post.groups:
        cells = table.add_row().cells
        cells[0].text = group.name
        fill(cells[1], group.essential)
        fill(cells[2], group.desirable)
        cells[3].text = "A & I"
    return to_bytes(document), post.expected()


def tabs(post: Post) -> Made:
    """No table; tabs before the letter and the ways of assessing."""
    document = new_document(post)
    document.add_paragraph().add_run("Criterion\tE/D\tAssessed").bold = True
    for group in post.groups:
        document.add_paragraph().add_run(group.name).bold = True
        for text, essential in pairs(group):
            document.add_paragraph(f"{text}\t{'E' if essential else 'D'}\tA/I")
    return to_bytes(document), post.expected()


def label_in_first_row_only(post: Post) -> Made:
    """A row a criterion; Essential stands in the first one of each list and nowhere else."""
    document = new_document(post)
    table = new_table(document, 3)
    for group in post.groups:
        new_row(table, group.name, "", "Assessed by", bold=True)
        for label, lines in _labelled(group):
            for index, line in enumerate(lines):
                new_row(table, "" if index else label, line, "A/I")
    return to_bytes(document), post.expected()


def names_on_top_of_cells(post: Post) -> Made:
    """The group stands in the essential cell, above its bullets, and holds for the whole row."""
    document = new_document(post)
    table = new_table(document, 3, ("Essential", "Desirable", "Evidenced by"))
    for group in post.groups:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(group.name).bold = True
        for line in group.essential:
            cells[0].add_paragraph(line, style="List Bullet")
        fill(cells[1], group.desirable)
        cells[2].text = group.assessed
    return to_bytes(document), post.expected()


def names_with_importance(post: Post) -> Made:
    """``Experience (Essential)`` on the left, the criteria on the right."""
    document = new_document(post)
    table = new_table(document, 2)
    for group in post.groups:
        for label, lines in _labelled(group):
            cells = table.add_row().cells
            cells[0].text = f"{group.name} ({label})"
            fill(cells[1], lines, None)
    return to_bytes(document), post.expected()


def short_words(post: Post) -> Made:
    """Ess and Des in a column."""
    document = new_document(post)
    table = new_table(document, 3, ("Area", "Requirement", "Ess/Des"))
    for group in post.groups:
        for index, (text, essential) in enumerate(pairs(group)):
            new_row(table, "" if index else group.name, text, "Ess" if essential else "Des")
    return to_bytes(document), post.expected()


TEMPLATES: tuple[Callable[[Post], Made], ...] = (
    numbered_with_ticks_for_assessing,
    codes_as_references,
    assessed_on_both_sides,
    names_set_upwards,
    groups_as_columns,
    groups_as_columns_with_labels,
    labels_in_paragraphs,
    labels_in_cells,
    yes_and_no,
    words_and_weights,
    nothing_desirable,
    numbered_in_cells,
    head_of_two_rows,
    tabs,
    label_in_first_row_only,
    names_on_top_of_cells,
    names_with_importance,
    short_words,
)
