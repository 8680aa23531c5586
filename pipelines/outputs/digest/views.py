"""A digest put into words, once for both its forms: plain text and HTML say the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from matcher.catalogue import Catalogue, Link
from matcher.types import AnnotatedCriterion, Importance
from pipelines.mail.headers import one_line
from pipelines.mail.links import Links
from pipelines.outputs.digest.compose import SECTIONS, Digest, Entry, Section
from pipelines.seekers.judge import Judgement, Verdict, importance_of, need_of
from pipelines.seekers.score import Reader
from pipelines.seekers.types import OpenVacancy
from pipelines.seekers.wording import counted, days_from_now, listed, long_date

HEADINGS: dict[Section, str] = {"new": "New", "changed": "Changed", "closing": "Closing soon"}

SHOWN: dict[Verdict, int] = {"misses": 6, "meets": 6, "cannot tell": 4}
"""Criteria of one vacancy that are quoted; the others are counted."""

LONGEST_QUOTE = 220
"""Characters of a criterion; longer ones are cut at a word."""

VERDICTS: dict[Verdict, str] = {
    "misses": "You miss",
    "meets": "You meet",
    "cannot tell": "We cannot tell",
}


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
    verdict: str
    """What the reader meets and misses, in numbers."""

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


@dataclass(frozen=True)
class DigestView:
    """A whole digest in words."""

    subject: str
    lead: str
    """First sentence: what is in it."""

    search: str
    """What the reader asked for, in a sentence."""

    notice: str
    """Anything that went wrong before; empty if nothing did."""

    sections: tuple[SectionView, ...]
    more: str
    """``+3 more``, in a sentence; empty if everything is shown."""

    more_url: str
    ways: tuple[WayView, ...]
    manage_url: str
    unsubscribe_url: str


@dataclass(frozen=True)
class Writer:
    """Puts digests into words, for all readers of one day."""

    catalogue: Catalogue
    today: date

    @cached_property
    def _requirements(self) -> dict[str, WayView]:
        return {
            one.id: WayView(one.label, one.statement, one.learn_more)
            for one in self.catalogue.requirements
            if one.learn_more
        }

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
            subject=subject_of(digest),
            lead=_lead(digest),
            search=search_in_words(reader),
            notice=UNSURE if unsure else "",
            sections=self._sections(digest, reader, links),
            more=_more(digest),
            more_url=links.more(period) if digest.more else "",
            ways=self._ways(digest, reader),
            manage_url=links.manage,
            unsubscribe_url=links.unsubscribe,
        )

    def _sections(self, digest: Digest, reader: Reader, links: Links) -> tuple[SectionView, ...]:
        sections = []
        for section in SECTIONS:
            entries = tuple(
                self.entry_view(entry, reader, links)
                for entry in digest.entries
                if entry.section == section
            )
            if entries:
                sections.append(SectionView(HEADINGS[section], entries))
        return tuple(sections)

    def entry_view(self, entry: Entry, reader: Reader, links: Links) -> EntryView:
        """Return one vacancy in words."""
        vacancy = entry.vacancy
        judged = _judged(vacancy, reader)
        return EntryView(
            title=one_line(vacancy.title),
            url=web_address(vacancy.url),
            facts=tuple(_facts(entry, reader, self.today)),
            changes=tuple(one_line(change) for change in entry.changes),
            verdict=_verdict(judged, entry.score),
            groups=tuple(_groups(judged)),
            feedback_url=links.feedback(vacancy.id),
        )

    def _ways(self, digest: Digest, reader: Reader) -> tuple[WayView, ...]:
        missed = dict.fromkeys(
            requirement
            for entry in digest.entries
            for _, _, judgement in _judged(entry.vacancy, reader)
            for requirement in judgement.missing
        )
        return tuple(self._requirements[one] for one in missed if one in self._requirements)


UNSURE = "We are not sure that your last digest reached you, so what it held is in this one too."

Judged = tuple[AnnotatedCriterion, Importance, Judgement]


def subject_of(digest: Digest) -> str:
    """Return a short subject that says what is in the digest, the best first."""
    every = (*digest.entries, *digest.more)
    counts = {section: sum(e.section == section for e in every) for section in SECTIONS}
    words = {"new": "new", "changed": "changed", "closing": "closing soon"}
    said = [f"{counts[section]} {words[section]}" for section in SECTIONS if counts[section]]
    first = digest.entries[0].vacancy
    return one_line(f"{listed(said)}: {first.title}, {first.employer}")


def search_in_words(reader: Reader) -> str:
    """Return what a reader looks for, in one sentence."""
    profile = reader.profile
    asked = []
    if profile.latitude is not None:
        where = one_line(profile.place) or "your place"
        asked.append(f"within {counted(profile.distance_miles, 'mile')} of {where}")
    if profile.regions:
        asked.append(f"in {listed(list(profile.regions), 'or')}")
    if profile.bands:
        asked.append(f"band {listed(list(profile.bands), 'or')}")
    asked += [
        listed([word.replace("-", " ") for word in words], "or")
        for words in (profile.working_patterns, profile.contract_types)
        if words
    ]
    if profile.title_words:
        quoted = [f"‘{one_line(word)}’" for word in profile.title_words]
        asked.append(f"with {listed(quoted, 'or')} in the title")
    if profile.apprenticeships == "only":
        asked.append("apprenticeships only")
    if profile.needs_sponsorship:
        asked.append("open to people who need sponsorship")
    return f"You asked for vacancies {', '.join(asked)}."


def web_address(url: str) -> str:
    """Return the address if it is one of the web, else nothing: no other may become a link."""
    clean = one_line(url)
    parts = urlsplit(clean)
    return clean if parts.scheme in {"http", "https"} and parts.hostname else ""


def quote(text: str) -> str:
    """Return an advert's words on one line, cut at a word if they are long."""
    words = one_line(text)
    if len(words) <= LONGEST_QUOTE:
        return words
    return words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _lead(digest: Digest) -> str:
    every = (*digest.entries, *digest.more)
    counts = {section: sum(e.section == section for e in every) for section in SECTIONS}
    said = [
        words
        for section, words in (
            ("new", counted(counts["new"], "new vacancy", "new vacancies")),
            ("changed", f"{counts['changed']} changed"),
            ("closing", f"{counts['closing']} closing soon"),
        )
        if counts[section]  # type: ignore[index]  # the three sections, spelt out
    ]
    return f"{listed(said)} for you.".capitalize()


