"""The board against saved pages of the real one: same elements under the same names."""

import pytest
from lxml import etree
from parsel import Selector

from tests.crawler.practice_board.conftest import advert_page, feed, page


def saved(reference_dir, name):
    return Selector((reference_dir / "fixtures" / name).read_text(encoding="utf-8"))


def marked(selector):
    """Return each element with a data-test mark: its name, the mark and its classes."""
    return {
        (element.root.tag, element.attrib["data-test"], element.attrib.get("class", ""))
        for element in selector.css("[data-test]")
    }


@pytest.mark.parametrize("name", ["nhs_jobs_search_cgl.html", "nhs_jobs_search_turning_point.html"])
def test_a_search_page_marks_the_elements_that_the_real_one_marks(board, reference_dir, name):
    ours = page(board, "/candidate/search/results?keyword=")
    assert marked(saved(reference_dir, name)) <= marked(ours)


def test_a_search_page_without_result_is_marked_like_the_real_one(board, reference_dir):
    ours = page(board, "/candidate/search/results?keyword=zzqxwv")
    assert marked(saved(reference_dir, "nhs_jobs_search_no_results.html")) <= marked(ours)


def test_a_card_nests_its_facts_as_the_real_one_does(board, reference_dir):
    path = "li.search-result div.nhsuk-grid-column-one-half > ul.ad-job-info > li > strong"
    ours = page(board, "/candidate/search/results?keyword=")
    real = saved(reference_dir, "nhs_jobs_search_cgl.html")
    assert len(ours.css(path)) == len(real.css(path)) == 50


def test_an_advert_page_has_every_id_of_the_saved_one(board, reference_dir):
    real = saved(reference_dir, "nhs_jobs_advert_E9847-26-0265_trimmed.html")
    ours = advert_page(board, "Z1010-26-0207")
    ids = [set(selector.css("[id]::attr(id)").getall()) for selector in (real, ours)]
    assert ids[0] - ids[1] == set()


def test_a_vacancy_of_the_feed_has_the_elements_of_the_saved_one(board, reference_dir):
    name = "nhs_jobs_search_xml_one_vacancy_moorfields.xml"
    real = etree.fromstring((reference_dir / "fixtures" / name).read_bytes())
    tags = [
        [child.tag for child in root.findall("vacancyDetails")[0]] for root in (real, feed(board))
    ]
    assert tags[0] == tags[1]
    assert [child.tag for child in real][-2:] == [child.tag for child in feed(board)][-2:]
