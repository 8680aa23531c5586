"""PDF documents in the templates of trusts, with and without ruling."""

import io
from collections.abc import Callable

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from tests.matcher.specification.corpus.content import LEGEND, TRUST, Group, Post

Expected = list[tuple[str, str, str | None]]
Made = tuple[bytes, Expected]

_SHEET = getSampleStyleSheet()
BODY = ParagraphStyle("body", parent=_SHEET["Normal"], fontSize=9, leading=11)
BOLD = ParagraphStyle("bold", parent=BODY, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", parent=BOLD, fontSize=15, leading=20)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=10, bulletIndent=0)
GRID = [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def _margins(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    _width, height = document.pagesize
    canvas.drawString(20 * mm, height - 12 * mm, f"{TRUST} - a smoke-free employer")
    canvas.drawString(20 * mm, 10 * mm, f"Page {document.page} of our job pack, version 3")


def build(story: list[Flowable], size=A4) -> bytes:
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream, pagesize=size, topMargin=22 * mm, bottomMargin=20 * mm, invariant=1
    )
    document.build(story, onFirstPage=_margins, onLaterPages=_margins)
    return stream.getvalue()


def start(post: Post) -> list[Flowable]:
    return [Paragraph("Person Specification", TITLE), Paragraph(f"Post: {post.title}", BODY)]


def items(lines, glyph: str = "•") -> list[Flowable]:
    return [Paragraph(line, ITEM, bulletText=glyph) for line in lines]


def pairs(group: Group) -> list[tuple[str, bool]]:
    return [(text, True) for text in group.essential] + [(text, False) for text in group.desirable]


def ruled_filled(post: Post) -> Made:
    """Ruled; group, essential, desirable with bullets; the head repeats on each page."""
    data = [[Paragraph(t, BOLD) for t in ("", "Essential", "Desirable")]]
    data += [[Paragraph(g.name, BOLD), items(g.essential), items(g.desirable)] for g in post.groups]
    table = Table(data, colWidths=[35 * mm, 75 * mm, 55 * mm], repeatRows=1, style=GRID)
    return build([*start(post), table, Paragraph(LEGEND, BODY)]), post.expected()


def ruled_over_pages(post: Post) -> Made:
    """The same on small pages, so that it goes on over them."""
    data = [[Paragraph(t, BOLD) for t in ("Factors", "Essential", "Desirable", "Assessment")]]
    data += [
        [
            Paragraph(g.name, BODY),
            items(g.essential, "\u2013"),
            items(g.desirable, "\u2013"),
            Paragraph(g.assessed, BODY),
        ]
        for g in post.groups
    ]
    widths = [30 * mm, 60 * mm, 50 * mm, 25 * mm]
    table = Table(data, colWidths=widths, repeatRows=1, style=GRID)
    return build([*start(post), table], size=(210 * mm, 125 * mm)), post.expected()


def ruled_ticks(post: Post) -> Made:
    """Ruled; ticks of Zapf Dingbats; groups in rows that span the table."""
    tick = '<font name="ZapfDingbats">4</font>'
    data = [[Paragraph(t, BOLD) for t in ("Criteria", "Essential", "Desirable")]]
    style = list(GRID)
    for group in post.groups:
        style.append(("SPAN", (0, len(data)), (2, len(data))))
        data.append([Paragraph(group.name, BOLD), "", ""])
        for text, essential in pairs(group):
            marks = (tick, "") if essential else ("", tick)
            data.append([Paragraph(text, BODY), *(Paragraph(mark, BODY) for mark in marks)])
    table = Table(data, colWidths=[110 * mm, 25 * mm, 25 * mm], style=style)
    return build([*start(post), table]), post.expected()


def ruled_group_merged_down(post: Post) -> Made:
    """Ruled; the group merged over its rows; a column of E and D; how it is assessed."""
    data = [[Paragraph(t, BOLD) for t in ("Area", "Requirement", "E/D", "How assessed")]]
    style = list(GRID)
    for group in post.groups:
        first = len(data)
        for text, essential in pairs(group):
            data.append(
                [
                    Paragraph(group.name, BODY) if len(data) == first else "",
                    Paragraph(text, BODY),
                    "E" if essential else "D",
                    group.assessed,
                ]
            )
        style.append(("SPAN", (0, first), (0, len(data) - 1)))
    table = Table(data, colWidths=[35 * mm, 85 * mm, 15 * mm, 30 * mm], style=style)
    return build([*start(post), table]), post.expected()


def unruled_two_columns(post: Post) -> Made:
    """No ruling; two columns under a group heading, bullets in an odd glyph."""
    story = start(post)
    for group in post.groups:
        data = [
            [Paragraph("Essential", BOLD), Paragraph("Desirable", BOLD)],
            [items(group.essential, "\u25aa"), items(group.desirable, "\u25aa")],
        ]
        story += [
            Spacer(1, 10),
            Paragraph(group.name, BOLD),
            Table(data, colWidths=[90 * mm, 75 * mm], style=[("VALIGN", (0, 0), (-1, -1), "TOP")]),
        ]
    return build(story), post.expected()


def unruled_with_groups(post: Post) -> Made:
    """No ruling; group, essential, desirable in three columns, going on over pages."""
    data = [[Paragraph(t, BOLD) for t in ("", "Essential", "Desirable")]]
    data += [[Paragraph(g.name, BOLD), items(g.essential), items(g.desirable)] for g in post.groups]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 8)]
    table = Table(data, colWidths=[38 * mm, 72 * mm, 55 * mm], style=style)
    return build([*start(post), table]), post.expected()


