import pytest

from matcher.compare.negation import denied_places
from matcher.text import read_words


def denied(text):
    line = read_words(text)
    return " ".join(line.words[place] for place in sorted(denied_places(line)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No degree is required", "no degree is required"),
        ("You do not need GCSEs but tact", "gcses"),
        ("A degree is not essential", "a degree is"),
        ("Typing. A degree is not essential", "a degree is"),
        ("Kind and calm", ""),
        ("Tact is desirable but not essential", ""),
    ],
)
def test_a_denial_takes_back_the_words_of_its_sentence_up_to_a_but(text, words):
    assert denied(text) == words
