"""Near-duplicates among vacancies: the same post advertised more than once."""

from collections.abc import Iterable

from pipelines.seekers.filters import words_of
from pipelines.seekers.types import OpenVacancy

_FILLER = frozenset({"nhs", "foundation", "trust", "the", "and", "of"})


def group_alike(vacancies: Iterable[OpenVacancy]) -> list[tuple[OpenVacancy, ...]]:
    """Return the vacancies in groups of near-duplicates, in the order they came.

    Alike are those of one employer and place whose titles hold the same words and whose
    criteria are the same: a post that is advertised again, or on two boards.
    """
    groups: dict[tuple[object, ...], list[OpenVacancy]] = {}
    for vacancy in vacancies:
        groups.setdefault(_likeness(vacancy), []).append(vacancy)
    return [tuple(group) for group in groups.values()]


def _likeness(vacancy: OpenVacancy) -> tuple[object, ...]:
    criteria = frozenset(words_of(one.criterion.text) for one in vacancy.criteria)
    return (
        words_of(vacancy.employer) - _FILLER,
        words_of(vacancy.title),
        vacancy.band,
        words_of(vacancy.place.partition(" ")[0]),
        criteria,
    )
