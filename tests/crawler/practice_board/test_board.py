"""The feed, the advert page and the page for everything else, as the real board has them."""

import json
import re

import pytest

from crawler.practice_board import load_adverts
from crawler.practice_board.board import cut
from tests.crawler.practice_board.conftest import advert_page, ask, feed, references


def vacancy(board, reference):
    root = feed(board, f"jobReference={reference}")
    assert references(root) == [reference]
    return root.find("vacancyDetails")


def test_a_page_of_the_feed_holds_ten_vacancies_unless_asked_otherwise(board):
    root = feed(board)
    assert root.tag == "nhsJobs"
    assert len(references(root)) == 10
    assert int(root.findtext("totalPages")) == -(-int(root.findtext("totalResults")) // 10)


def test_the_totals_stand_after_the_vacancies(board):
    assert [child.tag for child in feed(board)][-2:] == ["totalPages", "totalResults"]


def test_the_pages_hold_every_vacancy_once_and_then_none(board):
    total = int(feed(board, "limit=7").findtext("totalResults"))
    pages = [references(feed(board, f"limit=7&page={page}")) for page in range(1, total // 7 + 3)]
    seen = [reference for page in pages for reference in page]
    assert len(seen) == len(set(seen)) == total
    assert pages[-1] == []


def test_a_page_without_a_limit_has_no_effect(board):
    assert references(feed(board, "page=2")) == references(feed(board, "page=1"))


def test_pages_from_500_answer_an_error_in_json(board):
    answer = ask(board, "/api/v1/search_xml?limit=100&page=500")
    assert "json" in answer.headers["Content-Type"]
    assert json.loads(answer.body)["status"] == answer.status == 400


def test_a_vacancy_of_the_feed_has_the_real_ones_elements(board):
    clerk = vacancy(board, "Z1001-26-0101")
    assert [child.tag for child in clerk] == [
        "id",
        "reference",
        "title",
        "description",
        "employer",
        "type",
        "salary",
        "closeDate",
        "postDate",
        "url",
        "locations",
    ]
    assert clerk.findtext("url").startswith("https://beta.jobs.nhs.uk/candidate/jobadvert/")
    assert clerk.findtext("salary") == "£25272.00"
    assert clerk.findtext("closeDate") == "2026-09-25"
    assert re.fullmatch(r"2026-09-11T\d\d:\d\d:\d\d\.\d{9}", clerk.findtext("postDate"))
    assert clerk.findtext("description").startswith("An opportunity has arisen")
    assert len(clerk.findtext("description")) <= 153
    assert clerk.findtext("description").endswith("...")


@pytest.mark.parametrize(
    ("reference", "missing"),
    [
        ("Z1010-26-0219", "description"),
        ("Z1009-26-0003", "salary"),
        ("Z1009-26-0003", "closeDate"),
        ("Z1005-26-0034", "postDate"),
        ("Z1002-26-0069", "locations"),
    ],
)
def test_any_element_of_the_feed_may_be_missing(board, reference, missing):
    assert vacancy(board, reference).find(missing) is None


def test_places_come_in_leaves_of_either_name(board):
    places = vacancy(board, "Z1001-26-0101").findall("locations/location")
    nested = vacancy(board, "Z1007-26-0012").findall("locations/locations")
    assert [place.text for place in places] == ["Leeds, LS9 4QX", "Shipley, BD17 5KN"]
    assert [place.text for place in nested][1] == "Merthyr Tydfil, CF47 8ZR"


def test_a_place_may_be_in_capitals_or_name_the_site(board):
    capitals = vacancy(board, "Z1002-26-0033").find("locations/location")
    site = vacancy(board, "Z1002-26-0041").find("locations/location")
    assert capitals.text == "KING'S LYNN, PE30 3ZD"
    assert site.text == "Wensum Reach Hospital, Norwich, NR4 8YT"


def test_the_time_of_posting_may_have_no_fraction(board):
    posted = vacancy(board, "Z1005-26-0027").findtext("postDate")
    assert re.fullmatch(r"2026-09-04T\d\d:\d\d:\d\d", posted)


def test_an_advert_page_carries_the_ids_of_the_real_one(board):
    page = advert_page(board, "Z1001-26-0101")
    assert page.css("#employer_name::text").get() == "Larkmere University Hospitals NHS Trust"
    assert page.css("h1#heading::text").get() == "Health Records Clerk"
    assert page.css("#closing_date strong::text").get() == "The closing date is 25 September 2026"
    assert page.css("div.hide-mobile #payscheme-band::text").get() == "Band 2"
    assert page.css("#employer_town_1::text").get() == "Shipley"
    assert page.css("a#apply-ats-direct")


def test_an_advert_page_is_found_whatever_the_query(board):
    assert advert_page(board, "Z1001-26-0101?keyword=&language=en").css("#heading")


@pytest.mark.parametrize(
    ("reference", "salary_id"),
    [
        ("Z1006-26-0075", "range_salary"),
        ("Z1001-26-0101", "fixed_salary"),
        ("Z1009-26-0003", "negotiable_salary"),
    ],
)
def test_the_salary_stands_under_an_id_of_its_kind(board, reference, salary_id):
    ids = advert_page(board, reference).css("[id$=_salary]::attr(id)").getall()
    assert set(ids) == {salary_id}


def test_an_advert_outside_agenda_for_change_has_no_band(board):
    page = advert_page(board, "Z1009-26-0003")
    assert page.css("#payscheme-type::text").get() == "Other"
    assert not page.css("#payscheme-band")


def test_the_specification_is_rendered_twice_with_the_same_ids(board):
    page = advert_page(board, "Z1001-26-0101")
    wide, narrow = (
        page.css(f"div.{name} li[id*=_skill_]::attr(id)").getall()
        for name in ("hide-mobile", "show-mobile")
    )
    assert wide[0] == "essential_skill_1_criteria_1"
    assert wide == narrow
    assert not page.css("div.show-mobile h4")


def test_the_overview_comes_out_empty_because_of_its_inner_paragraphs(board):
    page = advert_page(board, "Z1001-26-0101")
    assert page.css("p#job_overview::text").getall() == []
    assert page.xpath("//p[@id='job_overview']/following-sibling::p[1]/text()").get()


def test_the_duties_keep_only_their_first_bit(board):
    page = advert_page(board, "Z1001-26-0101")
    assert page.css("p#job_description::text").get().startswith("You will be one of fourteen")
    assert not page.css("p#job_description li")
    assert page.xpath("//p[@id='job_description']/following-sibling::ul[1]/li")


@pytest.mark.parametrize(
    ("reference", "selector", "text"),
    [
        ("Z1006-26-0075", "#contract_duration", "12 months"),
        ("Z1006-26-0075", "#contract_type", "Fixed term"),
        ("Z1010-26-0207", "#trac-job-reference", "438-PB207-26"),
        ("Z1001-26-0101", "#job_reference_number", "Z1001-26-0101"),
        ("Z1004-26-0433", "h3#tier-two-sponsorship", "Certificate of Sponsorship"),
        ("Z1004-26-0433", "h3#uk-registration", "UK Registration"),
        ("Z1001-26-0101", "#dbs-container h3", "Disclosure and Barring Service Check"),
        ("Z1001-26-0101", "#contact_details_name", "Marguerite Ossley"),
        ("Z1001-26-0101", "#employer_postcode_e", "LS9 4QX"),
    ],
)
def test_what_only_some_adverts_have_stands_under_its_own_id(board, reference, selector, text):
    assert advert_page(board, reference).css(f"{selector}::text").get() == text


def test_an_advert_without_a_way_to_apply_has_no_link_to_it(board):
    assert not advert_page(board, "Z1009-26-0005").css("[id^=apply]")


def test_an_advert_may_be_rendered_only_once(board):
    page = advert_page(board, "Z1010-26-0222")
    assert not page.css("div.show-mobile [id^=skill_category_]")
    assert len(page.css("#job_description_large")) == 1


def test_some_specifications_have_hard_spaces(board):
    line = advert_page(board, "Z1001-26-0140").css("#essential_skill_1_criteria_1::text").get()
    assert line.startswith("Full\N{NO-BREAK SPACE}UK\N{NO-BREAK SPACE}driving licence")


@pytest.mark.parametrize(
    ("reference", "inside"),
    [
        ("Z1006-26-0075", "table td ul li"),
        ("Z1010-26-0219", "ul li:contains('(E)')"),
        ("Z1001-26-0118", "p strong:contains('Essential:')"),
    ],
)
def test_some_specifications_stand_in_the_job_responsibilities(board, reference, inside):
    page = advert_page(board, reference)
    assert page.css(inside)
    assert not page.css("[id^=skill_category_]")


def test_an_attached_specification_is_only_referred_to(board):
    page = advert_page(board, "Z1001-26-0124")
    lines = page.css("div.hide-mobile li[id*=_skill_]::text").getall()
    assert len(lines) == 1
    assert "attached" in lines[0]
    assert len(page.css("main a[href$='.pdf'], main a[href$='.docx']")) == 3


@pytest.mark.parametrize(
    "path",
    [
        "/robots.txt",
        "/sitemap.xml",
        "/candidate/jobadvert/Z9999-26-0001",
        "/candidate/jobadvert/Z1001-26-0151",  # appears on day 3
        "/candidate/jobadvert/Z1001-26-0101/documents/none.pdf",
        "/nothing",
    ],
)
def test_what_the_board_does_not_know_is_answered_200_with_the_inactive_page(board, path):
    answer = ask(board, path)
    assert answer.status == 200
    assert b"Service Domain Information" in answer.body
    assert b"no longer active" in answer.body
    assert b'id="heading"' not in answer.body


def test_every_advert_on_the_board_has_a_page(board):
    for advert in load_adverts():
        if advert.on(1):
            title = advert_page(board, advert.reference).css("#heading::text").get()
            assert title == advert.title


def test_a_text_is_cut_only_if_it_is_too_long():
    assert cut("short", 10) == "short"
    assert cut("0123456789ab", 10) == "0123456789..."
