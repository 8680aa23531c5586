"""What is printed for people: consoles, highlighted evidence, safe text."""

import sys
from datetime import datetime

from rich.console import Console
from rich.text import Text

from matcher.types import AnnotatedCriterion
from personspec.london import LONDON

PLAIN_WIDTH = 120
"""Columns where the output is no terminal: wide enough to read, narrow enough for a page."""

# What a terminal would obey rather than show: an advert must not move the cursor.
_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)))


def stdout_console() -> Console:
    """Return the console for results."""
    return Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)


def stderr_console() -> Console:
    """Return the console for progress and messages."""
    width = None if sys.stderr.isatty() else PLAIN_WIDTH
    return Console(stderr=True, width=width, highlight=False)


def for_people(moment: datetime) -> str:
    """Return a moment in London as people write it, e.g. ``22 November 2026, 05:10``."""
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y, %H:%M}"


def printable(text: str) -> str:
    """Return the text without control characters."""
    return text.translate(_CONTROLS)


def highlighted(annotated: AnnotatedCriterion, *, in_marks: bool = False) -> Text:
    """Return the criterion's words, those that prove a match underlined.

    Args:
        annotated: The criterion.
        in_marks: Put ``«»`` around them too, for where nothing can be underlined.
    """
    before, after = ("«", "»") if in_marks else ("", "")
    text = annotated.criterion.text
    styled = Text()
    end = 0
    for match in sorted(annotated.matches, key=lambda match: (match.start, match.end)):
        if match.start < end:
            continue  # two requirements may rest on the same words
        styled.append(printable(text[end : match.start]))
        evidence = printable(text[match.start : match.end])
        styled.append(f"{before}{evidence}{after}", style="bold underline")
        end = match.end
    styled.append(printable(text[end:]))
    return styled
