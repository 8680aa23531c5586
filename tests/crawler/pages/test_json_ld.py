"""Postings are found wherever boards put them, and in JSON that is a little broken."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pages.json_ld import (
    NoPostingError,
    canonical_url,
    find_postings,
    load_json,
    postings_in_html,
    postings_in_json,
)

ONE: dict[str, Any] = {"@type": "JobPosting", "title": "Ward Clerk"}
TWO: dict[str, Any] = {"@type": ["Thing", "JobPosting"], "title": "Booking Clerk"}


@pytest.mark.parametrize(
    "value",
    [
        [ONE, TWO],
        {"@graph": [{"@type": "WebPage"}, ONE, TWO]},
        {
            "@type": "ItemList",
            "itemListElement": [{"item": ONE}, {"@type": "ListItem", "item": TWO}],
        },
        {"@type": "ItemList", "itemListElement": [ONE, TWO]},
        [[ONE], {"@graph": [[TWO]]}],
        {"@type": "WebPage", "mainEntity": [ONE, TWO]},
    ],
)
def test_postings_are_found_in_every_container_in_order(value: object) -> None:
    assert list(find_postings(value)) == [ONE, TWO]


@pytest.mark.parametrize(
    "posting",
    [
        {"@type": "http://schema.org/JobPosting"},
        {"@type": "schema:JobPosting"},
        {"title": "Clerk", "hiringOrganization": "Trust"},
    ],
)
def test_a_type_may_be_an_address_or_left_out(posting: dict[str, Any]) -> None:
    assert list(find_postings(posting)) == [posting]


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        5,
        None,
        {"@type": "Organization", "title": "x", "description": "y"},
        {"@type": "NoJobPostings"},
        {"title": "x"},
    ],
)
def test_what_is_no_posting_is_not_taken_for_one(value: object) -> None:
    assert list(find_postings(value)) == []


@pytest.mark.parametrize(
    "text",
    [
        '\ufeff {"title": "A clerk"};',
        '{"title": "A\nclerk"}',
        r'{"title": "A\_clerk"}',
        r"{\"title\": \"A clerk\"}",
        "{&quot;title&quot;: &quot;A clerk&quot;}",
        json.dumps(json.dumps({"title": "A clerk"})),
    ],
)
def test_the_usual_breakages_are_repaired(text: str) -> None:
    value = load_json(text)
    assert isinstance(value, dict)
    assert value["title"].replace("\n", " ").replace("\\_", " ") == "A clerk"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ('{"title": "cut', "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5_000, "not JSON"),
        ("{}", "no JobPosting"),
    ],
)
def test_what_cannot_be_read_is_one_error_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NoPostingError, match=reason):
        postings_in_json(text)


def page(*scripts: str) -> str:
    tags = "".join(f'<SCRIPT type="application/ld+json">{one}</SCRIPT >' for one in scripts)
    return f"<html><head><script>var x = '<b>';</script>{tags}</head><body></body></html>"


def test_postings_stand_in_the_scripts_of_a_page() -> None:
    one, two = json.dumps(ONE), json.dumps(TWO)
    assert postings_in_html(page(f"<!-- {one} -->", f"//x\n{two}"[4:])) == [ONE, TWO]
    assert postings_in_html(page(f"<![CDATA[{one}]]>")) == [ONE]
    assert postings_in_html(page(json.dumps({"@type": "WebSite"}))) == []
    assert postings_in_html("<script type='application/ld+json'>" + one) == []


def test_a_broken_posting_in_a_page_is_told_unless_another_one_is_whole() -> None:
    broken = '{"@type": "JobPosting", "title": '
    with pytest.raises(NoPostingError):
        postings_in_html(page(broken))
    assert postings_in_html(page(broken, json.dumps(ONE))) == [ONE]
    assert postings_in_html(page('{"@type": "WebSite", ')) == []


def test_a_page_says_its_own_address() -> None:
    link = '<link href="https://jobs.example.org/a?b=1&amp;c=2" rel="canonical">'
    assert canonical_url(f"<head>{link}</head>") == "https://jobs.example.org/a?b=1&c=2"
    assert canonical_url("<head></head>") == ""


def test_many_open_scripts_take_no_longer_than_their_length() -> None:
    assert postings_in_html("<script ld+json>" * 200_000) == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text('{}[]"\\:,&quot;@type JobPosting', max_size=60))
def test_any_text_gives_postings_or_the_one_error(text: str) -> None:
    with suppress(NoPostingError):
        assert postings_in_json(text)
