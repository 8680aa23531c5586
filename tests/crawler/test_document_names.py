"""Job descriptions and person specifications told from what else is attached to adverts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.document_names import file_name, load_document_names, parse_document_names
from personspec.exceptions import CatalogueError

BASE = "https://board.example.org/documents/"


def kind(label: str, file: str = "") -> str:
    return load_document_names().kind_of(label, BASE + file)


@pytest.mark.parametrize(
    ("label", "file"),
    [
        ("Person specification (DOCX)", "a.docx"),
        ("Download", "Person%20Specification.pdf"),
        ("Person Specifications", ""),
        ("", "band-4-person_spec-final.docx"),
        ("", "PersonSpecBand4.pdf"),
    ],
)
def test_a_person_specification_is_known_by_its_link_or_its_file(label, file):
    assert kind(label, file) == "person_specification"


@pytest.mark.parametrize(
    ("label", "file"),
    [
        ("Job description", ""),
        ("Job Description and Person Specification", "1.pdf"),
        ("Attachment 1", "Ward_Clerk_JD&PS_v3.docx"),
        ("", "WardClerkJD2026.docx"),
        ("", "Band3JDPS.pdf"),
        ("Recruitment pack", ""),
        # What the post is about does not make it a policy or a map.
        ("Job description", "Policy-and-Privacy-Officer.pdf"),
        ("JD Travel Office Clerk", ""),
    ],
)
def test_a_job_description_is_known_whatever_the_post_is_called(label, file):
    assert kind(label, file) == "job_description"


@pytest.mark.parametrize(
    ("label", "file"),
    [
        ("Working for us (poster)", "poster.pdf"),
        ("Recruitment of ex-offenders policy", "policy.docx"),
        ("Map of the site", "a.pdf"),
        ("Privacy notice", "privacy.pdf"),
        ("Download", "Staff_Benefits_2026.pdf"),
        ("Guidance for applicants", ""),
        ("Organisation chart", "structure.pdf"),
    ],
)
def test_posters_policies_and_maps_are_not_worth_reading(label, file):
    assert kind(label, file) == "other"


@pytest.mark.parametrize("label", ["Attachment 1", "Ward clerk", "Psychology", "Mapping clerk", ""])
def test_what_says_nothing_of_itself_is_unclear(label):
    assert kind(label, "4711.pdf") == "unclear"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://x.example/a/Job%20Description.PDF?v=2#top", "Job Description"),
        ("https://x.example/documents/4711", "4711"),
        ("https://x.example/", ""),
    ],
)
def test_the_file_name_is_the_end_of_the_path(url, name):
    assert file_name(url) == name


@given(st.text(max_size=200), st.from_regex(r"[ -~]{0,80}", fullmatch=True))
def test_no_name_is_too_odd(label, path):
    url = "https://x.example/" + path.replace("[", "").replace("]", "")
    assert load_document_names().kind_of(label, url) in {
        "person_specification",
        "job_description",
        "unclear",
        "other",
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not YAML"),
        ("person_specification: [a]\njob_description: [b]", "other"),
        ("person_specification: [A]\njob_description: [b]\nother: [c]", "person_specification"),
        ("person_specification: []\njob_description: [b]\nother: [c]", "person_specification"),
    ],
)
def test_a_wrong_list_is_named(text, says):
    with pytest.raises(CatalogueError, match=says):
        parse_document_names(text)
