"""The answers of the Display Advert API (version 2) of Find an apprenticeship, as models.

UNVERIFIED: written from other people's notes of the API; no live answer was at hand. A value that
is not one of those noted fails, so that a wrong guess shows. Fields that are not read, the
contact person's among them, are left out.
"""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from crawler.items import Place, Salary
from crawler.pages.json_answer import AnswerPart, Html, MandatoryText, Text
from crawler.pages.place import place_of_lines
from crawler.pages.salary import parse_salary, salary_of


def _with_prefix(reference: str) -> str:
    return f"VAC{reference.removeprefix('VAC')}"


def _without_query(url: str) -> str:
    return url.partition("?")[0]


class Wage(AnswerPart):
    wage_type: Text = ""
    wage_amount: float | None = None
    wage_unit: Literal["Annually", "Monthly", "Weekly", "Hourly", "NotApplicable", ""] = ""
    wage_additional_information: Text = ""
    working_week_description: Text = ""

    def to_salary(self) -> Salary | None:
        """Return the pay; the type of wage where neither a figure nor a note is given."""
        pay = salary_of(self.wage_amount, self.wage_unit, self.wage_additional_information)
        return pay or parse_salary(self.wage_type)


class Address(AnswerPart):
    address_line1: Text = ""
    address_line2: Text = ""
    address_line3: Text = ""
    address_line4: Text = ""
    postcode: Text = ""

    def to_place(self) -> Place:
        lines = (self.address_line1, self.address_line2, self.address_line3, self.address_line4)
        return place_of_lines(lines, self.postcode)


class Course(AnswerPart):
    title: Text = ""
    level: int | None = None

    @property
    def label(self) -> str:
        """What groups the adverts here, e.g. ``Business administrator (level 3)``."""
        return f"{self.title} (level {self.level})" if self.title and self.level else self.title


class Qualification(AnswerPart):
    weighting: Literal["Essential", "Desired"]
    qualification_type: Text = ""
    subject: Text = ""
    grade: Text = ""

    @property
    def label(self) -> str:
        """As a line of a person specification, e.g. ``GCSE English (grade 4)``."""
        words = " ".join(part for part in (self.qualification_type, self.subject) if part)
        return f"{words} (grade {self.grade})" if self.grade else words


class Entry(AnswerPart):
    """One vacancy, in a list or by itself."""

    contact_name: ClassVar[str] = "employerContactName"

    vacancy_reference: Annotated[
        str,
        BeforeValidator(str),
        Field(pattern=r"^(VAC)?[A-Z0-9-]+$"),
        AfterValidator(_with_prefix),
    ]
    title: MandatoryText
    employer_name: MandatoryText
    vacancy_url: Annotated[str, Field(pattern=r"^https?://"), AfterValidator(_without_query)]
    application_url: str = ""
    description: Html = ""
    full_description: Html = ""
    employer_description: Html = ""
    training_description: Html = ""
    things_to_consider: Html = ""
    posted_date: Text = ""
    closing_date: Text = ""
    expected_duration: Text = ""
    wage: Wage = Wage()
    course: Course = Course()
    addresses: tuple[Address, ...] = ()
    skills: tuple[Text, ...] = ()
    qualifications: tuple[Qualification, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        places = (address.to_place() for address in self.addresses)
        return tuple(place for place in places if place != Place())

    def wanted(self, weighting: Literal["Essential", "Desired"]) -> list[str]:
        """Return the qualifications of one weighting as lines."""
        return [one.label for one in self.qualifications if one.weighting == weighting]


class Answer(AnswerPart):
    """One page of the list."""

    vacancies: tuple[Entry, ...]
    total_filtered: int = Field(ge=0)
    total_pages: int = Field(ge=0)
