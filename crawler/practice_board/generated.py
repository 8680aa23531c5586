"""A board of any size: adverts put together from the words of ``data/practice/generated.yml``.

The same count and seed give the same adverts, today and next year.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from types import MappingProxyType
from typing import Any

import yaml

from crawler.practice_board.adverts import (
    Change,
    Document,
    Employer,
    Group,
    Pay,
    PracticeAdvert,
    Site,
)
from personspec.resources import data_path

DAYS = 14
"""How many days after the first bring new adverts."""

LIFETIMES = (14, 21, 28)
"""Days for which an advert is open."""

FIRST_NUMBER = 6_000_000
MISSPELT = 1 / 12
NESTED_PLACES = 1 / 20
SECOND_SITE = 1 / 6
NAMED_SPECIALTY = 1 / 2
"""Shares of the adverts that have such a thing."""

Words = dict[str, Any]


def generate_adverts(count: int, seed: int = 1) -> tuple[PracticeAdvert, ...]:
    """Return adverts of which ``count`` are on the board on day 1.

    The others appear in the following ``DAYS`` days, about as many as expire. About one in seven
    changes in that time: it is withdrawn, comes back, or takes a new date, pay or text.
    """
    words = yaml.safe_load(data_path("practice", "generated.yml").read_text(encoding="utf-8"))
    employers = _employers(words, Random(seed))  # noqa: S311 (a practice board, not a secret)
    total = count + count * DAYS // LIFETIMES[1]
    return tuple(
        _advert(index, count, words, employers, Random(f"{seed}/{index}"))  # noqa: S311
        for index in range(total)
    )


def _advert(
    index: int,
    count: int,
    words: Words,
    employers: Sequence[Employer],
    rng: Random,
) -> PracticeAdvert:
    title, staff_group, bands, kind = rng.choice(words["titles"])
    employer = rng.choice(employers)
    lifetime = rng.choice(LIFETIMES)
    posted = -rng.randrange(lifetime) if index < count else rng.randint(1, DAYS)
    style = rng.choice(words["styles"])
    specialty = rng.choice(words["slots"]["specialty"])
    fixed = {"employer": employer.name, "specialty": specialty}
    summary = _filled(rng.choice(words["summaries"]), words, rng, fixed)
    pay = _pay(rng.choice(bands), words)
    return PracticeAdvert(
        number=FIRST_NUMBER + index,
        reference=f"{employer.code}-26-{index:05}",
        title=f"{title} - {specialty}" if rng.random() < NAMED_SPECIALTY else title,
        employer=employer,
        staff_group=staff_group,
        pay=pay,
        patterns=tuple(rng.choice(words["patterns"])),
        places=_places(employer, rng),
        posted=posted,
        closes=posted + lifetime,
        summary=summary,
        duties=_filled(words["duties"][kind], words, rng, fixed),
        contract=rng.choice(words["contracts"]),
        specification=tuple(_groups(kind, words, rng, fixed)),
        style=style,
        documents=_documents(rng) if style == "attached" else (),
        quirks=frozenset({"nested-places"} if rng.random() < NESTED_PLACES else ()),
        changes=_changes(posted + lifetime, pay, summary, rng),
    )


def _employers(words: Words, rng: Random) -> list[Employer]:
    source = words["employers"]
    return [
        _employer(f"Y{number:04}", f"{name} {rng.choice(source['kinds'])}", words, rng)
        for number, name in enumerate(source["names"], 1)
    ]


def _employer(code: str, name: str, words: Words, rng: Random) -> Employer:
    source = words["employers"]
    sites = {
        building: _site(f"{name.split(maxsplit=1)[0]} {building}", rng.choice(source["towns"]), rng)
        for building in rng.sample(source["buildings"], 3)
    }
    return Employer(
        code=code,
        name=name,
        website=f"https://www.{code.lower()}.example/",
        about=_filled(rng.choice(source["about"]), words, rng, {"employer": name}),
        office=next(iter(sites.values())),
        sites=MappingProxyType(sites),
    )


def _site(building: str, place: Sequence[str], rng: Random) -> Site:
    town, county, district = place
    inward = f"{rng.randrange(10)}{rng.choice('ABDEFGH')}{rng.choice('JLNPQRSTUWXYZ')}"
    return Site(town, f"{district} {inward}", (building,), county)


def _places(employer: Employer, rng: Random) -> tuple[Site, ...]:
    return tuple(rng.sample(list(employer.sites.values()), 2 if rng.random() < SECOND_SITE else 1))


def _pay(band: str, words: Words) -> Pay:
    minimum, maximum = words["pay"][band]
    return Pay(band=band, minimum=minimum, maximum=maximum, note="per annum, pro rata")


def _groups(kind: str, words: Words, rng: Random, fixed: Mapping[str, str]) -> list[Group]:
    """Return a specification of four groups, in one advert of twelve with misspelt words."""
    misspelt = words["misspellings"] if rng.random() < MISSPELT else {}
    groups = []
    for name, pools in words["criteria"].items():
        pool = pools[kind]
        lines = [
            _misspelt(_filled(line, words, rng, fixed), misspelt)
            for line in rng.sample(pool, min(len(pool), rng.randint(2, 5)))
        ]
        essential = rng.randint(1, len(lines))
        heading = rng.choice(words["headings"][name])
        groups.append(Group(heading, tuple(lines[:essential]), tuple(lines[essential:])))
    return groups


def _filled(text: str, words: Words, rng: Random, fixed: Mapping[str, str]) -> str:
    """Return the text with each ``{slot}`` replaced by its fixed word, or by any of its words."""

    def word(match: re.Match[str]) -> str:
        return fixed.get(match[1]) or str(rng.choice(words["slots"][match[1]]))

    filled = re.sub(r"\{(\w+)\}", word, text)
    return filled[:1].upper() + filled[1:]


def _misspelt(text: str, misspellings: dict[str, str]) -> str:
    for word, mistyped in misspellings.items():
        text = text.replace(word, mistyped)
    return text


def _documents(rng: Random) -> tuple[Document, ...]:
    content = rng.choice(("specification", "table"))
    file = rng.choice(("job-description.docx", "JD and PS.docx", "job-description.pdf"))
    return (Document("Job description and person specification", file, content),)


def _changes(closes: int, pay: Pay, summary: str, rng: Random) -> tuple[Change, ...]:
    """Return what happens to an advert, which is nothing to most."""
    day, chance = rng.randint(2, DAYS), rng.random()
    if chance < 0.03:
        return (Change(day, {}, withdrawn=True),)
    if chance < 0.04:
        return (Change(day, {}, withdrawn=True), Change(day + 2, {}, withdrawn=False))
    if chance < 0.08:
        return (Change(day, {"closes": closes + 7}),)
    if chance < 0.11:
        return (Change(day, {"pay": replace(pay, note="per annum, plus a welcome payment")}),)
    if chance < 0.15:
        return (Change(day, {"summary": f"{summary}\n\nApplications are read as they come."}),)
    return ()
