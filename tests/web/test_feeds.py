from typing import Any

import httpx
import pytest
from lxml import etree

from tests.web.filling import SEARCH

ATOM = "{http://www.w3.org/2005/Atom}"


def test_atom_holds_the_vacancies_of_the_search(client: httpx.Client) -> None:
    answer = client.get("/feed.atom", params=SEARCH)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = etree.fromstring(answer.content)
    titles = {entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")}
    assert titles == {"Health Records Clerk X1", "Health Records Clerk X2"}
    for name in ("id", "title", "updated"):
        assert feed.findtext(f"{ATOM}{name}")
        assert all(entry.findtext(f"{ATOM}{name}") for entry in feed.findall(f"{ATOM}entry"))
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    again = etree.fromstring(client.get("/feed.atom", params=SEARCH).content)
    assert ids == [entry.findtext(f"{ATOM}id") for entry in again.findall(f"{ATOM}entry")]
    assert len(set(ids)) == 2


def test_rss_holds_the_same(client: httpx.Client) -> None:
    feed = etree.fromstring(client.get("/feed.rss", params=SEARCH).content)
    assert feed.get("version") == "2.0"
    items = feed.findall("channel/item")
    assert {item.findtext("title") for item in items} == {
        "Health Records Clerk X1",
        "Health Records Clerk X2",
    }
    assert all(item.find("guid").get("isPermaLink") == "false" for item in items)  # type: ignore[union-attr]


def test_a_search_elsewhere_is_an_empty_feed(client: httpx.Client) -> None:
    answer = client.get("/feed.atom", params={**SEARCH, "place": "Truro"})
    assert etree.fromstring(answer.content).findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("changes", [{"place": ""}, {"place": "Atlantis"}, {"band": []}])
def test_a_search_that_is_no_search_is_told(client: httpx.Client, changes: dict[str, Any]) -> None:
    answer = client.get("/feed.atom", params=SEARCH | changes)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
