"""Rows of the reports, made of what is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from matcher.catalogue import Catalogue
from matcher.summary import summarise
from matcher.types import Match
from personspec.london import LONDON
from pipelines.database.effective import StoredCriterion
from pipelines.outputs.schema import (
    CRITERION_COLUMNS,
    IMPORTANCE,
    requirement_column,
    row_version,
    vacancy_columns,
)
from pipelines.review.settle import NOTHING

Stored = Mapping[str, Any]
"""A row of ``pipelines.database.reports``."""

HIGH, MEDIUM = 90.0, 75.0
"""Scores from which confidence is high or medium."""


@dataclass(frozen=True)
class Window:
    """The days a report looks at, and what is known of them."""

    today: date
    """The day in London."""

    since: datetime
    """What happened from here on is a change."""

    changed: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """What has changed since then in an advert, by the vacancy's key in the store."""

    duplicates: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Source and reference of what a vacancy is a duplicate of, by its own."""


def week_before(today: date) -> datetime:
    """Return the moment from which changes count where nothing is known of an earlier report."""
    return datetime.combine(today - timedelta(days=7), time(), LONDON)


class Rows:
    """Makes the rows of one report."""

    def __init__(self, catalogue: Catalogue, window: Window) -> None:
        self._window = window
        self._catalogue = catalogue
        self._vacancy_columns = vacancy_columns(catalogue)
        self._requirements = catalogue.by_id
        self._asks = {one.id: requirement_column(one).name for one in catalogue.requirements}

    def of_listing(self, vacancy: Stored) -> dict[str, Any]:
        """Return what the row of ``vacancies.csv`` says without the criteria.

        Args:
            vacancy: With its current version.
        """
        change = find_change(vacancy, self._window)
        original = self._window.duplicates.get((vacancy["source"], vacancy["reference"]))
        return {
            **_listed(vacancy),
            **_printed(vacancy),
            **_times(vacancy),
            "status": find_status(vacancy, self._window.today),
            "change": change,
            "changed_fields": self._window.changed.get(vacancy["id"])
            if change == "changed"
            else None,
            "days_to_close": _days_to_close(vacancy, self._window.today),
            "duplicate_of": original and ":".join(original),
        }

    def of_vacancy(
        self, listing: Mapping[str, Any], criteria: Sequence[StoredCriterion]
    ) -> dict[str, Any]:
        """Return the row of ``vacancies.csv``.

        Args:
            listing: What ``of_listing`` gave.
            criteria: Of the current version.
        """
        row = {**listing, **_counted(criteria), **self._asked(criteria)}
        return row | {"row_version": row_version(row, self._vacancy_columns)}

    def of_criterion(self, vacancy: Stored, criterion: StoredCriterion) -> list[dict[str, Any]]:
        """Return the rows of ``criteria.csv``: one for each requirement a criterion asks for.

        A criterion that asks for none is one row.
        """
        shared = {
            "job_title": vacancy["version_title"],
            "employer": vacancy["version_employer"],
            "assessed_by": criterion.annotated.criterion.assessed_by,
            "source_url": criterion.source_url or vacancy["version_url"],
            "fetched_at": vacancy["version_checked_at"],
            **dict.fromkeys(("review_requirement_id", "reviewer", "review_note")),
        }
        matches = criterion.annotated.matches or (None,)
        judged = judged_rows(vacancy_id(vacancy), criterion)
        return [
            shared | self._explained(criterion, match, number) | row
            for number, (match, row) in enumerate(zip(matches, judged, strict=True), start=1)
        ]

    def _asked(self, criteria: Sequence[StoredCriterion]) -> dict[str, str | bool | None]:
        if not criteria:
            # Without criteria nobody knows what is asked: that is an empty cell, not a "no".
            return dict.fromkeys((*self._asks.values(), *_SUMMARY))
        summary = summarise([one.annotated for one in criteria], self._catalogue)
        asked: dict[str, str | bool | None] = dict.fromkeys(self._asks.values(), "no")
        for importance in reversed(IMPORTANCE):
            for criterion in criteria:
                for match in criterion.annotated.matches:
                    if match.importance == importance and match.requirement in self._asks:
                        asked[self._asks[match.requirement]] = importance
        return asked | {
            "entry_level": summary.stage == "entry",
            "no_formal_qualification_required": summary.without_qualifications,
        }

    def _explained(
        self, criterion: StoredCriterion, match: Match | None, number: int
    ) -> dict[str, Any]:
        if match is None:
            return dict.fromkeys(_ABOUT_A_MATCH)
        requirement = self._requirements.get(match.requirement)
        return {
            "match_number": number,
            # An annotation by an older catalogue may name what this one no longer knows.
            "requirement_label": requirement.label if requirement else None,
            "requirement_source_url": requirement.source_url if requirement else None,
            "match_score": match.score,
            "confidence_band": confidence_band(match.score),
            "method": match.rule,
            "evidence_location": _location(criterion, match),
        }


_SUMMARY = ("entry_level", "no_formal_qualification_required")

_ABOUT_A_MATCH = (
    "match_number", "requirement_label", "requirement_source_url", "match_score",
    "confidence_band", "method", "evidence_location",
)  # fmt: skip


def judged_rows(vacancy: str, criterion: StoredCriterion) -> list[dict[str, Any]]:
    """Return what a reviewer judges of a criterion: a row for each requirement it asks for.

    Args:
        vacancy: The ``vacancy_id``.
        criterion: As it counts.

    Returns:
        The cells that make ``row_version``, and that; in the order of the matches. One row
        without requirement if there is no match.
    """
    read, accepted = criterion.annotated.criterion, criterion.settled.accepted
    rows = []
    for match in criterion.annotated.matches or (None,):
        requirement = match.requirement if match else NOTHING
        row: dict[str, Any] = {
            "vacancy_id": vacancy,
            "criterion_id": f"{vacancy}#{criterion.key}",
            "criterion_group": read.group,
            "criterion_text": read.text,
            "criterion_type": match.importance if match else read.importance,
            "importance_source": read.importance_source,
            "min_level": criterion.annotated.min_level,
            "experience_alternative": criterion.annotated.experience_alternative,
            "requirement_id": requirement or None,
            "match_status": "matched" if match else "unmatched",
            "evidence_quote": match.evidence if match else None,
            "review_decision": "accept" if requirement in accepted else None,
        }
        rows.append(row | {"row_version": row_version(row, CRITERION_COLUMNS)})
    return rows


def vacancy_id(vacancy: Stored) -> str:
    """Return the key of a vacancy in all files; it begins with a letter, as sources do."""
    return f"{vacancy['source']}:{vacancy['reference']}"


def confidence_band(score: float) -> str:
    """Return ``high``, ``medium`` or ``low`` for a score of 0-100."""
    if score >= HIGH:
        return "high"
    return "medium" if score >= MEDIUM else "low"


def find_status(vacancy: Stored, today: date) -> str:
    """Return whether a vacancy can be applied for on a day, as the column ``status`` says it."""
    closing = _closing_date(vacancy)
    if vacancy["end_reason"] is not None:
        return str(vacancy["end_reason"])
    if closing is not None and closing < today:
        return "expired"
    return "not accepting" if vacancy["version_is_open"] is False else "open"


def find_change(vacancy: Stored, window: Window) -> str:
    """Return what happened to a vacancy since a report, as the column ``change`` says it."""
    reopened = [closing["reopened_at"] for closing in vacancy["earlier_closings"]]
    happened = {
        "closed": vacancy["closed_at"],
        "new": vacancy["first_seen"],
        "reopened": datetime.fromisoformat(reopened[-1]) if reopened else None,
    }
    recent = (change for change, at in happened.items() if at is not None and at >= window.since)
    return next(recent, "changed" if window.changed.get(vacancy["id"]) else "unchanged")


def _listed(vacancy: Stored) -> dict[str, Any]:
    return {
        "vacancy_id": vacancy_id(vacancy),
        "source": vacancy["source"],
        "job_reference": vacancy["reference"],
        "job_title": vacancy["version_title"] or vacancy["title"],
        "employer": vacancy["version_employer"] or vacancy["employer"],
        "url": vacancy["version_url"] or vacancy["url"],
        "staff_group": vacancy["version_staff_group"] or vacancy["staff_group"] or None,
        "area_of_work": None,
    }


def _printed(vacancy: Stored) -> dict[str, Any]:
    places = vacancy["version_places"] or vacancy["places"]
    from_listing = vacancy["version_id"] is None
    salary = "" if from_listing else "version_"
    return {
        **{name: vacancy[f"version_{stored}"] for name, stored in _PRINTED.items()},
        "salary_raw": vacancy[f"{salary}salary_raw"],
        "salary_min": vacancy[f"{salary}salary_minimum"],
        "salary_max": vacancy[f"{salary}salary_maximum"],
        "salary_unit": vacancy[f"{salary}salary_period"],
        "contract_type_raw": vacancy[f"{salary}contract_type_raw"],
        "working_pattern": vacancy["version_working_patterns"],
        "town": places[0]["town"] if places else None,
        "places": len(places),
        "no_criteria_reason": _NOT_READ if from_listing else vacancy["version_no_criteria_reason"],
    }


_NOT_READ = "The advert page has not been read yet."

_PRINTED = {
    "board_reference": "board_reference",
    "pay_scheme": "pay_scheme",
    "pay_band": "pay_band",
    "pay_band_basis": "pay_band_basis",
    "pay_table": "pay_table",
    "salary_annual_min": "salary_annual_minimum",
    "salary_annual_max": "salary_annual_maximum",
    "contract_type": "contract_type",
    "fixed_term_months": "fixed_term_months",
    "working_pattern_raw": "working_patterns_raw",
    "postcode": "postcode",
    "region": "region",
    "latitude": "latitude",
    "longitude": "longitude",
    "coordinates_basis": "coordinates_basis",
    "may_close_early": "may_close_early",
    "dbs_check": "dbs_check",
    "sponsorship": "sponsorship",
    "uk_registration": "uk_registration",
    "driving": "driving",
    "last_changed": "fetched_at",
    "fetched_at": "checked_at",
    "reader_version": "reader_version",
    "matcher_version": "matcher_version",
    "catalogue_version": "catalogue_version",
}
"""Columns of the report, and of the stored version, that hold the same."""


def _times(vacancy: Stored) -> dict[str, Any]:
    posted, closed = vacancy["posted_at"], vacancy["closed_at"]
    return {
        "published": vacancy["version_posted_date"] or (posted and _day(posted)),
        "closing_date": _closing_date(vacancy),
        "closed": closed and _day(closed),
        "first_seen": vacancy["first_seen"],
        "last_seen": vacancy["last_seen"],
    }


def _counted(criteria: Sequence[StoredCriterion]) -> dict[str, int]:
    read = [one.annotated for one in criteria]
    importance = [one.criterion.importance for one in read]
    return {
        "criteria": len(read),
        "criteria_essential": importance.count("essential"),
        "criteria_desirable": importance.count("desirable"),
        "criteria_unmatched": sum(not one.matches for one in read),
        "requirements_asked": len({match.requirement for one in read for match in one.matches}),
    }


def _closing_date(vacancy: Stored) -> date | None:
    closing: date | None = vacancy["closing_date"] or vacancy["version_closing_date"]
    return closing


def _days_to_close(vacancy: Stored, today: date) -> int | None:
    closing = _closing_date(vacancy)
    return None if closing is None else (closing - today).days


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _location(criterion: StoredCriterion, match: Match) -> str:
    group = criterion.annotated.criterion.group
    return (
        f"{criterion.source_label}{f', {group}' if group else ''}: "
        f"characters {match.start} to {match.end}"
    )
