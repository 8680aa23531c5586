"""The sentences of a digest."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from personspec.wording import counted
from pipelines.mail.headers import one_line
from pipelines.outputs.digest.compose import SECTIONS, Digest, Entry, Section
from pipelines.seekers.judge import Verdict
from pipelines.seekers.profile import Profile
from pipelines.seekers.types import OpenVacancy
from pipelines.seekers.wording import days_from_now, listed, long_date

LONGEST_QUOTE = 220
"""Characters of a criterion; longer ones are cut at a word."""

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")

UNSURE = "We are not sure that your last digest reached you, so what it held is in this one too."


def subject_of(digest: Digest) -> str:
    """Return a short subject that says what is in the digest, the best vacancy first."""
    counts = _counts(digest)
    words = {"new": "new", "changed": "changed", "closing": "closing soon"}
    said = [f"{counts[section]} {words[section]}" for section in SECTIONS if counts[section]]
    return one_line(f"{listed(said)}: {digest.entries[0].vacancy.title}")


def lead(digest: Digest) -> str:
    """Return the first sentence: how much is in the digest."""
    counts = _counts(digest)
    said = []
    if counts["new"]:
        said.append(counted(counts["new"], "new vacancy", "new vacancies"))
    if counts["changed"]:
        changed = counted(counts["changed"], "changed vacancy", "changed vacancies")
        said.append(f"{counts['changed']} changed" if said else changed)
    if counts["closing"]:
        noun = "" if said else ("vacancy " if counts["closing"] == 1 else "vacancies ")
        said.append(f"{counts['closing']} {noun}closing soon")
    return f"{listed(said)} for you"


def search_in_words(profile: Profile) -> str:
    """Return what a person looks for, in one sentence."""
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


@lru_cache(maxsize=50_000)
def web_address(url: str) -> str:
    """Return the address if it is one of the web, else nothing: no other may become a link."""
    clean = one_line(url)
    try:
        parts = urlsplit(clean)
    except ValueError:  # such as an address with half a bracket
        return ""
    return clean if parts.scheme in {"http", "https"} and parts.hostname else ""


@lru_cache(maxsize=50_000)
def quote(text: str) -> str:
    """Return an advert's words on one line, cut at a word if they are long."""
    words = one_line(text)
    if len(words) <= LONGEST_QUOTE:
        return words
    return words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def more(digest: Digest) -> str:
    """Return how many vacancies stand on the digest's page only; empty if none do."""
    if not digest.more:
        return ""
    more = counted(len(digest.more), "more vacancy", "more vacancies")
    return f"+{more} on a page of {'its' if len(digest.more) == 1 else 'their'} own"


def lasting_facts(vacancy: OpenVacancy, today: date) -> Iterable[str]:
    """Yield what is the same of a vacancy for every reader of a day, a line a fact."""
    band = f"Band {vacancy.band}" if vacancy.band else "No pay band given"
    yield f"{band} · {_pay(vacancy.salary)}" if vacancy.salary else band
    kinds = [vacancy.contract_type or "", *vacancy.working_patterns]
    if any(kinds):
        yield ", ".join(kind.replace("-", " ") for kind in kinds if kind).capitalize()
    yield closing(vacancy, today)


def _pay(printed: str) -> str:
    """Return the pay as printed; a board's code, such as ``CompetitiveSalary``, in words."""
    line = one_line(printed)
    return _HUMP.sub(" ", line).capitalize() if line.isalpha() else line


def facts(entry: Entry, profile: Profile, lasting: Iterable[str]) -> Iterable[str]:
    """Yield what a vacancy is to a reader, a line a fact; ``lasting`` as above."""
    vacancy = entry.vacancy
    yield one_line(vacancy.employer)
    if vacancy.place or vacancy.region:
        yield _place(entry, profile)
    yield from lasting
    if vacancy.driving and profile.driving_licence is None:
        yield "It asks for a driving licence."
    if entry.alike:
        references = listed([one_line(one.vacancy.reference) for one in entry.alike])
        yield f"The same post is also advertised as {references}."


def closing(vacancy: OpenVacancy, today: date) -> str:
    """Return when a vacancy closes."""
    days = vacancy.days_left(today)
    if days is None or vacancy.closing_date is None:
        words = "No closing date given"
    else:
        words = f"Closes {long_date(vacancy.closing_date)}, {days_from_now(days)}"
    return f"{words}. The advert says it may close early." if vacancy.may_close_early else words


def counts_in_words(verdicts: list[Verdict], name: str) -> str:
    """Return how many criteria of an importance are met, missed and unclear."""
    meets, misses = verdicts.count("meets"), verdicts.count("misses")
    unclear = len(verdicts) - meets - misses
    parts = [f"you meet {meets} of {len(verdicts)}"]
    if misses:
        parts.append(f"miss {misses}")
    if unclear:
        parts.append(f"we cannot tell for {unclear}")
    return f"{name}: {', '.join(parts)}."


def _counts(digest: Digest) -> dict[Section, int]:
    every = (*digest.entries, *digest.more)
    return {section: sum(e.section == section for e in every) for section in SECTIONS}


def _place(entry: Entry, profile: Profile) -> str:
    place = one_line(entry.vacancy.place) or str(entry.vacancy.region)
    if entry.miles is None:
        return place
    near = "less than a mile" if entry.miles < 1 else f"about {counted(round(entry.miles), 'mile')}"
    return f"{place}, {near} from {one_line(profile.place) or 'your place'}"
