"""Places as the boards print them."""

import re
from collections.abc import Iterable

from crawler.items import Place

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\s*$", re.IGNORECASE)


def parse_place(text: str) -> Place | None:
    """Return a place such as ``317 01 Freeman Hospital, Newcastle upon Tyne, NE7 7DN``.

    The last part before the postcode is the town, what stands before it the address. None if the
    text is blank.
    """
    text = " ".join(text.split()).strip(" ,")
    if not text:
        return None
    found = _POSTCODE.search(text)
    parts = [part.strip() for part in _POSTCODE.sub("", text).split(",") if part.strip()]
    return Place(
        town=parts[-1] if parts else "",
        postcode=f"{found[1]} {found[2]}".upper() if found else "",
        address=", ".join(parts[:-1]),
    )


def place_of_lines(lines: Iterable[str], postcode: str = "") -> Place:
    """Return the place of a postal address: the last line is the town, the others the address."""
    printed = (line.strip(" ,") for line in lines)
    *address, town = [line for line in printed if line] or [""]
    return Place(town=town, postcode=postcode, address=", ".join(address))
