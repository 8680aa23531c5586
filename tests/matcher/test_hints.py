from dataclasses import replace

from matcher.catalogue import load_catalogue
from matcher.hints import Hint, Usual, find_hints, load_reasons
from matcher.match import Matcher
from matcher.types import AnnotatedCriterion, Criterion, Importance

CATALOGUE = load_catalogue()
MATCHER = Matcher(CATALOGUE)


def read(*texts: str, importance: Importance = "essential") -> list[AnnotatedCriterion]:
    return [
        MATCHER.annotate(Criterion(text, importance=importance, importance_source="heading"))
        for text in texts
    ]


def hints(criteria: list[AnnotatedCriterion], usual: Usual | None = None) -> list[Hint]:
    return find_hints(criteria, CATALOGUE, usual)


def test_a_qualification_that_nothing_can_replace_is_pointed_out_with_its_line() -> None:
    (hint,) = hints(read("NVQ Level 3 in Business Administration"))
    assert hint.kind == "no-experience-alternative"
    assert hint.lines == ("NVQ Level 3 in Business Administration",)


def test_a_trade_certificate_without_a_level_is_a_qualification_too() -> None:
    (hint,) = hints(read("National Clinical Coding Qualification"))
    assert hint.kind == "no-experience-alternative"


def test_an_alternative_or_a_wish_shuts_nobody_out() -> None:
    assert hints(read("NVQ Level 3 or equivalent experience")) == []
    assert hints(read("NVQ Level 3", importance="desirable")) == []


def test_a_list_longer_than_the_bands_median_is_pointed_out_with_the_figures() -> None:
    criteria = read("Own car", "Flexible hours", "Knowledge of tracing")
    (hint,) = hints(criteria, Usual("3", 2.0, 12))
    assert hint.kind == "long-essential-list"
    assert "3 criteria are essential; the median of 12 adverts of band 3 is 2." in hint.detail


def test_few_adverts_or_a_usual_length_say_nothing_of_a_list() -> None:
    criteria = read("Own car", "Flexible hours", "Knowledge of tracing")
    assert hints(criteria, Usual("3", 2.0, 9)) == []
    assert hints(criteria, Usual("3", 3.0, 12)) == []


def test_a_skill_asked_in_three_essential_lines_is_pointed_out() -> None:
    lines = ("Good communication skills", "Able to communicate by telephone", "Writes clear emails")
    criteria = read(*lines)
    asks = [any(m.requirement == "communication" for m in one.matches) for one in criteria]
    assert asks == [True] * 3
    (hint,) = [one for one in hints(criteria) if one.kind == "repeated-essential"]
    assert (hint.lines, "3 lines" in hint.detail) == (lines, True)
    desirable = replace(criteria[0].criterion, importance="desirable")
    softer = [MATCHER.annotate(desirable), *criteria[1:]]
    assert hints(softer) == []


def test_almost_the_same_line_twice_is_pointed_out() -> None:
    (hint,) = hints(read("Knowledge of case note tracing", "Knowledge of tracing case notes"))
    assert hint.detail == "Two essential lines ask for almost the same."


def test_every_kind_of_hint_has_a_reason_and_a_source() -> None:
    assert set(load_reasons()) == {
        "no-experience-alternative",
        "long-essential-list",
        "repeated-essential",
    }
