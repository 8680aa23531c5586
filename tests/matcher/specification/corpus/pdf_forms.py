"""PDF documents in less usual forms: narrow and turned columns, codes, bullets in bullets."""

from collections.abc import Callable

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from tests.matcher.specification.corpus.content import Group, Post
from tests.matcher.specification.corpus.pdf import (
    BODY,
    BOLD,
    GRID,
    ITEM,
    Expected,
    Made,
    build,
    items,
    pairs,
    start,
)

_TOP = [("VALIGN", (0, 0), (-1, -1), "TOP")]
_DEEPER = ParagraphStyle("deeper", parent=ITEM, leftIndent=26, bulletIndent=14)


def _labelled(group: Group) -> list[tuple[str, tuple[str, ...]]]:
    lists = (("Essential", group.essential), ("Desirable", group.desirable))
    return [(label, lines) for label, lines in lists if lines]


class _Upwards(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A text set from below upwards."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def wrap(self, *_: float) -> tuple[float, float]:
        return 12, len(self._text) * 5.2

    def draw(self) -> None:
        self.canv.rotate(90)
        self.canv.setFont("Helvetica-Bold", 9)
        self.canv.drawString(2, -10, self._text)


def names_set_upwards(post: Post) -> Made:
    """Ruled; the group merged over its rows and set upwards."""
    data: list[list[object]] = [
        [Paragraph(t, BOLD) for t in ("", "Criteria", "Essential", "Desirable")]
    ]
    style = list(GRID)
    for group in post.groups:
        first = len(data)
        for text, essential in pairs(group):
            name = _Upwards(group.name) if len(data) == first else ""
            ticks = ("X", "") if essential else ("", "X")
            data.append([name, [Paragraph(text, BODY), Spacer(1, 40)], *ticks])
        style.append(("SPAN", (0, first), (0, len(data) - 1)))
    table = Table(data, colWidths=[12 * mm, 150 * mm, 30 * mm, 30 * mm], style=style)
    return build([*start(post), table], size=(297 * mm, 700 * mm)), post.expected()


def head_of_two_lines(post: Post) -> Made:
    """No ruling; the last head wraps, and spaces part the criteria."""
    data = [[Paragraph(t, BOLD) for t in ("Factors", "Essential", "Desirable", "Assessed by")]]
    for group in post.groups:
        cells = [
            [part for line in lines for part in (Paragraph(line, BODY), Spacer(1, 5))]
            for lines in (group.essential, group.desirable)
        ]
        data.append([Paragraph(group.name, BOLD), *cells, Paragraph(group.assessed, BODY)])
    widths = [34 * mm, 68 * mm, 50 * mm, 22 * mm]
    style = [*_TOP, ("BOTTOMPADDING", (0, 0), (-1, -1), 7)]
    return build([*start(post), Table(data, colWidths=widths, style=style)]), post.expected()


def codes_in_running_text(post: Post) -> Made:
    """No table; E1, E2 and D1 before the criteria."""
    story = start(post)
    counts = {True: 0, False: 0}
    for group in post.groups:
        story.append(Paragraph(group.name, BOLD))
        for text, essential in pairs(group):
            counts[essential] += 1
            code = f"{'E' if essential else 'D'}{counts[essential]}"
            story += [Paragraph(f"{code}   {text}", ITEM), Spacer(1, 3)]
    return build(story), post.expected()


def bullets_in_bullets(post: Post) -> Made:
    """The groups are bullets; the criteria bullets set in under them."""
    story = start(post)
    expected: Expected = []
    for label in ("essential", "desirable"):
        story.append(Paragraph(f"{label.title()} criteria", BOLD))
        for group in post.groups:
            lines = group.essential if label == "essential" else group.desirable
            if lines:
                story += items([f"{group.name}:"])
                story += [Paragraph(line, _DEEPER, bulletText="o") for line in lines]
                expected += [(line, label, group.name) for line in lines]
    return build(story), expected


def legend_in_the_head(post: Post) -> Made:
    """Ruled; the last head explains its codes; groups in rows of their own."""
    heads = (
        "Selection criteria",
        "Essential requirements",
        "Desirable requirements",
        "Method of assessment A = application I = interview",
    )
    data: list[list[object]] = [[Paragraph(t, BOLD) for t in heads]]
    style = list(GRID)
    for group in post.groups:
        style.append(("SPAN", (0, len(data)), (-1, len(data))))
        data.append([Paragraph(group.name, BOLD), "", "", ""])
        data.append(["", items(group.essential), items(group.desirable), "A I"])
    widths = [28 * mm, 68 * mm, 50 * mm, 26 * mm]
    return build([*start(post), Table(data, colWidths=widths, style=style)]), post.expected()


def groups_as_columns(post: Post) -> Made:
    """Ruled; the groups side by side, Essential and Desirable in each cell."""
    cells = [
        [
            part
            for label, lines in _labelled(group)
            for part in (Paragraph(f"{label}:", BOLD), *items(lines))
        ]
        for group in post.groups
    ]
    data = [[Paragraph(group.name, BOLD) for group in post.groups], cells]
    widths = [260 * mm / len(cells)] * len(cells)
    table = Table(data, colWidths=widths, style=GRID)
    return build([*start(post), table], size=(297 * mm, 210 * mm)), post.expected()


def names_across_two_columns(post: Post) -> Made:
    """No ruling; one head for all, the groups in bold across both columns."""
    data: list[list[object]] = [[Paragraph("Essential", BOLD), Paragraph("Desirable", BOLD)]]
    style: list[tuple[object, ...]] = list(_TOP)
    for group in post.groups:
        style.append(("SPAN", (0, len(data)), (1, len(data))))
        data.append([Paragraph(group.name, BOLD), ""])
        data.append([items(group.essential), items(group.desirable)])
    table = Table(data, colWidths=[95 * mm, 75 * mm], style=style)
    return build([*start(post), table]), post.expected()


def cut_words(post: Post) -> Made:
    """Ruled; the column of the groups is so narrow that long words are cut."""
    narrow = ParagraphStyle("narrow", parent=BOLD, splitLongWords=1)
    data = [[Paragraph(t, BOLD) for t in ("", "Essential", "Desirable")]]
    data += [
        [Paragraph(g.name, narrow), items(g.essential), items(g.desirable)] for g in post.groups
    ]
    table = Table(data, colWidths=[21 * mm, 85 * mm, 60 * mm], style=GRID)
    return build([*start(post), table]), post.expected()


TEMPLATES: tuple[Callable[[Post], Made], ...] = (
    names_set_upwards,
    head_of_two_lines,
    codes_in_running_text,
    bullets_in_bullets,
    legend_in_the_head,
    groups_as_columns,
    names_across_two_columns,
    cut_words,
)
