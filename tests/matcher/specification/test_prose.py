"""Running text: what it asks of the candidate under the headings of an advert."""

import pytest

from matcher.specification import read_html


def _texts(html):
    return [criterion.text for criterion in read_html(html).criteria]


ASKS = "You will need to be calm and to have good keyboard skills."


@pytest.mark.parametrize("heading", ["Job overview", "Job summary", "Main duties of the job"])
def test_a_sentence_about_the_candidate_counts_where_the_work_is_described(heading):
    assert _texts(f"<h2>{heading}</h2><p>{ASKS}</p>") == [ASKS]


@pytest.mark.parametrize("heading", ["What we offer", "How to apply", "Benefits"])
def test_a_sentence_does_not_count_where_something_else_is_opened(heading):
    assert _texts(f"<h2>{heading}</h2><p>{ASKS}</p>") == []


def test_a_weighed_sentence_counts_although_it_speaks_of_training():
    text = "Knowledge of Welsh is desirable as full training will be given."
    assert _texts(f"<p>{text}</p>") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "You will have the full support of a friendly and skilled team.",
        "The successful applicant will have release days to gain a qualification.",
        "You will receive excellent training and experience.",
    ],
)
def test_what_is_offered_is_no_criterion(text):
    assert _texts(f"<p>{text}</p>") == []


@pytest.mark.parametrize(
    "text",
    [
        "We are looking to recruit a keen person with attention to detail and an interest in data.",
        "A motivated and reliable person is required to join our friendly office.",
        "To be successful you will have competent typing skills.",
    ],
)
def test_the_ways_employers_ask_are_known(text):
    assert _texts(f"<p>{text}</p>") == [text]
