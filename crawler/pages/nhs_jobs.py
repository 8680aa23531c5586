"""An advert page of NHS Jobs, ``/candidate/jobadvert/<reference>``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from bs4 import BeautifulSoup

from crawler.exceptions import AdvertGoneError, PageLayoutError
from crawler.items import Place, SpecificationSource, Vacancy
from crawler.pages.dates import long_date
from crawler.pages.nhs_jobs_feed import reference_in
from crawler.pages.nhs_jobs_specification import block_after, documents, person_specification
from crawler.pages.personal import remove_contacts
from crawler.pages.salary import parse_salary
from crawler.pages.text import (
    TagsById,
    clean_fragment,
    one_line,
    plain_text,
    tags_by_id,
    text_of,
)

_BAND = re.compile(r"\bband\s*(\d)\s*([a-d])?\b", re.IGNORECASE)
_GONE = re.compile(
    r"service domain information|page you.re looking for is no longer active", re.IGNORECASE
)
_SALARY = ("range_salary", "fixed_salary", "negotiable_salary", "salary")
_PROSE = {  # id → label of the source; in the order in which criteria are likely
    "job_description_large": "job responsibilities",
    "job_description": "main duties",
    "job_overview": "job summary",
    "about_organisation": "about us",
}
_PLACE = {  # field → ids; further sites have the same ids with _1, _2 … at the end
    "town": "employer_town",
    "postcode": "employer_postcode",
    "county": "employer_county",
    "country": "employer_country",
}


@dataclass(frozen=True)
class NhsJobsAdvertPage:
    """One advert, without the person to ask about it."""

    url: str
    html: str
    fetched_at: datetime
    """UTC."""

    def to_item(self) -> Vacancy:
        """Return the advert as printed.

        Raises:
            AdvertGoneError: The board says that the advert is no longer there.
            PageLayoutError: It is not the page we know.
        """
        soup = BeautifulSoup(self.html, "lxml")
        remove_contacts(soup)
        tags = tags_by_id(soup)
        self._check(soup, tags)
        prose = {name: _block(tags, name) for name in _PROSE}
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
            band=_band(band),
            band_raw=band,
            salary=parse_salary(text_of(tags, *_SALARY) or _after_salary_heading(soup)),
            contract_type_raw=text_of(tags, "contract_type"),
            contract_duration=text_of(tags, "contract_duration"),
            working_patterns_raw=_paragraph_after(tags, "working_pattern_heading"),
            places=tuple(_places(tags)),
            summary=plain_text(prose["job_overview"]),
            main_duties=plain_text(prose["job_description"]),
            about_employer=plain_text(prose["about_organisation"]),
            job_description=plain_text(prose["job_description_large"]),
            specification=tuple(self._sources(soup, prose)),
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

    def _sources(self, soup: BeautifulSoup, prose: dict[str, str]) -> Iterator[SpecificationSource]:
        if specification := person_specification(soup):
            yield specification
        for name, label in _PROSE.items():
            if prose[name] and name != "about_organisation":  # that one praises the employer
                yield SpecificationSource("html", prose[name], label)
        yield from documents(soup, self.url)


def _block(tags: TagsById, name: str) -> str:
    """Return the first copy of a prose block that holds text, as a clean fragment."""
    fragments = (clean_fragment(block_after(start)) for start in tags.get(name, ()))
    return next((fragment for fragment in fragments if plain_text(fragment)), "")


def _paragraph_after(tags: TagsById, name: str) -> str:
    headings = tags.get(name)
    return one_line(headings[0].find_next_sibling("p")) if headings else ""


def _after_salary_heading(soup: BeautifulSoup) -> str:
    """Return the pay of a page that gives it no id."""
    headings = (tag for tag in soup.find_all("h3") if one_line(tag) == "Salary")
    return next((one_line(tag.find_next_sibling("p")) for tag in headings), "")


def _band(text: str) -> str | None:
    found = _BAND.search(text)
    return f"{found[1]}{(found[2] or '').lower()}" if found else None


def _places(tags: TagsById) -> Iterator[Place]:
    """Yield the sites of the post; ids that end in a letter are the employer's seat, not a site."""
    for number in count():
        suffix = f"_{number}" if number else ""
        if tags.keys().isdisjoint(f"{name}{suffix}" for name in _PLACE.values()):
            return
        lines = (text_of(tags, f"employer_address_line_{n}{suffix}") for n in (1, 2, 3))
        fields = {field: text_of(tags, f"{name}{suffix}") for field, name in _PLACE.items()}
        place = Place(address=", ".join(line for line in lines if line), **fields)
        if place != Place():
            yield place


def _sponsorship(tags: TagsById) -> bool | None:
    words = _paragraph_after(tags, "tier-two-sponsorship").lower()
    if re.search(r"\b(?:not|unable|cannot)\b", words):
        return False
    return True if "welcome" in words else None
