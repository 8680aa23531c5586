"""Plain text: mails, exports, notes."""

import textwrap
from collections.abc import Callable

from tests.matcher.specification.corpus.content import Group, Post

Expected = list[tuple[str, str, str | None]]
Made = tuple[bytes, Expected]


def _labelled(group: Group) -> list[tuple[str, tuple[str, ...]]]:
    lists = (("Essential", group.essential), ("Desirable", group.desirable))
    return [(label, lines) for label, lines in lists if lines]


def _pairs(group: Group) -> list[tuple[str, bool]]:
    return [(text, True) for text in group.essential] + [(text, False) for text in group.desirable]


def mail(post: Post) -> Made:
    """A mail wrapped at 72 characters, greeting and signature around the specification."""
    text = (
        f"Hello all,\n\nPlease find below the vacancy for {post.title}.\n\nPerson specification\n"
    )
    for group in post.groups:
        text += f"\n{group.name}\n"
        for label, lines in _labelled(group):
            text += f"{label}:\n"
            text += "".join(
                textwrap.fill(f"* {line}", 72, subsequent_indent="  ") + "\n" for line in lines
            )
    return f"{text}\nKind regards\n\nThe records team\n".encode(), post.expected()


def numbers_in_levels(post: Post) -> Made:
    """``2.`` for the group, ``2.1`` for its first criterion; marks in square brackets."""
    text = "Person Specification\n\n"
    for number, group in enumerate(post.groups, 1):
        text += f"{number}. {group.name}\n"
        for index, (line, essential) in enumerate(_pairs(group), 1):
            text += f"   {number}.{index} {line} [{'E' if essential else 'D'}]\n"
        text += "\n"
    return text.encode(), post.expected()


def strokes(post: Post) -> Made:
    """A table whose cells stand between upright strokes."""
    text = "# Person Specification\n\n| Group | Criteria | E/D |\n|---|---|---|\n"
    for group in post.groups:
        for index, (line, essential) in enumerate(_pairs(group)):
            name = "" if index else group.name
            text += f"| {name} | {line} | {'E' if essential else 'D'} |\n"
    return text.encode(), post.expected()


def labels_in_lines(post: Post) -> Made:
    """Each line starts with its importance."""
    text = "Person specification\n\n"
    for group in post.groups:
        text += f"{group.name}\n"
        for line, essential in _pairs(group):
            text += f"{'Essential' if essential else 'Desirable'} - {line}\n"
        text += "\n"
    return text.encode(), post.expected()


def lines_without_bullets(post: Post) -> Made:
    """Group and importance in one heading, lines of all lengths under it."""
    text = "PERSON SPECIFICATION\n\n"
    for group in post.groups:
        for label, lines in _labelled(group):
            text += f"{group.name} - {label}\n" + "\n".join(lines) + "\n\n"
    return text.encode(), post.expected()


TEMPLATES: tuple[Callable[[Post], Made], ...] = (
    mail,
    numbers_in_levels,
    strokes,
    labels_in_lines,
    lines_without_bullets,
)
