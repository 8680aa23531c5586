from hypothesis import given
from hypothesis import strategies as st

from pipelines.cleaning import clean_text, map_texts
from tests.pipelines.factories import vacancy

ANY = st.text(st.characters(exclude_categories=[]))


@given(ANY)
def test_a_cleaned_text_can_be_written_anywhere(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert not set(cleaned) & {chr(code) for code in range(32) if chr(code) not in "\t\n\r"}


@given(st.text(st.characters(exclude_categories=["C"])))
def test_a_text_without_control_characters_stays(text: str) -> None:
    assert clean_text(text) == text


def test_every_text_at_any_depth_is_changed_but_those_named() -> None:
    changed = map_texts(vacancy(), str.upper, but=frozenset({"url", "kind"}))
    assert changed.title == "HEALTH RECORDS CLERK"
    assert changed.places[0].town == "EASTMERE"
    assert changed.specification[0].label == "PERSON SPECIFICATION"
    assert changed.specification[0].kind == "html"
    assert changed.url == vacancy().url
    assert changed.closing_date == vacancy().closing_date
