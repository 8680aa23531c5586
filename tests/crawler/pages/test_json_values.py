"""HTML in JSON: escaped once too often, or not at all."""

import html

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pages.json_values import clean_html, one_value, strings, text_of_clean, unescaped
from crawler.pages.text import inner_fragment, plain_text


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_html_is_read_however_often_it_was_escaped(times: int) -> None:
    text = "<p>Files &amp; folders</p>\n<ul><li>one</li></ul>"
    for _ in range(times):
        text = html.escape(text)
    assert text_of_clean(clean_html(text)) == "Files & folders\none"


def test_single_escaped_signs_in_html_stay_signs() -> None:
    text = "<p>More than &lt;b 3 &amp;amp;</p><p>x</p>"
    assert unescaped(text) == text


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("one\n two  & three < 4", "one<br>two &amp; three &lt; 4"),
        ("<p class='x' onclick='y()'>a<script>b()</script></p>", "<p>a</p>"),
        ("<p>Skills:\n• filing\n• typing</p>", "<p>Skills:<br>• filing<br>• typing</p>"),
        ("<p>a\nb</p><font size=2>c</font><!-- d -->", "<p>a b</p>c"),
        ("<table><tr><td>a</td><td></td></tr></table>", None),
        (" ", ""),
    ],
)
def test_a_fragment_holds_tags_without_attributes_and_no_script(
    text: str, fragment: str | None
) -> None:
    cleaned = clean_html(text)
    assert fragment is None or cleaned == fragment
    assert cleaned.count("<td>") == text.count("<td>")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<ul><li>",
                "</li></ul>",
                "<br>",
                "a &amp; b",
                "c <b>d</b>",
                "<h3>e</h3>",
            ]
        ),
        max_size=10,
    )
)
def test_its_text_is_that_of_the_other_cleaner(parts: list[str]) -> None:
    fragment = clean_html("<div>x</div>" + "".join(parts))
    body = BeautifulSoup(f"<body>{fragment}</body>", "lxml").body
    assert body is not None
    other = plain_text(inner_fragment(body))
    assert "".join(text_of_clean(fragment).split()) == "".join(other.split())


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_cleaned_and_cleaning_again_changes_no_words(text: str) -> None:
    once = clean_html(text)
    assert "<script" not in once
    assert text_of_clean(once) == "\n".join(text_of_clean(once).splitlines()).strip()


def test_html_nested_without_end_does_no_harm() -> None:
    assert "deep" in clean_html("<div>" * 20_000 + "deep")


def test_texts_are_taken_from_plain_values_lists_and_named_properties() -> None:
    assert strings(["a", 5, {"name": "b"}, True, None, {"x": "c"}, " "], "name") == ["a", "5", "b"]
    assert one_value({"name": " A &amp; <b>B</b>\n C "}) == "A & B C"
    assert one_value(None) == ""
