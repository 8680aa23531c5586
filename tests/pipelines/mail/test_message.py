import email
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default

from pipelines.mail.message import Letter, build_message, message_id
from tests.pipelines.mail.keys import IDENTITY

AT = datetime(2026, 11, 23, 7, tzinfo=UTC)
LINK = f"{IDENTITY.web_url}/unsubscribe?token=" + "abc.DEF-_" * 14


def built(letter: Letter) -> bytes:
    id_ = message_id(IDENTITY, "key", "2026-11-23")
    return build_message(letter, IDENTITY, to="reader@example.org", id_=id_, at=AT)


def read(letter: Letter) -> EmailMessage:
    message = email.message_from_bytes(built(letter), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n").removesuffix("\n")


def test_both_parts_say_what_they_were_given() -> None:
    text = "Band 2 · £25,272\n\n.a line that begins with a dot\n" + "long " * 60 + "\nend = here"
    message = read(Letter("Subject", text, f"<p>{text}</p>"))
    assert message.get_content_type() == "multipart/alternative"
    assert content(message, "plain") == text
    assert content(message, "html") == f"<p>{text}</p>"


def test_no_line_is_longer_than_a_mail_server_takes() -> None:
    raw = built(Letter("S" * 400, "x" * 5000, "<p>" + "ü" * 5000 + "</p>", LINK))
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_one_click_link_is_one_piece_however_long() -> None:
    raw = built(Letter("Subject", "text", "html", LINK))
    assert f"List-Unsubscribe: <{LINK}>\r\n".encode() in raw
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_a_mail_somebody_asked_for_once_has_no_unsubscribe_header() -> None:
    assert read(Letter("Subject", "text", "html"))["List-Unsubscribe"] is None


def test_the_same_digest_is_the_same_bytes() -> None:
    letter = Letter("Subject", "text", "html", LINK)
    assert built(letter) == built(letter)


def test_message_id_differs_by_reader_and_period_and_tells_neither() -> None:
    ids = {
        message_id(IDENTITY, key, period)
        for key in ("one", "two")
        for period in ("2026-11-23", "2026-11-24")
    }
    assert len(ids) == 4
    assert all(id_.endswith("@personspec.example.org>") for id_ in ids)
    assert message_id(IDENTITY, "one", "2026-11-23") in ids


def test_nothing_of_a_title_reaches_another_header() -> None:
    message = read(Letter("Clerk =?utf-8?q?=0D=0ABcc=3A_evil=40example.org?=", "t", "h", LINK))
    assert message["Bcc"] is None
    assert message["To"] == "reader@example.org"
    assert str(message["From"]) == "personspec tests <digest@personspec.example.org>"
    assert message["Content-Language"] == "en-GB"
