"""The person specification of a vacancy read, and every criterion matched."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from crawler.items import Sighting, SpecificationSource, Vacancy
from matcher.catalogue import load_catalogue
from matcher.match import MATCHER_VERSION, Matcher
from matcher.specification import READER_VERSION, read_html, read_text
from matcher.types import Criterion, Specification
from pipelines.cleaning import clean_text
from pipelines.facts import FACTS_VERSION, make_facts
from pipelines.masking import mask_contacts
from pipelines.types import AnnotatedVacancy, LocatedCriterion, Versions

NO_SPECIFICATION = "The advert holds no person specification."


def annotate_vacancy(vacancy: Vacancy, matcher: Matcher) -> AnnotatedVacancy:
    """Return the vacancy with its criteria, what they ask for, and its facts.

    What the board marks as the person specification is read; the other parts of the advert only
    if that holds no criteria.
    """
    criteria, reason = _read_criteria(vacancy.specification, matcher)
    return AnnotatedVacancy(
        vacancy=vacancy,
        criteria=criteria,
        reason=reason,
        facts=make_facts(vacancy),
        versions=versions_of(matcher),
    )


def versions_of(matcher: Matcher) -> Versions:
    """Return the versions of everything that makes an annotation."""
    return Versions(READER_VERSION, MATCHER_VERSION, matcher.catalogue.version, FACTS_VERSION)


def read_source(source: SpecificationSource) -> Specification:
    """Return the criteria of one part of an advert, or why there are none."""
    if not source.content.strip():
        what = "it is a document that was not fetched" if source.kind == "document" else "empty"
        return Specification((), f"The {source.label} could not be read: {what}.")
    if source.kind == "html":
        return read_html(source.content)
    return read_text(source.content)


def _read_criteria(
    sources: Iterable[SpecificationSource], matcher: Matcher
) -> tuple[tuple[LocatedCriterion, ...], str | None]:
    # Stable: within each half the order in which the board wants them read stays.
    ordered = sorted(sources, key=lambda source: not source.is_specification)
    reason: str | None = None
    for marked in (True, False):
        found: list[LocatedCriterion] = []
        for source in ordered:
            if source.is_specification is marked:
                specification = read_source(source)
                reason = reason or specification.reason
                found += _match_all(specification, source, matcher)
        if found:
            return tuple(found), None
    return (), reason or NO_SPECIFICATION


def _match_all(
    specification: Specification, source: SpecificationSource, matcher: Matcher
) -> list[LocatedCriterion]:
    return [
        LocatedCriterion(matcher.annotate(mask_criterion(criterion)), source.label, source.url)
        for criterion in specification.criteria
    ]


def mask_criterion(criterion: Criterion) -> Criterion:
    """Return the criterion without mail addresses and telephone numbers.

    Its source is masked already, but tags may have stood inside an address or a number there.
    """
    group = None if criterion.group is None else mask_contacts(clean_text(criterion.group))
    return replace(criterion, text=mask_contacts(clean_text(criterion.text)), group=group)


class AnnotatePipeline:
    """Read the person specification of every vacancy and match its criteria."""

    def __init__(self, crawler: Crawler, matcher: Matcher) -> None:
        self.crawler = crawler
        self.matcher = matcher

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, Matcher(load_catalogue()))

    def process_item(self, item: Sighting | Vacancy) -> Sighting | AnnotatedVacancy:
        if isinstance(item, Sighting):
            return item
        annotated = annotate_vacancy(item, self.matcher)
        self._count(annotated)
        return annotated

    def _count(self, annotated: AnnotatedVacancy) -> None:
        assert self.crawler.stats is not None
        matches = [len(located.annotated.matches) for located in annotated.criteria]
        self.crawler.stats.inc_value("annotate/vacancies")
        self.crawler.stats.inc_value("annotate/without_criteria", int(not matches))
        self.crawler.stats.inc_value("annotate/criteria", len(matches))
        self.crawler.stats.inc_value("annotate/unmatched", matches.count(0))
        self.crawler.stats.inc_value("annotate/matches", sum(matches))
