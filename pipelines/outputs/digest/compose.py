"""Chooses what one reader is told: new, changed, closing soon; each once, the best first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pipelines.seekers.filters import distance_to, passes
from pipelines.seekers.index import VacancyIndex
from pipelines.seekers.score import Asked, Reader, score
from pipelines.seekers.told import History, Telling, changes_since, reminder_due
from pipelines.seekers.types import OpenVacancy

MOST = 20
"""Vacancies in one digest; the others are on the page it links to."""

MOST_OF_EMPLOYER = 3
"""New vacancies of one employer in one digest, so that a large one does not flood it."""

Section = Literal["new", "changed", "closing"]
SECTIONS: tuple[Section, ...] = ("new", "changed", "closing")

_URGENCY: Mapping[Section, int] = {"closing": 0, "changed": 1, "new": 2}


@dataclass(frozen=True, slots=True)
class Entry:
    """One vacancy of a digest."""

    vacancy: OpenVacancy
    section: Section
    reason: str
    """Key of why it is told; one reader gets each reason of a vacancy once."""

    score: float = 0.0
    miles: float | None = None
    changes: tuple[str, ...] = ()
    """Sentences; filled in ``changed`` only."""

    alike: tuple["Entry", ...] = ()
    """Near-duplicates of it that are told with it."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What one reader is told on one day."""

    entries: tuple[Entry, ...]
    """In order of section, the most relevant first."""

    more: tuple[Entry, ...] = ()
    """Those beyond the limits, the most relevant first."""


@dataclass(frozen=True)
class Offer:
    """The open vacancies of one day, prepared once for all readers."""

    today: date
    index: VacancyIndex
    asked: Mapping[int, Asked] = field(repr=False)

    @classmethod
    def of(cls, vacancies: Iterable[OpenVacancy], today: date) -> "Offer":
        """Return the offer of a day; vacancies past their closing date are left out."""
        index = VacancyIndex(
            one for one in vacancies if one.closing_date is None or one.closing_date >= today
        )
        return cls(today, index, {one.id: Asked(one) for one in index.vacancies})


def compose(
    offer: Offer, reader: Reader, history: History, *, unwanted: Callable[[int], bool]
) -> Digest | None:
    """Return what a reader is told; None if there is nothing to say.

    Args:
        offer: The open vacancies.
        reader: The person, with what they look for.
        history: What they were told before.
        unwanted: Whether they called a vacancy not relevant: they hear no more of it.
    """
    profile = reader.profile
    entries = [
        entry
        for vacancy in offer.index.candidates(profile)
        if not unwanted(vacancy.id) and passes(vacancy, profile)
        if (entry := _entry(vacancy, history.get(vacancy.id, ()), offer.today))
    ]
    if not entries:
        return None
    return _limited([_scored(entry, offer, reader) for entry in _collapsed(entries)])


def _entry(vacancy: OpenVacancy, tellings: Sequence[Telling], today: date) -> Entry | None:
    if not tellings:
        return Entry(vacancy, "new", "new")
    if changes := changes_since(tellings[-1], vacancy):
        return Entry(vacancy, "changed", f"changed {today}", changes=changes)
    if reminder := reminder_due(tellings, vacancy, today):
        return Entry(vacancy, "closing", f"closing {reminder} {vacancy.closing_date}")
    return None


def _collapsed(entries: Sequence[Entry]) -> list[Entry]:
    """Return one entry for each group of near-duplicates of a section."""
    if len(entries) == 1:
        return list(entries)
    collapsed = []
    for section in SECTIONS:
        posts: dict[object, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.section == section:
                posts[entry.vacancy.post or entry.vacancy.id].append(entry)
        for first, *others in posts.values():
            collapsed.append(replace(first, alike=tuple(others)) if others else first)
    return collapsed


def _scored(entry: Entry, offer: Offer, reader: Reader) -> Entry:
    return replace(
        entry,
        score=score(offer.asked[entry.vacancy.id], reader, offer.today),
        miles=distance_to(entry.vacancy, reader.profile),
    )


def _limited(entries: Sequence[Entry]) -> Digest:
    # What a reader has been told of before comes first when places are given: it is urgent.
    ranked = sorted(entries, key=lambda e: (_URGENCY[e.section], -e.score, e.vacancy.id))
    chosen: list[Entry] = []
    more: list[Entry] = []
    of_employer: Counter[str] = Counter()
    for entry in ranked:
        employer = entry.vacancy.employer.casefold()
        flooded = entry.section == "new" and of_employer[employer] >= MOST_OF_EMPLOYER
        if flooded or len(chosen) >= MOST:
            more.append(entry)
            continue
        of_employer[employer] += 1
        chosen.append(entry)
    chosen.sort(key=lambda entry: SECTIONS.index(entry.section))  # stable: the score stays
    return Digest(tuple(chosen), tuple(sorted(more, key=lambda e: (-e.score, e.vacancy.id))))