def _more(digest: Digest) -> str:
    if not digest.more:
        return ""
    return f"+{counted(len(digest.more), 'more vacancy', 'more vacancies')} on this page:"


def _facts(entry: Entry, reader: Reader, today: date) -> Iterable[str]:
    vacancy = entry.vacancy
    yield one_line(vacancy.employer)
    if vacancy.place or vacancy.region:
        yield _place(entry, reader)
    band = f"Band {vacancy.band}" if vacancy.band else "No pay band given"
    yield f"{band} · {one_line(vacancy.salary)}" if vacancy.salary else band
    kinds = [vacancy.contract_type or "", *vacancy.working_patterns]
    if any(kinds):
        yield ", ".join(kind.replace("-", " ") for kind in kinds if kind).capitalize()
    yield _closing(vacancy, today)
    if vacancy.driving and reader.profile.driving_licence is None:
        yield "It asks for a driving licence."
    if entry.alike:
        references = listed([one_line(one.vacancy.reference) for one in entry.alike])
        yield f"The same post is also advertised as {references}."


def _place(entry: Entry, reader: Reader) -> str:
    vacancy = entry.vacancy
    place = one_line(vacancy.place) or str(vacancy.region)
    if entry.miles is None:
        return place
    near = "less than a mile" if entry.miles < 1 else f"about {counted(round(entry.miles), 'mile')}"
    return f"{place}, {near} from {one_line(reader.profile.place) or 'your place'}"


def _closing(vacancy: OpenVacancy, today: date) -> str:
    days = vacancy.days_left(today)
    if days is None or vacancy.closing_date is None:
        return "No closing date given"
    words = f"Closes {long_date(vacancy.closing_date)}, {days_from_now(days)}"
    return f"{words}. The advert says it may close early." if vacancy.may_close_early else words


def _judged(vacancy: OpenVacancy, reader: Reader) -> list[Judged]:
    return [
        (criterion, importance_of(criterion), reader.judge(need_of(criterion)))
        for criterion in vacancy.criteria
    ]


def _verdict(judged: list[Judged], score: float) -> str:
    if not judged:
        return "We found no person specification in the advert: read it for what it asks."
    counts = []
    for importance, name in (
        ("essential", "essential"),
        ("desirable", "desirable"),
        ("unknown", "unmarked"),
    ):
        verdicts = [one.verdict for _, found, one in judged if found == importance]
        if verdicts:
            counts.append(_counts(verdicts, name))
    return f"{' '.join(counts)} Fit {score:.0f} of 100."


def _counts(verdicts: list[Verdict], name: str) -> str:
    meets, misses = verdicts.count("meets"), verdicts.count("misses")
    unclear = len(verdicts) - meets - misses
    noun = counted(len(verdicts), f"{name} criterion", f"{name} criteria")
    return f"{noun}: you meet {meets}, miss {misses}, and we cannot tell for {unclear}."


def _groups(judged: list[Judged]) -> Iterable[GroupView]:
    rank = {"essential": 0, "unknown": 1, "desirable": 2}
    for verdict, heading in VERDICTS.items():
        found = [one for one in judged if one[2].verdict == verdict]
        found.sort(key=lambda one: rank[one[1]])
        if not found:
            continue
        shown = SHOWN[verdict]
        rest = len(found) - shown
        yield GroupView(
            heading,
            tuple(_criterion(*one) for one in found[:shown]),
            f"and {rest} more in the advert" if rest > 0 else "",
        )


def _criterion(
    criterion: AnnotatedCriterion, importance: Importance, judgement: Judgement
) -> CriterionView:
    parts = ["" if importance == "unknown" else importance, judgement.reason]
    return CriterionView(quote(criterion.criterion.text), ": ".join(part for part in parts if part))
