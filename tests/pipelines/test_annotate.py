import asyncio
from collections.abc import Iterable

import pytest
from scrapy.utils.test import get_crawler

from crawler.items import Sighting, SpecificationSource, Vacancy
from matcher.catalogue import load_catalogue
from matcher.match import MATCHER_VERSION, Matcher
from matcher.specification import READER_VERSION
from matcher.types import Criterion
from pipelines.annotate import AnnotatePipeline, annotate_vacancy, mask_criterion
from pipelines.masking import MAIL, TELEPHONE
from pipelines.types import AnnotatedVacancy
from tests.pipelines.factories import sighting, vacancy


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load_catalogue())


def part(lines: Iterable[str], label: str, *, marked: bool = False) -> SpecificationSource:
    items = "".join(f"<li>{line}</li>" for line in lines)
    html = f"<h3>Skills</h3><h4>Essential</h4><ul>{items}</ul>"
    return SpecificationSource("html", html, label, is_specification=marked)


def read(matcher: Matcher, *parts: SpecificationSource) -> AnnotatedVacancy:
    return annotate_vacancy(vacancy(specification=parts), matcher)


def texts(annotated: AnnotatedVacancy) -> list[str]:
    return [located.annotated.criterion.text for located in annotated.criteria]


def test_each_criterion_says_what_it_asks_for_and_where_it_stood(matcher: Matcher) -> None:
    annotated = read(matcher, part(["Good communication skills"], "person specification"))
    (located,) = annotated.criteria
    assert located.source_label == "person specification"
    assert [match.requirement for match in located.annotated.matches] == ["communication"]
    assert annotated.reason is None


def test_other_parts_are_left_alone_if_the_marked_one_holds_criteria(matcher: Matcher) -> None:
    duties = part(["Good IT skills"], "job responsibilities")
    marked = part(["Good communication skills"], "person specification", marked=True)
    assert texts(read(matcher, duties, marked)) == ["Good communication skills"]


def test_other_parts_are_read_if_the_marked_one_holds_none(matcher: Matcher) -> None:
    empty = SpecificationSource("html", "<p></p>", "person specification", is_specification=True)
    annotated = read(matcher, empty, part(["Good IT skills"], "job responsibilities"))
    assert texts(annotated) == ["Good IT skills"]
    assert annotated.criteria[0].source_label == "job responsibilities"


def test_an_advert_without_specification_says_so(matcher: Matcher) -> None:
    annotated = read(matcher)
    assert annotated.criteria == ()
    assert annotated.reason == "The advert holds no person specification."


def test_a_document_that_was_not_fetched_is_the_reason(matcher: Matcher) -> None:
    document = SpecificationSource("document", "", "job description", url="https://x.example/a.pdf")
    assert read(matcher, document).reason == (
        "The job description could not be read: it is a document that was not fetched."
    )


def test_plain_text_is_read_too(matcher: Matcher) -> None:
    text = "Person specification\n\nEssential\n- Good communication skills\n- Able to use Excel\n"
    source = SpecificationSource("text", text, "person specification", is_specification=True)
    assert len(read(matcher, source).criteria) == 2


def test_a_contact_that_tags_had_hidden_is_masked_in_the_criterion() -> None:
    masked = mask_criterion(Criterion("IT skills: jo@example.org", group="Ring 01632 960123"))
    assert (masked.text, masked.group) == (f"IT skills: {MAIL}", f"Ring {TELEPHONE}")
    assert mask_criterion(Criterion("IT skills")) == Criterion("IT skills")


def test_the_annotation_names_the_versions_that_made_it(matcher: Matcher) -> None:
    versions = read(matcher).versions
    assert (versions.reader, versions.matcher) == (READER_VERSION, MATCHER_VERSION)
    assert versions.catalogue == load_catalogue().version


def test_evidence_is_the_words_of_the_criterion(matcher: Matcher) -> None:
    annotated = read(matcher, part(["Team player with good IT skills"], "person specification"))
    for located in annotated.criteria:
        for match in located.annotated.matches:
            text = located.annotated.criterion.text
            assert text[match.start : match.end] == match.evidence


def test_the_pipeline_counts_what_it_did_and_hands_on_sightings() -> None:
    crawler = get_crawler()
    pipeline = AnnotatePipeline.from_crawler(crawler)
    items: list[Sighting | Vacancy] = [sighting(), vacancy(), vacancy(specification=())]
    handed_on = [asyncio.run(pipeline.process_item(item)) for item in items]
    assert handed_on[0] == sighting()
    assert crawler.stats is not None
    counted = {
        name.removeprefix("annotate/"): value
        for name, value in crawler.stats.get_stats().items()
        if name.startswith("annotate/")
    }
    assert counted == {
        "vacancies": 2,
        "without_criteria": 1,
        "criteria": 1,
        "unmatched": 0,
        "matches": 1,
    }
