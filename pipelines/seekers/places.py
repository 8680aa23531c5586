"""Where a person looks for work: a town or a postcode area, found without any outside service."""

import re

from personspec.exceptions import UsageError
from pipelines.facts.places import Area, Point, find_town, load_areas

_POSTCODE = re.compile(r"([A-Za-z]{1,2})(\d[A-Za-z\d]?\s*(\d[A-Za-z]{2})?)?")


def find_place(written: str) -> Point:
    """Return the place that a person wrote: a town, or a postcode or its beginning.

    A postcode gives the middle of its area: it is not looked up further, so a person need not
    say more than its letters. ``Newport NP`` says which of several Newports is meant.

    Raises:
        UsageError: There is no such place, or there are several of its name.
    """
    words = " ".join(written.replace(",", " ").split())
    if (area := _area(words)) is not None:
        return area.middle
    town, _, last = words.rpartition(" ")
    near = _area(last) if town else None
    found = find_town(town, near.middle) if near else find_town(words, None) or _main_town(words)
    if found is None:
        raise UsageError(
            f"We do not know where {written.strip()!r} is, or there are several places of that "
            "name: give a larger town near it, or add the first letters of its postcode, "
            "such as Newport NP."
        )
    return found


def _area(words: str) -> Area | None:
    found = _POSTCODE.fullmatch(words)
    return load_areas().get(found[1].upper()) if found else None


def _main_town(words: str) -> Point | None:
    """Return a town that gives a postcode area its name: of several Leeds it is the known one."""
    for area in load_areas().values():
        if area.main_town.casefold() == words.casefold():
            return find_town(words, area.middle) or area.middle
    return None
