"""Each saved page gives exactly the saved item, and nobody's name gets out of it."""

import json
import re

import pytest

from tests.crawler.pages.record_case import CASES, expected_of, item_of, meta_of, page_of

FOLDERS = sorted(CASES.iterdir())
WITH_PEOPLE = [case for case in FOLDERS if meta_of(case)["personal"]]
every_case = pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)


@every_case
def test_a_saved_page_gives_the_saved_item(case):
    assert item_of(case) == expected_of(case)


@pytest.mark.parametrize("case", WITH_PEOPLE, ids=lambda case: case.name)
def test_the_people_of_a_page_are_nowhere_in_its_item(case):
    page, item = page_of(case), json.dumps(item_of(case), ensure_ascii=False)

    for personal in meta_of(case)["personal"]:
        assert personal in page, "the case no longer tests it"
        assert personal not in item


@every_case
def test_no_mail_address_or_telephone_number_leaves_a_page(case):
    item = json.dumps(item_of(case), ensure_ascii=False)

    assert not re.search(r"[\w.]@\w|\b0\d{3,4} ?\d{3} ?\d{3,4}\b|\+44", item)


def test_every_kind_of_page_of_every_source_has_cases():
    pages = {meta_of(case)["page"].rpartition(".")[2] for case in FOLDERS}

    assert pages >= {
        "NhsJobsAdvertPage",
        "NhsJobsFeedPage",
        "NhsJobsSearchPage",
        "FindAnApprenticeshipListPage",
        "FindAnApprenticeshipAdvertPage",
    }
