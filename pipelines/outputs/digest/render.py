"""Templates to text and HTML."""

import textwrap
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from pipelines.mail.message import Letter
from pipelines.outputs.digest.views import DigestView

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

TEXT_WIDTH = 76
"""Columns of the plain text, so that a terminal of 80 shows it even when it is quoted."""


def render_digest(view: DigestView, contact: str) -> Letter:
    """Return a digest as plain text and HTML."""
    # The body on its own: through the layers of an inherited page each piece would be handed on
    # four times.
    body = Markup(environment().get_template("digest_body.html").render(view=view))  # noqa: S704
    letter = render_letter("digest", view.subject, contact=contact, view=view, body=body)
    return replace(letter, unsubscribe=view.unsubscribe_url)


def render_letter(template: str, subject: str, **values: object) -> Letter:
    """Return a mail made of ``<template>.txt`` and ``<template>.html``, which say the same."""
    return Letter(
        subject=subject,
        text=environment().get_template(f"{template}.txt").render(subject=subject, **values),
        html=environment().get_template(f"{template}.html").render(subject=subject, **values),
    )


@cache
def environment() -> Environment:
    """Return the templates: HTML escapes whatever it is given, plain text does not."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html", "xml"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    made.filters["wrap"] = wrap
    return made


@lru_cache(maxsize=50_000)
def wrap(text: str, hanging: str = "") -> str:
    """Return a paragraph in lines; a word that is longer than a line, such as a link, stays."""
    if len(text) <= TEXT_WIDTH:
        return text
    return textwrap.fill(
        text,
        TEXT_WIDTH,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
