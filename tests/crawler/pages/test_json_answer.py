import json
from typing import ClassVar

import pytest

from crawler.exceptions import PageLayoutError
from crawler.pages.json_answer import AnswerPart, Html, MandatoryText, Text, read_answer


class Post(AnswerPart):
    contact_name: ClassVar[str] = "askFor"

    job_title: MandatoryText
    note: Text = ""
    body_text: Html = ""
    skills: tuple[Text, ...] = ()


def post(**values):
    return read_answer(Post, "https://api.example/1", json.dumps({"jobTitle": "Clerk"} | values))


def test_fields_are_read_under_their_names_in_camel_case_and_null_is_as_missing():
    found = post(bodyText="<p>Hello</p><script>x()</script>", note=None, skills=None, other=[1])

    assert (found.job_title, found.note, found.skills) == ("Clerk", "", ())
    assert found.body_text == "<p>Hello</p>"


def test_plain_lines_become_line_breaks_and_whole_numbers_text():
    assert post(bodyText="One\nTwo", note=7).body_text == "<p>One<br/>Two</p>"
    assert post(note=7).note == "7"


def test_mails_telephones_and_the_person_to_ask_are_taken_out_of_every_text():
    found = post(
        askFor="Ada Fernwick",
        note="Mail a@example.org",
        bodyText="<p>Ask Ada\n Fernwick, 01632 960123</p>",
        skills=["as Ada Fernwick has"],
    )

    assert found.note == "Mail [contact removed]"
    assert found.body_text == "<p>Ask [contact removed], [contact removed]</p>"
    assert found.skills == ("as [contact removed] has",)


def test_an_office_is_no_person():
    assert post(askFor="Records Team", note="Ask the Records Team").note == "Ask the Records Team"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('{"jobTitle": ""}', "jobTitle: "),
        ('{"jobTitle": null}', "jobTitle: Field required"),
        ('{"jobTitle": "x", "skills": ["a", {}]}', "skills.1: "),
        ("[]", "the whole answer: "),
        ("<html>", "the whole answer: "),
    ],
)
def test_what_is_not_as_known_is_named(text, field):
    with pytest.raises(PageLayoutError, match=rf"api\.example/1: {field}"):
        read_answer(Post, "https://api.example/1", text)
