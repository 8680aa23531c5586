"""Everything a digest of one subscriber depends on, but who it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipelines.seekers.subscription import Subscription
from pipelines.seekers.told import History
from pipelines.seekers.types import OpenVacancy


@dataclass(frozen=True, slots=True)
class Addressee:
    """One subscriber, known by a random key only."""

    key: str
    subscription: Subscription
    history: History = field(default_factory=dict)
    said: Mapping[int, bool] = field(default_factory=dict)
    """Whether they called a vacancy relevant, by its number."""

    rated: tuple[tuple[OpenVacancy, bool], ...] = ()
    """The same with the vacancies themselves, closed ones too."""

    last_period: date | None = None
    """First day of the latest period that had a digest."""

    unsure: bool = False
    """That digest may not have reached them."""
