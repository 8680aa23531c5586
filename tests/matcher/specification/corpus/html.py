"""Pages of job boards, councils and universities, and what editors paste into them."""

import html
from collections.abc import Callable, Sequence

from tests.matcher.specification.corpus.content import TRUST, Group, Post

Expected = list[tuple[str, str, str | None]]
Made = tuple[bytes, Expected]


def _page(post: Post, body: str) -> bytes:
    """Return a whole page: navigation, duties, the specification, what comes after it."""
    return (
        f"<!DOCTYPE html><html><head><title>{post.title}</title></head><body><header><nav><ul>"
        "<li><a href='/'>Home</a></li><li><a href='/jobs'>Jobs</a></li></ul></nav></header><main>"
        f"<h1>{post.title}</h1><p>We are delighted to offer this post at {TRUST}.</p>"
        f"<h2>Main duties of the job</h2>{_list(post.duties)}{body}"
        "<h2>Disclosure and Barring Service Check</h2><p>This post is subject to a check.</p>"
        f"</main><footer><p>Copyright {TRUST}</p><ul><li>Privacy</li><li>Accessibility</li></ul>"
        "</footer></body></html>"
    ).encode()


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{_text(line)}</li>" for line in lines) + "</ul>"


def _text(line: str) -> str:
    return html.escape(line)


def _labelled(group: Group) -> list[tuple[str, tuple[str, ...]]]:
    lists = (("Essential", group.essential), ("Desirable", group.desirable))
    return [(label, lines) for label, lines in lists if lines]


def _pairs(group: Group) -> list[tuple[str, bool]]:
    return [(text, True) for text in group.essential] + [(text, False) for text in group.desirable]


def headings_of_a_board(post: Post) -> Made:
    """Headings of three levels, badges, documents and a contact after them."""
    body = "<h2>Person specification</h2>"
    for group in post.groups:
        body += f"<div class='block'><h3>{_text(group.name)}</h3>"
        body += "".join(
            f"<h4>{label} criteria</h4>{_list(lines)}" for label, lines in _labelled(group)
        )
        body += "</div>"
    body += "<h2>Documents to download</h2><ul><li><a href='jd.pdf'>Job description</a></li></ul>"
    return _page(post, body), post.expected()


def definition_lists(post: Post) -> Made:
    """A definition list for each group."""
    body = "<h2>Person specification</h2>"
    for group in post.groups:
        items = "".join(
            f"<dt>{label}</dt>" + "".join(f"<dd>{_text(line)}</dd>" for line in lines)
            for label, lines in _labelled(group)
        )
        body += f"<h3>{_text(group.name)}</h3><dl>{items}</dl>"
    return _page(post, body), post.expected()


def cards(post: Post) -> Made:
    """Nothing but divisions; only the class names tell them apart."""
    body = "<h2>Person specification</h2>"
    for group in post.groups:
        body += f"<div class='card'><div class='title'>{_text(group.name)}</div>"
        for label, lines in _labelled(group):
            body += f"<div class='label'>{label}</div>"
            body += "".join(f"<div class='line'>{_text(line)}</div>" for line in lines)
        body += "</div>"
    return _page(post, body), post.expected()


def dashes_and_breaks(post: Post) -> Made:
    """One paragraph a group, lines ended by breaks, dashes for bullets."""
    body = "<p><b>PERSON SPECIFICATION</b></p>"
    for group in post.groups:
        body += f"<p><b>{_text(group.name)}</b><br>"
        for label, lines in _labelled(group):
            body += f"<i>{label}</i><br>" + "".join(f"- {_text(line)}<br>" for line in lines)
        body += "</p>"
    return _page(post, body), post.expected()


def pasted_from_word(post: Post) -> Made:
    """Word's own markup: paragraphs that look like lists, bullets of the Symbol font."""
    bullet = "<span style='font-family:Symbol'>·<span>&nbsp;&nbsp;&nbsp;</span></span>"
    body = "<p class=MsoNormal><b>Person Specification<o:p></o:p></b></p>"
    for group in post.groups:
        body += f"<p class=MsoNormal><b><span>{_text(group.name)}<o:p></o:p></span></b></p>"
        for label, lines in _labelled(group):
            body += f"<p class=MsoNormal><u>{label}<o:p></o:p></u></p>"
            body += "".join(
                f"<p class=MsoListParagraph>{bullet}{_text(line)}<o:p></o:p></p>" for line in lines
            )
    return _page(post, body), post.expected()


def marks_after_a_dash(post: Post) -> Made:
    """``- E`` and ``- D`` at the end of the bullets."""
    body = "<h3>Skills, knowledge and experience</h3>"
    for group in post.groups:
        lines = [f"{text} - {'E' if essential else 'D'}" for text, essential in _pairs(group)]
        body += f"<p><strong>{_text(group.name)}</strong></p>{_list(lines)}"
    return _page(post, body), post.expected()


def words_in_brackets(post: Post) -> Made:
    """The importance as a word in brackets, which belongs to the line."""
    body = "<h2>Person specification</h2>"
    expected: Expected = []
    for group in post.groups:
        weights = ["essential" if essential else "desirable" for _, essential in _pairs(group)]
        lines = [
            f"{text} ({weight})" for (text, _), weight in zip(_pairs(group), weights, strict=True)
        ]
        body += f"<p><strong>{_text(group.name)}</strong></p>{_list(lines)}"
        expected += [(line, w, group.name) for line, w in zip(lines, weights, strict=True)]
    return _page(post, body), expected


def lists_in_lists(post: Post) -> Made:
    """Groups, importances and criteria as three levels of one list."""
    body = "<h3>Person specification</h3><ul>"
    for group in post.groups:
        inner = "".join(f"<li>{label}{_list(lines)}</li>" for label, lines in _labelled(group))
        body += f"<li><strong>{_text(group.name)}</strong><ul>{inner}</ul></li>"
    return _page(post, body + "</ul>"), post.expected()


def words_in_a_column(post: Post) -> Made:
    """A council's table: the importance as a word, groups in rows across it."""
    body = (
        "<h2>Person specification</h2><table><thead><tr><th>Criteria</th><th>Essential/Desirable"
        "</th><th>Method of assessment</th></tr></thead><tbody>"
    )
    for group in post.groups:
        body += f"<tr><td colspan=3><strong>{_text(group.name)}</strong></td></tr>"
        for text, essential in _pairs(group):
            weight = "Essential" if essential else "Desirable"
            body += f"<tr><td>{_text(text)}</td><td>{weight}</td><td>Application</td></tr>"
    return _page(post, body + "</tbody></table>"), post.expected()


def pictures_of_ticks(post: Post) -> Made:
    """Ticks are pictures with a word for those who cannot see them."""
    tick = '<img src="tick.png" alt="Yes">'
    body = (
        "<h3>Person specification</h3><table><tr><th>Criterion</th><th>Essential</th>"
        "<th>Desirable</th></tr>"
    )
    for group in post.groups:
        body += f"<tr><th colspan=3>{_text(group.name)}</th></tr>"
        for text, essential in _pairs(group):
            ticks = (tick, "") if essential else ("", tick)
            body += f"<tr><td>{_text(text)}</td><td>{ticks[0]}</td><td>{ticks[1]}</td></tr>"
    return _page(post, body + "</table>"), post.expected()


TEMPLATES: tuple[Callable[[Post], Made], ...] = (
    headings_of_a_board,
    definition_lists,
    cards,
    dashes_and_breaks,
    pasted_from_word,
    marks_after_a_dash,
    words_in_brackets,
    lists_in_lists,
    words_in_a_column,
    pictures_of_ticks,
)
