from datetime import UTC, date, datetime

import pytest

from crawler.exceptions import PageLayoutError
from crawler.items import Place, Salary
from crawler.pages.nhs_jobs_search import NhsJobsSearchPage

BASE = "https://www.jobs.nhs.uk"
CARD = """<li class="search-result" data-test="search-result">
<h2 id="job-title-1"><a href="/candidate/jobadvert/Z1001-26-0001?keyword=a&amp;language=en"
  data-test="search-result-job-title"> Ward
  Clerk </a></h2>
<div data-test="search-result-location"><h3>Fenwick Trust<div class="location-font-size">
  Fen House, Saltmarsh NR99 1ZZ,
  Fenwick NR99 2ZZ </div></h3></div>
<ul><li data-test="search-result-salary">Salary: <strong>£12.92
  an hour</strong></li>
<li data-test="search-result-publicationDate">Date posted: <strong>1 July 2026</strong></li></ul>
<ul><li data-test="search-result-jobType">Contract type: <strong>Bank</strong></li></ul></li>"""
NONE = '<h1>No result found for x</h1><h3 id="no-result-title">No result found</h3>'


def listing(html):
    return NhsJobsSearchPage(f"{BASE}/candidate/search/results", html, "GROUP").to_listing()


def test_a_card_is_read_whole_although_its_lists_are_nested():
    found = listing(f"<h1>1,021 jobs found for clerk</h1><ul>{CARD}</ul>")
    (sighting,) = found.sightings

    assert (found.total, found.pages) == (1021, 103)
    assert sighting.reference == "Z1001-26-0001"
    assert sighting.url == f"{BASE}/candidate/jobadvert/Z1001-26-0001"
    assert (sighting.title, sighting.employer) == ("Ward Clerk", "Fenwick Trust")
    assert sighting.salary == Salary("£12.92 an hour", 12.92, 12.92, "hour")
    assert sighting.posted_at == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert sighting.closing_date is None
    assert sighting.contract_type_raw == "Bank"
    assert sighting.places == (
        Place("Saltmarsh", "NR99 1ZZ", "Fen House"), Place("Fenwick", "NR99 2ZZ"),
    )  # fmt: skip


def test_no_results_are_none_and_no_error():
    assert listing(NONE).sightings == ()
    assert listing(NONE).total == 0


def test_a_page_with_neither_results_nor_notice_is_refused():
    with pytest.raises(PageLayoutError, match="neither results"):
        listing("<h1>Welcome</h1>")


def test_a_card_that_cannot_be_told_is_named():
    found = listing(f"<ul>{CARD.replace('jobadvert', 'advert/x')}{CARD.replace('Z1001-', '')}</ul>")

    assert len(found.sightings) == 1
    assert len(found.problems) == 1


def real(reference_dir, name):
    return listing((reference_dir / f"fixtures/nhs_jobs_search_{name}.html").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "cards", "total", "pages"),
    [
        ("cgl", 10, 20, 2),
        ("turning_point", 5, 5, 1),
        ("unmatched_employer", 10, 659, 66),
        ("two_cards_trimmed", 2, 9307, 931),
        ("no_results", 0, 0, 0),
    ],
)
def test_real_pages_give_their_counts(reference_dir, name, cards, total, pages):
    found = real(reference_dir, name)

    assert (len(found.sightings), found.total, found.pages) == (cards, total, pages)
    assert found.problems == ()
    for sighting in found.sightings:
        assert sighting.title
        assert sighting.employer
        assert sighting.places
        assert sighting.salary
        assert sighting.contract_type_raw
        assert sighting.posted_at


def test_a_real_card_gives_its_exact_values(reference_dir):
    first, second = real(reference_dir, "two_cards_trimmed").sightings

    assert first.reference == "E9847-26-0265"
    assert (first.title, first.employer) == (
        "Public Health Practitioner", "Spectrum Community Health CIC",
    )  # fmt: skip
    assert first.salary == Salary("£49,387 to £56,515 a year", 49387, 56515, "year")
    assert first.closing_date == date(2026, 9, 1)
    assert first.places == (Place("Wakefield", "WF1 5RH"),)
    assert second.closing_date is None
    assert second.salary == Salary("Depends on experience")


def test_real_cards_with_several_sites_give_each(reference_dir):
    places = [s.places for s in real(reference_dir, "cgl").sightings if len(s.places) > 1]

    assert places == [
        (
            Place("Chichester", "PO19 1XP"),
            Place("CRAWLEY", "RH10 8GN"),
            Place("Worthing", "BN11 1UG"),
        )
    ]
