"""What becomes of a mail, against a real server on loopback."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pydantic import SecretStr

from personspec.exceptions import UsageError
from personspec.settings import Settings
from pipelines.mail.smtp import Delivery, MailServer, MailServerError, ServerSettings
from tests.pipelines.mail.server import Mailboxes, mail_server

MAIL = b"Subject: x\r\n\r\n.dots\r\n..more\r\ntext\r\n"


def settings(port: int, timeout_s: float = 5.0) -> ServerSettings:
    return ServerSettings("127.0.0.1", port, "none", "", "", timeout_s)


def deliver(mailboxes: Mailboxes, *, timeout_s: float = 5.0, times: int = 1) -> list[Delivery]:
    with mail_server(mailboxes) as port, MailServer(settings(port, timeout_s)) as server:
        return [server.deliver("d@example.org", "r@example.org", MAIL) for _ in range(times)]


def test_an_accepted_mail_arrives_as_it_is_over_one_connection() -> None:
    mailboxes = Mailboxes()
    deliveries = deliver(mailboxes, times=3)
    assert [one.fate for one in deliveries] == ["accepted"] * 3
    assert [content for _, content in mailboxes.accepted] == [MAIL] * 3
    assert mailboxes.commands.count("EHLO") == 1


@pytest.mark.parametrize(
    ("step", "answer", "fate"),
    [
        ("RCPT", "550 5.1.1 <r@example.org>: no such user", "no such address"),
        ("RCPT", "550 No such user here", "no such address"),
        ("RCPT", "550 5.2.1 mailbox disabled", "no such address"),
        ("RCPT", "552 5.2.2 mailbox full", "refused"),
        ("RCPT", "554 5.7.1 your server is on our list", "refused"),
        ("RCPT", "450 4.2.0 greylisted, come back later", "later"),
        ("RCPT", "421 4.3.2 shutting down", "later"),
        ("MAIL", "451 4.3.0 busy", "later"),
        ("DATA", "554 5.6.0 we do not like the content", "refused"),
        ("DATA", "452 4.3.1 disk full", "later"),
    ],
)
def test_each_answer_has_its_fate(step: str, answer: str, fate: str) -> None:
    mailboxes = Mailboxes()
    mailboxes.on_step = lambda at, _: answer if at == step else None
    (delivery,) = deliver(mailboxes)
    assert delivery.fate == fate
    assert "r@example.org" not in delivery.answer
    assert not mailboxes.accepted


def test_after_a_refusal_the_next_mail_goes_out() -> None:
    mailboxes = Mailboxes()
    answers = iter(["550 5.1.1 no such user", "421 4.3.2 shutting down", None])
    mailboxes.on_step = lambda at, _: next(answers) if at == "RCPT" else None
    deliveries = deliver(mailboxes, times=3)
    assert [one.fate for one in deliveries] == ["no such address", "later", "accepted"]


def test_a_sender_that_is_not_taken_stops_everything() -> None:
    mailboxes = Mailboxes()
    mailboxes.on_step = lambda at, _: "550 5.7.1 not your domain" if at == "MAIL" else None
    with pytest.raises(MailServerError, match="PERSONSPEC_MAIL_FROM"):
        deliver(mailboxes)


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    with socket.socket() as taken, MailServer(settings(1)) as server:
        taken.bind(("127.0.0.1", 0))
        server._settings = settings(taken.getsockname()[1])
        with pytest.raises(MailServerError, match="cannot be used"):
            server.deliver("d@example.org", "r@example.org", MAIL)


def test_an_answer_that_comes_too_late_leaves_the_mail_unknown() -> None:
    mailboxes = Mailboxes()
    mailboxes.delay_s = 1.0
    (delivery,) = deliver(mailboxes, timeout_s=0.3)
    assert delivery.fate == "unknown"


@contextmanager
def talker(lines: list[bytes]) -> Iterator[int]:
    """A server that says each line after hearing something, then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            connection, _ = listening.accept()
            with connection:
                for line in lines:
                    connection.sendall(line)
                    connection.recv(65_536)

        thread = threading.Thread(target=talk)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


HELLO = [b"220 hi\r\n", b"250 hi\r\n"]


@pytest.mark.parametrize(
    ("said", "fate"),
    [
        (HELLO, "later"),
        ([*HELLO, b"250 OK\r\n"], "later"),
        ([*HELLO, b"250 OK\r\n", b"250 OK\r\n"], "later"),
        ([*HELLO, b"250 OK\r\n", b"250 OK\r\n", b"354 go\r\n"], "unknown"),
    ],
)
def test_a_dropped_connection_is_unknown_only_once_the_mail_is_on_its_way(
    said: list[bytes], fate: str
) -> None:
    with talker(said) as port, MailServer(settings(port)) as server:
        assert server.deliver("d@example.org", "r@example.org", MAIL).fate == fate


def test_a_server_elsewhere_is_not_reached_without_tls() -> None:
    chosen = Settings(smtp_host="mail.example.org", smtp_security="none")
    with pytest.raises(UsageError, match="SMTP_SECURITY"):
        ServerSettings.of(chosen)
    assert ServerSettings.of(Settings(smtp_host="mail.example.org")).security == "starttls"


def test_a_server_that_offers_no_tls_gets_nothing_when_tls_is_asked_for() -> None:
    mailboxes = Mailboxes()
    with mail_server(mailboxes) as port:
        chosen = ServerSettings("127.0.0.1", port, "starttls", "", "", 5.0)
        with MailServer(chosen) as server, pytest.raises(MailServerError, match="STARTTLS"):
            server.deliver("d@example.org", "r@example.org", MAIL)
    assert "MAIL" not in mailboxes.commands


def test_the_password_is_shown_nowhere() -> None:
    chosen = Settings(
        smtp_host="mail.example.org", smtp_user="us", smtp_password=SecretStr("hush-hush")
    )
    assert "hush-hush" not in repr(chosen)
    assert "hush-hush" not in repr(ServerSettings.of(chosen))
