"""The qualifications a job seeker can tick, with their level."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Qualification:
    """A kind of qualification that a person can have."""

    id: str
    label: str
    short: str
    level: int | None
    """RQF level, 1-8; None for one that counts by its trade, not by its level."""


QUALIFICATIONS = (
    Qualification("gcse-low", "GCSEs at grades 3 to 1 (D to G), or level 1", "level 1", 1),
    Qualification(
        "gcse", "GCSEs at grades 9 to 4 (A* to C), or level 2 such as an NVQ 2", "level 2", 2
    ),
    Qualification("level-3", "A levels, or level 3 such as an NVQ 3 or BTEC", "level 3", 3),
    Qualification("level-4", "Level 4, such as an HNC", "level 4", 4),
    Qualification("level-5", "Level 5, such as an HND or foundation degree", "level 5", 5),
    Qualification("degree", "Degree with or without honours (level 6)", "a degree", 6),
    Qualification("masters", "Master’s degree or other level 7", "level 7", 7),
    Qualification("doctorate", "Doctorate (level 8)", "a doctorate", 8),
    Qualification(
        "industry",
        "An industry qualification: IHRIM, clinical coding (NCCQ) or AMSPAR",
        "an industry qualification",
        None,
    ),
)
BY_ID = {one.id: one for one in QUALIFICATIONS}
