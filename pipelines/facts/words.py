"""Contract types and working patterns in normal words, the same for all boards."""

import re
from collections.abc import Mapping
from functools import cache

import yaml

from personspec.resources import data_path

_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "eighteen": 18,
    "twenty-four": 24,
}

_LENGTH = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r"(?:\s|-)?(month|year|week|mth|yr)s?\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d\s*(?:-|–|to|or)\s*\d")
_MONTHS = {"month": 1.0, "mth": 1.0, "year": 12.0, "yr": 12.0, "week": 12 / 52}


def contract_type_of(printed: str) -> str | None:
    """Return the normal word for a contract type; None for one we have no word for."""
    return _load("contract_types").get(_plain(printed))


def working_patterns_of(printed: str) -> tuple[str, ...]:
    """Return the normal words for working patterns, sorted; those without one are left out."""
    words = _load("working_patterns")
    parts = (_plain(part) for part in re.split(r"[,;/\n]|\sand\s", printed))
    return tuple(sorted({words[part] for part in parts if part in words}))


def months_of(printed: str) -> int | None:
    """Return the length of a fixed term, in months.

    None if it is printed as no length, or as a range: 'until March', '6-12 months'.
    """
    found = _LENGTH.findall(printed)
    if not found or _RANGE.search(printed):
        return None
    months = sum(_number(number) * _MONTHS[unit.lower()] for number, unit in found)
    return round(months)


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else _NUMBERS[printed.lower()]


def _plain(printed: str) -> str:
    return " ".join(re.sub(r"[-\u2010-\u2015]", " ", printed.casefold()).split())


@cache
def _load(table: str) -> Mapping[str, str]:
    """Return the normal word for each printed one, from ``data/lookups/contract-words.yml``."""
    read = yaml.safe_load(data_path("lookups", "contract-words.yml").read_text("utf-8"))
    return {_plain(word): normal for normal, words in read[table].items() for word in words}
