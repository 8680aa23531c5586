"""An answer of the XML search of NHS Jobs, ``/api/v1/search_xml``."""

import json
from collections.abc import Iterator

from lxml import etree

from crawler.exceptions import PageLayoutError, SourceError
from crawler.items import Place, Sighting
from crawler.pages.dates import iso_date, london_time
from crawler.pages.listing import Listing
from crawler.pages.nhs_jobs_address import REFERENCE, advert_url, reference_in
from crawler.pages.page import ListPage
from crawler.pages.personal import without_contacts
from crawler.pages.place import parse_place
from crawler.pages.salary import parse_salary

_TOTALS = ("totalResults", "totalPages")


class NhsJobsFeedPage(ListPage):
    """One page of the feed, asked for a staff group.

    It lacks band, working pattern and the person specification. Its errors are in JSON.
    """

    def to_listing(self) -> Listing:
        root = self._root()
        sightings: list[Sighting] = []
        problems: list[str] = []
        entries = root.findall("vacancyDetails")
        if not entries and (strange := [child.tag for child in root if child.tag not in _TOTALS]):
            raise PageLayoutError(self.url, f"no <vacancyDetails> but <{strange[0]}>")
        for entry in entries:
            sighting = self._sighting(entry)
            if sighting is None:
                problems.append(f"an entry without title or reference: {_leaf(entry, 'id')}")
            else:
                sightings.append(sighting)
                problems += _odd_values(entry, sighting)
        counts = [_number(root, name) for name in _TOTALS]
        if None in counts:
            problems.append("no number of adverts or of pages")
        return Listing(tuple(sightings), counts[0], counts[1], tuple(problems))

    def _root(self) -> etree._Element:
        if self.text.lstrip()[:1] in {"{", "["}:
            raise SourceError(f"{self.url}: the board answers {_json_message(self.text)}")
        # An answer is read without fetching or expanding anything it names. It is decoded already,
        # hence an encoding that overrides what its first line says.
        parser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False
        )
        try:
            root = etree.fromstring(self.text.encode(), parser)
        except etree.XMLSyntaxError as error:
            raise PageLayoutError(self.url, f"no XML ({error})") from error
        if root.tag != "nhsJobs":
            raise PageLayoutError(self.url, f"no <nhsJobs> but <{root.tag}>")
        return root

    def _sighting(self, entry: etree._Element) -> Sighting | None:
        reference = reference_in(_leaf(entry, "url")) or _leaf(entry, "reference")
        title = _leaf(entry, "title")
        if not title or not REFERENCE.fullmatch(reference):
            return None
        return Sighting(
            source="nhs_jobs",
            reference=reference,
            url=advert_url(self.url, reference),
            title=title,
            employer=_leaf(entry, "employer"),
            summary=without_contacts(_leaf(entry, "description")),
            contract_type_raw=_leaf(entry, "type"),
            salary=parse_salary(_leaf(entry, "salary")),
            closing_date=iso_date(_leaf(entry, "closeDate")),
            posted_at=london_time(_leaf(entry, "postDate")),
            places=tuple(_places(entry)),
            staff_group=self.query,
        )


def _leaf(entry: etree._Element, name: str) -> str:
    return " ".join((entry.findtext(name) or "").split())


def _number(root: etree._Element, name: str) -> int | None:
    text = _leaf(root, name)
    return int(text) if text.isascii() and text.isdigit() else None


def _places(entry: etree._Element) -> Iterator[Place]:
    """Yield a place per leaf under ``locations``: the leaves have been seen with two names."""
    for locations in entry.findall("locations"):
        for leaf in locations.iter():
            place = parse_place(leaf.text or "") if isinstance(leaf.tag, str) else None
            if place and not len(leaf):
                yield place


def _odd_values(entry: etree._Element, sighting: Sighting) -> Iterator[str]:
    for name, value in (("closeDate", sighting.closing_date), ("postDate", sighting.posted_at)):
        if value is None and _leaf(entry, name):
            yield f"{sighting.reference}: {name} is no date: {_leaf(entry, name)!r}"


def _json_message(body: str) -> str:
    try:
        answer = json.loads(body)
    except ValueError:
        return "an error that is no JSON"
    words = answer.get("message") or answer.get("error") if isinstance(answer, dict) else None
    return f"an error: {str(words or answer)[:200]}"
