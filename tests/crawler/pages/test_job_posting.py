"""A JobPosting gives what it says, however its maker has put it."""

import json
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.items import Place, Vacancy
from crawler.pages.job_posting import JobPostingPage, source_of
from crawler.pages.json_ld import postings_in_json

NOW = datetime(2026, 11, 2, 6, 10, tzinfo=UTC)
URL = "https://jobs.example.org/vacancy/916000001"
POSTING: dict[str, Any] = {
    "@type": "JobPosting",
    "title": "Ward Clerk &amp; Receptionist",
    "url": URL,
    "description": escape("<p>You file.</p>\n<ul><li>GCSE English</li></ul>"),
    "hiringOrganization": {"@type": "Organization", "name": "Vale of Eastmere NHS Trust"},
    "datePosted": "2026-10-02T08:17:03+0000",
    "validThrough": "2026-08-31T23:59:59+0000",
    "employmentType": "FULL_TIME",
}


def item(page_url: str = "", **changes: Any) -> Vacancy:
    posting = {k: v for k, v in (POSTING | changes).items() if v is not None}
    return JobPostingPage(posting, NOW, page_url).to_item()


def test_a_posting_becomes_a_vacancy_with_its_description_to_be_read() -> None:
    vacancy = item()

    assert (vacancy.source, vacancy.reference) == ("import:jobs.example.org", "916000001")
    assert vacancy.url == URL
    assert vacancy.title == "Ward Clerk & Receptionist"
    assert vacancy.employer == "Vale of Eastmere NHS Trust"
    assert vacancy.fetched_at == NOW
    assert vacancy.posted_date == date(2026, 10, 2)
    assert vacancy.working_patterns_raw == "Full-time"
    assert vacancy.job_description == "You file.\nGCSE English"
    (source,) = vacancy.specification
    assert (source.kind, source.label, source.is_specification) == ("html", "description", False)
    assert source.content == "<p>You file.</p> <ul><li>GCSE English</li></ul>"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        # In summer this moment is the next day in London; the day that is printed counts.
        ("2026-08-31T23:59:59+0000", date(2026, 8, 31)),
        ("2026-08-31", date(2026, 8, 31)),
        ("31/08/2026 12:00", date(2026, 8, 31)),
        ("31 August 2026", date(2026, 8, 31)),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31", None),
        ("31/31/2026", None),
        ("soon", None),
        (None, None),
    ],
)
def test_the_closing_date_is_the_printed_day_and_a_sentinel_is_none(
    printed: str | None, day: date | None
) -> None:
    vacancy = item(validThrough=printed)
    assert vacancy.closing_date == day
    assert vacancy.closing_date_raw == (printed or "")


@pytest.mark.parametrize(
    ("changes", "reference"),
    [
        ({"identifier": "X1 / 26"}, "X1-/-26"),
        ({"identifier": 4711}, "4711"),
        ({"identifier": {"@type": "PropertyValue", "name": "The Trust", "value": "V7"}}, "V7"),
        ({"identifier": [{"value": ""}, "V8"]}, "V8"),
        ({"identifier": "https://id.example.org/adverts/V9/"}, "V9"),
        ({"identifier": "x" * 201}, "916000001"),
        ({"identifier": {"value": None}}, "916000001"),
        ({"url": "https://jobs.example.org/view?id=7"}, "view?id=7"),
        ({"url": "https://jobs.example.org/job/health%20records-clerk/"}, "health-records-clerk"),
        ({"url": None, "@id": "https://jobs.example.org/a/5"}, "5"),
    ],
)
def test_the_reference_is_the_identifier_else_the_last_part_of_the_address(
    changes: dict[str, Any], reference: str
) -> None:
    assert item(**changes).reference == reference


def test_without_identifier_and_address_the_reference_is_made_of_what_is_said() -> None:
    vacancy = item(url=None)

    assert vacancy.reference.startswith("sha256-")
    assert vacancy.source == "import"
    assert vacancy.reference == item(url=None, image="logo.png").reference
    assert vacancy.reference != item(url=None, title="Ward Clerk").reference
    assert vacancy.reference != item(url=None, jobLocation="Saltby").reference


def test_the_address_of_the_page_stands_in_for_one_that_is_missing_or_relative() -> None:
    assert item(URL, url=None).url == URL
    assert item(URL, url="/vacancy/5").url == "https://jobs.example.org/vacancy/5"
    assert item(URL, url="http://[bad").url == URL
    assert source_of("https://WWW.Example.org/x") == "import:www.example.org"


