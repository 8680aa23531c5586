"""The tables of ``data/lookups``: which level a qualification's name or number stands for."""

from dataclasses import dataclass
from functools import cache

from matcher.fields import Entry, load_entry
from matcher.phrases import PhraseIndex
from personspec.resources import data_path


@dataclass(frozen=True, slots=True)
class Known:
    """What a wording of the tables stands for."""

    role: str
    """``award``, ``framework``, ``blocks``, ``speaks`` or ``disclaims``."""

    name: str = ""
    level: int | None = None
    levels: tuple[tuple[int, int], ...] = ()
    graded: bool = False
    trade: bool = False


@cache
def tables() -> PhraseIndex[Known]:
    """Return an index of every wording of the tables."""
    levels = load_entry(data_path("lookups", "qualification-levels.yml"))
    phrases = [
        (phrase, _award(entry))
        for entry in levels.entries("qualifications")
        for phrase in entry.phrases("wordings")
    ]
    phrases += [(phrase, Known("blocks")) for phrase in levels.phrases("blockers")]
    numbers = _framework_file()
    for entry in numbers.entries("frameworks"):
        phrases += [(phrase, _framework(entry)) for phrase in entry.phrases("wordings")]
    phrases += [(phrase, Known("speaks")) for phrase in numbers.phrases("qualification_words")]
    phrases += [(phrase, Known("disclaims")) for phrase in numbers.phrases("not_qualifications")]
    return PhraseIndex(phrases)


def vocabulary() -> set[str]:
    """Return all full words of the tables."""
    return tables().vocabulary()


@cache
def _framework_file() -> Entry:
    return load_entry(data_path("lookups", "qualification-frameworks.yml"))


@cache
def plain_framework() -> Known:
    """Return the framework taken where a line names none."""
    return _framework(_framework_file().entries("frameworks")[0])


def _award(entry: Entry) -> Known:
    return Known(
        "award",
        entry.text("name"),
        entry.level_or_none("rqf"),
        graded=entry.flag("graded"),
        trade=entry.flag("trade"),
    )


def _framework(entry: Entry) -> Known:
    return Known(
        "framework",
        entry.text("name"),
        levels=entry.number_table("levels"),
        trade=entry.flag("trade"),
    )
