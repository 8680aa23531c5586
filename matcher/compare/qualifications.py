"""Reads which qualifications a line asks for, and the lowest RQF level that satisfies it.

Digits and names decide a level, never likeness: ``NVQ 2`` and ``NVQ 3`` differ by one character
and by everything that matters. The tables are ``data/lookups/qualification-*.yml``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from matcher.compare.importance import Cue, find_cues, governing
from matcher.compare.negation import denied_places
from matcher.compare.qualification_tables import Known, plain_framework, tables
from matcher.compare.qualification_terms import (
    is_in_progress,
    is_offered,
    offers_equivalent,
    offers_experience,
    running_text,
)
from matcher.phrases import Found
from matcher.text import NO_BREAK, Words, read_words


@dataclass(frozen=True, slots=True)
class Qualification:
    """One qualification that a line names."""

    award: str
    """Its name in the tables, e.g. ``GCSE`` or ``NVQ``; ``level`` where only a number is given."""

    level: int | None
    """RQF level, 1-8; None if its name does not say."""

    start: int
    end: int
    """Where it stands in the line: ``text[start:end]``."""

    framework: str | None = None
    """The framework whose number was given, e.g. ``SCQF``; None for a named award."""

    count: int | None = None
    """How many are asked for: 5 of ``five GCSEs``."""

    grade: str | None = None
    """The lowest grade that will do, in the scale printed: ``C`` or ``4``."""

    subjects: tuple[str, ...] = ()

    trade: bool = False
    """A typing, IT or trade certificate: its level says nothing of general education."""


@dataclass(frozen=True, slots=True)
class Qualifications:
    """What a line asks for in qualifications."""

    routes: tuple[tuple[Qualification, ...], ...] = ()
    """Every inner tuple is a list of alternatives, of which one is enough; all lists are asked."""

    min_level: int | None = None
    """The lowest RQF level that satisfies the line; None if none is clear."""

    equivalent_qualification: bool = False
    equivalent_experience: bool = False
    """Experience is offered as an alternative to a qualification."""

    working_towards: bool = False
    offered_not_required: bool = False
    """The employer gives the qualification rather than asks for it."""

    @property
    def named(self) -> tuple[Qualification, ...]:
        """All qualifications in order of the line."""
        return tuple(one for route in self.routes for one in route)


NONE_READ = Qualifications()

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5,
}  # fmt: skip
_SUBJECTS = {
    "english": "English", "maths": "Maths", "math": "Maths", "mathematics": "Maths",
    "numeracy": "Numeracy", "literacy": "Literacy", "science": "Science", "ict": "ICT", "it": "IT",
    "biology": "Biology",
}  # fmt: skip
_LEVEL_WORDS = frozenset({"level", "levels", "stage", "l", "lvl", "grade", "part"})
_LOW_LETTERS, _LOW_DIGITS = frozenset("defg"), frozenset("123")
_GRADE_WORDS = frozenset({"grade", "grades", "graded"})
_GRADES = _LOW_LETTERS | _LOW_DIGITS | frozenset("abc456789")
_GRADE_FILLERS = frozenset({"or", "and", "to", "at", "of", "above", "minimum", "level"})
_SUBJECT_FILLERS = frozenset({"at", "to", "or", "and", "language", *_SUBJECTS})
"""What may stand between an award and grades without the word grade: "GCSE English A-C"."""

_NEARBY = 4


def read_qualifications(text: str) -> Qualifications:
    """Return what a line asks for in qualifications; ``NONE_READ`` if it names none."""
    line = read_words(text)
    return qualifications_in(line, find_cues(line))


def qualifications_in(line: Words, cues: list[Found[Cue]]) -> Qualifications:
    """Return what the words of a line ask for in qualifications.

    Where its cues call some essential and others desirable, the level is that of the essential.
    """
    if _SIGNS.isdisjoint(line.words) and not _SIGN_STEMS.search(" ".join(line.words)):
        return NONE_READ
    found = tables().find(line)
    denied = denied_places(line)
    mentions = [
        one for one in _mentions(line, found) if denied.isdisjoint(range(one.first, one.last))
    ]
    plain = running_text(line)
    offered = is_offered(plain)
    routes = _routes(mentions, line)
    needed = [one for one in mentions if governing(cues, line, one.first, one.last) != "desirable"]
    return Qualifications(
        routes=routes,
        min_level=None if offered else _lowest(_routes(needed or mentions, line)),
        equivalent_qualification=offers_equivalent(plain),
        equivalent_experience=offers_experience(plain),
        working_towards=is_in_progress(plain),
        offered_not_required=offered and bool(mentions),
    )


@dataclass(frozen=True, slots=True)
class _Mention:
    first: int
    last: int
    qualification: Qualification


def _mentions(line: Words, found: list[Found[Known]]) -> list[_Mention]:
    """Return the qualifications of the line in order, the longer name where two overlap."""
    blocks = [one for one in found if one.payload.role == "blocks"]
    names = [
        one for one in found if one.payload.role == "award" and not _blocked(line, one, blocks)
    ]
    awards = [_named(line, one, names) for one in names]
    awards += _numbered(line, found)
    awards.sort(key=lambda one: (one.first - one.last, one.first))
    kept: list[_Mention] = []
    for award in awards:
        if not any(award.first < one.last and one.first < award.last for one in kept):
            kept.append(award)
    return sorted(kept, key=lambda one: one.first)


def _blocked(line: Words, name: Found[Known], blocks: list[Found[Known]]) -> bool:
    """Tell whether a name stands in words that mean something else.

    A wording that holds those words whole is the longer and better reading of them, and a large A
    inside a line is no article: "to A level" is not "to a level".
    """
    large = name.first > 0 and line.printed[name.first] == "A"
    return any(
        name.first < block.last
        and block.first < name.last
        and not (name.first <= block.first and block.last <= name.last)
        and not (large and block.first < name.first)
        for block in blocks
    )


def _named(line: Words, found: Found[Known], names: list[Found[Known]]) -> _Mention:
    known = found.payload
    start, end = line.span(found.first, found.last)
    qualification = Qualification(known.name, known.level, start, end, trade=known.trade)
    if known.graded:
        qualification = _graded(line, found, qualification, names)
    return _Mention(found.first, found.last, qualification)


def _graded(
    line: Words, found: Found[Known], qualification: Qualification, names: list[Found[Known]]
) -> Qualification:
    # The grade in "CSE grade 1 or O level" is part of another name.
    others = [one for one in names if one.last <= found.first or one.first >= found.last]
    taken = {place for one in others for place in range(one.first, one.last)}
    grades = _grades_near(line, found, taken)
    grade = max(grades, key=_lowness) if grades else None
    low = grade is not None and grade in _LOW_LETTERS | _LOW_DIGITS
    before = line.words[found.first - 1] if found.first else ""
    return replace(
        qualification,
        level=1 if low else qualification.level,
        grade=grade.upper() if grade else None,
        count=int(before) if before.isdecimal() else _NUMBERS.get(before),
        subjects=_subjects_in(line.words),
    )


def _lowness(grade: str) -> float:
    """Order grades from high to low over both scales; C is a 4."""
    return 9.0 - int(grade) if grade.isdecimal() else {"a": 2, "b": 3, "c": 5}.get(grade, 6.0)


def _grades_near(line: Words, found: Found[Known], taken: set[int]) -> list[str]:
    """Return the grades printed after ``grade``, or straight after the award (``GCSE A-C``)."""
    grades: list[str] = []
    for place in range(max(0, found.first - 6), min(len(line.words), found.last + 14)):
        if line.words[place] in _GRADE_WORDS and place not in taken:
            grades += _grades_from(line, place + 1)
    return grades or _grades_from(line, found.last, fillers=_SUBJECT_FILLERS)


def _grades_from(line: Words, place: int, fillers: frozenset[str] = _GRADE_FILLERS) -> list[str]:
    grades: list[str] = []
    while place < len(line.words):
        word = line.words[place]
        if word in _GRADES:
            # A lone "a" is the article unless a range or an end follows it.
            grades.append(word)
        elif word not in fillers:
            break
        place += 1
    return grades if grades != ["a"] else []


def _subjects_in(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_SUBJECTS[word] for word in words if word in _SUBJECTS))


def _numbered(line: Words, found: list[Found[Known]]) -> list[_Mention]:
    """Return the qualifications given as a level number, by the framework that stands nearest."""
    frameworks = [one for one in found if one.payload.role == "framework"]
    speaks = any(one.payload.role == "speaks" for one in found)
    disclaims = [one for one in found if one.payload.role == "disclaims"]
    mentions = []
    for first, place, number in _level_numbers(line, frameworks):
        framework = _nearest(frameworks, first, place, line)
        near = [one for one in disclaims if -_NEARBY <= one.first - place <= _NEARBY]
        if framework is None and (not speaks or near):
            continue
        known = framework.payload if framework else plain_framework()
        level = dict(known.levels).get(number)
        if level is None:
            continue
        whole = _whole(first, place, framework)
        name = known.name if framework else "level"
        qualification = Qualification(
            name, level, *line.span(*whole), framework=known.name, trade=known.trade
        )
        mentions.append(_Mention(*whole, qualification))
    return mentions


def _whole(first: int, place: int, framework: Found[Known] | None) -> tuple[int, int]:
    if framework is None:
        return first, place + 1
    return min(first, framework.first), max(place + 1, framework.last)


def _level_numbers(line: Words, frameworks: list[Found[Known]]) -> Iterator[tuple[int, int, int]]:
    """Yield the first word, the number's place and the lowest number of each stated level."""
    ends = {one.last for one in frameworks}
    words = line.words
    for place, word in enumerate(words):
        number = _number(word)
        if number is None or not place or line.breaks[place] != NO_BREAK:
            continue
        before = words[place - 1]
        if before in _LEVEL_WORDS and before not in {"grade", "part"}:
            yield place - 1, place, number
        elif place in ends:
            yield place, place, number


