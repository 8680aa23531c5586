"""The list and an advert of Find an apprenticeship."""

from crawler.items import Sighting, SpecificationSource, Vacancy
from crawler.pages.dates import iso_date, london_time
from crawler.pages.find_an_apprenticeship_answers import Answer, Entry
from crawler.pages.json_answer import read_answer
from crawler.pages.listing import Listing
from crawler.pages.nhs_jobs_address import reference_in
from crawler.pages.page import AdvertPage, ListPage
from crawler.pages.specification import group_fragment, lines_of, marked_specification
from crawler.pages.text import plain_text

SOURCE = "find_an_apprenticeship"
CONTRACT = "Apprenticeship"
"""The contract type of every advert here; NHS Jobs uses the same word."""


class FindAnApprenticeshipListPage(ListPage):
    """One page of ``/vacancy``."""

    def to_listing(self) -> Listing:
        answer = read_answer(Answer, self.url, self.text)
        sightings = tuple(_sighting(entry) for entry in answer.vacancies)
        return Listing(sightings, answer.total_filtered, answer.total_pages)


class FindAnApprenticeshipAdvertPage(AdvertPage):
    """One advert, ``/vacancy/<reference>``."""

    def to_item(self) -> Vacancy:
        entry = read_answer(Entry, self.url, self.text)
        return Vacancy(
            source=SOURCE,
            reference=entry.vacancy_reference,
            url=entry.vacancy_url,
            title=entry.title,
            employer=entry.employer_name,
            fetched_at=self.fetched_at,
            board_reference=reference_in(entry.application_url),  # the same post on NHS Jobs
            closing_date=iso_date(entry.closing_date),
            closing_date_raw=entry.closing_date,
            posted_date=iso_date(entry.posted_date),
            posted_date_raw=entry.posted_date,
            pay_scheme=entry.wage.wage_type,
            salary=entry.wage.to_salary(),
            contract_type_raw=CONTRACT,
            contract_duration=entry.expected_duration,
            working_patterns_raw=entry.wage.working_week_description,
            staff_group=entry.course.label,
            places=entry.places,
            summary=plain_text(entry.description),
            main_duties=plain_text(entry.full_description),
            about_employer=plain_text(entry.employer_description),
            job_description=plain_text(entry.training_description),
            specification=_sources(entry),
        )


def _sighting(entry: Entry) -> Sighting:
    return Sighting(
        source=SOURCE,
        reference=entry.vacancy_reference,
        url=entry.vacancy_url,
        title=entry.title,
        employer=entry.employer_name,
        summary=plain_text(entry.description),
        contract_type_raw=CONTRACT,
        salary=entry.wage.to_salary(),
        closing_date=iso_date(entry.closing_date),
        posted_at=london_time(entry.posted_date),
        places=entry.places,
        staff_group=entry.course.label,
    )


def _sources(entry: Entry) -> tuple[SpecificationSource, ...]:
    qualifications = group_fragment(
        "Qualifications", lines_of(entry.wanted("Essential")), lines_of(entry.wanted("Desired"))
    )
    skills = group_fragment("Skills", unmarked=lines_of(entry.skills))
    prose = {"main duties": entry.full_description, "things to consider": entry.things_to_consider}
    return (
        *marked_specification(qualifications + skills),
        *(SpecificationSource("html", text, label) for label, text in prose.items() if text),
    )
