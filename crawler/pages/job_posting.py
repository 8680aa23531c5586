"""A JobPosting of schema.org, as boards publish it and as archives of it are handed on."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from crawler.items import Place, SpecificationSource, Vacancy
from crawler.pages.band import parse_band
from crawler.pages.dates import iso_date, long_date
from crawler.pages.job_posting_pay import posted_salary
from crawler.pages.json_values import clean_html, one_value, strings, text_of_clean
from crawler.pages.personal import REMOVED
from crawler.pages.place import parse_place

SOURCE = "import"
"""Source of a posting without address; of any other it is followed by the host."""

LONGEST_REFERENCE = 200

_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_PROSE = {
    "description": "description",
    "responsibilities": "responsibilities",
    "qualifications": "qualifications",
    "skills": "skills",
    "educationRequirements": "education requirements",
    "experienceRequirements": "experience requirements",
}
"""Property → label of the source, in the order in which they are read."""

_PATTERNS = {"full_time": "Full-time", "part_time": "Part-time"}
_CONTRACTS = {"temporary": "Temporary", "volunteer": "Voluntary", "intern": "Internship"}


@dataclass(frozen=True)
class JobPostingPage:
    """One posting. Whom to ask, which some give, is never read."""

    posting: dict[str, Any]
    fetched_at: datetime
    """UTC."""

    page_url: str = ""
    """Address of the page that held it; empty if it is not known."""

    def to_item(self) -> Vacancy:
        """Return the advert as printed. It may lack anything: validation says what is missing."""
        url = self._url()
        prose = {name: fragment for name in _PROSE if (fragment := self._fragment(name))}
        closing, posted = one_value(self._get("validThrough")), one_value(self._get("datePosted"))
        patterns, contracts = _employment(self._get("employmentType"))
        salary = posted_salary(self._get("baseSalary") or self._get("estimatedSalary"))
        band, band_raw = parse_band(salary.raw if salary else "")
        vacancy = Vacancy(
            source=source_of(url),
            reference=self._reference(url),
            url=url,
            title=one_value(self._get("title") or self._get("name")),
            employer=one_value(self._get("hiringOrganization")),
            fetched_at=self.fetched_at,
            closing_date=_day(closing),
            closing_date_raw=closing,
            posted_date=_day(posted),
            posted_date_raw=posted,
            band=band,
            band_raw=band_raw,
            salary=salary,
            contract_type_raw=contracts,
            working_patterns_raw=patterns,
            places=tuple(_places(self._get("jobLocation"))),
            job_description=text_of_clean(prose.get("description", "")),
            specification=tuple(
                SpecificationSource("html", fragment, _PROSE[name])
                for name, fragment in prose.items()
            ),
        )
        return vacancy if vacancy.reference else replace(vacancy, reference=_hash(vacancy))

    def _get(self, name: str) -> Any:  # noqa: ANN401 - any JSON
        return self.posting.get(name)

    def _url(self) -> str:
        for name in ("url", "@id", "mainEntityOfPage", "sameAs"):
            for url in strings(self._get(name), "@id", "url"):
                joined = _joined(self.page_url, url)
                if joined.startswith(("http://", "https://")):
                    return joined
        return self.page_url

    def _reference(self, url: str) -> str:
        """Return the identifier, else the last part of the address; empty without either."""
        for identifier in strings(self._get("identifier"), "value", "@id", "name"):
            key = _last_part(identifier) if "://" in identifier else identifier
            if reference := _key(key):
                return reference
        return _key(_last_part(url))

    def _fragment(self, name: str) -> str:
        text = "\n".join(strings(self._get(name), "description", "name", "credentialCategory"))
        for person in strings(self._get("applicationContact"), "name"):
            if len(person.split()) > 1:
                text = text.replace(person, REMOVED)
        return clean_html(text)


def source_of(url: str) -> str:
    """Return the source of an imported advert: references are unique on one board only."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return f"{SOURCE}:{host}" if host else SOURCE


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return ""


def _last_part(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    if parts.query and not any(character.isdigit() for character in last):
        return f"{last}?{parts.query}"  # such as view?id=7: without it all would be one advert
    return last


def _key(text: str) -> str:
    key = "-".join(text.split())
    return key if len(key) <= LONGEST_REFERENCE else ""


def _hash(vacancy: Vacancy) -> str:
    """Return a reference made of what the advert says."""
    said = [
        vacancy.title,
        vacancy.employer,
        vacancy.closing_date_raw,
        vacancy.salary.raw if vacancy.salary else "",
        *(f"{place.address} {place.town} {place.postcode}" for place in vacancy.places),
        *(source.content for source in vacancy.specification),
    ]
    return f"sha256-{hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]}"


def _day(text: str) -> date | None:
    """Return the printed day, whatever the time and zone beside it; None for a sentinel."""
    day = iso_date(text) or _slashed(text) or long_date(text)
    # 0001-01-01, 1970-01-01, 9999-12-31: how programs say 'none'.
    return day if day is not None and 1990 <= day.year <= 2100 else None


def _slashed(text: str) -> date | None:
    found = _SLASHED.match(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def _employment(value: object) -> tuple[str, str]:
    """Return working patterns and contract type in the words that adverts print."""
    patterns, contracts = [], []
    for text in strings(value, "name", "value"):
        for part in text.split(","):
            word = part.strip().rpartition("/")[2]
            name = word.lower().replace("-", "_").replace(" ", "_")
            if name in _PATTERNS:
                patterns.append(_PATTERNS[name])
            elif word:
                contracts.append(_CONTRACTS.get(name, word))
    return ", ".join(dict.fromkeys(patterns)), ", ".join(dict.fromkeys(contracts))


def _places(value: object) -> Iterator[Place]:
    for one in value if isinstance(value, list) else [value]:
        address = one.get("address", one) if isinstance(one, dict) else one
        for part in address if isinstance(address, list) else [address]:
            place = _place(part)
            if place is not None and place != Place():
                yield place


def _place(address: object) -> Place | None:
    if not isinstance(address, dict):
        return parse_place(one_value(address))
    locality = list(
        dict.fromkeys(p.strip() for p in one_value(address.get("addressLocality")).split(","))
    )
    street = one_value(address.get("streetAddress"))
    lines = [line for line in (street, *locality[:-1]) if line]
    return Place(
        town=locality[-1],
        postcode=one_value(address.get("postalCode")).upper(),
        address=", ".join(lines),
        county=one_value(address.get("addressRegion")),
        country=one_value(address.get("addressCountry")),
    )
