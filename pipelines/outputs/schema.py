"""The columns of the reports: declared once, for the files and for the data dictionary.

Names are those of the NHSBSA's own extracts of NHS Jobs where it has one.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from matcher.catalogue import Catalogue, Requirement

Kind = Literal["text", "choice", "boolean", "integer", "number", "date", "time", "url"]
"""``text`` is what other people wrote; of all others we made the cell ourselves."""

IMPORTANCE = ("essential", "desirable", "unknown")

YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a report."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    allowed: tuple[str, ...] = ()
    """All values there may be, beside an empty cell where ``may_be_empty``."""

    may_be_empty: bool = True
    versioned: bool = True
    """Part of the row's ``row_version``; not so what moves without anything being changed."""


VACANCY_COLUMNS = (
    Column("vacancy_id", "text", "Key of the vacancy in all files.", may_be_empty=False),
    Column("source", "text", "The board it was found on.", may_be_empty=False),
    Column("job_reference", "text", "The board's reference.", may_be_empty=False),
    Column("board_reference", "text", "A second reference printed on the advert."),
    Column("job_title", "text", "Title as printed.", may_be_empty=False),
    Column("employer", "text", "Employer as printed."),
    Column(
        "status",
        "choice",
        "Whether it can still be applied for on the day of the report: expired is past its closing "
        "date, withdrawn is no longer listed before it, not accepting is listed without a way to "
        "apply.",
        allowed=("open", "not accepting", "expired", "withdrawn"),
        may_be_empty=False,
        versioned=False,
    ),
    Column(
        "change",
        "choice",
        "What happened to it since the report before, or since the moment given with --since.",
        allowed=("new", "changed", "closed", "reopened", "unchanged"),
        may_be_empty=False,
        versioned=False,
    ),
    Column(
        "changed_fields",
        "text",
        "What of the advert has changed since then, separated by semicolons.",
        versioned=False,
    ),
    Column("staff_group", "text", "Staff group the board lists it under, as the board codes it."),
    Column(
        "area_of_work",
        "text",
        "Area of work, on boards that print one. NHS Jobs does not, so it is empty there.",
    ),
    Column("pay_scheme", "text", "Pay scheme as printed."),
    Column(
        "pay_band",
        "choice",
        "Agenda for Change band.",
        allowed=("2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"),
    ),
    Column(
        "pay_band_basis",
        "choice",
        "Whether the band was printed, or inferred because only one band pays this salary.",
        allowed=("printed", "inferred"),
    ),
    Column("pay_table", "text", "The dated pay table that holds the salary."),
    Column("salary_raw", "text", "Salary as printed."),
    Column("salary_min", "number", "Lowest salary printed.", unit="pounds a salary_unit"),
    Column("salary_max", "number", "Highest salary printed.", unit="pounds a salary_unit"),
    Column(
        "salary_unit",
        "choice",
        "What the salary is paid for.",
        allowed=("year", "month", "week", "day", "session", "hour"),
    ),
    Column(
        "salary_annual_min", "number", "Lowest salary for full-time work.", unit="pounds a year"
    ),
    Column(
        "salary_annual_max", "number", "Highest salary for full-time work.", unit="pounds a year"
    ),
    Column("contract_type", "text", "Contract type in a normal word."),
    Column("contract_type_raw", "text", "Contract type as printed."),
    Column("fixed_term_months", "integer", "Length of a fixed term.", unit="months"),
    Column("working_pattern", "text", "Working patterns in normal words, with semicolons."),
    Column("working_pattern_raw", "text", "Working patterns as printed."),
    Column("town", "text", "Town of the first place, as printed."),
    Column("postcode", "text", "Postcode of the first place that has one."),
    Column("region", "text", "Main region of that postcode's area."),
    Column("latitude", "number", "Where the place is, roughly.", unit="degrees (WGS 84)"),
    Column("longitude", "number", "Where the place is, roughly.", unit="degrees (WGS 84)"),
    Column(
        "coordinates_basis",
        "choice",
        "What the coordinates are the middle of.",
        allowed=("town", "postcode area"),
    ),
    Column("places", "integer", "How many places the advert names.", may_be_empty=False),
    Column("published", "date", "Day the advert was posted."),
    Column("closing_date", "date", "Last day for applications."),
    Column(
        "days_to_close",
        "integer",
        "Days from the report to the closing date; below 0 if it has passed.",
        unit="days",
        versioned=False,
    ),
    Column(
        "may_close_early", "boolean", "The advert says that it may close early.", allowed=YES_NO
    ),
    Column("closed", "date", "Day it was found closed."),
    Column("dbs_check", "boolean", "A DBS check is needed.", allowed=YES_NO),
    Column("sponsorship", "boolean", "Skilled Worker sponsorship is welcome.", allowed=YES_NO),
    Column("uk_registration", "boolean", "UK professional registration is needed.", allowed=YES_NO),
    Column("driving", "boolean", "Driving or a driving licence is asked for.", allowed=YES_NO),
    Column("criteria", "integer", "Criteria read.", may_be_empty=False),
    Column("criteria_essential", "integer", "Of them essential.", may_be_empty=False),
    Column("criteria_desirable", "integer", "Of them desirable.", may_be_empty=False),
    Column(
        "criteria_unmatched",
        "integer",
        "Of them without any documented requirement.",
        may_be_empty=False,
    ),
    Column("requirements_asked", "integer", "Documented requirements asked.", may_be_empty=False),
    Column(
        "entry_level",
        "boolean",
        "Neither a degree nor another paper of a senior post is essential. Empty if no criteria "
        "were read.",
        allowed=YES_NO,
    ),
    Column(
        "no_formal_qualification_required",
        "boolean",
        "No qualification is essential, or experience is accepted in its place. Empty if no "
        "criteria were read.",
        allowed=YES_NO,
    ),
    Column(
        "duplicate_of",
        "text",
        "The vacancy_id of the same post under another reference or on another board, seen "
        "earlier.",
        versioned=False,
    ),
    Column("no_criteria_reason", "text", "Why no criteria could be read."),
    Column("url", "url", "The advert.", may_be_empty=False),
    Column("first_seen", "time", "First run that met it.", may_be_empty=False, versioned=False),
    Column("last_seen", "time", "Last run that met it.", may_be_empty=False, versioned=False),
    Column("last_changed", "time", "First fetch of the advert as it is now.", versioned=False),
    Column("fetched_at", "time", "Last fetch of the advert.", versioned=False),
    Column("reader_version", "text", "Version of the reader of the specification."),
    Column("matcher_version", "text", "Version of the matcher."),
    Column("catalogue_version", "text", "Version of the documented requirements."),
)
"""Followed by a column a requirement, ``asks_…``, and ``row_version``."""

