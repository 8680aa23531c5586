"""Digests written to files instead of the outbox: a mail as it would go out, and its HTML."""

import email
from email.policy import default
from pathlib import Path

from pipelines.outputs.files import replacing


def write_mail(message: bytes, folder: Path, name: str) -> tuple[Path, Path]:
    """Write ``<name>.eml``, the mail, and ``<name>.html``, what it shows; return their paths.

    Raises:
        UsageError: A file cannot be written.
    """
    mail, page = folder / f"{name}.eml", folder / f"{name}.html"
    with replacing(mail, encoding="ascii") as file:
        file.write(message.decode("ascii"))
    with replacing(page, encoding="utf-8") as file:
        file.write(html_of(message))
    return mail, page


def html_of(message: bytes) -> str:
    """Return the HTML part of a mail."""
    return _part(message, "html")


def text_of(message: bytes) -> str:
    """Return the plain text part of a mail."""
    return _part(message, "plain")


def _part(message: bytes, kind: str) -> str:
    part = email.message_from_bytes(message, policy=default).get_body((kind,))
    assert part is not None  # we put it there
    return str(part.get_content()).replace("\r\n", "\n")
