from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.exceptions import AdvertGoneError, PageLayoutError
from crawler.items import Place, Salary
from crawler.pages.nhs_jobs import NhsJobsAdvertPage

URL = "https://www.jobs.nhs.uk/candidate/jobadvert/Z1042-26-0117"
NOW = datetime(2026, 11, 2, 6, 10, tzinfo=UTC)
FULL = (Path(__file__).parent / "cases/nhs_jobs_advert_every_part/page.html").read_text("utf-8")
HEAD = (
    '<span id="employer_name">Fenwick Trust</span><h1 id="heading">Clerk</h1>'
    '<p id="closing_date">The closing date is 1 May 2026</p><p id="job_overview">Hello.</p>'
)


def item(html, url=URL):
    return NhsJobsAdvertPage(url, html, NOW).to_item()


def specification(body):
    found = item(f"{HEAD}<h2>Person Specification</h2>{body}").specification
    return next((source.content for source in found if source.is_specification), "")


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ('id="heading"', 'id="title"', "#heading"),
        ('id="employer_name"', 'id="trust"', "#employer_name"),
        ('id="job_', 'id="text_', "blocks that describe the post"),
    ],
)
def test_a_page_without_a_mandatory_part_is_no_advert_we_know(old, new, missing):
    html = FULL.replace(old, new).replace('id="about_organisation"', 'id="x"')
    with pytest.raises(PageLayoutError, match=missing) as caught:
        item(html)

    assert caught.value.url == URL


def test_a_page_without_any_date_is_no_advert_we_know():
    with pytest.raises(PageLayoutError, match="closing_date"):
        item(HEAD.replace("closing_date", "date_of_closing"))


def test_an_address_without_reference_is_no_advert():
    with pytest.raises(PageLayoutError, match="reference"):
        item(HEAD, "https://www.jobs.nhs.uk/candidate/jobadvert/")


@pytest.mark.parametrize(
    "notice",
    [
        "<h1>Service Domain Information</h1>",
        "<p>The page you’re looking for is no longer active</p>",
        "<p>The page you&#39;re looking for\n is no longer active.</p>",
    ],
)
def test_the_notice_of_a_closed_advert_is_no_changed_layout(notice):
    with pytest.raises(AdvertGoneError, match="Z1042-26-0117"):
        item(f"<html><body>{notice}</body></html>")


@pytest.mark.parametrize("html", ["", "<html></html>", "<h1>Search results</h1>", "\x00"])
def test_a_page_with_neither_title_nor_notice_is_a_changed_layout(html):
    with pytest.raises(PageLayoutError, match="notice"):
        item(html)


def test_a_notice_inside_an_advert_is_only_text():
    assert item(HEAD + "<p>Service Domain Information</p>").title == "Clerk"


def test_text_after_a_nested_paragraph_is_kept_up_to_the_next_part():
    html = HEAD.replace("Hello.", "One.<p>Two.</p><ul><li>Three.</li></ul>Four.<p>Five.")
    for end in ("<h2>Next</h2>", "<h3>Next</h3>", '<div class="show-mobile">Next</div>',
                '<div class="a hide-mobile">Next</div>', "<details>Next</details>"):  # fmt: skip
        assert item(f"{html}{end}<p>Later</p>").summary == "One.\nTwo.\nThree.\nFour.\nFive."


def test_the_first_copy_with_text_counts():
    copies = (f'<p id="date_posted">{text}</p>' for text in (" ", "2 May 2026", "3 May 2026"))
    html = HEAD + "".join(copies)

    assert item(html).posted_date == date(2026, 5, 2)


def test_a_block_that_is_there_and_blank_is_named():
    html = HEAD + '<h3>x</h3><p id="job_description_large">&nbsp;</p>'

    assert item(html).empty_blocks == ("job_description_large",)


@pytest.mark.parametrize(
    ("printed", "band"),
    [
        ("Band 7", "7"),
        ("Band 8a", "8a"),
        ("BAND 8 D", "8d"),
        ("Band 2 - 3", "2"),
        ("Consultant", None),
    ],
)
def test_bands_are_read(printed, band):
    vacancy = item(f'{HEAD}<p id="payscheme-band">{printed}</p>')

    assert (vacancy.band, vacancy.band_raw) == (band, printed)


@pytest.mark.parametrize("name", ["range_salary", "fixed_salary", "negotiable_salary", "salary"])
def test_pay_is_read_under_each_of_its_names(name):
    assert item(f'{HEAD}<p id="{name}">£12 an hour</p>').salary == Salary(
        "£12 an hour", 12, 12, "hour"
    )


@pytest.mark.parametrize(
    ("words", "sponsorship"),
    [
        ("Applications from job seekers who require sponsorship are welcome.", True),
        ("We are unable to offer sponsorship, but welcome your interest.", False),
        ("See the guidance.", None),
    ],
)
def test_sponsorship_is_read_from_its_words(words, sponsorship):
    html = f'{HEAD}<h3 id="tier-two-sponsorship">Certificate</h3><p>{words}</p>'

    assert item(html).sponsorship is sponsorship


def test_the_employers_seat_is_no_place_of_work():
    html = HEAD + '<p id="employer_town_c">Seat</p><p id="employer_postcode_e">NR99 9ZZ</p>'

    assert item(html).places == ()


