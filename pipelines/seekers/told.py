"""What a reader was told of a vacancy, and what has changed since for this reader."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from pipelines.seekers.types import OpenVacancy, Told
from pipelines.seekers.wording import long_date

REMINDERS = (3, 7)
"""Days before the closing date at which a reader is reminded, once each."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One time a reader was told of a vacancy."""

    at: datetime
    on: date
    """The day in London."""

    facts: Told


History = Mapping[int, Sequence[Telling]]
"""What a reader was told of each vacancy, oldest first."""


@lru_cache(maxsize=10_000)
def told_facts(vacancy: OpenVacancy) -> Told:
    """Return the facts of which a change matters to a reader, as they are kept."""
    closing = None if vacancy.closing_date is None else vacancy.closing_date.isoformat()
    criteria = "\n".join(
        f"{one.importance} {' '.join(one.text.casefold().split())}" for one in vacancy.criteria
    )
    return {
        "closing_date": closing,
        "salary": vacancy.salary,
        "band": vacancy.band,
        "title": vacancy.title,
        "place": vacancy.place,
        "criteria": hashlib.sha256(criteria.encode()).hexdigest()[:16],
    }


def changes_since(telling: Telling, vacancy: OpenVacancy) -> tuple[str, ...]:
    """Return in sentences what differs from what the reader was told; empty if nothing does."""
    facts = told_facts(vacancy)
    changed = [name for name in facts if facts[name] != telling.facts.get(name)]
    sentences = [_sentence(name, telling.facts.get(name), facts[name]) for name in changed]
    if vacancy.reopened_at is not None and vacancy.reopened_at > telling.at:
        sentences.insert(0, "It had closed and is open again.")
    return tuple(sentences)


def reminder_due(tellings: Sequence[Telling], vacancy: OpenVacancy, today: date) -> int | None:
    """Return 3 or 7 if the reader is to be reminded of the closing date, None if not.

    A reader who was told that near to the same date already, in whatever section, is not
    reminded again; a date that moved counts anew.
    """
    days = vacancy.days_left(today)
    if days is None or vacancy.closing_date is None:
        return None
    reached = [reminder for reminder in REMINDERS if days <= reminder]
    if not reached:
        return None
    closing = vacancy.closing_date
    same_date = [t for t in tellings if t.facts.get("closing_date") == closing.isoformat()]
    told = any((closing - telling.on).days <= reached[0] for telling in same_date)
    return None if told else reached[0]


def _sentence(name: str, before: str | None, now: str | None) -> str:
    if name == "criteria":
        return "The person specification has changed."
    label = name.replace("_", " ").capitalize()
    if name == "closing_date":
        before, now = (value and long_date(date.fromisoformat(value)) for value in (before, now))
    if not before:
        return f"{label}: now {now}."
    if not now:
        return f"{label}: was {before}, now not given."
    return f"{label}: was {before}, now {now}."
