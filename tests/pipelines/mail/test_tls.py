"""Sending over TLS to a real server on loopback, whose certificate is made in the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from pipelines.mail.smtp import MailServer, MailServerError, ServerSettings
from tests.pipelines.mail.certificates import make_certificate, server_context
from tests.pipelines.mail.server import Mailboxes, mail_server

Security = Literal["starttls", "tls"]
BOTH = pytest.mark.parametrize("security", ["starttls", "tls"])
MAIL = b"Subject: x\r\n\r\ntext\r\n"


@contextmanager
def tls_server(mailboxes: Mailboxes, certificate: Path, security: Security) -> Iterator[int]:
    """Run a server that speaks TLS, asked for or from the first byte, and lets one user in."""

    def let_in(*asked: Any) -> AuthResult:
        told = asked[-1]
        assert isinstance(told, LoginPassword)
        right = (told.login, told.password) == (b"us", b"hush-hush")
        return AuthResult(success=right, handled=False)

    context = server_context(certificate)
    options: dict[str, Any] = {"authenticator": let_in}
    if security == "tls":
        # The server's part that lets users in does not know that TLS is there already.
        options |= {"ssl_context": context, "auth_require_tls": False}
    else:
        options |= {"tls_context": context, "require_starttls": True, "auth_required": True}
    with mail_server(mailboxes, **options) as port:
        yield port


def send(port: int, security: Security, password: str = "hush-hush") -> str:  # noqa: S107 made up
    chosen = ServerSettings("127.0.0.1", port, security, "us", password, 5.0)
    with MailServer(chosen) as server:
        return server.deliver("d@example.org", "r@example.org", MAIL).fate


@BOTH
def test_a_mail_goes_out_over_tls_to_a_server_that_is_trusted(
    security: Security, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, mailboxes = make_certificate(tmp_path), Mailboxes()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with tls_server(mailboxes, certificate, security) as port:
        assert send(port, security) == "accepted"
    assert mailboxes.accepted == [("r@example.org", MAIL)]


@BOTH
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(
    security: Security, tmp_path: Path
) -> None:
    mailboxes = Mailboxes()
    with (
        tls_server(mailboxes, make_certificate(tmp_path), security) as port,
        pytest.raises(MailServerError, match="certificate verify failed"),
    ):
        send(port, security)
    assert "MAIL" not in mailboxes.commands


@BOTH
def test_a_trusted_certificate_of_another_server_is_not_enough(
    security: Security, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, mailboxes = make_certificate(tmp_path, "127.0.0.9"), Mailboxes()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with (
        tls_server(mailboxes, certificate, security) as port,
        pytest.raises(MailServerError, match=r"not valid for '127\.0\.0\.1'"),
    ):
        send(port, security)
    assert "MAIL" not in mailboxes.commands


def test_a_password_that_is_not_taken_is_told_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with (
        tls_server(Mailboxes(), certificate, "starttls") as port,
        pytest.raises(MailServerError, match="Authentication credentials invalid") as refused,
    ):
        send(port, "starttls", password="not-the-right-one")  # noqa: S106 made up
    assert "not-the-right-one" not in str(refused.value)