def unruled_ticks(post: Post) -> Made:
    """No ruling; criteria on the left, X under Essential or Desirable."""
    data = [[Paragraph(t, BOLD) for t in ("Criteria", "Essential", "Desirable")]]
    for group in post.groups:
        data.append([Paragraph(group.name, BOLD), "", ""])
        for text, essential in pairs(group):
            data.append([Paragraph(text, BODY), *(("X", "") if essential else ("", "X"))])
    table = Table(data, colWidths=[110 * mm, 28 * mm, 28 * mm])
    return build([*start(post), table]), post.expected()


def rules_between_rows(post: Post) -> Made:
    """Lines between the rows only, none between the columns."""
    data = [[Paragraph(t, BOLD) for t in ("Requirements", "Essential", "Desirable")]]
    data += [[Paragraph(g.name, BODY), items(g.essential), items(g.desirable)] for g in post.groups]
    style = [
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, colors.grey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    table = Table(data, colWidths=[38 * mm, 72 * mm, 55 * mm], style=style)
    return build([*start(post), table]), post.expected()


def headings_and_bullets(post: Post) -> Made:
    """Running text: bold headings, bullets, lines that wrap."""
    story = start(post)
    for group in post.groups:
        story.append(Paragraph(group.name, BOLD))
        for label, lines in (("Essential", group.essential), ("Desirable", group.desirable)):
            if lines:
                story += [Paragraph(f"{label}:", BODY), *items(lines)]
    return build(story, size=(120 * mm, 200 * mm)), post.expected()


def numbered_with_marks(post: Post) -> Made:
    """Running text: numbered lines with (E) or (D) at their end."""
    story = start(post)
    for group in post.groups:
        story.append(Paragraph(group.name, BOLD))
        for number, (text, essential) in enumerate(pairs(group), 1):
            story.append(Paragraph(f"{number}. {text} ({'E' if essential else 'D'})", ITEM))
    return build(story), post.expected()


def job_pack(post: Post) -> Made:
    """A job description of several pages with the specification at its end."""
    story: list[Flowable] = [
        Paragraph("Job Description", TITLE),
        Paragraph("Job summary", BOLD),
        Paragraph(f"The post holder joins the records library of {TRUST}.", BODY),
        Paragraph("Main duties", BOLD),
        *items(post.duties),
        Paragraph("Confidentiality", BOLD),
        Paragraph("All staff must keep to the policies of the Trust at all times.", BODY),
        PageBreak(),
    ]
    data = [[Paragraph(t, BOLD) for t in ("Attributes", "Essential", "Desirable")]]
    data += [[Paragraph(g.name, BODY), items(g.essential), items(g.desirable)] for g in post.groups]
    table = Table(data, colWidths=[35 * mm, 75 * mm, 55 * mm], repeatRows=1, style=GRID)
    return build([*story, *start(post), table]), post.expected()


def codes_in_front(post: Post) -> Made:
    """A ruled table a word of importance, with a number such as E3 in front of each criterion."""
    story = start(post)
    expected: Expected = []
    for weight, letter in (("essential", "E"), ("desirable", "D")):
        data = [[Paragraph(t, BOLD) for t in ("No", f"{weight.title()} criteria", "Assessed by")]]
        for group in post.groups:
            for text in group.essential if weight == "essential" else group.desirable:
                data.append([f"{letter}{len(data)}", Paragraph(text, BODY), "A/I"])
                expected.append((text, weight, None))
        table = Table(data, colWidths=[15 * mm, 120 * mm, 25 * mm], style=GRID)
        story += [table, Spacer(1, 12)]
    return build(story), expected


def letters_without_ruling(post: Post) -> Made:
    """No ruling; E or D at the right of each criterion, groups in lines of their own."""
    data = [[Paragraph(t, BOLD) for t in ("Criteria", "E/D")]]
    for group in post.groups:
        data.append([Paragraph(group.name, BOLD), ""])
        data += [[Paragraph(text, BODY), "E" if e else "D"] for text, e in pairs(group)]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    return build([*start(post), Table(data, colWidths=[140 * mm, 20 * mm], style=style)]), (
        post.expected()
    )


def centred_heads(post: Post) -> Made:
    """No ruling; heads centred over their columns, another typeface."""
    times = ParagraphStyle("times", parent=BODY, fontName="Times-Roman", leftIndent=12)
    head = ParagraphStyle("head", parent=BOLD, alignment=1)

    def set_in(lines):
        return [Paragraph(line, times, bulletText="\u2022") for line in lines]

    data = [[Paragraph(t, head) for t in ("", "Essential", "Desirable")]]
    data += [
        [Paragraph(g.name, BOLD), set_in(g.essential), set_in(g.desirable)] for g in post.groups
    ]
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 10)]
    table = Table(data, colWidths=[40 * mm, 75 * mm, 55 * mm], style=style)
    return build([*start(post), table]), post.expected()


