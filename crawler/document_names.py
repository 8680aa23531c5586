"""Which linked document is likely to hold a person specification, by what it is called."""

import re
from functools import cache
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from personspec.exceptions import CatalogueError
from personspec.resources import data_path

DocumentKind = Literal["person_specification", "job_description", "unclear", "other"]
"""In the order in which they are worth reading; ``other`` is not: a poster, a policy, a map."""

Phrase = Annotated[str, StringConstraints(pattern="^[a-z]+( [a-z]+)*$")]
Phrases = Annotated[tuple[Phrase, ...], Field(min_length=1)]

_FILE = "data/lookups/documents.yml"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_NO_WORD = re.compile(r"[\W_]+")
_ENDING = re.compile(r"\.[A-Za-z]{3,4}$")


class DocumentNames(BaseModel):
    """The phrases of ``data/lookups/documents.yml``, list by list; the first that fits decides."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    person_specification: Phrases
    job_description: Phrases
    other: Phrases

    def kind_of(self, label: str, url: str) -> DocumentKind:
        """Return what a document is, by the words of its link and the file name of its address.

        ``unclear`` if neither says it.
        """
        words = f" {_plain(label)} {_plain(file_name(url))} "
        if _names_one(self.person_specification, words):
            # Both in one document: then it is a job description with all that belongs to it.
            is_both = _names_one(self.job_description, words)
            return "job_description" if is_both else "person_specification"
        if _names_one(self.job_description, words):
            return "job_description"
        return "other" if _names_one(self.other, words) else "unclear"


def file_name(url: str) -> str:
    """Return the last part of an address, without its ending: ``a/B%20c.pdf`` gives ``B c``."""
    return _ENDING.sub("", unquote(urlsplit(url).path).rpartition("/")[2])


@cache
def load_document_names() -> DocumentNames:
    """Return the phrases that ``data/lookups/documents.yml`` lists.

    Raises:
        CatalogueError: The file is wrong; names the place in it.
    """
    return parse_document_names(data_path("lookups", "documents.yml").read_text("utf-8"))


def parse_document_names(text: str) -> DocumentNames:
    """Return the phrases written in ``text`` (YAML); errors as in ``load_document_names``."""
    try:
        return DocumentNames.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise CatalogueError(f"{_FILE} is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "file"
        raise CatalogueError(f"{_FILE}, {place}: {first['msg']}") from error


def _plain(name: str) -> str:
    return " ".join(_NO_WORD.sub(" ", _HUMP.sub(" ", name)).casefold().split())


def _names_one(phrases: Phrases, words: str) -> bool:
    return any(f" {phrase} " in words or f" {phrase}s " in words for phrase in phrases)
