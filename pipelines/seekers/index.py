"""Finds the vacancies that may be near enough, without looking at every one."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from pipelines.seekers.profile import Profile
from pipelines.seekers.types import OpenVacancy

CELL_DEGREES = 0.25
"""Side of a square of the grid: 17 miles northwards, about 11 eastwards in Britain."""

MILES_PER_DEGREE = 69.0

Cell = tuple[int, int]


class VacancyIndex:
    """Open vacancies by the square of the map they lie in, by region and by band."""

    def __init__(self, vacancies: Iterable[OpenVacancy]) -> None:
        self.vacancies = tuple(vacancies)
        self.by_id = {vacancy.id: vacancy for vacancy in self.vacancies}
        self._by_cell: dict[tuple[Cell, str | None], list[OpenVacancy]] = defaultdict(list)
        self._by_region: dict[tuple[str, str | None], list[OpenVacancy]] = defaultdict(list)
        for vacancy in self.vacancies:
            if vacancy.latitude is not None and vacancy.longitude is not None:
                cell = _cell(vacancy.latitude, vacancy.longitude)
                self._by_cell[cell, vacancy.band].append(vacancy)
            if vacancy.region is not None:
                self._by_region[vacancy.region, vacancy.band].append(vacancy)
        self._bands = {vacancy.band for vacancy in self.vacancies}

    def candidates(self, profile: Profile) -> list[OpenVacancy]:
        """Return the vacancies that may pass the filters, each once; none that would is left out.

        The time grows with the vacancies near the person, not with all of them.
        """
        bands = {*profile.bands, None} & self._bands if profile.bands else self._bands
        found: dict[int, OpenVacancy] = {}
        for place, band in product(_cells_around(profile), bands):
            found.update((one.id, one) for one in self._by_cell.get((place, band), ()))
        for region, band in product(profile.regions, bands):
            found.update((one.id, one) for one in self._by_region.get((region, band), ()))
        return list(found.values())


def _cell(latitude: float, longitude: float) -> Cell:
    return math.floor(latitude / CELL_DEGREES), math.floor(longitude / CELL_DEGREES)


def _cells_around(profile: Profile) -> Iterator[Cell]:
    if profile.latitude is None or profile.longitude is None:
        return
    north = profile.distance_miles / MILES_PER_DEGREE * 1.01
    # A degree eastwards is shortest at the end of the square that is nearer to the pole.
    furthest = math.radians(min(89.0, abs(profile.latitude) + north))
    east = north / math.cos(furthest)
    south_west = _cell(profile.latitude - north, profile.longitude - east)
    north_east = _cell(profile.latitude + north, profile.longitude + east)
    yield from product(
        range(south_west[0], north_east[0] + 1), range(south_west[1], north_east[1] + 1)
    )
