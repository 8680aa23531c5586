"""The documented entry requirements of one career, read from a file of ``data/requirements``."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast, get_args

from matcher.fields import Entry, load_entry, mapping_of
from personspec.exceptions import CatalogueError
from personspec.resources import data_path

Kind = Literal["qualification", "route", "skill", "characteristic"]
Stage = Literal["entry", "senior", "any"]

_MANDATORY = ("id", "label", "kind", "stage", "statement")
_FIELDS = {
    *_MANDATORY, "source_url", "checked_on", "learn_more", "phrases", "with_context", "aspects",
    "blockers", "levels", "level_if_silent", "matches", "does_not_match",
}  # fmt: skip
_TOP = {"version", "career", "source_url", "checked_on", "contexts", "requirements"}


@dataclass(frozen=True, slots=True)
class Link:
    """Where a reader learns more."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One phrase that asks for a requirement."""

    phrase: str
    """In the phrase language of ``matcher.phrases``."""

    needs: tuple[str, ...] = ()
    """Phrases of which one must stand in the same sentence; empty if the phrase is enough."""

    aspect: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One documented entry requirement."""

    id: str
    label: str
    kind: Kind
    stage: Stage
    statement: str
    """What the source says, in our own words."""

    source_url: str
    checked_on: date
    """The day the source was last read."""

    learn_more: tuple[Link, ...]
    wordings: tuple[Wording, ...]
    blockers: tuple[str, ...]
    """Phrases inside which no wording of this requirement counts."""

    levels: tuple[int, ...]
    """A qualification read at one of these RQF levels asks for this requirement."""

    level_if_silent: int | None
    """The RQF level meant where a line asks for this requirement and states none."""

    matches: tuple[str, ...]
    """Example lines that ask for it; the tests hold the matcher to them."""

    does_not_match: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The requirements of one career, in the order of the file."""

    career: str
    version: str
    """The file's version field and a hash of its content, e.g. ``1+3f2a9c01``."""

    requirements: tuple[Requirement, ...]

    @property
    def by_id(self) -> dict[str, Requirement]:
        """The requirements by their id."""
        return {requirement.id: requirement for requirement in self.requirements}


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Return the catalogue in a file, the health-records one if none is named.

    Raises:
        CatalogueError: The file cannot be read or an entry is wrong; one sentence names the file,
            the entry and the field.
    """
    path = path or data_path("requirements", "health-records.yml")
    entry = load_entry(path)
    return _read_catalogue(entry, hashlib.sha256(path.read_bytes()).hexdigest()[:8])


def _read_catalogue(entry: Entry, content_hash: str) -> Catalogue:
    file = entry.file
    entry.allow(_TOP)
    contexts = {
        name: Entry(file, "contexts", entry.mapping("contexts")).phrases(name)
        for name in entry.mapping("contexts")
    }
    shared = {
        name: entry.fields[name] for name in ("source_url", "checked_on") & entry.fields.keys()
    }
    requirements = tuple(
        _read_requirement(_named(file, number, raw, shared), contexts)
        for number, raw in enumerate(entry.rows("requirements", mandatory=True), start=1)
    )
    ids = [requirement.id for requirement in requirements]
    for one in ids:
        if ids.count(one) > 1:
            raise CatalogueError(f"{file}: the id {one!r} is given to more than one entry.")
    version = f"{entry.whole_number('version')}+{content_hash}"
    return Catalogue(entry.text("career"), version, requirements)


def _named(file: str, number: int, raw: object, shared: Mapping[str, object]) -> Entry:
    fields = mapping_of(raw, file, f"entry {number}")
    name = str(fields.get("id", f"number {number}"))
    return Entry(file, f"entry {name}", {**shared, **fields})


def _read_requirement(entry: Entry, contexts: Mapping[str, tuple[str, ...]]) -> Requirement:
    entry.allow(_FIELDS)
    return Requirement(
        id=entry.identifier("id"),
        label=entry.text("label"),
        kind=cast(Kind, entry.one_of("kind", get_args(Kind))),
        stage=cast(Stage, entry.one_of("stage", get_args(Stage))),
        statement=entry.text("statement"),
        source_url=entry.url("source_url"),
        checked_on=entry.day("checked_on"),
        learn_more=tuple(_read_link(link) for link in entry.entries("learn_more")),
        wordings=_read_all_wordings(entry, contexts),
        blockers=entry.phrases("blockers"),
        levels=entry.levels("levels"),
        level_if_silent=entry.level_or_none("level_if_silent"),
        matches=entry.texts("matches"),
        does_not_match=entry.texts("does_not_match"),
    )


def _read_link(entry: Entry) -> Link:
    return Link(entry.text("label"), entry.url("url"))


def _read_all_wordings(
    entry: Entry, contexts: Mapping[str, tuple[str, ...]]
) -> tuple[Wording, ...]:
    wordings = _read_wordings(entry, contexts, None)
    for aspect in entry.entries("aspects"):
        aspect.allow({"name", "phrases", "with_context"})
        wordings += _read_wordings(aspect, contexts, aspect.text("name"))
    if not wordings:
        raise entry.wrong("phrases", "must hold at least one phrase")
    return wordings


def _read_wordings(
    entry: Entry, contexts: Mapping[str, tuple[str, ...]], aspect: str | None
) -> tuple[Wording, ...]:
    wordings = [Wording(phrase, (), aspect) for phrase in entry.phrases("phrases")]
    for group in entry.entries("with_context"):
        group.allow({"needs", "phrases"})
        name = group.text("needs")
        if name not in contexts:
            raise group.wrong("needs", f"names the context {name!r}, which contexts does not hold")
        wordings += [Wording(phrase, contexts[name], aspect) for phrase in group.phrases("phrases")]
    return tuple(wordings)
