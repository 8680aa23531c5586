"""The way to the mail server: one connection, and for each mail what surely became of it."""

import ipaddress
import re
import smtplib
import ssl
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

from personspec.exceptions import PersonspecError, UsageError
from personspec.settings import Settings
from pipelines.mail.addresses import without_addresses

Fate = Literal["accepted", "refused", "no such address", "later", "unknown"]
"""What became of a mail: the server took it; will never take it; knows no such address; may take
it later; or nobody can tell, because the connection broke while it was taking it."""


class MailServerError(PersonspecError):
    """Raised when the mail server cannot be used at all; nothing was sent by that."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one mail."""

    fate: Fate
    answer: str
    """The server's words, addresses hidden."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How a mail server is reached."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str
    password: str = field(repr=False)
    timeout_s: float

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return what the settings say.

        Raises:
            UsageError: No server is named, or one elsewhere is to be reached without TLS.
        """
        if not settings.smtp_host:
            raise UsageError(
                "Sending needs the setting PERSONSPEC_SMTP_HOST, the server that takes your mail; "
                "'personspec digest preview' writes digests to files without one."
            )
        if settings.smtp_security == "none" and not is_loopback(settings.smtp_host):
            raise UsageError(
                "PERSONSPEC_SMTP_SECURITY may be 'none' for this machine only: use starttls or tls."
            )
        return cls(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_security,
            settings.smtp_user,
            settings.smtp_password.get_secret_value(),
            settings.smtp_timeout_s,
        )


class MailServer:
    """A connection to the mail server, opened when needed and again when it broke.

    A context manager; not for several threads.
    """

    def __init__(self, settings: ServerSettings) -> None:
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._drop()  # the mails are settled; a broken farewell changes nothing

    def open(self) -> None:
        """Connect and say hello, unless that is done.

        Raises:
            MailServerError: It cannot be reached, is not trusted, or does not let us in.
        """
        if self._smtp is not None:
            return
        try:
            self._smtp = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerError(
                f"The mail server {self._settings.host}:{self._settings.port} cannot be used: "
                f"{without_addresses(str(error))}. Nothing is lost: what was not sent stays queued."
            ) from error

    def deliver(self, sender: str, receiver: str, message: bytes) -> Delivery:
        """Hand over one mail and return what became of it.

        Raises:
            MailServerError: The server cannot be used, or does not take the sender: no mail will
                go out until that is mended, and this one surely did not.
        """
        self.open()
        assert self._smtp is not None
        try:
            refused = self._announce(sender, receiver)
        except (OSError, smtplib.SMTPException) as error:
            return self._broken(error, "later")
        if refused is not None:
            return refused
        try:
            return self._hand_over(message)
        except (OSError, smtplib.SMTPException) as error:
            # The mail was on its way: the server may have taken it and its answer been lost.
            return self._broken(error, "unknown")

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        smtp: smtplib.SMTP
        if settings.security == "tls":
            smtp = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.timeout_s, context=context
            )
        else:
            smtp = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_s)
        try:
            if settings.security == "starttls":
                smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
            if settings.user:
                smtp.login(settings.user, settings.password)
        except (OSError, smtplib.SMTPException):
            smtp.close()
            raise
        return smtp

    def _announce(self, sender: str, receiver: str) -> Delivery | None:
        """Say from whom and to whom, and ask to hand over; return why not, None if we may."""
        assert self._smtp is not None
        answer = self._smtp.mail(sender)
        if answer[0] != 250:
            self._reset(answer)
            if _is_permanent(answer):
                raise MailServerError(
                    f"The mail server does not take the sender: {_said(answer)}. "
                    "Check PERSONSPEC_MAIL_FROM."
                )
            return Delivery("later", _said(answer))
        answer = self._smtp.rcpt(receiver)
        if answer[0] not in {250, 251}:
            self._reset(answer)
            return Delivery(_fate_of_receiver(answer), _said(answer))
        answer = self._smtp.docmd("DATA")
        if answer[0] != 354:
            self._reset(answer)
            return Delivery("refused" if _is_permanent(answer) else "later", _said(answer))
        return None

    def _hand_over(self, message: bytes) -> Delivery:
        assert self._smtp is not None
        # Lines that begin with a dot get a second one (RFC 5321, 4.5.2).
        stuffed = re.sub(rb"(?m)^\.", b"..", message)
        end = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
        self._smtp.send(stuffed + end)
        answer = self._smtp.getreply()
        if answer[0] == 250:
            return Delivery("accepted", _said(answer))
        self._reset(answer)
        return Delivery("refused" if _is_permanent(answer) else "later", _said(answer))

    def _broken(self, error: Exception, fate: Literal["later", "unknown"]) -> Delivery:
        self._drop()
        return Delivery(fate, f"the connection broke ({type(error).__name__})")

    def _reset(self, answer: tuple[int, bytes]) -> None:
        """Get ready for the next mail; 421 says that the server hangs up."""
        assert self._smtp is not None
        try:
            if answer[0] != 421 and self._smtp.rset()[0] == 250:
                return
        except (OSError, smtplib.SMTPException):
            pass  # the connection is dropped and made anew below
        self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _is_permanent(answer: tuple[int, bytes]) -> bool:
    return 500 <= answer[0] < 600


def _fate_of_receiver(answer: tuple[int, bytes]) -> Fate:
    if not _is_permanent(answer):
        return "later"
    # Enhanced codes (RFC 3463): 5.1.x speaks of the address, 5.2.1 of a closed mailbox. Any other
    # speaks of us, of the server or of a full mailbox: the address may be right.
    if re.match(rb"5\.\d+\.\d+", answer[1]):
        gone = re.match(rb"5\.(1\.\d+|2\.1)\b", answer[1])
        return "no such address" if gone else "refused"
    return "no such address" if answer[0] in {550, 551, 553} else "refused"


def _said(answer: tuple[int, bytes]) -> str:
    words = answer[1].decode("utf-8", "replace")
    return f"{answer[0]} {without_addresses(' '.join(words.split()))}"[:300]


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine by its name alone, whatever a name server says."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
