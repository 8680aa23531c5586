from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.exceptions import PageLayoutError, SourceError
from crawler.items import Place, Salary, Sighting
from crawler.pages.nhs_jobs_feed import NhsJobsFeedPage

BASE = "https://www.jobs.nhs.uk"
ENTRY = (
    "<vacancyDetails><id>1</id><reference>Z1001-26-0001</reference><title>Ward\n Clerk</title>"
    "<description>Busy ward...</description><employer>Fenwick Trust</employer><type>Bank</type>"
    "<salary>£12.92</salary><closeDate>2026-11-16</closeDate>"
    "<postDate>2026-10-25T01:30:00.123456789</postDate>"
    "<url>https://beta.jobs.nhs.uk/candidate/jobadvert/Z1001-26-0001?x=1</url>"
    "<locations><location>Saltmarsh, NR99 1ZZ</location></locations></vacancyDetails>"
)
TOTALS = "<totalPages>1</totalPages><totalResults>1</totalResults>"


def listing(text, group=""):
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return NhsJobsFeedPage(f"{BASE}/api/v1/search_xml?page=1", text, group).to_listing()


def test_an_entry_is_read_whole():
    (sighting,) = listing(f"<nhsJobs>{TOTALS}{ENTRY}</nhsJobs>", "GROUP").sightings

    assert sighting == Sighting(
        source="nhs_jobs",
        reference="Z1001-26-0001",
        url=f"{BASE}/candidate/jobadvert/Z1001-26-0001",
        title="Ward Clerk",
        employer="Fenwick Trust",
        summary="Busy ward...",
        contract_type_raw="Bank",
        salary=Salary("£12.92", 12.92, 12.92, None),
        closing_date=date(2026, 11, 16),
        posted_at=datetime(2026, 10, 25, 0, 30, 0, 123456, tzinfo=UTC),  # the first of two 01:30
        places=(Place("Saltmarsh", "NR99 1ZZ"),),
        staff_group="GROUP",
    )


def test_totals_may_stand_before_or_after_the_entries():
    before = listing(f"<nhsJobs>{TOTALS}{ENTRY}</nhsJobs>")

    assert before == listing(f"<nhsJobs>{ENTRY}{TOTALS}</nhsJobs>")
    assert (before.total, before.pages, before.problems) == (1, 1, ())


@pytest.mark.parametrize(
    "leaves",
    [
        "<location>Leeds, LS1 1AA</location><location>York</location>",
        "<locations>Leeds, LS1 1AA</locations><locations>York</locations>",
        "<location><site>Leeds, LS1 1AA</site></location><location> York </location><location/>",
    ],
)
def test_every_leaf_under_locations_is_a_place(leaves):
    entry = ENTRY.replace("<location>Saltmarsh, NR99 1ZZ</location>", leaves)
    (sighting,) = listing(f"<nhsJobs>{TOTALS}{entry}</nhsJobs>").sightings

    assert sighting.places == (Place("Leeds", "LS1 1AA"), Place("York"))


def test_an_entry_of_title_and_address_is_enough():
    entry = (
        f"<vacancyDetails><title>Clerk</title><url>{BASE}/x/Z1-26</url></vacancyDetails>".replace(
            "Z1-26", "Z1001-26-0002"
        )
    )
    (sighting,) = listing(f"<nhsJobs>{TOTALS}{entry}</nhsJobs>").sightings

    assert (sighting.reference, sighting.salary, sighting.places) == ("Z1001-26-0002", None, ())


@pytest.mark.parametrize("cut", ["title", "url"])
def test_an_entry_that_cannot_be_told_is_named_and_loses_no_other(cut):
    broken = ENTRY.replace(f"<{cut}>", f"<x{cut}>").replace(f"</{cut}>", f"</x{cut}>")
    broken = broken.replace("<reference>Z1001-26-0001", "<reference>?")
    found = listing(f"<nhsJobs>{TOTALS}{broken}{ENTRY}</nhsJobs>")

    assert len(found.sightings) == 1
    assert len(found.problems) == 1


