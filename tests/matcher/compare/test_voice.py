"""Sentences that tell of the employer or of a duty ask nothing, until they turn to the person."""

import pytest

from matcher.catalogue import load_catalogue
from matcher.compare.voice import told_places
from matcher.match import Matcher
from matcher.text import read_words
from matcher.types import Criterion

MATCHER = Matcher(load_catalogue())


def asked(text):
    return {match.requirement for match in MATCHER.annotate(Criterion(text)).matches}


@pytest.mark.parametrize(
    "text",
    [
        "We are a busy and committed surgery",
        "Our friendly team works closely together with colleagues",
        "We are always improving our computer systems and our ways of working",
        "You will type letters and book rooms on the computer",
        "The post holder will enter data on the spreadsheet",
        "Type letters and reports on the computer for three consultants",
        "Plan and manage the rota so that all clinics are covered on time",
        "To type letters",
        "Please apply through the computer system",
        "You will have access to a computer",
        "Newcomers can expect to gain the clinical coding qualification",
        "The main duty of the role is to enter data accurately",
    ],
)
def test_what_tells_of_the_employer_or_of_a_duty_asks_nothing(text):
    assert asked(text) == set()


@pytest.mark.parametrize(
    ("text", "requirement"),
    [
        ("We are a small office looking for an enthusiastic clerk", "enthusiasm"),
        ("You will type letters with great attention to detail", "attention-to-detail"),
        ("You will be calm when the clinic is full", "working-under-pressure"),
        ("We are open on Sundays. Able to work under pressure", "working-under-pressure"),
        ("You will answer callers, working as part of a team", "team-working"),
        ("Record keeping skills with great accuracy are looked for", "attention-to-detail"),
        ("Plan own work", "organisational"),
        ("To be a team player", "team-working"),
    ],
)
def test_where_it_turns_to_the_person_it_asks(text, requirement):
    assert requirement in asked(text)


def test_the_told_words_end_with_the_sentence():
    line = read_words("We are busy. Calm people wanted")
    assert told_places(line) == {0, 1, 2}
