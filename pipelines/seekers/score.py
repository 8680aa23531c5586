"""How well a vacancy suits a person, 0-100."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from matcher.types import Importance
from pipelines.seekers.filters import distance_to, words_of
from pipelines.seekers.judge import Asking, Judgement, Need, Verdict, judge
from pipelines.seekers.profile import Profile
from pipelines.seekers.types import OpenVacancy

ESSENTIAL, DESIRABLE, BAND, NEARNESS, FRESHNESS = 50, 15, 10, 15, 10
"""Points each part can give: what the post needs counts as much as all the rest."""

FRESH_DAYS = 14
"""After so many days a vacancy is no longer fresh."""

FEEDBACK = 10
"""Most that what the person said of other vacancies can add or take away."""

_WORTH: dict[Verdict, float] = {"meets": 1.0, "cannot tell": 0.5, "misses": 0.0}


Judged = tuple[Asking, Judgement]
"""A criterion and how it stands to a reader."""


class Reader:
    """One person, with the judgements made for them so far.

    Many criteria ask for the same, so each different need is judged once.
    """

    def __init__(self, profile: Profile, feedback: Iterable[tuple[OpenVacancy, bool]] = ()) -> None:
        """Start with a profile and the vacancies the person called relevant or not relevant."""
        self.profile = profile
        self.tastes = tastes_of(feedback)
        self._judged: dict[Need, Judgement] = {}
        self._read: dict[OpenVacancy, list[Judged]] = {}

    def judge(self, need: Need) -> Judgement:
        """Return how the need stands to the person's background."""
        found = self._judged.get(need)
        if found is None:
            found = self._judged[need] = judge(need, self.profile.background)
        return found

    def judged(self, vacancy: OpenVacancy) -> list[Judged]:
        """Return how every criterion of a vacancy stands to the person, in its order."""
        found = self._read.get(vacancy)
        if found is None:
            found = [(one, self.judge(one.need)) for one in vacancy.criteria]
            self._read[vacancy] = found
        return found


@dataclass(frozen=True)
class Asked:
    """A vacancy with what its criteria come to, worked out once for all readers."""

    vacancy: OpenVacancy

    @cached_property
    def needs(self) -> dict[Importance, tuple[tuple[Need, int], ...]]:
        """The different needs of each importance and how often each is asked."""
        counted: dict[Importance, Counter[Need]] = {}
        for criterion in self.vacancy.criteria:
            counted.setdefault(criterion.importance, Counter())[criterion.need] += 1
        return {importance: tuple(needs.items()) for importance, needs in counted.items()}

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the title."""
        return words_of(self.vacancy.title)


def score(asked: Asked, reader: Reader, today: date) -> float:
    """Return how well a vacancy that passes the filters suits a reader, 0-100.

    A criterion of which nothing can be told counts half; a part the advert is silent about gives
    half its points, so that short adverts neither win nor lose by it.
    """
    vacancy, profile = asked.vacancy, reader.profile
    # 'Unknown' importance is read as essential: an advert that does not say asks for it.
    essential = asked.needs.get("essential", ()) + asked.needs.get("unknown", ())
    points = (
        ESSENTIAL * _share(essential, reader)
        + DESIRABLE * _share(asked.needs.get("desirable", ()), reader)
        + BAND * _band(vacancy, profile)
        + NEARNESS * _nearness(vacancy, profile)
        + FRESHNESS * _freshness(vacancy, today)
        + FEEDBACK * _liking(asked, reader.tastes)
    )
    return round(min(100.0, max(0.0, points)), 1)


def tastes_of(feedback: Iterable[tuple[OpenVacancy, bool]]) -> Mapping[str, float]:
    """Return for each word of rated titles, and each employer, how it was liked, -1 to 1.

    A word of which as much good as bad was said is 0; one rating counts half, so that a single
    answer does not rule the order.
    """
    good: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for vacancy, relevant in feedback:
        for word in {*words_of(vacancy.title), f"by {vacancy.employer.casefold()}"}:
            count[word] += 1
            good[word] += 1 if relevant else -1
    return {word: good[word] / (count[word] + 1) for word in count}


def _share(needs: tuple[tuple[Need, int], ...], reader: Reader) -> float:
    total = sum(often for _, often in needs)
    if not total:
        return 0.5
    return sum(_WORTH[reader.judge(need).verdict] * often for need, often in needs) / total


def _band(vacancy: OpenVacancy, profile: Profile) -> float:
    if not profile.bands or vacancy.band is None:
        return 0.5
    return 1.0


def _nearness(vacancy: OpenVacancy, profile: Profile) -> float:
    miles = distance_to(vacancy, profile)
    return 0.5 if miles is None else max(0.0, 1 - miles / profile.distance_miles)


def _freshness(vacancy: OpenVacancy, today: date) -> float:
    age = (today - vacancy.first_seen.date()).days
    return min(1.0, max(0.0, 1 - age / FRESH_DAYS))


def _liking(asked: Asked, tastes: Mapping[str, float]) -> float:
    if not tastes:
        return 0.0
    known = [tastes[word] for word in asked.words if word in tastes]
    employer = tastes.get(f"by {asked.vacancy.employer.casefold()}")
    known += [] if employer is None else [employer]
    return sum(known) / len(known) if known else 0.0
