"""Distances between places, good enough to tell near from far."""

import math

EARTH_MILES = 3958.8


def miles_between(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Return the great-circle distance in miles (haversine) of two places in degrees."""
    first, second = math.radians(latitude), math.radians(other_latitude)
    half_north = math.sin((second - first) / 2)
    half_east = math.sin(math.radians(other_longitude - longitude) / 2)
    chord = half_north * half_north + math.cos(first) * math.cos(second) * half_east * half_east
    return 2 * EARTH_MILES * math.asin(math.sqrt(min(1.0, chord)))
