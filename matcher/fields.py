"""Reads the mappings of a data file, and says in one sentence what is wrong with a field."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from matcher.phrases import expand
from personspec.exceptions import CatalogueError


def mapping_of(value: object, file: str, name: str) -> dict[str, object]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise CatalogueError(f"{file}: {name} must be a mapping of field names to values.")
    return value


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of the file, with the words to say where it stands when a field is wrong."""

    file: str
    name: str
    fields: dict[str, object]

    def wrong(self, field: str, what: str) -> CatalogueError:
        return CatalogueError(f"{self.file}: {self.name}: the field {field!r} {what}.")

    def allow(self, names: set[str]) -> None:
        for field in self.fields:
            if field not in names:
                raise self.wrong(field, f"is not known; known are {', '.join(sorted(names))}")

    def text(self, field: str) -> str:
        value = self.fields.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field, "must be a text that is not empty")
        return value

    def identifier(self, field: str) -> str:
        value = self.text(field)
        if not all(part.isalnum() and part.islower() for part in value.split("-")):
            raise self.wrong(field, "must be lower-case words joined by hyphens")
        return value

    def url(self, field: str) -> str:
        value = self.text(field)
        if not value.startswith(("https://", "http://")):
            raise self.wrong(field, "must be a web address beginning with https://")
        return value

    def one_of(self, field: str, choices: tuple[str, ...]) -> str:
        value = self.fields.get(field)
        if not isinstance(value, str) or value not in choices:
            raise self.wrong(field, f"must be one of {', '.join(choices)}, not {value!r}")
        return value

    def day(self, field: str) -> date:
        value = self.fields.get(field)
        if not isinstance(value, date):
            raise self.wrong(field, "must be a day such as 2026-11-22")
        return value

    def whole_number(self, field: str) -> int:
        value = self.fields.get(field)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(field, "must be a whole number")
        return value

    def rows(self, field: str, *, mandatory: bool = False) -> list[object]:
        value = self.fields.get(field, [])
        if not isinstance(value, list) or (mandatory and not value):
            raise self.wrong(field, "must be a list" + (" that is not empty" if mandatory else ""))
        return value

    def mapping(self, field: str) -> dict[str, object]:
        return mapping_of(
            self.fields.get(field, {}), self.file, f"{self.name}: the field {field!r}"
        )

    def entries(self, field: str) -> list["Entry"]:
        return [
            Entry(
                self.file, f"{self.name}, {field} {number}", mapping_of(raw, self.file, self.name)
            )
            for number, raw in enumerate(self.rows(field), start=1)
        ]

    def texts(self, field: str) -> tuple[str, ...]:
        texts = []
        for value in self.rows(field):
            if not isinstance(value, str) or not value.strip():
                raise self.wrong(field, f"holds {value!r}, which is not a text: put it in quotes")
            texts.append(value)
        return tuple(texts)

    def phrases(self, field: str) -> tuple[str, ...]:
        phrases = self.texts(field)
        for phrase in phrases:
            try:
                expand(phrase)
            except CatalogueError as error:
                raise self.wrong(field, f"is wrong: {error}") from error
        return phrases

    def levels(self, field: str) -> tuple[int, ...]:
        levels = []
        for value in self.rows(field):
            if not isinstance(value, int) or not 1 <= value <= 8:
                raise self.wrong(field, "must hold RQF levels, whole numbers from 1 to 8")
            levels.append(value)
        return tuple(levels)

    def flag(self, field: str) -> bool:
        value = self.fields.get(field, False)
        if not isinstance(value, bool):
            raise self.wrong(field, "must be true or false")
        return value

    def level_or_none(self, field: str) -> int | None:
        if self.fields.get(field) is None:
            return None
        level = self.whole_number(field)
        if not 1 <= level <= 8:
            raise self.wrong(field, "must be an RQF level, a whole number from 1 to 8")
        return level

    def number_table(self, field: str) -> tuple[tuple[int, int], ...]:
        value = self.fields.get(field)
        if not isinstance(value, dict):
            raise self.wrong(field, "must map whole numbers to whole numbers")
        pairs = []
        for key, number in value.items():
            if not isinstance(key, int) or not isinstance(number, int):
                raise self.wrong(field, "must map whole numbers to whole numbers")
            pairs.append((key, number))
        return tuple(pairs)


def load_entry(path: Path) -> Entry:
    """Return the top mapping of a YAML file.

    Raises:
        CatalogueError: The file cannot be read, or its top is not a mapping.
    """
    try:
        data = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise CatalogueError(f"{path.name} cannot be read as YAML: {reason}.") from error
    return Entry(path.name, TOP, mapping_of(data, path.name, TOP))


TOP = "the top of the file"
