"""A digest in words: both forms say the same, safely, in plain British English."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.catalogue import load_catalogue
from pipelines.mail.message import Letter
from pipelines.outputs.digest.press import Press
from pipelines.outputs.digest.render import TEXT_WIDTH
from pipelines.seekers.addressee import Addressee
from pipelines.seekers.subscription import Subscription
from pipelines.seekers.told import Telling, told_facts
from pipelines.seekers.types import OpenVacancy
from tests.pipelines.mail.keys import IDENTITY
from tests.pipelines.seekers.people import NOW, TODAY, criterion, open_vacancy, profile

CATALOGUE = load_catalogue()
IHRIM = criterion("IHRIM certificate", "industry-qualification", importance="desirable")


def letter(*vacancies: OpenVacancy, **known: Any) -> Letter:
    press = Press.of(vacancies, TODAY, CATALOGUE, IDENTITY)
    held = {"skills": ["communication"], "qualifications": []}
    addressee = Addressee("key", Subscription(profile(background=held), "daily"), **known)
    made = press.make(addressee, TODAY)
    assert made is not None
    return made[1]


class Seen(HTMLParser):
    """The words a reader sees, the links, and the tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self._hidden = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._hidden += tag in {"style", "title"}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words += data.split()


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def test_both_forms_say_the_same() -> None:
    made = letter(open_vacancy(1), open_vacancy(2, may_close_early=True, driving=True))
    seen = Seen(made.html)
    plain = re.sub(r"https?://\S+", " ", made.text)
    assert words(plain) == words(" ".join(seen.words))
    assert set(re.findall(r"https?://\S+", made.text)) == set(seen.links)


def test_it_says_what_is_met_and_missed_in_the_words_of_the_advert() -> None:
    text = letter(open_vacancy(1)).text
    assert "Essential: you meet 1 of 3, miss 1, we cannot tell for 1." in text
    assert "“Good communication skills” (essential; you ticked ‘Communication’)" in text
    assert "“GCSE English or equivalent”" in text
    assert "“Has worked with barcode trackers”" in text
    assert "Closes Sunday 20 December 2026, in 27 days" in text


def test_what_is_missed_comes_with_the_way_to_it() -> None:
    text = letter(open_vacancy(1, criteria=(IHRIM,))).text
    assert "WAYS TO WHAT YOU MISS" in text
    assert "https://www.ihrim.co.uk" in text


def test_closing_early_and_reminders_are_said() -> None:
    vacancy = open_vacancy(1, closing_date=TODAY + timedelta(days=2), may_close_early=True)
    at = NOW - timedelta(days=10)
    history = {1: [Telling(at, at.date(), told_facts(vacancy))]}
    made = letter(vacancy, history=history)
    assert made.subject == "1 closing soon: Health Records Clerk 1"
    assert made.text.startswith("1 vacancy closing soon for you.")
    assert "CLOSING SOON" in made.text
    assert "in 2 days. The advert says it may close early." in " ".join(made.text.split())


def test_every_mail_says_who_sends_it_how_to_leave_and_what_it_is_not() -> None:
    made = letter(open_vacancy(1))
    for form in (" ".join(made.text.split()), made.html):
        assert "This is not an NHS service." in form
        assert "the advert decides" in form
        assert "1 Practice Lane" in form
        assert f"{IDENTITY.web_url}/unsubscribe?token=" in form
        assert f"{IDENTITY.web_url}/manage?token=" in form
    assert made.unsubscribe in made.text


def test_the_html_is_plain_accessible_and_asks_nothing_of_anybody() -> None:
    html = letter(open_vacancy(1)).html
    seen = Seen(html)
    assert '<html lang="en-GB">' in html
    assert not {"img", "script", "link", "iframe", "form", "table"} & set(seen.tags)
    assert "url(" not in html
    assert seen.tags.count("h1") == 1
    assert "click here" not in html.casefold()
    assert "Frutiger" not in html
    assert "#005eb8" not in html.casefold()


def test_the_text_can_be_read_in_a_terminal() -> None:
    long = criterion("Able to " + "sort and file and fetch " * 12, "organisational")
    text = letter(open_vacancy(1, criteria=(long,), title="Clerk " * 30)).text
    too_long = [line for line in text.split("\n") if len(line) > TEXT_WIDTH and "http" not in line]
    assert too_long == []
    assert "\n\n\n\n" not in text


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        '"><a href="javascript:alert(1)">',
        "\u202egnp.exe\x00\x1b[2J",
        "{{ 7*7 }}{% for x in y %}",
        "{missing} {0} {met.__class__}",
    ],
)
def test_no_words_of_an_advert_become_markup(evil: str) -> None:
    plain = open_vacancy(1)
    made = letter(
        open_vacancy(
            1,
            title=evil,
            employer=evil,
            place=evil,
            salary=evil,
            url=f"javascript:{evil}",
            criteria=(criterion(evil, "communication"),),
        )
    )
    clean = letter(plain)
    assert set(Seen(made.html).tags) <= set(Seen(clean.html).tags)
    assert not [link for link in Seen(made.html).links if not link.startswith("https://")]
    for form in (made.text, made.html, made.subject):
        assert not {"\x00", "\x1b", "\u202e"} & set(form)


@settings(max_examples=30)
@given(st.text(max_size=80), st.text(max_size=120), st.dates(date(2026, 11, 23), date(2027, 6, 1)))
def test_any_text_makes_a_mail(title: str, line: str, closing: date) -> None:
    made = letter(
        open_vacancy(1, title=title, criteria=(criterion(line, "it-skills"),), closing_date=closing)
    )
    assert "\r" not in made.subject + made.text
    assert "\n" not in made.subject
