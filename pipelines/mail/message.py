"""Mails as bytes: multipart, equal plain text and HTML, safe headers."""

import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from pipelines.mail.headers import safe_header
from pipelines.mail.identity import Identity


@dataclass(frozen=True, slots=True)
class Letter:
    """What one mail says."""

    subject: str
    text: str
    html: str
    unsubscribe: str = ""
    """Link that stops these mails with one POST (RFC 8058); empty for a mail that was asked for
    just now and comes once."""


def message_id(identity: Identity, subscriber: str, period: str) -> str:
    """Return the Message-ID of the mail of a subscriber and period: always the same.

    A mail that went out twice would be recognised by it; nobody can tell the subscriber from it.
    """
    secret = f"{identity.address_key} message id"
    code = hmac.new(secret.encode(), f"{subscriber} {period}".encode(), hashlib.sha256)
    return f"<{code.hexdigest()[:32]}@{identity.domain}>"


def build_message(letter: Letter, identity: Identity, *, to: str, id_: str, at: datetime) -> bytes:
    """Return the mail, ready to be handed to a mail server.

    Args:
        letter: What it says.
        identity: Who sends it.
        to: Address of the receiver, already checked.
        id_: Its Message-ID.
        at: The time it was written.
    """
    # These are ours and plain. Links stay on one line: folded they would be no links any more.
    plain = [f"Date: {format_datetime(at)}", f"Message-ID: {id_}"]
    if letter.unsubscribe:
        plain.append(f"List-Unsubscribe: <{letter.unsubscribe}>")
        plain.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    # A fixed boundary, so that the same digest is the same bytes.
    boundary = f"part-{id_.strip('<>').partition('@')[0]}"
    plain += [
        "Content-Language: en-GB",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"',
        "\r\n",
    ]
    # The parts are put together here: email's own writer goes through them line by line, which
    # was most of the time of a digest.
    return b"".join(
        (
            _sender(identity.name, identity.address),
            _header("To", _address("", to)),
            _header("Subject", safe_header(letter.subject)),
            "\r\n".join(plain).encode("ascii"),
            _part(letter.text, "plain", boundary),
            _part(letter.html, "html", boundary),
            f"--{boundary}--\r\n".encode(),
        )
    )


@lru_cache(maxsize=16)
def _sender(name: str, address: str) -> bytes:
    return _header("From", _address(name, address))


def _header(name: str, value: str | Address) -> bytes:
    """Return a header that holds what is taken from elsewhere: email encodes and folds it."""
    message = EmailMessage(policy=SMTP)
    message[name] = value
    return message.as_bytes().removesuffix(b"\r\n")


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(safe_header(name), user, domain)


def _part(text: str, kind: str, boundary: str) -> bytes:
    head = (
        f"--{boundary}\r\n"
        f'Content-Type: text/{kind}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    # b2a_qp breaks lines as the text does, so the text needs at least one break of the right kind.
    lines = "\r\n".join([*text.rstrip("\r\n").replace("\r\n", "\n").split("\n"), ""])
    return head.encode() + binascii.b2a_qp(lines.encode(), istext=True)
