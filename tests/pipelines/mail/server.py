"""A real mail server on loopback that can misbehave at any step."""

# The names and arguments are those aiosmtpd calls.
# ruff: noqa: N802, ARG002

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE_S = 30.0
"""A busy machine starts a server slowly; nothing is timed."""


class Mailboxes:
    """Takes mails and keeps them.

    At each step (``EHLO``, ``MAIL``, ``RCPT``, ``DATA``, ``ACCEPTED``) it asks ``on_step``, with
    the address, what to answer; None is the usual answer.
    """

    def __init__(self) -> None:
        self.accepted: list[tuple[str, bytes]] = []
        self.commands: list[str] = []
        self.on_step: Callable[[str, str], str | None] = lambda _step, _receiver: None
        self.delay_s = 0.0

    def messages(self) -> list[Message]:
        return [message_from_bytes(content) for _, content in self.accepted]

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        session.host_name = name
        self._step("EHLO", "")
        return answers

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self._step("MAIL", address) or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._step("RCPT", address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        receiver = envelope.rcpt_tos[0]
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        answer = self._step("DATA", receiver)
        if answer == "hang up":
            raise ConnectionResetError("as the test wants it")
        if answer is None:
            assert isinstance(envelope.original_content, bytes)
            self.accepted.append((receiver, envelope.original_content))
            answer = self._step("ACCEPTED", receiver)
        return answer or "250 OK"

    async def handle_exception(self, error: Exception) -> str:
        raise error

    def _step(self, step: str, receiver: str) -> str | None:
        self.commands.append(step)
        return self.on_step(step, receiver)


@contextmanager
def mail_server(mailboxes: Mailboxes, **options: Any) -> Iterator[int]:
    """Run a server on a free port of loopback and give the port."""
    controller = Controller(
        mailboxes, hostname="127.0.0.1", port=free_port(), ready_timeout=PATIENCE_S, **options
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop(no_assert=True)


def free_port() -> int:
    """Return a port nobody listens on; the server cannot choose one by itself."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])
