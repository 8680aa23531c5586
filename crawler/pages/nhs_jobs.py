"""An advert page of NHS Jobs, ``/candidate/jobadvert/<reference>``."""

import re

from bs4 import BeautifulSoup

from crawler.exceptions import AdvertGoneError, PageLayoutError
from crawler.items import SpecificationSource, Vacancy
from crawler.pages.band import parse_band
from crawler.pages.dates import long_date
from crawler.pages.documents import linked_documents
from crawler.pages.nhs_jobs_address import reference_in
from crawler.pages.nhs_jobs_parts import paragraph_after, places, prose_block, salary_text
from crawler.pages.nhs_jobs_specification import person_specification
from crawler.pages.page import AdvertPage
from crawler.pages.personal import remove_contacts
from crawler.pages.salary import parse_salary
from crawler.pages.text import TagsById, one_line, plain_text, tags_by_id, text_of

_GONE = re.compile(
    r"service domain information|page you.re looking for is no longer active", re.IGNORECASE
)
_REFUSAL = re.compile(r"\b(?:not|unable|cannot)\b", re.IGNORECASE)
_PROSE = {  # id → label of the source; in the order in which criteria are likely
    "job_description_large": "job responsibilities",
    "job_description": "main duties",
    "job_overview": "job summary",
    "about_organisation": "about us",
}


class NhsJobsAdvertPage(AdvertPage):
    """One advert."""

    def to_item(self) -> Vacancy:
        soup = BeautifulSoup(self.text, "lxml")
        remove_contacts(soup)
        tags = tags_by_id(soup)
        self._check(soup, tags)
        prose = {name: prose_block(tags, name) for name in _PROSE}
        closing, posted = text_of(tags, "closing_date"), text_of(tags, "date_posted")
        band = text_of(tags, "payscheme-band")
        url = self.url.partition("?")[0]
        reference = reference_in(url)
        printed = text_of(tags, "job_reference_number", "trac-job-reference")
        return Vacancy(
            source="nhs_jobs",
            reference=reference,
            url=url,
            title=text_of(tags, "heading"),
            employer=text_of(tags, "employer_name"),
            fetched_at=self.fetched_at,
            board_reference="" if printed == reference else printed,
            closing_date=long_date(closing),
            closing_date_raw=closing,
            posted_date=long_date(posted),
            posted_date_raw=posted,
            pay_scheme=text_of(tags, "payscheme-type"),
            band=parse_band(band)[0],
            band_raw=band,
            salary=parse_salary(salary_text(soup, tags)),
            contract_type_raw=text_of(tags, "contract_type"),
            contract_duration=text_of(tags, "contract_duration"),
            working_patterns_raw=paragraph_after(tags, "working_pattern_heading"),
            places=tuple(places(tags)),
            summary=plain_text(prose["job_overview"]),
            main_duties=plain_text(prose["job_description"]),
            about_employer=plain_text(prose["about_organisation"]),
            job_description=plain_text(prose["job_description_large"]),
            specification=(
                *person_specification(soup),
                *_prose_sources(prose),
                *linked_documents(soup, self.url),
            ),
            dbs_check=True if "dbs-container" in tags else None,
            sponsorship=_sponsorship(tags),
            uk_registration=True if "uk-registration" in tags else None,
            is_open=not tags.keys().isdisjoint({"apply-ats-direct", "apply"}),
            empty_blocks=tuple(n for n in _PROSE if n in tags and not prose[n]),
        )

    def _check(self, soup: BeautifulSoup, tags: TagsById) -> None:
        if not text_of(tags, "heading"):
            # Unknown addresses answer 200 with a notice: an advert that is gone. A page without
            # title *and* notice is a changed layout, or every advert would be "gone" after one.
            if _GONE.search(one_line(soup)):
                raise AdvertGoneError(self.url)
            raise PageLayoutError(self.url, "neither #heading nor the notice of a closed advert")
        if not reference_in(self.url.partition("?")[0]):
            raise PageLayoutError(self.url, "no reference in the address")
        if not text_of(tags, "employer_name"):
            raise PageLayoutError(self.url, "no #employer_name")
        if not text_of(tags, "closing_date", "date_posted"):
            raise PageLayoutError(self.url, "neither #closing_date nor #date_posted")
        if tags.keys().isdisjoint(_PROSE):
            raise PageLayoutError(self.url, "none of the blocks that describe the post")


def _prose_sources(prose: dict[str, str]) -> tuple[SpecificationSource, ...]:
    """Return the blocks that may hold criteria; the last one praises the employer."""
    return tuple(
        SpecificationSource("html", prose[name], label)
        for name, label in _PROSE.items()
        if prose[name] and name != "about_organisation"
    )


def _sponsorship(tags: TagsById) -> bool | None:
    words = paragraph_after(tags, "tier-two-sponsorship")
    if _REFUSAL.search(words):
        return False
    return True if "welcome" in words.lower() else None
