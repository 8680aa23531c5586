"""Where a vacancy is: region and rough coordinates."""

import csv
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from crawler.items import Place
from personspec.resources import data_path
from pipelines.facts.types import CoordinatesBasis

NEAR_KM = 80.0
"""A town of a postcode area is nearer to the area's middle than this; another town of its name,
such as the many Newports, hardly ever is."""

_POSTCODE = re.compile(r"([A-Z]{1,2})(\d[A-Z\d]?)\s*(\d[A-Z]{2})?")

_KM_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees."""

    latitude: float
    longitude: float

    def km_to(self, other: "Point") -> float:
        """Return the distance in kilometres; good to a per cent within the United Kingdom."""
        north = self.latitude - other.latitude
        east = (self.longitude - other.longitude) * math.cos(math.radians(self.latitude))
        return math.hypot(north, east) * _KM_A_DEGREE


@dataclass(frozen=True, slots=True)
class Area:
    """A postcode area."""

    region: str
    middle: Point
    main_town: str


@dataclass(frozen=True, slots=True)
class Where:
    """What is known of where a vacancy is."""

    postcode: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    basis: CoordinatesBasis | None = None


def locate(places: Iterable[Place]) -> Where:
    """Return where a vacancy is, by the first of its places with a postcode, else the first."""
    listed = sorted(places, key=lambda place: normal_postcode(place.postcode) is None)
    if not listed:
        return Where()
    place = listed[0]
    postcode = normal_postcode(place.postcode)
    area = load_areas().get(_area_of(postcode)) if postcode else None
    town = find_town(place.town, area.middle if area else None)
    point = town or (area.middle if area else None)
    return Where(
        postcode=postcode,
        region=area.region if area else None,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        basis=None if point is None else "town" if town else "postcode area",
    )


def normal_postcode(printed: str) -> str | None:
    """Return a postcode, or its first half, in capitals with one space; None if it is none."""
    found = _POSTCODE.fullmatch(printed.strip().upper())
    if found is None:
        return None
    return " ".join(part for part in (found[1] + found[2], found[3]) if part)


def find_town(printed: str, near: Point | None) -> Point | None:
    """Return where a town is; None if it is unknown or could be several.

    Args:
        printed: As on the advert; of 'Whitchurch, Cardiff' either part may be the known one.
        near: The middle of its postcode area: of several towns of a name the nearest is meant,
            and one that is not near at all is another town.
    """
    for part in (printed, *printed.split(",")):
        towns = load_towns().get(_plain(part), ())
        if near is None and len(towns) == 1:
            return towns[0]
        if near is not None and towns:
            nearest = min(towns, key=near.km_to)
            if near.km_to(nearest) < NEAR_KM:
                return nearest
    return None


@cache
def load_areas() -> Mapping[str, Area]:
    """Return the postcode areas by their letters."""
    return {
        row["area"]: Area(row["region"], _point(row), row["main_town"])
        for row in _rows("postcode_areas.csv")
    }


@cache
def load_towns() -> Mapping[str, tuple[Point, ...]]:
    """Return the towns of the United Kingdom by their plain names."""
    towns: dict[str, list[Point]] = defaultdict(list)
    for row in _rows("places.csv"):
        towns[_plain(row["name"])].append(_point(row))
    return {name: tuple(points) for name, points in towns.items()}


def _rows(file: str) -> Iterator[dict[str, str]]:
    with data_path("lookups", file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _point(row: Mapping[str, str]) -> Point:
    return Point(float(row["latitude"]), float(row["longitude"]))


def _area_of(postcode: str) -> str:
    return "".join(letter for letter in postcode[:2] if letter.isalpha())


def _plain(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", name.casefold().replace("-", " ")).split())