def _number(word: str) -> int | None:
    if word.isdecimal() and len(word) <= 2:
        return int(word)
    return _NUMBERS.get(word)


def _nearest(
    frameworks: list[Found[Known]], first: int, place: int, line: Words
) -> Found[Known] | None:
    near = [
        one
        for one in frameworks
        if max(first - one.last, one.first - place - 1, 0) <= _NEARBY
        and line.in_one_sentence(min(first, one.first), max(place + 1, one.last))
    ]
    return min(near, key=lambda one: max(first - one.last, one.first - place), default=None)


def _routes(mentions: list[_Mention], line: Words) -> tuple[tuple[Qualification, ...], ...]:
    """Group mentions into alternatives: joined by ``or`` or a slash, or a list that ends in one."""
    if not mentions:
        return ()
    joints = [_joint(line, one.last, other.first) for one, other in pairwise(mentions)]
    if joints and joints[-1] == "list" and line.words[mentions[-1].last :][:1] == ["or"]:
        joints[-1] = "or"  # "GCSEs, A levels or equivalent"
    for place in range(len(joints) - 2, -1, -1):
        if joints[place] == "list":
            joints[place] = joints[place + 1]
    routes = [[mentions[0].qualification]]
    for joint, mention in zip(joints, mentions[1:], strict=True):
        if joint == "or":
            routes[-1].append(mention.qualification)
        else:
            routes.append([mention.qualification])
    return tuple(tuple(route) for route in routes)