def test_twelve_sites_are_twelve_places():
    sites = "".join(f'<p id="employer_town{f"_{n}" if n else ""}">Town {n}</p>' for n in range(12))

    assert item(HEAD + sites).places == tuple(Place(town=f"Town {n}") for n in range(12))


def test_groups_keep_the_boards_order_and_each_criterion_stands_once():
    groups = (
        '<h3 id="skill_category_{n}">Group {n}</h3>'
        '<ul><li id="desirable_skill_{n}_criteria_1">nice {n}</li></ul>'
        '<ul><li id="essential_skill_{n}_criteria_1">must {n}</li></ul>'
    )
    wide = "".join(groups.format(n=n) for n in (10, 2, 1))

    assert specification(f"{wide}<div class='show-mobile'>{wide}</div>") == "".join(
        f"<h3>Group {n}</h3><h4>Essential</h4><ul><li>must {n}</li></ul>"
        f"<h4>Desirable</h4><ul><li>nice {n}</li></ul>"
        for n in (1, 2, 10)
    )


def test_copies_that_say_different_things_are_both_kept():
    body = (
        '<ul><li id="essential_skill_1_criteria_1">Typing</li></ul>'
        '<ul><li id="essential_skill_1_criteria_1">Typing.</li></ul>'
        '<ul><li id="essential_skill_1_criteria_1">Filing</li></ul>'
    )

    assert specification(body) == "<h4>Essential</h4><ul><li>Typing</li><li>Filing</li></ul>"


def test_a_specification_without_the_boards_ids_is_handed_on_as_it_stands():
    block = '<p style="x" onclick="y()">Essential: <b>GCSE</b></p><script>z()</script>'
    body = f"{block}<h2>Next</h2><p>no"

    assert specification(body) == "<p>Essential: <b>GCSE</b></p>"


def test_what_the_employer_says_of_itself_holds_no_criteria():
    vacancy = item(f'{HEAD}<h3>About us</h3><p id="about_organisation">We need you.</p>')

    assert vacancy.about_employer == "We need you."
    assert "We need you." not in "".join(source.content for source in vacancy.specification)


def test_a_page_without_specification_has_no_such_source():
    assert [source.label for source in item(HEAD).specification] == ["job summary"]


@pytest.mark.parametrize(
    ("href", "words", "taken"),
    [
        ("/d/1.pdf", "here", True),
        ("/d/1.DOCX?v=2", "here", True),
        ("/d/1", "Job Description", True),
        ("/d/1", "Person spec", True),
        ("https://files.example/1.doc", "here", True),
        ("/d/1", "Apply now", False),
        ("javascript:x.pdf", "Job description", False),
        ("mailto:hr@example.org", "Job description", False),
        ("http://[unfinished.pdf", "Job description", False),
    ],
)
def test_links_that_end_in_or_speak_of_a_document_are_kept(href, words, taken):
    found = item(f'{HEAD}<main><a href="{href}">{words}</a></main>').specification

    assert any(source.kind == "document" for source in found) is taken


@given(st.text(max_size=200))
def test_employers_text_of_any_kind_neither_breaks_the_page_nor_smuggles_markup(text):
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    content = specification(f'<ul><li id="essential_skill_1_criteria_1">x{safe}</li></ul>')

    assert content.startswith("<h4>Essential</h4><ul><li>x")
    assert content.count("<") == 6 + content.count("<br/>")


def test_real_trimmed_advert_gives_its_exact_values(reference_dir):
    page = reference_dir / "fixtures/nhs_jobs_advert_E9847-26-0265_trimmed.html"
    vacancy = item(
        page.read_text("utf-8"), "https://www.jobs.nhs.uk/candidate/jobadvert/E9847-26-0265"
    )
    source = vacancy.specification[0]

    assert vacancy.reference == "E9847-26-0265"
    assert vacancy.board_reference == "847-RM-26-V945"
    assert vacancy.closing_date == date(2026, 9, 1)
    assert vacancy.posted_date == date(2026, 8, 11)
    assert (vacancy.band, vacancy.pay_scheme) == ("7", "Agenda for change")
    assert vacancy.salary is not None
    assert (vacancy.salary.minimum, vacancy.salary.maximum) == (49387, 56515)
    assert vacancy.salary.period == "year"
    assert vacancy.contract_type_raw == "Permanent"
    assert vacancy.places == (
        Place("Wakefield", "WF1 5RH", "Navigation Walk", "", "United Kingdom"),
    )
    assert len(vacancy.summary.splitlines()) == 2
    assert len(vacancy.main_duties.splitlines()) == 3
    assert len(vacancy.job_description.splitlines()) == 2
    assert vacancy.about_employer.startswith("BE THE DIFFERENCE")
    assert source.is_specification
    assert source.content.count("<li>") == 3
    assert source.content.count("<h4>") == 2
    assert source.content.startswith("<h3>application form</h3><h4>Essential</h4>")
    assert [s.label for s in vacancy.specification] == [
        "person specification", "job responsibilities", "main duties", "job summary",
    ]  # fmt: skip


def test_a_document_is_not_fetched():
    document = item(FULL).specification[-1]

    assert document.content == ""
    assert (document.kind, document.label) == ("document", "Person specification")
    assert document.url == "https://www.jobs.nhs.uk/documents/Z1042/ps?id=7"
