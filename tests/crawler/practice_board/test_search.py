"""The parameters of a search."""

import pytest

from crawler.practice_board import load_adverts
from tests.crawler.practice_board.conftest import ask, feed, references

ON_DAY_1 = {advert.reference: advert for advert in load_adverts() if advert.on(1)}


def found(board, query):
    return [ON_DAY_1[reference] for reference in references(feed(board, f"limit=100&{query}"))]


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("staffGroup=ALLIED_HEALTH_PROF", lambda a: a.staff_group == "ALLIED_HEALTH_PROF"),
        ("payBand=BAND_8A", lambda a: a.pay.band == "8a"),
        ("payBand=BAND_5,BAND_8A", lambda a: a.pay.band in {"5", "8a"}),
        ("contractType=Fixed-Term", lambda a: a.contract == "Fixed-Term"),
        ("workingPattern=remote-working", lambda a: "Home or remote working" in a.patterns),
        ("publishedFrom=2026-09-12", lambda a: a.posted >= -2),
        ("employerCode=Z1004", lambda a: a.reference.startswith("Z1004")),
        ("location=Derby", lambda a: any(site.town == "Derby" for site in a.places)),
        ("location=LS9", lambda a: any(site.postcode.startswith("LS9") for site in a.places)),
        ("salaryFrom=60000", lambda a: (a.pay.maximum or a.pay.minimum or 0) >= 60000),
        ("salaryTo=100", lambda a: (a.pay.minimum or 0) <= 100),
    ],
)
def test_a_filter_keeps_exactly_the_adverts_that_fit(board, query, fits):
    expected = {reference for reference, advert in ON_DAY_1.items() if fits(advert)}
    assert {advert.reference for advert in found(board, query)} == expected
    assert expected


def test_the_nine_staff_groups_part_the_whole_board(board):
    groups = {advert.staff_group for advert in ON_DAY_1.values()}
    counts = [len(found(board, f"staffGroup={group}")) for group in groups]
    assert len(groups) == 9
    assert sum(counts) == len(ON_DAY_1)


@pytest.mark.parametrize("name", ["payBand", "staffGroup", "contractType", "workingPattern"])
def test_a_repeated_list_is_refused_with_400(board, name):
    answer = ask(board, f"/api/v1/search_xml?{name}=a&{name}=b")
    assert answer.status == 400
    assert b"given twice" in answer.body


def test_a_salary_that_is_no_number_is_refused_with_400(board):
    assert ask(board, "/api/v1/search_xml?salaryFrom=lots").status == 400


def test_one_word_of_the_keyword_in_title_or_summary_is_enough(board):
    titles = [advert.title for advert in found(board, "keyword=records%20scanning")]
    assert "Health Records Clerk" in titles
    assert "Radiographer - CT Scanning" in titles


def test_words_in_the_title_rank_before_words_in_the_summary(board):
    assert found(board, "keyword=waiting%20list")[0].title.startswith("Waiting List")


def test_a_quoted_phrase_is_found_whole(board):
    phrase = found(board, "keyword=%22health%20records%22")
    words = found(board, "keyword=health%20records")
    assert 0 < len(phrase) < len(words)


def test_an_employer_ranks_and_does_not_filter(board):
    adverts = found(board, "employer=Kestrel%20Dale")
    assert adverts[0].employer.name.startswith("Kestrel Dale")
    assert len(adverts) == len(ON_DAY_1)


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("publicationDateDesc", lambda a: -a.posted),
        ("publicationDate", lambda a: a.posted),
        ("salaryDesc", lambda a: -(a.pay.maximum or a.pay.minimum or 0)),
    ],
)
def test_a_sort_orders_the_adverts(board, sort, key):
    keys = [key(advert) for advert in found(board, f"sort={sort}")]
    assert keys == sorted(keys)
    assert len(set(keys)) > 3


def test_unknown_parameters_are_ignored(board):
    assert found(board, "pageSize=3&size=2&nonsense=1") == found(board, "")
