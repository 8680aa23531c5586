"""What a job seeker looks for and what they have."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from personspec.exceptions import UsageError
from pipelines.seekers.qualifications import BY_ID

Band = Literal["2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"]
ContractType = Literal[
    "permanent",
    "fixed-term",
    "bank",
    "apprenticeship",
    "secondment",
    "training",
    "locum",
    "honorary",
    "voluntary",
    "reservist",
]
WorkingPattern = Literal[
    "full-time",
    "part-time",
    "job-share",
    "flexible-working",
    "remote-working",
    "compressed-hours",
    "term-time",
    "annualised-hours",
]
Region = Literal[
    "North East",
    "North West",
    "Yorkshire and The Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
    "Wales",
    "Scotland",
    "Northern Ireland",
]
Skill = Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=60)]
"""Id of a skill or characteristic of the catalogue."""

Route = Literal["apprenticeship", "graduate-management-training"]
QualificationId = Literal[
    "gcse-low",
    "gcse",
    "level-3",
    "level-4",
    "level-5",
    "degree",
    "masters",
    "doctorate",
    "industry",
]
Word = Annotated[str, Field(min_length=2, max_length=40)]


class Background(BaseModel):
    """What a person has. None means that they did not say, an empty tuple that they have none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    qualifications: tuple[QualificationId, ...] | None = None
    skills: tuple[Skill, ...] | None = None
    routes: tuple[Route, ...] | None = None
    experience_years: int | None = Field(default=None, ge=0, le=60)
    """Years in health records, reception or office work; counts in place of a qualification only
    where an advert says that experience does."""

    @property
    def level(self) -> int | None:
        """The highest RQF level held, 0 if none; None if they did not say."""
        if self.qualifications is None:
            return None
        return max((BY_ID[one].level or 0 for one in self.qualifications), default=0)


class Profile(BaseModel):
    """What a person looks for. Empty tuples do not narrow the search."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    place: str = Field(default="", max_length=80)
    """Town or postcode area as the person wrote it, e.g. ``Leeds`` or ``LS``."""

    latitude: float | None = None
    longitude: float | None = None
    distance_miles: int = Field(default=20, ge=1, le=200)
    regions: tuple[Region, ...] = ()
    """Beside or in place of the place: a vacancy in one of them is near enough."""

    bands: tuple[Band, ...] = ()
    working_patterns: tuple[WorkingPattern, ...] = ()
    contract_types: tuple[ContractType, ...] = ()
    title_words: tuple[Word, ...] = Field(default=(), max_length=10)
    """A vacancy passes if its title holds one of them."""

    apprenticeships: Literal["include", "only", "leave out"] = "include"
    needs_sponsorship: bool = False
    driving_licence: bool | None = None
    """None if the person did not say."""

    background: Background = Background()

    @model_validator(mode="after")
    def _is_narrow_enough(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("give both latitude and longitude, or neither")
        if self.latitude is None and not self.regions:
            raise ValueError("give a town or postcode area, or choose a region")
        if not (
            self.bands
            or self.working_patterns
            or self.contract_types
            or self.title_words
            or self.apprenticeships == "only"
        ):
            raise ValueError(
                "choose one thing more beside the place: a band, a working pattern, a contract "
                "type, a word of the title, or apprenticeships only"
            )
        return self


def read_profile(values: dict[str, Any]) -> Profile:
    """Return the profile made of plain values.

    Raises:
        UsageError: A value is wrong or the search is too wide; one sentence says which.
    """
    try:
        return Profile.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(str(part).replace("_", " ") for part in first["loc"])
        what = first["msg"].removeprefix("Value error, ")
        raise UsageError(f"{where}: {what}." if where else f"Please {what}.") from error
