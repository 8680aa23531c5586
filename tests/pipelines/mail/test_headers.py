import email
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.mail.headers import LONGEST_HEADER, one_line, safe_header

NAMES = ["Subject", "To", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]

INJECTIONS = (
    "Clerk =?utf-8?q?=0D=0ABcc=3A_evil=40example.org?=",
    "Clerk =?utf-8?b?DQpCY2M6IGV2aWxAZXhhbXBsZS5vcmc=?=",
    "Clerk\r\nBcc: evil@example.org",
    "Clerk\nBcc: evil@example.org",
    "Clerk\rBcc: evil@example.org",
    "Clerk\u2028Bcc: evil@example.org",
    "Clerk\x85Bcc: evil@example.org",
    "Clerk\x00\x0bBcc: evil@example.org",
    "Clerk ==?\n?utf-8?q?=0D=0ABcc=3A_evil=40example.org?==",
    "Clerk =?=?utf-8?q?=0D=0ABcc=3A_evil=40example.org?=?=",
    "Clerk =?utf-8?q?=0D=0A=0D=0Abody?=",
)


def sent(subject: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = safe_header(subject)
    message["To"] = "reader@example.org"
    message.set_content("text")
    return message.as_bytes()


@pytest.mark.parametrize("title", INJECTIONS)
def test_no_title_makes_a_header_of_its_own(title: str) -> None:
    read = email.message_from_bytes(sent(title), policy=default)
    assert read.keys() == NAMES
    assert read["Bcc"] is None
    assert read.get_content().strip() == "text"


@given(st.text(max_size=400) | st.text(alphabet="=?utf-8qb_0DAa\r\n: ", max_size=80))
def test_whatever_a_page_held_stays_one_header(text: str) -> None:
    raw = sent(text)
    head, _, _ = raw.partition(b"\r\n\r\n")
    # Lines of the head are the headers and folded parts, which begin with a space.
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"]
    assert names == [name.encode() for name in NAMES]
    assert b"\n" not in head.replace(b"\r\n", b"")


@given(st.text(max_size=600))
def test_a_header_is_short_and_visible(text: str) -> None:
    made = safe_header(text)
    assert len(made) <= LONGEST_HEADER
    assert made.isprintable() or " " in made
    assert "=?" not in made
    assert "?=" not in made


def test_plain_titles_stay_as_they_are() -> None:
    for title in ("Ward Clerk – Band 2 (£25,272)", "Clerc cofnodion, Gŵyr", "Is it you? = Yes"):
        assert safe_header(title) == title


def test_direction_marks_and_controls_do_not_reach_a_reader() -> None:
    assert one_line("Pay \u202e000,52£\u202c\tand\nmore\u200b") == "Pay 000,52£ and more"