def lying_page(post: Post) -> Made:
    """A page across, with a column of weights."""
    data = [[Paragraph(t, BOLD) for t in ("", "Essential", "Desirable", "Weighting")]]
    data += [
        [Paragraph(g.name, BODY), items(g.essential), items(g.desirable), "High"]
        for g in post.groups
    ]
    widths = [45 * mm, 95 * mm, 75 * mm, 25 * mm]
    table = Table(data, colWidths=widths, style=GRID)
    return build([*start(post), table], size=landscape(A4)), post.expected()


def turned_page(post: Post) -> Made:
    """A page made upright and turned by its rotation entry, running text on it."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    canvas.setPageRotation(90)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    y = A4[0] - 60
    canvas.setFont("Helvetica", 9)
    for line in ["Person Specification", *_plain_lines(post)]:
        canvas.drawString(50, y, line)
        y -= 12
    canvas.showPage()
    canvas.save()
    return stream.getvalue(), post.expected()


def _plain_lines(post: Post) -> list[str]:
    lines = []
    for group in post.groups:
        lines.append(group.name)
        for label, texts in (("Essential", group.essential), ("Desirable", group.desirable)):
            if texts:
                lines += [label, *(f"- {text}" for text in texts)]
    return lines


TEMPLATES: tuple[Callable[[Post], Made], ...] = (
    ruled_filled,
    ruled_over_pages,
    ruled_ticks,
    ruled_group_merged_down,
    unruled_two_columns,
    unruled_with_groups,
    unruled_ticks,
    rules_between_rows,
    headings_and_bullets,
    numbered_with_marks,
    job_pack,
    codes_in_front,
    letters_without_ruling,
    centred_heads,
    lying_page,
    turned_page,
)
