import pytest
from bs4 import BeautifulSoup

from crawler.pages.personal import REMOVED, remove_contacts

CONTACT = (
    '<div id="contact_details"><p id="contact_details_name">{name}</p>'
    '<p id="contact_details_number">01632 960123</p></div>'
)


def cleaned(html, name="Morwenna Ashdown"):
    soup = BeautifulSoup(f"<body>{html}{CONTACT.format(name=name)}</body>", "lxml")
    remove_contacts(soup)
    return soup.get_text(" ", strip=True)


@pytest.mark.parametrize(
    "personal",
    [
        "m.ashdown+jobs@example.org",
        "records.team@fenwick-trust.nhs.example",
        "01632 960123",
        "(01632) 960 123",
        "01632-960-123",
        "+44 1632 960123",
        "+44 (0)20 7946 0123",
        "020 7946 0123",
        "07700900123",
        "Morwenna Ashdown",
        "Morwenna\n  Ashdown",
    ],
)
def test_mails_telephones_and_the_contact_are_removed_from_the_text(personal):
    assert cleaned(f"<p>Ask {personal}, please.</p>") == f"Ask {REMOVED}, please."


@pytest.mark.parametrize(
    "text",
    [
        "£49,387 to £56,515 a year",
        "Z1042-26-0117",
        "0100-26-01632960123",
        "5 GCSEs at grade 9-4",
        "1 November 2026 to 31 October 2027",
        "case notes 1632960123",
        "@home",
        "a@b",
    ],
)
def test_other_figures_and_words_stay(text):
    assert cleaned(f"<p>{text}</p>") == text


@pytest.mark.parametrize(
    "office", ["Health Records", "Recruitment Team", "HR", "Ward Manager", "May"]
)
def test_an_office_as_contact_does_not_blot_out_the_advert(office):
    assert cleaned(f"<p>Works in {office}.</p>", office) == f"Works in {office}."


def test_the_contact_block_goes_even_if_its_parts_stand_alone():
    html = '<p>Clerk</p><p id="contact_details_job_title">Head of Library</p>'

    assert cleaned(html) == "Clerk"
