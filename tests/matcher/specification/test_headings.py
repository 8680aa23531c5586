"""The grammar of headings."""

import pytest

from matcher.specification.groups import KINDS, kind_of, kinds_in
from matcher.specification.headings import is_lead_in, read_heading


@pytest.mark.parametrize(
    "text",
    [
        "Essential criteria:",
        "SKILLS & EXPERIENCE",
        "What you will need to do well here",
        "To be successful as a clerk you will need:",
        "We are looking for somebody who is:",
        "Applicants should be able to show the following:",
        "Who are we looking for?",
        "The ideal candidate",
        "Must haves",
        "You will bring:",
        "Qualifications required",
        "Knowledge and Understanding",
        "We have said enough of us. Now you. Are you...",
    ],
)
def test_headings_that_ask_open_criteria(text):
    assert read_heading(text).opens


@pytest.mark.parametrize(
    "text",
    [
        "In return for your skills we offer:",
        "Main duties",
        "What will you gain?",
        "Ten reasons to join us",
        "How to apply",
        "About us",
        "Disclosure and Barring Service Check",
        "You cannot apply if you hold: you are not eligible",
        "For further information contact:",
        "You will have the opportunity to:",
        "Salary",
    ],
)
def test_headings_of_other_things_open_none(text):
    assert read_heading(text).verdict == "other"


@pytest.mark.parametrize("text", ["The post holder will:", "Skills/Responsibilities"])
def test_headings_that_may_ask_leave_it_to_the_lines(text):
    assert read_heading(text).verdict == "leans"


@pytest.mark.parametrize(
    ("text", "importance"),
    [
        ("Essential", "essential"),
        ("Required skills:", "essential"),
        ("Skills required:", "unknown"),
        ("All applicants must:", "essential"),
        ("Desirable but not essential:", "desirable"),
        ("It would be an advantage if you have:", "desirable"),
        (
            "Much would help, but it isn't essential. What is essential is that you are:",
            "essential",
        ),
        ("The preferred candidate will have:", "unknown"),
        ("Essential and desirable criteria", "unknown"),
        ("Minimum entry requirements", "essential"),
        ("Requirements", "unknown"),
    ],
)
def test_importance_of_a_heading(text, importance):
    assert read_heading(text).importance == importance


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Essential Skills and Knowledge:", "Skills and Knowledge"),
        ("Qualifications (Desirable)", "Qualifications"),
        ("You will need the following skills and experience:", "skills and experience"),
        ("Essential Skills as a Coder:", "Skills"),
        ("Essential", None),
        ("Person Specification", None),
    ],
)
def test_group_words_of_a_heading(text, group):
    assert read_heading(text).group == group


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("Education and Qualifications", ("qualifications",)),
        ("Knowledge and Experience", ("knowledge", "experience")),
        ("Analytical and Judgement Skills", ("skills",)),
        ("Personal Attributes", ("personal qualities",)),
        ("Other Requirements", ("other",)),
        ("On the day", ()),
    ],
)
def test_kinds_of_groups(heading, kinds):
    assert kinds_in(heading) == kinds
    assert kind_of(heading) in KINDS


def test_no_heading_is_no_kind():
    assert kind_of(None) is None


def test_a_heading_too_long_to_be_one_says_nothing():
    assert read_heading("you need " * 200 + ":").verdict == "unknown"


def test_lead_ins_end_in_what_announces():
    assert is_lead_in("You will need:")
    assert is_lead_in("You will need :-")
    assert not is_lead_in("You will need a coat.")
