"""The search form: what was typed, as values, and back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, get_args

from matcher.catalogue import Catalogue
from personspec.exceptions import UsageError
from pipelines.seekers.places import find_place
from pipelines.seekers.profile import (
    Band,
    ContractType,
    Profile,
    Region,
    WorkingPattern,
    read_profile,
)
from pipelines.seekers.qualifications import QUALIFICATIONS
from pipelines.seekers.subscription import WEEKDAYS, Subscription

DISTANCES = (5, 10, 20, 30, 50, 100)
NONE = "none"
"""Value of the box 'none of these': with it the person has said that there is nothing."""

Options = tuple[tuple[str, str], ...]


class Fields(Protocol):
    """Fields of a form or of a query: a name may come more than once."""

    def getlist(self, key: str) -> list[Any]:
        """Return every value of a name."""
        ...


def _words(values: Sequence[str]) -> Options:
    return tuple((value, value.replace("-", " ").capitalize()) for value in values)


PATTERNS = _words(get_args(WorkingPattern))
CONTRACTS = _words(get_args(ContractType))


@dataclass(frozen=True)
class SearchForm:
    """What a search form shows; every value is as it was typed."""

    skill_options: Options
    route_options: Options
    place: str = ""
    distance: int = 20
    regions: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    words: str = ""
    apprenticeships: str = "include"
    qualifications: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    years: str = ""
    driving: str = ""
    sponsorship: bool = False
    frequency: str = "weekly"
    weekday: int = 0
    email: str = ""
    consent: bool = False
    too_many: int = 0
    """Vacancies a week, where they are more than can be read; else 0."""

    distances: tuple[int, ...] = DISTANCES
    weekdays: tuple[str, ...] = WEEKDAYS
    region_options: Options = tuple((one, one) for one in get_args(Region))
    band_options: Options = tuple((one, f"Band {one}") for one in get_args(Band))
    pattern_options: Options = PATTERNS
    contract_options: Options = CONTRACTS
    qualification_options: Options = (
        *((one.id, one.label) for one in QUALIFICATIONS),
        (NONE, "None of these"),
    )

    def warned(self, too_many: int) -> "SearchForm":
        """Return the form with the warning that the search is too wide."""
        return replace(self, too_many=too_many)

    def subscription(self) -> Subscription:
        """Return what the form asks for.

        Raises:
            UsageError: Something is wrong or missing; one sentence says what to do.
        """
        if self.frequency not in {"daily", "weekly"}:
            raise UsageError("Choose whether you want the digest every day or once a week.")
        return Subscription(
            self.profile(),
            "daily" if self.frequency == "daily" else "weekly",
            self.weekday if 0 <= self.weekday < len(WEEKDAYS) else 0,
        )

    def profile(self) -> Profile:
        """Return the search and background of the form; raises as ``subscription`` does."""
        values: dict[str, Any] = {
            "distance_miles": self.distance,
            "regions": self.regions,
            "bands": self.bands,
            "working_patterns": self.patterns,
            "contract_types": self.contracts,
            "title_words": [word.strip() for word in self.words.split(",") if word.strip()],
            "apprenticeships": self.apprenticeships,
            "needs_sponsorship": self.sponsorship,
            "driving_licence": {"yes": True, "no": False}.get(self.driving),
            "background": {
                "qualifications": _told(self.qualifications),
                "skills": _told(self.skills),
                "routes": _told(self.routes),
                "experience_years": self._experience(),
            },
        }
        if self.place.strip():
            point = find_place(self.place)
            values |= {
                "place": self.place,
                "latitude": point.latitude,
                "longitude": point.longitude,
            }
        return read_profile(values)

    def _experience(self) -> int | None:
        years = self.years.strip()
        if not years:
            return None
        if not years.isascii() or not years.isdigit() or int(years) > 60:
            raise UsageError("Years of experience: give a whole number from 0 to 60, or nothing.")
        return int(years)


@dataclass(frozen=True)
class FormMaker:
    """Makes forms with the skills and routes of a catalogue."""

    catalogue: Catalogue

    def empty(self) -> SearchForm:
        """Return the form as a new reader sees it."""
        return SearchForm(
            skill_options=(*self._options("skill", "characteristic"), (NONE, "None of these")),
            route_options=(*self._options("route"), (NONE, "None of these")),
        )

    def typed(self, fields: Fields) -> SearchForm:
        """Return the form with what was typed; what is no option is left to ``profile``."""

        def one(name: str, default: str = "") -> str:
            values = fields.getlist(name)
            return str(values[0])[:500] if values else default

        def several(name: str) -> tuple[str, ...]:
            return tuple(str(value)[:60] for value in fields.getlist(name)[:40])

        return replace(
            self.empty(),
            place=one("place"),
            distance=_number(one("distance"), 20),
            regions=several("region"),
            bands=several("band"),
            patterns=several("pattern"),
            contracts=several("contract"),
            words=one("words"),
            apprenticeships=one("apprenticeships", "include"),
            qualifications=several("qualification"),
            skills=several("skill"),
            routes=several("route"),
            years=one("years"),
            driving=one("driving"),
            sponsorship=one("sponsorship") == "yes",
            frequency=one("frequency", "weekly"),
            weekday=_number(one("weekday"), 0),
            email=one("email"),
            consent=one("consent") == "yes",
        )

    def of(self, subscription: Subscription) -> SearchForm:
        """Return the form that asks for a subscription as it is."""
        profile, background = subscription.profile, subscription.profile.background
        driving = {True: "yes", False: "no", None: ""}[profile.driving_licence]
        return replace(
            self.empty(),
            place=profile.place,
            distance=profile.distance_miles,
            distances=tuple(sorted({*DISTANCES, profile.distance_miles})),
            regions=profile.regions,
            bands=profile.bands,
            patterns=profile.working_patterns,
            contracts=profile.contract_types,
            words=", ".join(profile.title_words),
            apprenticeships=profile.apprenticeships,
            qualifications=_ticked(background.qualifications),
            skills=_ticked(background.skills),
            routes=_ticked(background.routes),
            years="" if background.experience_years is None else str(background.experience_years),
            driving=driving,
            sponsorship=profile.needs_sponsorship,
            frequency=subscription.frequency,
            weekday=subscription.weekday,
        )

    def _options(self, *kinds: str) -> Options:
        return tuple(
            (one.id, one.label) for one in self.catalogue.requirements if one.kind in kinds
        )


def _told(ticked: tuple[str, ...]) -> list[str] | None:
    """Return what was ticked; None if nothing was, not even 'none of these'."""
    if not ticked:
        return None
    return [one for one in ticked if one != NONE]


def _ticked(told: tuple[str, ...] | None) -> tuple[str, ...]:
    if told is None:
        return ()
    return told or (NONE,)


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else default
