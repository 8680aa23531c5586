from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.text import clean_fragment, one_line, plain_text, tags_by_id, text_of


def clean(html):
    body = BeautifulSoup(f"<body>{html}</body>", "lxml").body
    return clean_fragment(body.children) if body else ""


def test_attributes_comments_scripts_and_unknown_tags_go():
    html = (
        '<p class="x" onclick="steal()">Fil<i>ing</i><!-- secret --><script>steal()</script>'
        '<img src="x" onerror="steal()"><custom-tag>, typing</custom-tag></p>'
    )

    assert clean(html) == "<p>Fil<i>ing</i>, typing</p>"


def test_line_breaks_the_page_shows_are_kept():
    html = '<p style="white-space: pre-line">You will\n file\n\n<b>type</b>\n</p>'

    assert clean(html) == "<p>You will<br/>file<br/><b>type</b></p>"


def test_line_breaks_of_the_source_are_spaces():
    assert clean("<p>You\n   will  <b>file</b>\n</p>") == "<p>You will <b>file</b></p>"


def test_typed_bullets_stay_on_lines_of_their_own():
    html = "<ul><li>• Filing\n• Typing -\nfast\n - and well</li></ul>"

    assert clean(html) == "<ul><li>• Filing<br/>• Typing - fast<br/>- and well</li></ul>"


def test_empty_elements_go_and_empty_cells_stay():
    html = "<div><p> </p></div><table><tr><td></td><td>x</td></tr></table>"

    assert clean(html) == "<table><tr><td></td><td>x</td></tr></table>"


def test_markup_typed_as_text_stays_text():
    assert clean("<p>A &lt;b&gt; &amp;amp; c</p>") == "<p>A &lt;b&gt; &amp;amp; c</p>"


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(html):
    once = clean(html)

    assert clean(once) == once


@given(
    st.text(alphabet=st.characters(exclude_characters="<>&\x00", exclude_categories=["Cc", "Cs"]))
)
def test_plain_words_survive(text):
    assert "".join(plain_text(f"<p>x{text}</p>").split()) == "x" + "".join(text.split())


def test_blocks_and_breaks_part_lines_and_inline_tags_do_not():
    html = "<p>One<br>two</p><ul><li>th<b>ree</b></li><li>four</li></ul><p></p><h3>Five</h3>"

    assert plain_text(html) == "One\ntwo\nthree\nfour\nFive"


def test_one_line_heals_spaces_before_commas():
    soup = BeautifulSoup("<p><span>Full-time</span>\n<span>, Part-time</span></p>", "lxml")

    assert one_line(soup) == "Full-time, Part-time"
    assert one_line(None) == ""


def test_the_first_text_that_is_not_blank_is_taken():
    tags = tags_by_id(BeautifulSoup("<p id=a> </p><p id=a>x</p><p id=a>y</p><p id=b>z</p>", "lxml"))

    assert text_of(tags, "a") == "x"
    assert text_of(tags, "c", "b", "a") == "z"
    assert text_of(tags, "c") == ""
