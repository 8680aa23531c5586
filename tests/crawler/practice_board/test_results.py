"""The search page for people."""

import re

from tests.crawler.practice_board.conftest import ask, page

PATH = "/candidate/search/results"


def cards(board, query):
    return page(board, f"{PATH}?{query}").css("li[data-test=search-result]")


def links(selector):
    hrefs = selector.css("a[data-test=search-result-job-title]::attr(href)").getall()
    return [href.partition("?")[0].rpartition("/")[2] for href in hrefs]


def test_a_page_has_ten_cards_whatever_size_is_asked(board):
    assert len(cards(board, "keyword=&pageSize=50")) == 10


def test_following_the_next_link_shows_every_advert_once(board):
    path, seen = f"{PATH}?keyword=", []
    while path:
        shown = page(board, path)
        seen += links(shown)
        path = shown.css("a[data-test=search-next-page]::attr(href)").get()
    heading = shown.css("h1#search-results-heading::text").get()
    assert len(seen) == len(set(seen)) == int(heading.split()[0])


def test_the_next_link_says_which_page_it_is_of_how_many(board):
    shown = page(board, f"{PATH}?keyword=&page=2")
    assert re.match(r"Page 3 of \d", shown.css(".nhsuk-pagination__page::text").getall()[-1])
    assert shown.css("li.nhsuk-pagination-item--next > a.nhsuk-pagination__link--next")


def test_a_card_has_the_facts_of_the_real_one(board):
    card = cards(board, "keyword=%22ear%2C%20nose%22")[0]
    assert card.css("h2 > a::text").get().strip() == "Patient Pathway Coordinator"
    employer = card.css("div[data-test=search-result-location] > h3::text").get().strip()
    assert employer == "Fennelbrook Children's Hospital NHS Foundation Trust"
    facts = {
        name: " ".join(card.css(f"li[data-test=search-result-{name}] strong::text").get().split())
        for name in ("salary", "publicationDate", "closingDate", "jobType", "workingPattern")
    }
    assert facts == {
        "salary": "£25,760 to £27,476 a year",
        "publicationDate": "10 September 2026",
        "closingDate": "22 September 2026",
        "jobType": "Fixed-Term",
        "workingPattern": "Flexible working, Full time",
    }


def test_several_places_are_parted_by_a_comma_and_a_new_line(board):
    card = cards(board, "keyword=%22ear%2C%20nose%22")[0]
    places = re.split(r",\s*\n\s*", card.css(".location-font-size::text").get().strip())
    assert places == ["Bristol BS2 7ZJ", "Bath BA1 9ZG"]


def test_an_advert_without_a_closing_date_has_none_on_its_card(board):
    card = cards(board, "keyword=summarise%20%22funny%22%20records%20sense")
    texts = [c for c in card if "Patient Records Administrator" in c.css("h2 a::text").get()]
    assert not texts[0].css("[data-test=search-result-closingDate]")


def test_the_distance_stands_on_a_card_only_if_a_place_was_given(board):
    assert cards(board, "location=Leeds")[0].css("[data-test=search-result-distance]")
    assert not cards(board, "keyword=")[0].css("[data-test=search-result-distance]")


def test_an_unknown_place_sends_the_reader_elsewhere(board):
    answer = ask(board, f"{PATH}?location=Nowhere")
    assert answer.status == 302
    assert "location-not-found" in answer.headers["Location"]


def test_a_search_without_result_says_so(board):
    shown = page(board, f"{PATH}?keyword=zzqxwv")
    assert shown.css("h3#no-result-title")
    assert "No result found for zzqxwv" in shown.css("#search-results-heading::text").get()
    assert shown.css("li[data-test^=bullet-]")
    assert not shown.css("ul.search-results")
