"""Documents in the templates of employers: every criterion, with its importance and its group."""

import pytest

from matcher.specification.documents import read
from matcher.specification.limits import DEFAULT_LIMITS
from tests.matcher.specification.corpus import html, pdf, pdf_forms, plain, word, word_forms
from tests.matcher.specification.corpus.content import POSTS

MODULES = (
    ("docx", word),
    ("docx", word_forms),
    ("pdf", pdf),
    ("pdf", pdf_forms),
    ("html", html),
    ("txt", plain),
)
CASES = [
    pytest.param(template, post, suffix, id=f"{suffix}-{template.__name__}-{number}")
    for suffix, module in MODULES
    for template in module.TEMPLATES
    for number, post in enumerate(POSTS)
]


@pytest.mark.parametrize(("template", "post", "suffix"), CASES)
def test_document_is_read_exactly(template, post, suffix):
    data, expected = template(post)
    found = read(data, f"case.{suffix}", DEFAULT_LIMITS).criteria
    assert [(c.text, c.importance, c.group) for c in found] == expected


def test_corpus_is_as_large_as_it_should_be():
    assert len(CASES) >= 40


def test_ways_of_assessing_come_with_the_criteria():
    data, _ = word.filled_plain_paragraphs(POSTS[0])
    found = read(data, "case.docx", DEFAULT_LIMITS).criteria
    assert {c.group: c.assessed_by for c in found} == {
        "Qualifications": ("application",),
        "Experience": ("application", "interview"),
        "Skills and Knowledge": ("application", "interview"),
        "Personal Qualities": ("interview",),
    }


def test_form_tells_tables_from_lists():
    table = read(word.filled_columns(POSTS[0])[0], "a.docx", DEFAULT_LIMITS).criteria
    running = read(pdf.headings_and_bullets(POSTS[0])[0], "a.pdf", DEFAULT_LIMITS).criteria
    assert {c.form for c in table} == {"table"}
    assert {c.form for c in running} == {"list"}
    assert {c.importance_source for c in table} == {"column"}
    assert {c.importance_source for c in running} == {"heading"}


def test_duties_of_a_job_pack_are_left_out():
    post = POSTS[0]
    texts = {c.text for c in read(pdf.job_pack(post)[0], "a.pdf", DEFAULT_LIMITS).criteria}
    assert not texts & set(post.duties)