ROW_VERSION = Column(
    "row_version",
    "text",
    "Changes when anything in the row changes that a reviewer judges; do not edit it.",
    may_be_empty=False,
    versioned=False,
)

CRITERION_COLUMNS = (
    Column("vacancy_id", "text", "Key of the vacancy in all files.", may_be_empty=False),
    Column("criterion_id", "text", "Key of the criterion.", may_be_empty=False),
    Column(
        "match_number",
        "integer",
        "Which of the criterion's requirements this row is about, from 1; empty if it has none.",
        versioned=False,
    ),
    Column("job_title", "text", "Title as printed.", may_be_empty=False, versioned=False),
    Column("employer", "text", "Employer as printed.", versioned=False),
    Column("criterion_group", "text", "The employer's heading above the criterion."),
    Column("criterion_text", "text", "The criterion as printed.", may_be_empty=False),
    Column(
        "criterion_type",
        "choice",
        "Importance of the words of this row.",
        allowed=IMPORTANCE,
        may_be_empty=False,
    ),
    Column(
        "importance_source",
        "choice",
        "Where the importance was read.",
        allowed=("heading", "column", "suffix", "inline"),
    ),
    Column("assessed_by", "text", "How the employer checks it, with semicolons.", versioned=False),
    Column(
        "min_level",
        "integer",
        "Lowest level of a stated qualification.",
        unit="RQF level 1-8",
    ),
    Column(
        "experience_alternative",
        "boolean",
        "Experience is offered instead of a qualification.",
        allowed=YES_NO,
        may_be_empty=False,
    ),
    Column("requirement_id", "text", "The documented requirement asked for."),
    Column("requirement_label", "text", "Its name.", versioned=False),
    Column("requirement_source_url", "url", "Where it is documented.", versioned=False),
    Column(
        "match_status",
        "choice",
        "Whether a documented requirement is asked for.",
        allowed=("matched", "unmatched"),
        may_be_empty=False,
    ),
    Column(
        "match_score",
        "number",
        "How often such a match is right; 100 where a reviewer decided.",
        unit="0-100",
        versioned=False,
    ),
    Column(
        "confidence_band",
        "choice",
        "high: a score of 90 or more; medium: of 75 or more; low: below.",
        allowed=("high", "medium", "low"),
        versioned=False,
    ),
    Column(
        "method", "text", "The rule that found it, or that a reviewer decided.", versioned=False
    ),
    Column("evidence_quote", "text", "The words that prove it."),
    Column(
        "evidence_location",
        "text",
        "The part of the advert and the characters it stands at.",
        versioned=False,
    ),
    Column(
        "source_url",
        "url",
        "The advert, or the document in which the criterion stands.",
        versioned=False,
    ),
    Column("fetched_at", "time", "Last fetch of the advert.", versioned=False),
    ROW_VERSION,
    Column(
        "review_decision",
        "choice",
        "For a reviewer: accept if the row is right, reject if it is wrong, change if another "
        "requirement is asked, withdraw to take an earlier decision back. What is in force "
        "already is filled in.",
        allowed=("accept", "reject", "change", "withdraw"),
    ),
    Column(
        "review_requirement_id",
        "text",
        "For a reviewer who changes it: the right requirement_id.",
        versioned=False,
    ),
    Column("reviewer", "text", "For a reviewer: who. Kept in the store only.", versioned=False),
    Column("review_note", "text", "For a reviewer: why. Kept in the store only.", versioned=False),
)


