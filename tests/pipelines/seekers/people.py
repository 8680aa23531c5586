"""Invented people and vacancies. Neither the people nor the trusts exist."""

from datetime import UTC, date, datetime
from typing import Any

from matcher.types import AnnotatedCriterion, Criterion, Importance, Match
from pipelines.seekers.judge import asking_of
from pipelines.seekers.profile import Profile, read_profile
from pipelines.seekers.types import OpenVacancy

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
LEEDS = {"place": "Leeds", "latitude": 53.8, "longitude": -1.55}


def profile(**changes: Any) -> Profile:
    return read_profile(LEEDS | {"bands": ["2", "3"]} | changes)


def background(**held: Any) -> Profile:
    return profile(background=held)


def criterion(
    text: str = "Good communication skills",
    *requirements: str,
    importance: Importance = "essential",
    min_level: int | None = None,
    experience_alternative: bool = False,
) -> AnnotatedCriterion:
    matches = tuple(
        Match(one, importance, 95.0, "exact words", text, 0, len(text)) for one in requirements
    )
    return AnnotatedCriterion(
        Criterion(text, importance=importance),
        None,
        min_level,
        experience_alternative=experience_alternative,
        matches=matches,
    )


COMMUNICATION = criterion("Good communication skills", "communication")
GCSE = criterion("GCSE English or equivalent", "gcse-or-equivalent", min_level=2)
TYPING = criterion("Has worked with barcode trackers")


def open_vacancy(number: int = 1, **changes: Any) -> OpenVacancy:
    facts: dict[str, Any] = {
        "id": number,
        "reference": f"Z9001-26-{number:04}",
        "url": f"https://jobs.example.org/candidate/jobadvert/Z9001-26-{number:04}",
        "title": f"Health Records Clerk {number}",
        "employer": f"Vale of Eastmere {number} NHS Foundation Trust",
        "first_seen": NOW,
        "closing_date": date(2026, 12, 20),
        "place": "Leeds LS1 4AP",
        "region": "Yorkshire and The Humber",
        "latitude": 53.8,
        "longitude": -1.55,
        "band": "2",
        "salary": "£25,272 a year",
        "criteria": (COMMUNICATION, GCSE, TYPING),
    } | changes
    facts["criteria"] = tuple(asking_of(one) for one in facts["criteria"])
    return OpenVacancy(**facts)
