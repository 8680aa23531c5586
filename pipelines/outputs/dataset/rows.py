"""The rows of a release, made of what the store holds: facts and annotations, no contacts.

Reviewers' names, advert prose and addresses below the town are never asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.catalogue import Catalogue
from matcher.types import Match
from pipelines.database.effective import StoredCriterion
from pipelines.masking import mask_contacts
from pipelines.outputs.dataset.schema import QUOTE_LENGTH
from pipelines.review.settle import REVIEWED

Row = dict[str, Any]
Stored = Mapping[str, Any]

_PLAIN_FACTS = (
    "closing_date", "posted_date", "pay_table", "salary_minimum", "salary_maximum",
    "salary_period", "salary_annual_minimum", "salary_annual_maximum", "contract_type",
    "fixed_term_months", "postcode", "region", "driving",
)  # fmt: skip
_LISTED = (
    "title", "employer", "closing_date", "salary_minimum", "salary_maximum", "salary_period",
    "staff_group",
)  # fmt: skip
_TOTAL = "listing/total/"


@dataclass(frozen=True, slots=True)
class Content:
    """Which words of adverts a release holds."""

    with_text: bool = False
    """Criteria in full; only where the publisher states the basis."""


def vacancy_row(stored: Stored, first_run: datetime) -> Row:
    """Return the row of a vacancy; what its page does not say is taken from the listing.

    Args:
        stored: As ``pipelines.database.reports.batches_of_vacancies`` gives it.
        first_run: Start of the first run of its source.
    """
    read = stored["version_id"] is not None
    if read:
        facts = facts_of(_version_of(stored))
        version = _version_id(stored, stored["version_content_hash"])
    else:
        listed = {name: stored[name] for name in _LISTED}
        facts, version = facts_of({**listed, "places": stored["places"]}), None
    return {
        "vacancy_id": _vacancy_id(stored),
        "source": stored["source"],
        "reference": stored["reference"],
        "url": clean((stored["version_url"] if read else "") or stored["url"]),
        "first_seen": stored["first_seen"],
        "last_seen": stored["last_seen"],
        "closed_at": stored["closed_at"],
        "end_reason": stored["end_reason"],
        "is_right_censored": stored["closed_at"] is None,
        "is_left_truncated": stored["first_seen"] <= first_run,
        "times_reopened": len(stored["earlier_closings"]),
        "current_version_id": version,
        **facts,
    }


def _version_of(stored: Stored) -> Row:
    prefix = "version_"
    return {k.removeprefix(prefix): v for k, v in stored.items() if k.startswith(prefix)}


def version_row(stored: Stored, criteria: Sequence[StoredCriterion]) -> Row:
    """Return the row of one content of an advert.

    Args:
        stored: As ``pipelines.database.dataset.batches_of_versions`` gives it.
        criteria: What was read of it.
    """
    plain = (
        "fetched_at", "checked_at", "is_current", "reader_version", "matcher_version",
        "catalogue_version", "facts_version", "source",
    )  # fmt: skip
    return {
        "version_id": _version_id(stored, stored["content_hash"]),
        "vacancy_id": _vacancy_id(stored),
        "url": clean(stored["url"]),
        **{name: stored[name] for name in plain},
        "changed_fields": _joined(stored["changed_fields"]),
        "content_sha256": stored["content_hash"],
        "archive_record": stored["archive_record"],
        "raw_sha256": stored["archive_sha256"],
        "criteria": len(criteria),
        "no_criteria_reason": clean(stored["no_criteria_reason"]),
        **facts_of(stored),
    }


def facts_of(stored: Stored) -> Row:
    """Return the facts of an advert; null for those that it does not give."""
    places = stored["places"]
    region = stored.get("region")
    return {
        **{name: stored.get(name) for name in _PLAIN_FACTS},
        "title": clean(stored["title"]),
        "employer": clean(stored["employer"]),
        "band": stored.get("pay_band"),
        "band_basis": stored.get("pay_band_basis"),
        "working_patterns": _joined(stored.get("working_patterns") or ()),
        "staff_group": clean(stored["staff_group"]),
        "town": clean(places[0]["town"]) if places else None,
        "region_basis": "postcode area" if region else None,
    }


def criterion_rows(
    stored: Stored, criteria: Sequence[StoredCriterion], content: Content
) -> Iterator[tuple[Row, list[Row]]]:
    """Yield the row of each criterion of an advert's content with those of its matches."""
    version = _version_id(stored, stored["content_hash"])
    for position, criterion in enumerate(criteria, start=1):
        place = {"version_id": version, "position": position}
        matches = [
            place | _match_row(number, match)
            for number, match in enumerate(criterion.annotated.matches, start=1)
        ]
        yield place | _criterion_row(criterion, content), matches


