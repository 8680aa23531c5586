"""The hard filters: whether a vacancy is looked for at all."""

import re
from functools import lru_cache

from pipelines.seekers.distance import miles_between
from pipelines.seekers.profile import Profile
from pipelines.seekers.types import OpenVacancy


def passes(vacancy: OpenVacancy, profile: Profile) -> bool:
    """Return whether a vacancy is within everything the person asked for.

    What an advert does not say about band, contract or pattern is no reason to leave it out. A
    place that cannot be found is, and so is silence about sponsorship for who needs it: adverts
    that sponsor say so.
    """
    return (
        _is_near(vacancy, profile)
        and _allows(profile.bands, vacancy.band)
        and _allows(profile.contract_types, vacancy.contract_type)
        and _patterns_fit(vacancy, profile)
        and _title_fits(vacancy, profile)
        and _apprenticeship_fits(vacancy, profile)
        and not (profile.needs_sponsorship and vacancy.sponsorship is not True)
        and not (profile.driving_licence is False and vacancy.driving is True)
    )


def distance_to(vacancy: OpenVacancy, profile: Profile) -> float | None:
    """Return the miles from the person's place; None if either place is unknown."""
    if profile.latitude is None or profile.longitude is None:
        return None
    if vacancy.latitude is None or vacancy.longitude is None:
        return None
    return miles_between(profile.latitude, profile.longitude, vacancy.latitude, vacancy.longitude)


def is_apprenticeship(vacancy: OpenVacancy) -> bool:
    """Return whether the post itself is an apprenticeship."""
    return vacancy.contract_type == "apprenticeship" or "apprentice" in vacancy.title.casefold()


@lru_cache(maxsize=50_000)
def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in lower case."""
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))


def _is_near(vacancy: OpenVacancy, profile: Profile) -> bool:
    if vacancy.region is not None and vacancy.region in profile.regions:
        return True
    miles = distance_to(vacancy, profile)
    return miles is not None and miles <= profile.distance_miles


def _allows(wanted: tuple[str, ...], found: str | None) -> bool:
    return not wanted or found is None or found in wanted


def _patterns_fit(vacancy: OpenVacancy, profile: Profile) -> bool:
    if not profile.working_patterns or not vacancy.working_patterns:
        return True
    return not set(profile.working_patterns).isdisjoint(vacancy.working_patterns)


def _title_fits(vacancy: OpenVacancy, profile: Profile) -> bool:
    if not profile.title_words:
        return True
    title = vacancy.title.casefold()
    return any(word.casefold() in title for word in profile.title_words)


def _apprenticeship_fits(vacancy: OpenVacancy, profile: Profile) -> bool:
    if profile.apprenticeships == "include":
        return True
    return is_apprenticeship(vacancy) == (profile.apprenticeships == "only")
