import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.facts import make_facts
from pipelines.facts.statements import asks_for_driving, may_close_early
from tests.pipelines.factories import vacancy


@pytest.mark.parametrize(
    "sentence",
    [
        "This vacancy may close early if we receive enough applications.",
        "We reserve the right to close this advert earlier than advertised.",
        "Please note that the post could close before the advertised closing date.",
        "Early closing is possible.",
        "The vacancy will be closed early once enough people have applied.",
    ],
)
def test_an_advert_that_may_close_early_is_recognised(sentence: str) -> None:
    assert may_close_early(f"You will file notes. {sentence} Apply soon.")


@pytest.mark.parametrize(
    "sentence",
    [
        "You will work closely with early risers.",
        "We will not close this advert early.",
        "The clinic closes at five. Come early.",
        "You will close records before filing.",
        "",
    ],
)
def test_an_advert_that_does_not_say_so_is_not(sentence: str) -> None:
    assert not may_close_early(sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("A full UK driving licence is essential.", True),
        ("Driver's license desirable", True),
        ("Must be able to drive between sites.", True),
        ("Car driver", True),
        ("Access to a car for work", True),
        ("Use of own vehicle is desirable.", True),
        ("European Computer Driving Licence", None),
        ("ECDL (computer driving licence) or a driving licence", True),
        ("No driving licence is required.", False),
        ("You don't need a driving licence.", False),
        ("A driving licence is not needed, but you must be able to drive a van.", False),
        ("We are driven by our values.", None),
        ("You will drive improvement.", None),
        ("", None),
    ],
)
def test_driving_is_asked_for_or_not_or_not_mentioned(sentence: str, expected: bool | None) -> None:  # noqa: FBT001
    assert asks_for_driving(sentence) is expected


def test_one_sentence_that_asks_outweighs_one_that_does_not() -> None:
    assert asks_for_driving("No driving licence is held by us. A driving licence is essential.")


def test_a_specification_in_html_is_read_as_words() -> None:
    from crawler.items import SpecificationSource

    html = "<ul><li>Driving <b>licence</b></li><li>No smoking</li></ul>"
    source = SpecificationSource("html", html, "person specification")
    assert make_facts(vacancy(specification=(source,))).driving is True


@given(st.text())
def test_any_text_is_read_without_error(prose: str) -> None:
    may_close_early(prose)
    asks_for_driving(prose)
