"""What the words of a line say of its importance."""

import pytest

from matcher.specification.importance import of_line

WHOLE = {
    "Typing is essential": "essential",
    "Typing skills are also required.": "essential",
    "You must have typing skills": "essential",
    "Driving licence (essential)": "essential",
    "ECDL (desirable)": "desirable",
    "Shorthand would be an advantage.": "desirable",
    "Experience of wards is desirable but not essential": "desirable",
    "Ideally you will have worked with patients": "desirable",
    "You should ideally hold an NVQ": "desirable",
}


@pytest.mark.parametrize("text", WHOLE)
def test_a_statement_of_the_whole_line(text):
    statement = of_line(text)
    assert statement is not None
    assert (statement.importance, statement.whole) == (WHOLE[text], True)


@pytest.mark.parametrize(
    "text",
    [
        "Good typing skills. Shorthand would be an advantage but is not vital to us.",
        "Experience of an office, preferably in a hospital",
    ],
)
def test_a_statement_of_a_part_governs_its_part(text):
    statement = of_line(text)
    assert statement is not None
    assert not statement.whole


@pytest.mark.parametrize(
    "text",
    [
        "Typing is essential and shorthand desirable",
        "Knowledge of Excel is an advantage, good spelling is a must",
    ],
)
def test_two_importances_are_mixed(text):
    statement = of_line(text)
    assert statement is not None
    assert statement.importance == "mixed"


@pytest.mark.parametrize(
    "text",
    [
        "Typing",
        "Able to work overtime as required",
        "No previous experience is necessary",
        "Takes advantage of training",
        "You must not smoke on site",
        "Understands what must be kept secret",
    ],
)
def test_other_words_say_nothing(text):
    assert of_line(text) is None
