"""An API's answer in JSON as models: a value that is not as known is an error that names it."""

from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel

from crawler.exceptions import PageLayoutError
from crawler.pages.personal import without_contacts, without_person
from crawler.pages.text import fragment_of


def _from_number(value: object) -> object:
    return str(value) if isinstance(value, int) else value


Text = Annotated[str, BeforeValidator(_from_number), AfterValidator(without_contacts)]
"""Without mails and telephone numbers; a whole number is taken for its digits."""

MandatoryText = Annotated[Text, Field(min_length=1)]
Html = Annotated[Text, AfterValidator(fragment_of)]
"""HTML or plain lines, as a clean fragment."""


class AnswerPart(BaseModel):
    """An object of an answer. Its fields are named in camel case there; others are not read."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)

    contact_name: ClassVar[str] = ""
    """Where the answer names the person to ask: not read, and taken out of all texts."""

    @model_validator(mode="before")
    @classmethod
    def _prepare(cls, given: Any) -> Any:  # noqa: ANN401 - any JSON
        """Read null as missing, and take the person to ask out."""
        if not isinstance(given, dict):
            return given
        given = {name: value for name, value in given.items() if value is not None}
        return without_person(given, str(given.get(cls.contact_name, "")))


Part = TypeVar("Part", bound=AnswerPart)


def read_answer(model: type[Part], url: str, text: str) -> Part:
    """Return an answer as a model; raise PageLayoutError naming the field that is not as known."""
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole answer"
        raise PageLayoutError(url, f"{field}: {first['msg']}") from error
