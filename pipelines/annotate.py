"""The person specification of a vacancy read, and every criterion matched."""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from crawler.items import Sighting, SpecificationSource, Vacancy
from matcher.catalogue import load_catalogue
from matcher.match import MATCHER_VERSION, Matcher
from matcher.specification import READER_VERSION, read_html, read_text
from matcher.types import Criterion, Specification
from pipelines.cleaning import clean_text
from pipelines.documents import (
    Documents,
    ReadVacancy,
    is_fetched,
    read_documents,
    without_repeats,
)
from pipelines.facts import FACTS_VERSION, make_facts
from pipelines.masking import mask_contacts
from pipelines.types import AnnotatedVacancy, LocatedCriterion, Versions

NO_SPECIFICATION = "The advert holds no person specification."


def annotate_vacancy(
    vacancy: Vacancy, matcher: Matcher, documents: Documents | None = None
) -> AnnotatedVacancy:
    """Return the vacancy with its criteria, what they ask for, and its facts.

    What the board marks as the person specification is read; the other parts of the advert only
    if that holds no criteria, and their prose only if no document holds any either. Attached
    documents add what the page does not say.
    """
    criteria, reason = _read_criteria(vacancy.specification, documents or {}, matcher)
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
    if source.problem:
        return Specification((), f"The document '{source.label}' was not read: {source.problem}")
    if not source.content.strip():
        what = "it is a document that was not fetched" if source.kind == "document" else "empty"
        return Specification((), f"The {source.label} could not be read: {what}.")
    if source.kind == "html":
        return read_html(source.content)
    return read_text(source.content)


Read = tuple[SpecificationSource, Specification]
"""A part of an advert and what was read of it."""


def _read_criteria(
    sources: Iterable[SpecificationSource], documents: Documents, matcher: Matcher
) -> tuple[tuple[LocatedCriterion, ...], str | None]:
    # Stable: within each half the order in which the board wants them read stays.
    ordered = sorted(sources, key=lambda source: not source.is_specification)
    attached = [
        (source, documents.get(source.url or "") or read_source(source))
        for source in ordered
        if source.kind == "document"
    ]
    pages = [source for source in ordered if source.kind != "document"]
    own, reason = _read_page(pages, has_attached=any(read.criteria for _, read in attached))
    found = [
        LocatedCriterion(matcher.annotate(mask_criterion(criterion)), source.label, source.url)
        for source, criteria in _merge(own, attached)
        for criterion in criteria
    ]
    if found:
        return tuple(found), None
    of_documents = [read.reason for source, read in attached if source.sha256]
    other = [read.reason for _, read in attached]
    return (), next(filter(None, [*of_documents, reason, *other, NO_SPECIFICATION]))


def _read_page(
    sources: Iterable[SpecificationSource], *, has_attached: bool
) -> tuple[list[Read], str | None]:
    """Return what the page itself holds: its marked parts or, if they hold nothing, the others.

    Their prose only stands in for a list: with a document that holds one, it would say again in
    other words what stands there.
    """
    reason: str | None = None
    for marked in (True, False):
        reads = [(one, read_source(one)) for one in sources if one.is_specification is marked]
        reason = reason or next((read.reason for _, read in reads if read.reason), None)
        if has_attached and not marked:
            reads = [(source, _without_prose(read)) for source, read in reads]
        if any(read.criteria for _, read in reads):
            return reads, None
    return [], reason


def _without_prose(read: Specification) -> Specification:
    return replace(read, criteria=tuple(one for one in read.criteria if one.form != "prose"))


def _merge(
    own: Iterable[Read], attached: Iterable[Read]
) -> Iterator[tuple[SpecificationSource, Iterable[Criterion]]]:
    """Yield the page's criteria, then those of each document that were not there before."""
    known: list[str] = []
    for source, read in own:
        known += [criterion.text for criterion in read.criteria]
        yield source, read.criteria
    for source, read in attached:
        new = without_repeats(read.criteria, known)
        known += [criterion.text for criterion in new]
        yield source, new


def mask_criterion(criterion: Criterion) -> Criterion:
    """Return the criterion without mail addresses and telephone numbers.

    Its source is masked already, but tags may have stood inside an address or a number there.
    """
    group = None if criterion.group is None else mask_contacts(clean_text(criterion.group))
    return replace(criterion, text=mask_contacts(clean_text(criterion.text)), group=group)


class AnnotatePipeline:
    """Read the person specification of every vacancy, with its documents, and match its criteria.

    Documents are read in a thread, which waits for the reader's process, so that the crawl goes
    on meanwhile.
    """

    def __init__(self, crawler: Crawler, matcher: Matcher) -> None:
        self.crawler = crawler
        self.matcher = matcher

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler, Matcher(load_catalogue()))

    async def process_item(self, item: Sighting | Vacancy) -> Sighting | AnnotatedVacancy:
        if isinstance(item, Sighting):
            return item
        has_documents = any(map(is_fetched, item.specification))
        read = await asyncio.to_thread(read_documents, item) if has_documents else ReadVacancy(item)
        annotated = annotate_vacancy(read.vacancy, self.matcher, read.documents)
        annotated = replace(annotated, refusals=read.refusals)
        self._count(annotated)
        if has_documents:
            assert self.crawler.stats is not None
            self.crawler.stats.inc_value("documents/read", len(read.documents))
            self.crawler.stats.inc_value("documents/refused", len(read.refusals))
        return annotated

    def _count(self, annotated: AnnotatedVacancy) -> None:
        assert self.crawler.stats is not None
        matches = [len(located.annotated.matches) for located in annotated.criteria]
        self.crawler.stats.inc_value("annotate/vacancies")
        self.crawler.stats.inc_value("annotate/without_criteria", int(not matches))
        self.crawler.stats.inc_value("annotate/criteria", len(matches))
        self.crawler.stats.inc_value("annotate/unmatched", matches.count(0))
        self.crawler.stats.inc_value("annotate/matches", sum(matches))
