"""An advert page of NHS Jobs, ``/candidate/jobadvert/<reference>``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from crawler.exceptions import AdvertGoneError, PageLayoutError
from crawler.items import Place, SpecificationSource, Vacancy
from crawler.pages.dates import long_date
from crawler.pages.nhs_jobs_feed import reference_in
from crawler.pages.nhs_jobs_specification import block_after, documents, person_specification
from crawler.pages.personal import remove_contacts
from crawler.pages.salary import parse_salary
from crawler.pages.text import clean_fragment, first_text, one_line, plain_text

_BAND = re.compile(r"\bband\s*(\d)\s*([a-d])?\b", re.IGNORECASE)
_GONE = re.compile(
    r"service domain information|page you.re looking for is no longer active", re.IGNORECASE
)
_SALARY = "#range_salary, #fixed_salary, #negotiable_salary, #salary"
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
        self._check(soup)
        prose = {name: _block(soup, name) for name in _PROSE}
        closing, posted = first_text(soup, "#closing_date"), first_text(soup, "#date_posted")
        band = first_text(soup, "#payscheme-band")
        url = self.url.partition("?")[0]
        reference = reference_in(url)
        printed = first_text(soup, "#job_reference_number, #trac-job-reference")
        return Vacancy(
            source="nhs_jobs",
            reference=reference,
            url=url,
            title=first_text(soup, "#heading"),
            employer=first_text(soup, "#employer_name"),
            fetched_at=self.fetched_at,
            board_reference="" if printed == reference else printed,
            closing_date=long_date(closing),
            closing_date_raw=closing,
            posted_date=long_date(posted),
            posted_date_raw=posted,
            pay_scheme=first_text(soup, "#payscheme-type"),
            band=_band(band),
            band_raw=band,
            salary=parse_salary(first_text(soup, _SALARY) or _after(soup, "h3", "Salary")),
            contract_type_raw=first_text(soup, "#contract_type"),
            contract_duration=first_text(soup, "#contract_duration"),
            working_patterns_raw=first_text(soup, "#working_pattern_heading + p"),
            places=tuple(_places(soup)),
            summary=plain_text(prose["job_overview"]),
            main_duties=plain_text(prose["job_description"]),
            about_employer=plain_text(prose["about_organisation"]),
            job_description=plain_text(prose["job_description_large"]),
            specification=tuple(self._sources(soup, prose)),
            dbs_check=True if soup.select_one("#dbs-container") else None,
            sponsorship=_sponsorship(soup),
            uk_registration=True if soup.select_one("#uk-registration") else None,
            is_open=soup.select_one("#apply-ats-direct, #apply") is not None,
            empty_blocks=tuple(n for n in _PROSE if soup.find(id=n) and not prose[n]),
        )

    def _check(self, soup: BeautifulSoup) -> None:
        if not first_text(soup, "#heading"):
            # Unknown addresses answer 200 with a notice: an advert that is gone. A page without
            # title *and* notice is a changed layout, or every advert would be "gone" after one.
            if _GONE.search(one_line(soup)):
                raise AdvertGoneError(self.url)
            raise PageLayoutError(self.url, "neither #heading nor the notice of a closed advert")
        if not reference_in(self.url.partition("?")[0]):
            raise PageLayoutError(self.url, "no reference in the address")
        if not first_text(soup, "#employer_name"):
            raise PageLayoutError(self.url, "no #employer_name")
        if not first_text(soup, "#closing_date, #date_posted"):
            raise PageLayoutError(self.url, "neither #closing_date nor #date_posted")
        if not soup.select_one(", ".join(f"#{name}" for name in _PROSE)):
            raise PageLayoutError(self.url, "none of the blocks that describe the post")

    def _sources(self, soup: BeautifulSoup, prose: dict[str, str]) -> Iterator[SpecificationSource]:
        if specification := person_specification(soup):
            yield specification
        for name, label in _PROSE.items():
            if prose[name] and name != "about_organisation":  # that one praises the employer
                yield SpecificationSource("html", prose[name], label)
        yield from documents(soup, self.url)


def _block(soup: BeautifulSoup, name: str) -> str:
    """Return the first copy of a prose block that holds text, as a clean fragment."""
    for start in soup.find_all(id=name):
        fragment = clean_fragment(block_after(start))
        if plain_text(fragment):
            return fragment
    return ""


def _after(soup: BeautifulSoup, name: str, heading: str) -> str:
    """Return the text of the paragraph after a heading that has no id."""
    for tag in soup.find_all(name, string=lambda text: bool(text) and text.strip() == heading):
        return one_line(tag.find_next_sibling("p"))
    return ""


def _band(text: str) -> str | None:
    found = _BAND.search(text)
    return f"{found[1]}{(found[2] or '').lower()}" if found else None


def _places(soup: BeautifulSoup) -> Iterator[Place]:
    """Yield the sites of the post; ids that end in a letter are the employer's seat, not a site."""
    number = 0
    while soup.select_one(", ".join(f"#{name}{_suffix(number)}" for name in _PLACE.values())):
        suffix = _suffix(number)
        lines = (first_text(soup, f"#employer_address_line_{n}{suffix}") for n in (1, 2, 3))
        fields = {field: first_text(soup, f"#{name}{suffix}") for field, name in _PLACE.items()}
        place = Place(address=", ".join(line for line in lines if line), **fields)
        if place != Place():
            yield place
        number += 1


def _suffix(number: int) -> str:
    return f"_{number}" if number else ""


def _sponsorship(soup: BeautifulSoup) -> bool | None:
    heading = soup.select_one("#tier-two-sponsorship")
    if not isinstance(heading, Tag):
        return None
    words = one_line(heading.find_next_sibling("p")).lower()
    if re.search(r"\b(?:not|unable|cannot)\b", words):
        return False
    return True if "welcome" in words else None
