"""The register of boards, ``data/sources.yml``: terms, address, off switch, expected counts."""

from datetime import date
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from personspec.exceptions import CatalogueError
from personspec.resources import data_path


class Source(BaseModel):
    """One board and what is known of its manners and rules."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    enabled: bool
    """The off switch: a live crawl of a source that is off refuses to start."""

    base_url: str = Field(pattern=r"^https://\S+[^/]$")
    contact: str = Field(min_length=1)
    """Where its publisher can be reached."""

    terms_url: str = Field(pattern=r"^https://")
    terms: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    attribution: str = Field(min_length=1)
    """What anything published from this source must say."""

    robots: str = Field(min_length=1)
    checked_on: date
    unverified: str = ""
    at_least: int = Field(ge=1)
    """Fewest adverts a healthy live run lists, about 80 % of the usual count."""

    at_most: int
    """Most adverts a healthy live run lists, about twice the usual count."""

    @model_validator(mode="after")
    def _in_order(self) -> "Source":
        if self.at_most < self.at_least:
            raise ValueError("at_most is below at_least")
        return self


@cache
def load_sources() -> dict[str, Source]:
    """Return the sources by the name of their spider.

    Raises:
        CatalogueError: The file is wrong; names the source and the field.
    """
    return parse_sources(data_path("sources.yml").read_text("utf-8"))


def parse_sources(text: str) -> dict[str, Source]:
    """Return the sources written in ``text`` (YAML); errors as in ``load_sources``."""
    try:
        entries = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise CatalogueError(f"data/sources.yml is not YAML: {error}") from error
    if not isinstance(entries, dict) or not entries:
        raise CatalogueError("data/sources.yml holds no sources: give name and fields of each.")
    return {name: _parse_source(name, entry) for name, entry in entries.items()}


def _parse_source(name: str, entry: object) -> Source:
    try:
        return Source.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "entry"
        raise CatalogueError(f"data/sources.yml, {name}, {field}: {first['msg']}") from error
