"""Text that may stand in a mail header or a mail's body, whatever a page held."""

import unicodedata

LONGEST_HEADER = 160
"""Characters; longer ones are cut at a word. A line of a mail may hold 998."""

_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories: controls, invisible and direction marks, line and paragraph ends."""


def one_line(text: str) -> str:
    """Return the text on one line, without anything that is not seen or that breaks a line."""
    if text.isprintable():  # nothing of the refused is; most texts are, and this is quick
        return " ".join(text.split())
    kept = (" " if unicodedata.category(char) in _REFUSED else char for char in text)
    return " ".join("".join(kept).split())


def safe_header(text: str) -> str:
    """Return the text as it may be given to a header of ``email.message.EmailMessage``.

    Line breaks and controls become spaces. Python decodes an encoded word (``=?utf-8?q?…?=``)
    in a value it is given, and before 3.11.10 wrote the line breaks found inside as they are
    (python/cpython#121650): so that none is there, the marks around it are taken apart.
    """
    line = one_line(text)
    while "=?" in line or "?=" in line:
        line = line.replace("=?", "= ?").replace("?=", "? =")
    if len(line) <= LONGEST_HEADER:
        return line
    return line[: LONGEST_HEADER - 1].rsplit(" ", 1)[0] + "…"
