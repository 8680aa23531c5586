"""Invented vacancies, as a board would yield them. The trusts do not exist."""

from datetime import UTC, date, datetime
from typing import Any

from crawler.items import Place, Salary, Sighting, SpecificationSource, Vacancy
from matcher.types import AnnotatedCriterion, Criterion, Match
from pipelines.facts.types import Facts
from pipelines.types import AnnotatedVacancy, LocatedCriterion, Versions

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
VERSIONS = Versions(reader="1", matcher="1", catalogue="1", facts="1")


def sighting(reference: str = "X1234-26-0001", **changes: Any) -> Sighting:
    listed: dict[str, Any] = {
        "source": "nhs_jobs",
        "reference": reference,
        "url": f"https://jobs.example.org/candidate/jobadvert/{reference}",
        "title": "Health Records Clerk",
        "employer": "Vale of Eastmere NHS Foundation Trust",
        "summary": "You will file and retrieve case notes …",
        "contract_type_raw": "Permanent",
        "salary": Salary("£25272.00", 25272.0, 25272.0, "year"),
        "closing_date": date(2026, 11, 30),
        "posted_at": datetime(2026, 10, 30, 9, 15, 0, 250000, tzinfo=UTC),
        "places": (Place("Eastmere", "LS1 4AP"),),
        "relevance": 100.0,
        "in_scope": True,
    }
    return Sighting(**(listed | changes))


def vacancy(reference: str = "X1234-26-0001", **changes: Any) -> Vacancy:
    printed: dict[str, Any] = {
        "source": "nhs_jobs",
        "reference": reference,
        "url": f"https://jobs.example.org/candidate/jobadvert/{reference}",
        "title": "Health Records Clerk",
        "employer": "Vale of Eastmere NHS Foundation Trust",
        "fetched_at": NOON,
        "closing_date": date(2026, 11, 30),
        "closing_date_raw": "The closing date is 30 November 2026",
        "posted_date": date(2026, 10, 30),
        "posted_date_raw": "30 October 2026",
        "pay_scheme": "Agenda for change",
        "band": "2",
        "band_raw": "Band 2",
        "salary": Salary("£25,272 a year", 25272.0, 25272.0, "year"),
        "contract_type_raw": "Permanent",
        "working_patterns_raw": "Full-time, Part-time",
        "places": (Place("Eastmere", "LS1 4AP", "1 Long Lane", "", "United Kingdom"),),
        "summary": "You will file and retrieve case notes.",
        "specification": (
            SpecificationSource(
                "html",
                "<h3>Skills</h3><h4>Essential</h4><ul><li>Good communication skills</li></ul>",
                "person specification",
                is_specification=True,
            ),
        ),
    }
    return Vacancy(**(printed | changes))


def criterion(text: str = "Good communication skills", *requirements: str) -> LocatedCriterion:
    matches = tuple(
        Match(requirement, "essential", 92.5, "phrase", text, 0, len(text))
        for requirement in requirements
    )
    read = Criterion(text, "list", "essential", "heading", "Skills", "skills", ("interview",))
    annotated = AnnotatedCriterion(read, None, None, experience_alternative=False, matches=matches)
    return LocatedCriterion(annotated, "person specification")


def annotated(
    page: Vacancy | None = None,
    *criteria: LocatedCriterion,
    versions: Versions = VERSIONS,
    facts: Facts | None = None,
) -> AnnotatedVacancy:
    return AnnotatedVacancy(
        vacancy=page or vacancy(),
        criteria=criteria,
        reason=None if criteria else "The advert holds no list of criteria.",
        facts=facts or Facts(),
        versions=versions,
    )