def _joint(line: Words, last: int, first: int) -> str:
    between = line.words[last:first]
    printed = line.text[line.ends[last - 1] : line.starts[first]]
    if not line.in_one_sentence(last - 1, first + 1):
        return "and"
    if "or" in between or (printed.strip() == "/"):
        return "or"
    return "list" if printed.strip() == "," else "and"


def _lowest(routes: tuple[tuple[Qualification, ...], ...]) -> int | None:
    """Return the highest level among the lists asked, each taken at its lowest alternative."""
    levels = [
        min(clear)
        for route in routes
        if (clear := [one.level for one in route if one.level is not None])
    ]
    return max(levels, default=None)


_SIGNS = frozenset(
    {
        "bsc", "ba", "ma", "msc", "mba", "phd", "hnd", "hnc", "rsa", "ocr", "btec", "national",
        "amspar", "highers", "guilds", "cse", "gcse", "gcses", "gsce", "gsces", "nvq", "nvqs",
        "svq", "scqf", "onc", "ond", "beng", "l", "pgce", "pgdip", "pgcert", "ecdl", "itq",
        "stage", "standard", "pg", "access", "gnvq", "gnvqs", "scottish",
    }
)  # fmt: skip
_SIGN_STEMS = re.compile(
    r"\b(?:qualif|educat|diploma|certificat|degree|graduat|master|bachelor|postgrad|post grad"
    r"|apprentic|doctorate|functional skill|key skill|honours|accredit|scheme"
    r"|(?:a|a2|as|o|t|advanced|ordinary|entry) level|level (?:\d|[iv]+\b|one|two|three|four|five))"
)