def _criterion_row(stored: StoredCriterion, content: Content) -> Row:
    annotated = stored.annotated
    read = annotated.criterion
    return {
        "criterion_key": stored.key,
        "text": clean(read.text) if content.with_text else None,
        "characters": len(read.text),
        "form": read.form,
        "importance": read.importance,
        "importance_source": read.importance_source,
        "stated_importance": annotated.stated_importance,
        "group_kind": read.group_kind,
        "assessed_by": _joined(read.assessed_by),
        "min_level": annotated.min_level,
        "experience_alternative": annotated.experience_alternative,
        "matches": len(annotated.matches),
        "is_reviewed": stored.settled.is_fully_judged,
        "source_url": clean(stored.source_url),
    }


def _match_row(number: int, match: Match) -> Row:
    return {
        "match": number,
        "requirement_id": match.requirement,
        "aspect": match.aspect,
        "importance": match.importance,
        "score": match.score,
        "rule": match.rule,
        "is_reviewed": match.rule == REVIEWED,
        "evidence": quote(match.evidence),
        "is_evidence_cut": len(match.evidence) > QUOTE_LENGTH,
        "start": match.start,
        "end": match.end,
    }


def requirement_rows(catalogue: Catalogue) -> list[Row]:
    """Return a row for each documented requirement."""
    return [
        {
            "requirement_id": one.id,
            "label": one.label,
            "kind": one.kind,
            "stage": one.stage,
            "statement": one.statement,
            "source_url": one.source_url,
            "checked_on": one.checked_on,
            "catalogue_version": catalogue.version,
        }
        for one in catalogue.requirements
    ]


def run_row(stored: Stored) -> Row:
    """Return the row of a run."""
    counts = {
        "listed": "sightings/listed",
        "pages_read": "adverts/read",
        "pages_failed": "adverts/failed",
        "without_criteria": "annotate/without_criteria",
    }
    return {
        "run_id": run_id(stored["source"], stored["started_at"]),
        **{name: stored[name] for name in ("source", "started_at", "finished_at", "status")},
        "problems": clean("; ".join(stored["problems"])),
        **{name: stored["stats"].get(stat) for name, stat in counts.items()},
    }


def total_rows(stored: Stored) -> list[Row]:
    """Return a row for each query of a run of which the board told its total."""
    return [
        {
            "run_id": run_id(stored["source"], stored["started_at"]),
            "query": clean(name.removeprefix(_TOTAL)),
            "total": total,
        }
        for name, total in sorted(stored["stats"].items())
        if name.startswith(_TOTAL) and isinstance(total, int)
    ]


def clean(text: str | None) -> str | None:
    """Return a text without mail addresses and telephone numbers; None for an empty one."""
    return mask_contacts(text).strip() or None if text else None


def quote(text: str) -> str | None:
    """Return the beginning of a text, as much as may be quoted."""
    masked = clean(text)  # first: half a number would no longer look like one
    return masked[:QUOTE_LENGTH] if masked else None


def _joined(values: Sequence[str]) -> str | None:
    return "; ".join(values) or None


def _vacancy_id(stored: Stored) -> str:
    return f"{stored['source']}:{stored['reference']}"


def _version_id(stored: Stored, content_hash: str) -> str:
    return f"{_vacancy_id(stored)}:{content_hash[:16]}"


def run_id(source: str, started_at: datetime) -> str:
    """Return the key of a run; ``started_at`` in UTC."""
    return f"{source}:{started_at:%Y-%m-%dT%H:%M:%S.%fZ}"
