import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.masking import MAIL, TELEPHONE, mask_contacts

NAMES = st.from_regex(r"[a-z][a-z0-9._+-]{0,20}", fullmatch=True)
DOMAINS = st.sampled_from(["example.org", "nhs.example", "mail.trust.example.com"])
ATS = st.sampled_from(["@", "&#64;", "&#x40;", "&commat;", "%40", " [at] ", "(at)", " @ ", "＠"])

# Numbers that Ofcom keeps for drama, in the groupings of real adverts.
TELEPHONES = (
    "01632 960123",
    "01632 960 123",
    "01632 96 01 23",
    "01632-960-123",
    "(01632) 960123",
    "01632.960.123",
    "01632960123",
    "020 7946 0123",
    "(020) 7946 0123",
    "020-7946-0123",
    "0113 496 0123",
    "07700 900123",
    "07700 900 123",
    "07700900123",
    "0808 157 0123",
    "0909 879 0123",
    "03069 990123",
    "+44 1632 960123",
    "+44 (0)1632 960 123",
    "+44(0)20 7946 0123",
    "0044 20 7946 0123",
    "+441632960123",
    "01632&nbsp;960123",
    "<b>01632</b> 960123",
    "+353 1 234 5678",
    "020 7946 0123 ext 22",
    "020 7946 0123 extension 4321",
)
KEPT = (
    "£25,272 to £27,476 a year",
    "£25272.00 to £27476.00",
    "£12.92 an hour",
    "25272.00 27476.00",
    "C9123-24-0456",
    "C9123-26-0001-A",
    "040-7654321-B",
    "0456-26-0229",
    "040-71234567",
    "07 11 2026 100 posts",
    "5604299",
    "30 November 2026",
    "2026-11-30",
    "30/11/2026",
    "01.02.2026 10:00",
    "01-02-2026 09:30",
    "01 02 2026 0900",
    "2026-09-16T15:15:34.938827",
    "LS1 4AP",
    "EC1V 2PD",
    "0900-1700",
    "0900 - 1700 Monday to Friday",
    "37.5 hours",
    "0.8 WTE",
    "GCSE grades 9-4",
    "level 2, 3 or 4",
    "@eastmere",
    "Band 2 @ 37.5 hours",
)
WORDS = st.text(st.sampled_from("abcde fghij,;:!?\n"), max_size=20)


@given(WORDS, NAMES, ATS, DOMAINS, WORDS)
def test_no_mail_address_is_left(before: str, name: str, at: str, domain: str, after: str) -> None:
    masked = mask_contacts(f"{before} {name}{at}{domain} {after}")
    assert masked == f"{before} {MAIL} {after}"


@pytest.mark.parametrize("number", TELEPHONES)
@given(before=WORDS, after=WORDS)
def test_no_telephone_number_is_left(number: str, before: str, after: str) -> None:
    masked = mask_contacts(f"{before} {number} {after}")
    assert re.sub(r"</?b>", "", masked) == f"{before} {TELEPHONE} {after}"


@pytest.mark.parametrize("kept", KEPT)
@given(before=WORDS, after=WORDS)
def test_what_is_no_contact_stays(kept: str, before: str, after: str) -> None:
    text = f"{before} {kept} {after}"
    assert mask_contacts(text) == text


@given(st.lists(st.sampled_from(KEPT), min_size=2, max_size=5), st.sampled_from([", ", "\n", "; "]))
def test_what_is_no_contact_stays_beside_its_like(kept: list[str], between: str) -> None:
    text = between.join(kept)
    assert mask_contacts(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Tel: 960 123", f"Tel: {TELEPHONE}"),
        ("Telephone no. 960123", f"Telephone no. {TELEPHONE}"),
        ("Telephone: 2026", "Telephone: 2026"),
        ("Start 30/01/2026 01632 960123", f"Start 30/01/2026 {TELEPHONE}"),
        ("01-02-2026 01632 960123", f"01-02-2026 {TELEPHONE}"),
        ("07 11 2026 020 7946 0123", f"07 11 2026 {TELEPHONE}"),
        ("01632 960123/01632 960124", f"{TELEPHONE}/{TELEPHONE}"),
        ("Call 01632 960123 2026", f"Call {TELEPHONE} 2026"),
        (
            '<a href="mailto:a.b%40example.org?subject=Post">',
            f'<a href="mailto:{MAIL}?subject=Post">',
        ),
        ('<a href="tel:01632960123">', f'<a href="tel:{TELEPHONE}">'),
        ('<a href="tel:+44-1632-960123">', f'<a href="tel:{TELEPHONE}">'),
        ("jo<b>@</b>example.org", MAIL),
        ("jo [at] example [dot] org", MAIL),
    ],
)
def test_examples(text: str, masked: str) -> None:
    assert mask_contacts(text) == masked


FRAGMENTS = st.sampled_from(
    [*TELEPHONES, *KEPT, "jo@example.org", " ", "0", "+", "(", ".", "-", "@"]
)


@given(st.lists(FRAGMENTS | st.text(max_size=8), max_size=8).map("".join))
@example("0 jo@example.org1632960123")
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask_contacts(text)
    assert mask_contacts(once) == once


@given(st.text(st.characters(exclude_categories=["N"], exclude_characters="@＠&%[({")))
def test_a_text_without_digit_or_at_stays(text: str) -> None:
    assert mask_contacts(text) == text
