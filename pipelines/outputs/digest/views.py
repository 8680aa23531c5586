"""A digest put into words, once for both its forms: plain text and HTML say the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from matcher.catalogue import Catalogue, Link
from matcher.types import Importance
from pipelines.mail.headers import one_line
from pipelines.mail.links import Links
from pipelines.outputs.digest import sentences
from pipelines.outputs.digest.compose import SECTIONS, Digest, Entry, Section
from pipelines.seekers.judge import NOT_DOCUMENTED, Asking, Judgement
from pipelines.seekers.score import Judged, Reader
from pipelines.seekers.types import OpenVacancy
from pipelines.seekers.wording import listed

HEADINGS: dict[Section, str] = {"new": "New", "changed": "Changed", "closing": "Closing soon"}

GROUPS = {
    "meets": ("You meet", 6),
    "misses": ("You miss", 6),
    "cannot tell": ("We cannot tell", 4),
    "not documented": ("We cannot tell, as the documented requirements do not cover it", 4),
}
"""Heading of each group of criteria and how many of it are quoted; the others are counted."""

IMPORTANCES: dict[Importance, str] = {
    "essential": "Essential",
    "unknown": "Not marked as essential or desirable",
    "desirable": "Desirable",
}

_ORDER = {importance: number for number, importance in enumerate(IMPORTANCES)}


@dataclass(frozen=True, slots=True)
class CriterionView:
    """One criterion in the advert's words, and why it is where it is."""

    quote: str
    note: str
    """``essential``, ``desirable`` or neither, and the reason."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """The criteria of one verdict."""

    heading: str
    criteria: tuple[CriterionView, ...]
    left_out: str
    """``and 3 more in the advert``; empty if all are here."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One vacancy in words."""

    title: str
    url: str
    """Empty if the advert's address is not one of the web."""

    facts: tuple[str, ...]
    changes: tuple[str, ...]
    verdict: tuple[str, ...]
    """What the reader meets and misses, in numbers; a line an importance."""

    groups: tuple[GroupView, ...]
    feedback_url: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """The vacancies of one section."""

    heading: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class WayView:
    """A documented requirement that the reader misses, and the way to it."""

    label: str
    statement: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DigestView:
    """A whole digest in words."""

    subject: str
    lead: str
    """How much is in it."""

    search: str
    """What the reader asked for, in a sentence."""

    notice: str
    """Anything that went wrong before; empty if nothing did."""

    sections: tuple[SectionView, ...]
    more: str
    """``+3 more vacancies …``; empty if everything is shown."""

    more_url: str
    ways: tuple[WayView, ...]
    manage_url: str
    unsubscribe_url: str


@dataclass(frozen=True)
class Writer:
    """Puts digests into words, for all readers of one day."""

    catalogue: Catalogue
    today: date
    _notes: dict[tuple[Importance, Judgement], str] = field(default_factory=dict)
    """Notes made so far: there are few different ones."""

    _lasting: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """What a vacancy is to every reader, by its id."""

    @cached_property
    def _ways_by_id(self) -> dict[str, WayView]:
        return {
            one.id: WayView(one.label, one.statement, one.learn_more)
            for one in self.catalogue.requirements
            if one.learn_more
        }

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {one.id: one.label for one in self.catalogue.requirements}

    def digest_view(
        self, digest: Digest, reader: Reader, links: Links, *, period: str, unsure: bool = False
    ) -> DigestView:
        """Return a digest in words.

        Args:
            digest: What was chosen.
            reader: For whom.
            links: Their links.
            period: Key of the digest's period.
            unsure: The digest before may not have reached them, so this one says its news again.
        """
        return DigestView(
            subject=sentences.subject_of(digest),
            lead=sentences.lead(digest),
            search=sentences.search_in_words(reader.profile),
            notice=sentences.UNSURE if unsure else "",
            sections=self._sections(digest, reader, links),
            more=sentences.more(digest),
            more_url=links.more(period) if digest.more else "",
            ways=self._ways(digest, reader),
            manage_url=links.manage,
            unsubscribe_url=links.unsubscribe,
        )

    def entry_view(self, entry: Entry, reader: Reader, links: Links) -> EntryView:
        """Return one vacancy in words."""
        judged = reader.judged(entry.vacancy)
        return EntryView(
            title=one_line(entry.vacancy.title),
            url=sentences.web_address(entry.vacancy.url),
            facts=tuple(sentences.facts(entry, reader.profile, self._facts(entry.vacancy))),
            changes=tuple(one_line(change) for change in entry.changes),
            verdict=tuple(_verdict(judged, entry.score)),
            groups=tuple(self._groups(judged)),
            feedback_url=links.feedback(entry.vacancy.id),
        )

    def _facts(self, vacancy: OpenVacancy) -> tuple[str, ...]:
        known = self._lasting.get(vacancy.id)
        if known is None:
            known = tuple(sentences.lasting_facts(vacancy, self.today))
            self._lasting[vacancy.id] = known
        return known

    def _sections(self, digest: Digest, reader: Reader, links: Links) -> tuple[SectionView, ...]:
        views = {
            section: tuple(
                self.entry_view(entry, reader, links)
                for entry in digest.entries
                if entry.section == section
            )
            for section in SECTIONS
        }
        return tuple(
            SectionView(HEADINGS[name], entries) for name, entries in views.items() if entries
        )

    def _ways(self, digest: Digest, reader: Reader) -> tuple[WayView, ...]:
        missed = dict.fromkeys(
            requirement
            for entry in digest.entries
            for _, judgement in reader.judged(entry.vacancy)
            for requirement in judgement.missing
        )
        return tuple(self._ways_by_id[one] for one in missed if one in self._ways_by_id)

    def _groups(self, judged: list[Judged]) -> Iterable[GroupView]:
        groups: dict[str, list[Judged]] = defaultdict(list)
        for one in sorted(judged, key=_by_importance):
            groups[_group_of(one[1])].append(one)
        for name, (heading, most) in GROUPS.items():
            found = groups.get(name, [])
            if not found:
                continue
            rest = len(found) - most
            yield GroupView(
                heading,
                tuple(self._criterion(*one) for one in found[:most]),
                f"and {rest} more in the advert" if rest > 0 else "",
            )

    def _criterion(self, criterion: Asking, judgement: Judgement) -> CriterionView:
        note = self._note(criterion.importance, judgement)
        return CriterionView(sentences.quote(criterion.text), note)

    def _note(self, importance: Importance, judgement: Judgement) -> str:
        known = self._notes.get((importance, judgement))
        if known is not None:
            return known
        missing, met = (
            listed([f"‘{self._labels.get(one, one)}’" for one in ids])
            for ids in (judgement.missing, judgement.met)
        )
        parts = [
            "" if importance == "unknown" else importance,
            judgement.reason.format(missing=missing, met=met),
        ]
        note = self._notes[importance, judgement] = "; ".join(part for part in parts if part)
        return note


def _by_importance(judged: Judged) -> int:
    return _ORDER[judged[0].importance]


def _group_of(judgement: Judgement) -> str:
    return "not documented" if judgement is NOT_DOCUMENTED else judgement.verdict


def _verdict(judged: list[Judged], score: float) -> Iterable[str]:
    if not judged:
        yield "We found no person specification in the advert: read it for what it asks."
        return
    for importance, name in IMPORTANCES.items():
        verdicts = [one.verdict for asking, one in judged if asking.importance == importance]
        if verdicts:
            yield sentences.counts_in_words(verdicts, name)
    yield f"Fit: {score:.0f} of 100."
