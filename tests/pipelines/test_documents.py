"""Attached documents read in their process, and merged with the page."""

import asyncio
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.utils.test import get_crawler

from crawler.items import SpecificationSource, Vacancy
from crawler.practice_board import load_adverts
from crawler.practice_board.documents import document_response
from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.types import Criterion
from pipelines.annotate import AnnotatePipeline, annotate_vacancy
from pipelines.documents import read_documents, without_repeats
from pipelines.types import AnnotatedVacancy
from tests.pipelines.factories import vacancy

MATCHER = Matcher(load_catalogue())
URL = "https://jobs.example.org/documents/JD.docx"
PROSE = SpecificationSource("html", "<p>You must have excellent IT skills.</p>", "job summary")


def practice_document(reference: str, file: str) -> tuple[bytes, list[str]]:
    """Return a document of the practice board and the criteria that stand in it."""
    advert = next(a for a in load_adverts() if a.reference == reference)
    document = next(d for d in advert.documents if d.file == file)
    lines = [line for g in advert.specification for line in (*g.essential, *g.desirable)]
    return document_response(advert, document).body, lines


DOCX, LINES = practice_document("Z1001-26-0160", "WL Manager JD.docx")


def fetched(data: bytes, url: str = URL, label: str = "Job description") -> SpecificationSource:
    digest = hashlib.sha256(data).hexdigest()
    return SpecificationSource("document", "", label, url=url, data=data, sha256=digest)


def listed(*lines: str) -> SpecificationSource:
    items = "".join(f"<li>{line}</li>" for line in lines)
    html = f"<h3>Skills</h3><h4>Desirable</h4><ul>{items}</ul>"
    return SpecificationSource("html", html, "person specification", is_specification=True)


def annotate(*sources: SpecificationSource) -> AnnotatedVacancy:
    read = read_documents(vacancy(specification=sources))
    return annotate_vacancy(read.vacancy, MATCHER, read.documents)


def texts(annotated: AnnotatedVacancy) -> list[str]:
    return [located.annotated.criterion.text for located in annotated.criteria]


def test_the_criteria_of_a_document_say_where_they_stood() -> None:
    annotated = annotate(fetched(DOCX))

    assert sorted(texts(annotated)) == sorted(LINES)
    assert {(one.source_label, one.source_url) for one in annotated.criteria} == {
        ("Job description", URL)
    }
    assert annotated.reason is None


def test_what_the_page_says_too_counts_once_and_as_the_page_says_it() -> None:
    own = [f"{LINES[0]}.".upper(), "A line of the page alone"]
    annotated = annotate(listed(*own), fetched(DOCX))

    assert texts(annotated)[:2] == own
    assert sorted(texts(annotated)[2:]) == sorted(LINES[1:])
    first = annotated.criteria[0]
    assert (first.source_url, first.annotated.criterion.importance) == (None, "desirable")


def test_a_document_linked_under_two_names_adds_nothing() -> None:
    again = fetched(DOCX, f"{URL}?copy", "Person specification")
    assert sorted(texts(annotate(fetched(DOCX), again))) == sorted(LINES)


def test_prose_of_the_page_is_left_out_where_a_document_holds_a_list() -> None:
    assert texts(annotate(PROSE)), "the reader finds no prose: the test is idle"
    assert sorted(texts(annotate(PROSE, fetched(DOCX)))) == sorted(LINES)


def test_a_list_elsewhere_on_the_page_stays_beside_a_document() -> None:
    html = "<h3>Person specification</h3><h4>Essential</h4><ul><li>Able to lift boxes</li></ul>"
    page = SpecificationSource("html", html, "job responsibilities")
    found = texts(annotate(page, fetched(DOCX)))

    assert found[0] == "Able to lift boxes"
    assert len(found) == 1 + len(LINES)


@pytest.mark.parametrize("data", [b"", b"<html>Not there</html>", DOCX[:300], b"%PDF-1.7 nothing"])
def test_a_broken_document_is_refused_in_a_sentence_and_the_rest_is_read(data: bytes) -> None:
    read = read_documents(vacancy(specification=(fetched(data), fetched(DOCX, f"{URL}?2"))))
    annotated = annotate_vacancy(read.vacancy, MATCHER, read.documents)

    (refusal,) = read.refusals
    assert (refusal.reference, refusal.url, refusal.excerpt) == (
        read.vacancy.reference, URL, "Job description",
    )  # fmt: skip
    assert refusal.reason.startswith("JD.docx ")
    assert refusal.reason.endswith(".")
    assert read.vacancy.specification[0].problem == refusal.reason
    assert sorted(texts(annotated)) == sorted(LINES)


def test_a_broken_document_is_the_reason_why_an_advert_has_no_criteria() -> None:
    annotated = annotate(fetched(b"%PDF-1.7 nothing"))
    assert annotated.criteria == ()
    assert (annotated.reason or "").startswith("The document 'Job description' was not read: JD")


def test_the_bytes_are_let_go_and_the_fingerprint_kept() -> None:
    (source,) = read_documents(vacancy(specification=(fetched(DOCX),))).vacancy.specification
    assert source.data == b""
    assert source.sha256 == hashlib.sha256(DOCX).hexdigest()


def test_a_document_that_was_left_out_is_not_read() -> None:
    left = SpecificationSource("document", "", "Poster", url=URL, problem="It is a poster.")
    read = read_documents(vacancy(specification=(left,)))
    assert (read.vacancy.specification, read.documents, read.refusals) == ((left,), {}, ())


def test_the_pipeline_reads_documents_and_hands_on_the_refusals() -> None:
    pipeline = AnnotatePipeline.from_crawler(get_crawler())
    item: Vacancy = vacancy(specification=(fetched(DOCX), fetched(b"PK", f"{URL}?2")))
    annotated = asyncio.run(pipeline.process_item(item))

    assert isinstance(annotated, AnnotatedVacancy)
    assert sorted(texts(annotated)) == sorted(LINES)
    assert [refusal.url for refusal in annotated.refusals] == [f"{URL}?2"]


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ("Ability to work under pressure", "Able to work under pressure."),
        ("Good IT-skills; e.g. Word", "Good IT skills e.g. Word"),
        ("GCSEs in English and Maths", "GCSE in English and maths"),
        ("Works well in a team", "WORKS WELL IN A TEAM"),
    ],
)
def test_lines_that_differ_in_how_they_are_written_are_one(known: str, line: str) -> None:
    assert without_repeats([Criterion(line)], [known]) == []


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ("NVQ level 2 in administration", "NVQ level 3 in administration"),
        ("GCSE English at grade A or equal", "GCSE English at grade C or equal"),
        ("A driving licence is required here", "A driving licence is not required here"),
        ("Excellent written communication skills", "Excellent verbal communication skills"),
        ("Degree and relevant experience of the work", "Degree or relevant experience of the work"),
        ("", "Able to work in a team"),
    ],
)  # fmt: skip
def test_lines_that_ask_for_different_things_stay_two(known: str, line: str) -> None:
    assert without_repeats([Criterion(line)], [known]) == [Criterion(line)]


@given(st.lists(st.text(max_size=60), max_size=5), st.lists(st.text(max_size=60), max_size=5))
def test_what_is_left_is_part_of_what_was_there_and_nothing_known_comes_back(
    lines: list[str], known: list[str]
) -> None:
    criteria = [Criterion(line) for line in lines]
    left = without_repeats(criteria, known)
    assert [one for one in criteria if one in left] == left
    assert without_repeats(criteria, [*known, *lines]) == []
