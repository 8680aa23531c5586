import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.exceptions import PageLayoutError
from crawler.items import Place, Salary
from crawler.pages.find_an_apprenticeship import (
    FindAnApprenticeshipAdvertPage,
    FindAnApprenticeshipListPage,
)

URL = "https://api.example/vacancies/vacancy/VAC1000000007"
NOW = datetime(2026, 11, 2, 6, 10, tzinfo=UTC)
ENTRY: dict[str, Any] = {
    "vacancyReference": "1000000007",
    "title": "Business Administration Apprentice",
    "employerName": "Fenwick NHS Trust",
    "vacancyUrl": "https://apprenticeships.example/apprenticeship/VAC1000000007?source=api",
    "applicationUrl": "https://beta.jobs.nhs.uk/candidate/jobadvert/Z1042-26-0117",
    "description": "Ask jo@example.org or 01632 960123.",
    "fullDescription": "<p>File notes.</p><script>x()</script>",
    "employerDescription": None,
    "postedDate": "2026-11-01T09:00:00Z",
    "closingDate": "2026-11-30T23:59:59Z",
    "expectedDuration": "18 months",
    "wage": {"wageType": "Custom", "wageAmount": 7.55, "wageUnit": "Hourly"},
    "course": {"title": "Business administrator", "level": 3},
    "addresses": [
        {"addressLine1": "Fen House", "addressLine3": "Saltmarsh", "postcode": "NR99 1ZZ"},
        {"addressLine1": "Fenwick", "addressLine2": None, "postcode": None},
    ],
    "skills": ["Team working", "IT & typing"],
    "qualifications": [
        {"weighting": "Desired", "qualificationType": "A level", "subject": "any", "grade": ""},
        {"weighting": "Essential", "qualificationType": "GCSE", "subject": "English", "grade": "4"},
    ],
    "employerContactName": "Jo Ashdown",
    "employerContactEmail": "jo@example.org",
}


def item(**changes):
    return FindAnApprenticeshipAdvertPage(URL, json.dumps(ENTRY | changes), NOW).to_item()


def listing(text):
    return FindAnApprenticeshipListPage(URL, text).to_listing()


def test_an_advert_is_read_whole():
    vacancy = item()

    assert vacancy.reference == "VAC1000000007"
    assert vacancy.url == "https://apprenticeships.example/apprenticeship/VAC1000000007"
    assert vacancy.board_reference == "Z1042-26-0117", "the same post on NHS Jobs"
    assert vacancy.employer == "Fenwick NHS Trust"
    assert (vacancy.posted_date, vacancy.closing_date) == (date(2026, 11, 1), date(2026, 11, 30))
    assert vacancy.salary == Salary("£7.55 Hourly", 7.55, 7.55, "hour")
    assert vacancy.staff_group == "Business administrator (level 3)"
    assert vacancy.contract_type_raw == "Apprenticeship"
    assert vacancy.places == (Place("Saltmarsh", "NR99 1ZZ", "Fen House"), Place("Fenwick"))
    assert vacancy.main_duties == "File notes."


def test_qualifications_and_skills_become_a_person_specification():
    specification, duties = item().specification

    assert specification.is_specification
    assert specification.content == (
        "<h3>Qualifications</h3>"
        "<h4>Essential</h4><ul><li>GCSE English (grade 4)</li></ul>"
        "<h4>Desirable</h4><ul><li>A level any</li></ul>"
        "<h3>Skills</h3><ul><li>Team working</li><li>IT &amp; typing</li></ul>"
    )
    assert (duties.content, duties.is_specification) == ("<p>File notes.</p>", False)


def test_without_qualifications_and_skills_there_is_no_specification():
    sources = item(qualifications=[], skills=[]).specification

    assert [source.label for source in sources] == ["main duties"]


def test_nobody_is_named():
    vacancy = item()

    assert vacancy.summary == "Ask [contact removed] or [contact removed]."
    assert "Ashdown" not in repr(vacancy)


def test_a_list_gives_sightings_and_totals():
    body = json.dumps({"vacancies": [ENTRY], "total": 900, "totalFiltered": 101, "totalPages": 2})
    found = listing(body)

    assert (found.total, found.pages) == (101, 2)
    assert found.sightings[0].reference == "VAC1000000007"
    assert found.sightings[0].posted_at == datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("reference", [1000000007, "1000000007", "VAC1000000007"])
def test_a_reference_is_one_however_it_is_given(reference):
    assert item(vacancyReference=reference).reference == "VAC1000000007"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": None}, "title"),
        ({"employerName": None}, "employerName"),
        ({"vacancyReference": "../x"}, "vacancyReference"),
        ({"vacancyUrl": "javascript:x"}, "vacancyUrl"),
        ({"wage": {"wageUnit": "Fortnightly"}}, "wage.wageUnit"),
        ({"qualifications": [{"weighting": "Nice"}]}, "qualifications.0.weighting"),
    ],
)
def test_a_value_that_is_not_as_known_is_named(changes, field):
    with pytest.raises(PageLayoutError, match=field):
        item(**changes)


@pytest.mark.parametrize("body", ["", "{}", "[]", "<html>", '{"vacancies": 1}'])
def test_another_answer_is_a_changed_layout(body):
    with pytest.raises(PageLayoutError):
        listing(body)


@pytest.mark.parametrize(
    ("wage", "salary"),
    [
        (None, None),
        ({"wageType": "CompetitiveSalary"}, Salary("CompetitiveSalary")),
        ({"wageType": "Custom", "wageAmount": 0}, Salary("Custom")),
        (
            {"wageAmount": 18954, "wageUnit": "Annually", "wageAdditionalInformation": "75%"},
            Salary("£18,954.00 Annually, 75%", 18954, 18954, "year"),
        ),
    ],
)
def test_wages_are_read(wage, salary):
    assert item(wage=wage).salary == salary
