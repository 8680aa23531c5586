"""Rows of the reports, made of what is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from matcher.catalogue import Catalogue
from pipelines.outputs.csvfile import LONDON
from pipelines.outputs.schema import (
    CRITERION_COLUMNS,
    IMPORTANCE,
    requirement_column,
    row_version,
    vacancy_columns,
)

Stored = Mapping[str, Any]
"""A row of ``pipelines.database.reports``."""

HIGH, MEDIUM = 90.0, 75.0
"""Scores from which confidence is high or medium."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days a report looks at."""

    today: date
    """The day in London."""

    since: datetime
    """What happened from here on is a change."""

    @classmethod
    def last_week(cls, today: date) -> Self:
        """Return the window of the seven days before today."""
        return cls(today, datetime.combine(today - timedelta(days=7), time(), LONDON))


class Rows:
    """Makes the rows of one report."""

    def __init__(self, catalogue: Catalogue, window: Window) -> None:
        self._window = window
        self._vacancy_columns = vacancy_columns(catalogue)
        self._requirements = catalogue.by_id
        self._asks = {one.id: requirement_column(one).name for one in catalogue.requirements}

    def of_vacancy(self, vacancy: Stored, criteria: Sequence[Stored]) -> dict[str, Any]:
        """Return the row of ``vacancies.csv``.

        Args:
            vacancy: With its current version.
            criteria: Of that version, a row a match.
        """
        row = {
            **_listed(vacancy),
            **_printed(vacancy),
            **_times(vacancy),
            **_counted(criteria),
            **self._asked(criteria),
            "status": find_status(vacancy, self._window.today),
            "change": find_change(vacancy, self._window.since),
            "days_to_close": _days_to_close(vacancy, self._window.today),
        }
        return row | {"row_version": row_version(row, self._vacancy_columns)}

    def of_criterion(self, vacancy: Stored, criterion: Stored) -> dict[str, Any]:
        """Return a row of ``criteria.csv``: a criterion and one requirement it asks for, if any."""
        row = {
            "vacancy_id": vacancy_id(vacancy),
            "criterion_id": f"{vacancy_id(vacancy)}#{criterion['key']}",
            "job_title": vacancy["version_title"],
            "employer": vacancy["version_employer"],
            "criterion_group": criterion["group_heading"],
            "criterion_text": criterion["text"],
            "criterion_type": criterion["match_importance"] or criterion["importance"],
            "importance_source": criterion["importance_source"],
            "assessed_by": criterion["assessed_by"],
            "min_level": criterion["min_level"],
            "experience_alternative": criterion["experience_alternative"],
            "source_url": criterion["source_url"] or vacancy["version_url"],
            "fetched_at": vacancy["version_checked_at"],
            **self._matched(criterion),
            **dict.fromkeys(
                ("review_decision", "review_requirement_id", "reviewer", "review_note")
            ),
        }
        return row | {"row_version": row_version(row, CRITERION_COLUMNS)}

    def _asked(self, criteria: Sequence[Stored]) -> dict[str, str | None]:
        # Without criteria nobody knows what is asked: that is an empty cell, not a "no".
        asked: dict[str, str | None] = dict.fromkeys(
            self._asks.values(), "no" if criteria else None
        )
        for importance in reversed(IMPORTANCE):
            for row in criteria:
                if row["match_importance"] == importance and row["match_requirement"] in self._asks:
                    asked[self._asks[row["match_requirement"]]] = importance
        return asked

    def _matched(self, criterion: Stored) -> dict[str, Any]:
        requirement = self._requirements.get(criterion["match_requirement"])
        score = criterion["match_score"]
        return {
            "match_number": criterion["match_position"],
            "requirement_id": criterion["match_requirement"],
            # An annotation by an older catalogue may name what this one no longer knows.
            "requirement_label": requirement.label if requirement else None,
            "requirement_source_url": requirement.source_url if requirement else None,
            "match_status": "unmatched" if score is None else "matched",
            "match_score": score,
            "confidence_band": None if score is None else confidence_band(score),
            "method": criterion["match_rule"],
            "evidence_quote": criterion["match_evidence"],
            "evidence_location": None if score is None else _location(criterion),
        }


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


def find_change(vacancy: Stored, since: datetime) -> str:
    """Return what happened to a vacancy since a moment, as the column ``change`` says it."""
    reopened = [closing["reopened_at"] for closing in vacancy["earlier_closings"]]
    happened = {
        "closed": vacancy["closed_at"],
        "new": vacancy["first_seen"],
        "reopened": datetime.fromisoformat(reopened[-1]) if reopened else None,
        "changed": vacancy["version_fetched_at"] if vacancy["version_changed_fields"] else None,
    }
    recent = (change for change, at in happened.items() if at is not None and at >= since)
    return next(recent, "unchanged")


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
        "changed_fields": vacancy["version_changed_fields"],
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


def _counted(criteria: Sequence[Stored]) -> dict[str, int]:
    importance = {row["position"]: row["importance"] for row in criteria}
    requirements = {row["match_requirement"] for row in criteria} - {None}
    return {
        "criteria": len(importance),
        "criteria_essential": list(importance.values()).count("essential"),
        "criteria_desirable": list(importance.values()).count("desirable"),
        "criteria_unmatched": sum(row["match_requirement"] is None for row in criteria),
        "requirements_asked": len(requirements),
    }


def _closing_date(vacancy: Stored) -> date | None:
    closing: date | None = vacancy["closing_date"] or vacancy["version_closing_date"]
    return closing


def _days_to_close(vacancy: Stored, today: date) -> int | None:
    closing = _closing_date(vacancy)
    return None if closing is None else (closing - today).days


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def _location(criterion: Stored) -> str:
    group = f", {criterion['group_heading']}" if criterion["group_heading"] else ""
    return (
        f"{criterion['source_label']}{group}: "
        f"characters {criterion['match_start_offset']} to {criterion['match_end_offset']}"
    )
