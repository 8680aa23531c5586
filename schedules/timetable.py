"""When things run, in the time of London. This is the one place to read or change it.

APScheduler fires what stands between 01:00 and 01:59 twice on the night the clocks go back and
at 02:30 on the night they go forward, so no entry may stand there. What takes long goes before
what needs its result; entries are carried out one after the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from personspec.exceptions import PersonspecError

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday",
    "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip

_DOUBTFUL = range(60, 120)
"""Minutes of the day that the changes of the clock repeat or leave out."""


class TimetableError(PersonspecError):
    """Raised when an entry stands at a time at which it would run twice or late."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that runs every day or every week."""

    id: str
    meaning: str
    """What it does, in words."""

    task: str
    """Name of the function in schedules/jobs.py that does it."""

    hour: int
    minute: int
    weekday: Weekday | None = None
    """None means every day."""

    jitter_min: int = 0
    """Minutes by which it may start later, at random: boards need not be asked by everyone at the
    same minute."""

    arguments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        first = 60 * self.hour + self.minute
        if any(
            minute % (24 * 60) in _DOUBTFUL for minute in range(first, first + self.jitter_min + 1)
        ):
            raise TimetableError(
                f"The timetable's entry {self.id} may start between 01:00 and 01:59, which happens "
                "twice when the clocks go back and not at all when they go forward: move it."
            )

    @property
    def when(self) -> str:
        """When it runs, in words, e.g. ``every day at 05:10, up to 20 minutes later``."""
        day = "day" if self.weekday is None else _DAYS[self.weekday]
        later = f", up to {self.jitter_min} minutes later" if self.jitter_min else ""
        return f"every {day} at {self.hour:02}:{self.minute:02}{later}"


def timetable(sources: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return all entries, in the order in which they are caught up.

    Args:
        sources: The sources that are crawled, by name, with their titles for people.

    Raises:
        TimetableError: An entry stands at a time of doubt.
    """
    crawls = [
        Entry(
            f"crawl-{name}", f"Crawl {title}", "crawl",
            hour=5, minute=10, jitter_min=20, arguments=(name,),
        )
        for name, title in sources.items()
    ]  # fmt: skip
    return (
        *crawls,
        Entry(
            "annotate", "Match the stored adverts again if the program or its catalogue is new",
            "annotate", 6, 40,
        ),
        Entry("expire", "Close the vacancies whose closing date has passed", "expire", 6, 50),
        Entry(
            "retain", "Delete what is kept of job seekers no longer, and ask the silent ones",
            "retain", 6, 55,
        ),
        Entry("report", "Write the reports anew", "report", 7, 0),
        Entry("digest", "Send the digests that are due", "digest", 7, 30),
        Entry("backup", "Back up the store", "backup", 3, 10, weekday="sun"),
        Entry("prune", "Delete old page archives", "prune", 3, 30, weekday="sun"),
    )  # fmt: skip