@pytest.mark.parametrize(
    ("location", "places"),
    [
        (
            {"address": {"addressLocality": "Saltby, Saltby", "postalCode": "ls1 4ap"}},
            (Place("Saltby", "LS1 4AP"),),
        ),
        (
            {
                "@type": "Place",
                "address": {
                    "streetAddress": "1 Long Lane",
                    "addressLocality": "Saltby Infirmary, Saltby",
                    "addressRegion": "Northshire",
                    "addressCountry": {"@type": "Country", "name": "GB"},
                },
            },
            (Place("Saltby", "", "1 Long Lane, Saltby Infirmary", "Northshire", "GB"),),
        ),
        (
            [{"address": "Saltby, LS1 4AP"}, "Oxney"],
            (Place("Saltby", "LS1 4AP"), Place("Oxney")),
        ),
        ({"geo": {"latitude": 1}}, ()),
        ([None, {}, {"address": None}], ()),
    ],
)
def test_places_are_read_from_objects_lists_and_words(
    location: object, places: tuple[Place, ...]
) -> None:
    assert item(jobLocation=location).places == places


@pytest.mark.parametrize(
    ("printed", "patterns", "contract"),
    [
        (["FULL_TIME", "PART_TIME"], "Full-time, Part-time", ""),
        ("FULL_TIME,TEMPORARY", "Full-time", "Temporary"),
        ("http://schema.org/PART_TIME", "Part-time", ""),
        (["full-time", "full time", "Fixed term"], "Full-time", "Fixed term"),
        (None, "", ""),
    ],
)
def test_employment_types_are_told_apart_as_patterns_and_contracts(
    printed: object, patterns: str, contract: str
) -> None:
    vacancy = item(employmentType=printed)
    assert (vacancy.working_patterns_raw, vacancy.contract_type_raw) == (patterns, contract)


def test_other_texts_of_a_posting_are_read_after_the_description() -> None:
    vacancy = item(skills=["Filing", "Typing"], experienceRequirements={"description": "A year"})
    labels = [source.label for source in vacancy.specification]
    assert labels == ["description", "skills", "experience requirements"]
    assert vacancy.specification[1].content == "Filing<br>Typing"


def test_the_band_is_taken_from_the_printed_pay() -> None:
    vacancy = item(baseSalary={"value": {"value": "Band 8A - £53,000 to £60,000 per annum"}})
    assert (vacancy.band, vacancy.band_raw) == ("8a", "Band 8A")
    assert item().band is None


def test_whom_to_ask_is_not_read() -> None:
    vacancy = item(
        description="<p>Ask Morwenna Ashdown.</p>",
        applicationContact={"name": "Morwenna Ashdown", "email": "m.ashdown@example.org"},
    )
    assert "Morwenna" not in repr(vacancy)
    assert "example.org" not in repr(vacancy).replace("jobs.example.org", "")


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["2026-13-45", "&lt;p&gt;x", "£8.37/hour", "http://[", "<p", "\ud800", "FULL_TIME", "\x00"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["value", "name", "@id", "address", "minValue", "unitText", "currency"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
NAMES = [
    "title", "name", "url", "@id", "identifier", "description", "hiringOrganization", "datePosted",
    "validThrough", "employmentType", "jobLocation", "baseSalary", "skills", "qualifications",
    "mainEntityOfPage", "applicationContact", "estimatedSalary", "sameAs",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=12), st.text(max_size=20))
def test_no_shape_of_json_is_too_odd(posting: dict[str, Any], page_url: str) -> None:
    vacancy = JobPostingPage(posting, NOW, page_url).to_item()
    assert vacancy.reference
    assert vacancy == JobPostingPage(posting, NOW, page_url).to_item()


def test_real_postings_are_read(reference_dir: Path) -> None:
    files = sorted((reference_dir / "fixtures").glob("*_jsonld_*.json"))
    assert files
    for file in files:
        (posting,) = postings_in_json(file.read_text("utf-8"))
        vacancy = JobPostingPage(posting, NOW).to_item()
        assert json.loads(file.read_text("utf-8"))["url"].endswith(vacancy.reference)
        assert vacancy.title
        assert vacancy.employer
        assert vacancy.closing_date
        assert vacancy.salary
        assert vacancy.salary.period == "year"
        assert vacancy.places[0].postcode
        assert "&lt;" not in vacancy.specification[0].content