def test_a_date_that_is_none_is_named_and_the_advert_kept():
    found = listing(f"<nhsJobs>{TOTALS}{ENTRY.replace('2026-11-16', 'soon')}</nhsJobs>")

    assert found.sightings[0].closing_date is None
    assert found.problems == ("Z1001-26-0001: closeDate is no date: 'soon'",)


def test_missing_totals_are_named():
    found = listing(f"<nhsJobs>{ENTRY}</nhsJobs>")

    assert (found.total, found.pages) == (None, None)
    assert found.problems == ("no number of adverts or of pages",)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"status": 400, "error": "Page out of range"}', "Page out of range"),
        ('{"message": "Deep paging is off"}', "Deep paging is off"),
        ("[1]", r"\[1\]"),
        ("{", "no JSON"),
    ],
)
def test_an_error_in_json_is_the_boards_own(body, words):
    with pytest.raises(SourceError, match=words):
        listing(f"\n {body}")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "no XML"),
        ("<nhsJobs><vacancyDetails>", "no XML"),
        ("<html><body>Sorry</body></html>", "no <nhsJobs> but <html>"),
        (f"<nhsJobs>{TOTALS}<vacancy/></nhsJobs>", "no <vacancyDetails> but <vacancy>"),
    ],
)
def test_another_answer_is_a_changed_layout(body, words):
    with pytest.raises(PageLayoutError, match=words):
        listing(body)


def test_an_empty_listing_is_no_error():
    assert (
        listing("<nhsJobs><totalPages>0</totalPages><totalResults>0</totalResults></nhsJobs>").total
        == 0
    )


def test_a_file_named_by_an_answer_is_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("TOP", "utf-8")
    head = f'<!DOCTYPE d [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    found = listing(f"{head}<nhsJobs>{TOTALS}{ENTRY.replace('Busy ward', '&s;')}</nhsJobs>")

    assert len(found.sightings) == 1
    assert "TOP" not in str(found)


def test_an_answer_that_would_grow_without_end_is_refused():
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    head = f'<!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]>'
    with pytest.raises(PageLayoutError, match="no XML"):
        listing(f"{head}<nhsJobs>{TOTALS}{ENTRY.replace('Busy ward', '&l9;')}</nhsJobs>")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_listing_or_a_named_error(body):
    try:
        listing(body)
    except (PageLayoutError, SourceError) as error:
        assert "search_xml" in str(error)  # noqa: PT017 - either outcome is right


def test_real_feed_gives_its_exact_values(reference_dir):
    body = (reference_dir / "fixtures/nhs_jobs_search_xml_one_vacancy_moorfields.xml").read_bytes()
    found = listing(body)
    (sighting,) = found.sightings

    assert (found.total, found.pages, found.problems) == (223, 23, ())
    assert sighting.reference == "C9273-26-0229"
    assert sighting.url == f"{BASE}/candidate/jobadvert/C9273-26-0229"
    assert sighting.employer == "Moorfields Eye Hospital NHS Foundation Trust"
    assert sighting.salary == Salary("£58133.00 to £65261.00", 58133, 65261, "year")
    assert sighting.closing_date == date(2026, 9, 23)
    assert sighting.posted_at == datetime(2026, 9, 16, 14, 15, 34, 938827, tzinfo=UTC)
    assert sighting.places == (Place("London", "EC1V 2PD"),)


def test_reshaped_real_feeds_are_read(reference_dir):
    folder = reference_dir / "fixtures"
    several = listing((folder / "nhs_jobs_search_xml_shape_multi_location.xml").read_bytes())
    first = listing((folder / "nhs_jobs_search_xml_shape_oxford.xml").read_bytes())

    assert several.total is None
    assert several.sightings[0].reference == "M0042-86784"
    assert several.sightings[0].salary == Salary("£35,000 - £40,000", 35000, 40000, "year")
    assert several.sightings[0].posted_at == datetime(2026, 1, 7, 16, 22, 37, 450927, tzinfo=UTC)
    assert several.sightings[0].places == (
        Place("Aylesbury", "HP21 8AL"), Place("High Wycombe", "HP11 2TT"),
    )  # fmt: skip
    assert (first.total, first.pages) == (2, 2)
    assert first.sightings[0].posted_at == datetime(2026, 9, 24, 13, 47, 26, 356776, tzinfo=UTC)
