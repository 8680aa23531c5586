"""Each saved page gives exactly the saved item."""

import json

import pytest

from tests.crawler.pages.record_case import CASES, item_of

FOLDERS = sorted(CASES.iterdir())


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_saved_page_gives_saved_item(case):
    assert item_of(case) == json.loads((case / "item.json").read_text("utf-8"))


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_the_contact_person_is_nowhere_in_the_item(case):
    page = (case / "page.html").read_text("utf-8")
    item = json.dumps(item_of(case))

    for personal in ("Morwenna Ashdown", "m.ashdown@example.org", "01632 960123", "Tamsin Oldacre"):
        assert personal not in item
    assert "contact_details_name" in page, "the case no longer tests it"
