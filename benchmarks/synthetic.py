"""Invented annotated vacancies in any number, the same for the same number.

Sizes are those of real adverts: 12 criteria of about 80 characters, three quarters of them with
one or two matches, and some 5,000 characters of prose.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from crawler.items import Place, Salary, Sighting, SpecificationSource, Vacancy
from matcher.catalogue import load_catalogue
from matcher.types import AnnotatedCriterion, Criterion, Importance, Match
from pipelines.facts import make_facts
from pipelines.types import AnnotatedVacancy, LocatedCriterion, Versions

START = datetime(2026, 11, 2, 6, tzinfo=UTC)
CRITERIA = 12
_TEXT = (
    "ability to work as part of a busy team with good communication skills accurate data entry "
    "experience of filing retrieving tracking case notes patient administration systems "
    "organise own workload deal calmly with the public confidential information"
)
WORDS = _TEXT.split()
TOWNS = (
    ("Leeds", "LS1 4AP"),
    ("Norwich", "NR4 7UY"),
    ("Cardiff", "CF14 7XB"),
    ("Derby", "DE22 3NE"),
)
PAY = ((25272.0, 25272.0), (25760.0, 27476.0), (28392.0, 31157.0), (32073.0, 39043.0))
VERSIONS = Versions("1", "1", "1", "1")


def annotated_vacancies(number: int) -> Iterator[AnnotatedVacancy]:
    """Yield this many vacancies with their criteria and matches."""
    random = Random(1)  # noqa: S311 the same text each time is what is wanted
    requirements = [requirement.id for requirement in load_catalogue().requirements]
    for place in range(number):
        vacancy = _vacancy(place, random)
        criteria = tuple(_criterion(line, random, requirements) for line in range(CRITERIA))
        yield AnnotatedVacancy(vacancy, criteria, None, make_facts(vacancy), VERSIONS)


def sighting_of(vacancy: Vacancy) -> Sighting:
    """Return how a vacancy would be listed."""
    return Sighting(
        source=vacancy.source,
        reference=vacancy.reference,
        url=vacancy.url,
        title=vacancy.title,
        employer=vacancy.employer,
        salary=vacancy.salary,
        closing_date=vacancy.closing_date,
        places=vacancy.places,
        relevance=90.0,
        in_scope=True,
    )


def _vacancy(place: int, random: Random) -> Vacancy:
    reference = f"S{place % 9000 + 1000}-26-{place:05}"
    low, high = random.choice(PAY)
    return Vacancy(
        source="synthetic",
        reference=reference,
        url=f"https://jobs.example.org/candidate/jobadvert/{reference}",
        title=f"Health Records Clerk {place}",
        employer=f"Invented NHS Trust {place % 200}",
        fetched_at=START,
        closing_date=date(2026, 11, 20) + timedelta(days=place % 20),
        closing_date_raw="20 November 2026",
        posted_date=date(2026, 10, 30),
        pay_scheme="Agenda for change",
        salary=Salary(f"£{low:,.0f} to £{high:,.0f} a year", low, high, "year"),
        contract_type_raw="Permanent",
        working_patterns_raw="Full-time, Part-time",
        places=(Place(*random.choice(TOWNS)),),
        summary=_words(random, 80),
        main_duties=_words(random, 200),
        about_employer=_words(random, 200),
        job_description=_words(random, 300),
        specification=(
            SpecificationSource("html", f"<p>{_words(random, 200)}</p>", "person specification"),
        ),
    )


def _criterion(line: int, random: Random, requirements: list[str]) -> LocatedCriterion:
    text = _words(random, 12)
    importance: Importance = "essential" if line % 3 else "desirable"
    matches = tuple(
        Match(requirement, importance, 95.0, "exact words", text[:20], 0, 20)
        for requirement in random.sample(requirements, random.choice((0, 1, 1, 2)))
    )
    read = Criterion(text, "list", importance, "heading", "Skills", "skills", ("interview",))
    annotated = AnnotatedCriterion(read, None, None, experience_alternative=False, matches=matches)
    return LocatedCriterion(annotated, "person specification")


def _words(random: Random, number: int) -> str:
    return " ".join(random.choices(WORDS, k=number))
