"""Items to columns and back."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any

from crawler.items import Place, Salary, Sighting, SpecificationSource, Vacancy
from pipelines.database.hashing import NOT_CONTENT, criterion_key, normal_words, source_columns
from pipelines.database.models import AdvertVersionRow
from pipelines.facts.types import Facts
from pipelines.types import AnnotatedVacancy, LocatedCriterion

SALARY_COLUMNS = {
    "salary_raw": "raw",
    "salary_minimum": "minimum",
    "salary_maximum": "maximum",
    "salary_period": "period",
}
PRINTED = tuple(
    f.name for f in fields(Vacancy) if f.name not in {"source", "reference", *NOT_CONTENT}
)
"""The facts of a page, as ``changed_fields`` names them."""

FACTS = tuple(f.name for f in fields(Facts))


def listing_columns(sighting: Sighting) -> dict[str, Any]:
    """Return the columns of ``vacancy`` that hold what a listing says."""
    left = {"source", "reference", "in_scope", "salary", "places"}
    plain = {f.name: getattr(sighting, f.name) for f in fields(sighting) if f.name not in left}
    return plain | salary_columns(sighting.salary) | {"places": place_list(sighting.places)}


def page_columns(vacancy: Vacancy) -> dict[str, Any]:
    """Return the columns of ``advert_version`` that hold what a page says."""
    nested = {"salary", "places", "specification", "empty_blocks"}
    plain = {name: getattr(vacancy, name) for name in PRINTED if name not in nested}
    return {
        **plain,
        **salary_columns(vacancy.salary),
        "places": place_list(vacancy.places),
        "specification": [source_columns(source) for source in vacancy.specification],
        "empty_blocks": list(vacancy.empty_blocks),
    }


def annotation_columns(annotated: AnnotatedVacancy) -> dict[str, Any]:
    """Return the columns of ``advert_version`` that hold what was made of a page."""
    versions = {f"{name}_version": value for name, value in asdict(annotated.versions).items()}
    facts = {name: getattr(annotated.facts, name) for name in FACTS}
    facts["working_patterns"] = list(annotated.facts.working_patterns)
    return {**versions, **facts, "no_criteria_reason": annotated.reason}


def criterion_columns(annotated: AnnotatedVacancy) -> Iterator[dict[str, Any]]:
    """Yield the columns of each ``criterion`` but its version, in order."""
    seen: Counter[str] = Counter()
    for position, located in enumerate(annotated.criteria, start=1):
        criterion = located.annotated.criterion
        words = normal_words(criterion.text)
        seen[words] += 1
        yield {
            "position": position,
            "key": criterion_key(words, seen[words]),
            "text": criterion.text,
            "form": criterion.form,
            "importance": criterion.importance,
            "importance_source": criterion.importance_source,
            "group_heading": criterion.group,
            "group_kind": criterion.group_kind,
            "assessed_by": list(criterion.assessed_by),
            **_judgement(located),
        }


def _judgement(located: LocatedCriterion) -> dict[str, Any]:
    return {
        "stated_importance": located.annotated.stated_importance,
        "min_level": located.annotated.min_level,
        "experience_alternative": located.annotated.experience_alternative,
        "source_label": located.source_label,
        "source_url": located.source_url,
    }


def match_columns(annotated: AnnotatedVacancy) -> Iterator[dict[str, Any]]:
    """Yield the columns of each ``match`` but its version, in order."""
    for criterion_position, located in enumerate(annotated.criteria, start=1):
        for position, match in enumerate(located.annotated.matches, start=1):
            yield {
                "criterion_position": criterion_position,
                "position": position,
                "requirement": match.requirement,
                "aspect": match.aspect,
                "importance": match.importance,
                "score": match.score,
                "rule": match.rule,
                "evidence": match.evidence,
                "start_offset": match.start,
                "end_offset": match.end,
                "matcher_version": annotated.versions.matcher,
                "catalogue_version": annotated.versions.catalogue,
            }


def vacancy_of(source: str, reference: str, version: AdvertVersionRow) -> Vacancy:
    """Return the vacancy as it was stored: equal to the item it came from."""
    nested = {"salary", "places", "specification", "empty_blocks"}
    plain = {name: getattr(version, name) for name in PRINTED if name not in nested}
    return Vacancy(
        source=source,
        reference=reference,
        fetched_at=version.fetched_at,
        salary=_salary_of(version),
        places=tuple(Place(**place) for place in version.places),
        specification=tuple(SpecificationSource(**source) for source in version.specification),
        empty_blocks=tuple(version.empty_blocks),
        archive_file=version.archive_file,
        archive_record=version.archive_record,
        archive_sha256=version.archive_sha256,
        **plain,
    )


def salary_columns(salary: Salary | None) -> dict[str, Any]:
    """Return the four salary columns; all None without a salary."""
    if salary is None:
        return dict.fromkeys(SALARY_COLUMNS)
    return {column: getattr(salary, name) for column, name in SALARY_COLUMNS.items()}


def place_list(places: tuple[Place, ...]) -> list[dict[str, str]]:
    """Return places as JSON holds them."""
    return [asdict(place) for place in places]


def _salary_of(version: AdvertVersionRow) -> Salary | None:
    if version.salary_raw is None:
        return None
    return Salary(
        version.salary_raw,
        version.salary_minimum,
        version.salary_maximum,
        version.salary_period,  # type: ignore[arg-type]  # written from a SalaryPeriod
    )
