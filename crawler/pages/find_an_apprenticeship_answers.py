"""The answers of the Display Advert API (version 2) of Find an apprenticeship, as models.

UNVERIFIED: written from other people's notes of the API; no live answer was at hand. A value that
is not one of those noted fails, so that a wrong guess shows. Fields that are not read, the
contact person's among them, are left out.
"""

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from crawler.exceptions import PageLayoutError
from crawler.pages.personal import without_contacts


def _text(value: object) -> object:
    """Read null as empty, and take mails and telephone numbers out."""
    if isinstance(value, int):  # references have been seen as numbers
        return str(value)
    return without_contacts(value) if isinstance(value, str) else (value or "")


Text = Annotated[str, BeforeValidator(_text)]
MandatoryText = Annotated[str, BeforeValidator(_text), Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class Wage(_Part):
    wage_type: Text = ""
    wage_amount: float | None = None
    wage_unit: Literal["Annually", "Monthly", "Weekly", "Hourly", "NotApplicable"] | None = None
    wage_additional_information: Text = ""
    working_week_description: Text = ""


class Address(_Part):
    address_line1: Text = ""
    address_line2: Text = ""
    address_line3: Text = ""
    address_line4: Text = ""
    postcode: Text = ""


class Course(_Part):
    title: Text = ""
    level: int | None = None


class Qualification(_Part):
    weighting: Literal["Essential", "Desired"]
    qualification_type: Text = ""
    subject: Text = ""
    grade: Text = ""


class Entry(_Part):
    """One vacancy, in a list or by itself."""

    vacancy_reference: Annotated[str, BeforeValidator(str), Field(pattern=r"^(VAC)?[A-Z0-9-]+$")]
    title: MandatoryText
    employer_name: MandatoryText
    vacancy_url: Annotated[str, Field(pattern=r"^https?://")]
    application_url: str | None = None
    description: Text = ""
    full_description: Text = ""
    employer_description: Text = ""
    training_description: Text = ""
    things_to_consider: Text = ""
    posted_date: Text = ""
    closing_date: Text = ""
    expected_duration: Text = ""
    wage: Wage | None = None
    course: Course | None = None
    addresses: tuple[Address, ...] = ()
    skills: tuple[Text, ...] = ()
    qualifications: tuple[Qualification, ...] = ()


class Answer(_Part):
    """One page of the list."""

    vacancies: tuple[Entry, ...]
    total_filtered: int = Field(ge=0)
    total_pages: int = Field(ge=0)


Model = TypeVar("Model", bound=BaseModel)


def read_answer(model: type[Model], url: str, body: bytes) -> Model:
    """Return an answer as a model; raise PageLayoutError naming the field that is not as known."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the whole answer"
        raise PageLayoutError(url, f"{field}: {first['msg']}") from error