DICTIONARY_COLUMNS = (
    Column("file", "text", "The file.", may_be_empty=False),
    Column("column", "text", "The column.", may_be_empty=False),
    Column("type", "choice", "What its cells hold.", allowed=get_args(Kind), may_be_empty=False),
    Column("unit", "text", "Unit of a number."),
    Column("allowed_values", "text", "All values there may be, separated by semicolons."),
    Column("may_be_empty", "boolean", "Whether a cell may be empty.", allowed=YES_NO),
    Column("meaning", "text", "What it says.", may_be_empty=False),
)


def requirement_column(requirement: Requirement) -> Column:
    """Return the column that says how a vacancy asks for one requirement."""
    return Column(
        f"asks_{requirement.id.replace('-', '_')}",
        "choice",
        f"Strongest importance given to: {requirement.label}. Empty if no criteria were read.",
        allowed=(*IMPORTANCE, "no"),
    )


def vacancy_columns(catalogue: Catalogue) -> tuple[Column, ...]:
    """Return all columns of ``vacancies.csv``, in order."""
    asked = (requirement_column(requirement) for requirement in catalogue.requirements)
    return (*VACANCY_COLUMNS, *asked, ROW_VERSION)


def row_version(row: Mapping[str, Any], columns: Sequence[Column]) -> str:
    """Return a fingerprint of the versioned columns of a row: ``v`` and 12 hexadecimal digits.

    The letter keeps a spreadsheet from taking ``123e4567…`` for a number.
    """
    values = [str(row[column.name]) for column in columns if column.versioned]
    return f"v{hashlib.sha256(chr(31).join(values).encode()).hexdigest()[:12]}"


def dictionary_rows(file: str, columns: Sequence[Column]) -> Iterator[dict[str, str]]:
    """Yield the data dictionary of one file, a row a column."""
    for column in columns:
        yield {
            "file": file,
            "column": column.name,
            "type": column.kind,
            "unit": column.unit,
            "allowed_values": "; ".join(column.allowed),
            "may_be_empty": "yes" if column.may_be_empty else "no",
            "meaning": column.meaning,
        }
