"""The list and an advert of Find an apprenticeship."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from crawler.items import Place, Salary, SalaryPeriod, Sighting, SpecificationSource, Vacancy
from crawler.pages.dates import iso_date, london_time
from crawler.pages.find_an_apprenticeship_answers import Address, Answer, Entry, read_answer
from crawler.pages.listing import Listing
from crawler.pages.nhs_jobs_feed import reference_in
from crawler.pages.text import fragment_of, plain_text

SOURCE = "find_an_apprenticeship"
CONTRACT = "Apprenticeship"
"""The contract type of every advert here; NHS Jobs uses the same word."""

_PERIODS: dict[str | None, SalaryPeriod | None] = {
    "Annually": "year",
    "Monthly": "month",
    "Weekly": "week",
    "Hourly": "hour",
    "NotApplicable": None,
    None: None,
}


@dataclass(frozen=True)
class FindAnApprenticeshipListPage:
    """One page of ``/vacancy``."""

    url: str
    body: bytes

    def to_listing(self) -> Listing:
        """Return what the page lists; raise PageLayoutError if it is not the answer we know."""
        answer = read_answer(Answer, self.url, self.body)
        sightings = tuple(_sighting(entry) for entry in answer.vacancies)
        return Listing(sightings, answer.total_filtered, answer.total_pages)


@dataclass(frozen=True)
class FindAnApprenticeshipAdvertPage:
    """One advert, ``/vacancy/<reference>``."""

    url: str
    body: bytes
    fetched_at: datetime
    """UTC."""

    def to_item(self) -> Vacancy:
        """Return the advert as given; raise PageLayoutError if it is not the answer we know."""
        entry = read_answer(Entry, self.url, self.body)
        return Vacancy(
            source=SOURCE,
            reference=_reference(entry),
            url=_address(entry),
            title=entry.title,
            employer=entry.employer_name,
            fetched_at=self.fetched_at,
            board_reference=reference_in(entry.application_url or ""),  # the same post on NHS Jobs
            closing_date=iso_date(entry.closing_date),
            closing_date_raw=entry.closing_date,
            posted_date=iso_date(entry.posted_date),
            posted_date_raw=entry.posted_date,
            pay_scheme=entry.wage.wage_type if entry.wage else "",
            salary=_salary(entry),
            contract_type_raw=CONTRACT,
            contract_duration=entry.expected_duration,
            working_patterns_raw=entry.wage.working_week_description if entry.wage else "",
            staff_group=_course(entry),
            places=tuple(_place(address) for address in entry.addresses),
            summary=plain_text(fragment_of(entry.description)),
            main_duties=plain_text(fragment_of(entry.full_description)),
            about_employer=plain_text(fragment_of(entry.employer_description)),
            job_description=plain_text(fragment_of(entry.training_description)),
            specification=tuple(_sources(entry)),
        )


def _sighting(entry: Entry) -> Sighting:
    return Sighting(
        source=SOURCE,
        reference=_reference(entry),
        url=_address(entry),
        title=entry.title,
        employer=entry.employer_name,
        summary=plain_text(fragment_of(entry.description)),
        contract_type_raw=CONTRACT,
        salary=_salary(entry),
        closing_date=iso_date(entry.closing_date),
        posted_at=london_time(entry.posted_date),
        places=tuple(_place(address) for address in entry.addresses),
        staff_group=_course(entry),
    )


def _reference(entry: Entry) -> str:
    return f"VAC{entry.vacancy_reference.removeprefix('VAC')}"


def _address(entry: Entry) -> str:
    return entry.vacancy_url.partition("?")[0]


def _course(entry: Entry) -> str:
    """Return the course an apprentice takes: what groups the adverts here."""
    if not entry.course:
        return ""
    level = f" (level {entry.course.level})" if entry.course.level else ""
    return f"{entry.course.title}{level}"


def _salary(entry: Entry) -> Salary | None:
    wage = entry.wage
    if wage is None:
        return None
    figure = f"£{wage.wage_amount:,.2f} {wage.wage_unit or ''}" if wage.wage_amount else ""
    raw = ", ".join(part for part in (figure.strip(), wage.wage_additional_information) if part)
    amount = wage.wage_amount or None
    period = _PERIODS[wage.wage_unit] if amount else None
    return Salary(raw or wage.wage_type, amount, amount, period)


def _place(address: Address) -> Place:
    """Return a place: the last line is the town, what stands above it the address."""
    lines = [address.address_line1, address.address_line2, address.address_line3]
    lines = [line for line in (*lines, address.address_line4) if line]
    town = lines.pop() if lines else ""
    return Place(town=town, postcode=address.postcode, address=", ".join(lines))


def _sources(entry: Entry) -> Iterator[SpecificationSource]:
    content = "".join((*_qualifications(entry), *_list("Skills", entry.skills)))
    if content:
        yield SpecificationSource("html", content, "person specification", True)  # noqa: FBT003
    for text, label in (
        (entry.full_description, "main duties"),
        (entry.things_to_consider, "things to consider"),
    ):
        if fragment := fragment_of(text):
            yield SpecificationSource("html", fragment, label)


def _qualifications(entry: Entry) -> Iterator[str]:
    """Yield the structured qualifications in the shape of a person specification."""
    if entry.qualifications:
        yield "<h3>Qualifications</h3>"
    for weighting, heading in (("Essential", "Essential"), ("Desired", "Desirable")):
        wanted = [q for q in entry.qualifications if q.weighting == weighting]
        words = [" ".join(filter(None, (q.qualification_type, q.subject))) for q in wanted]
        grades = [f" (grade {q.grade})" if q.grade else "" for q in wanted]
        lines = [word + grade for word, grade in zip(words, grades, strict=True)]
        yield from _list(heading, lines, level=4)


def _list(heading: str, lines: tuple[str, ...] | list[str], level: int = 3) -> Iterator[str]:
    if lines:
        items = "".join(f"<li>{escape(line, quote=False)}</li>" for line in lines)
        yield f"<h{level}>{heading}</h{level}><ul>{items}</ul>"
