from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.summary import summarise, undocumented_demands
from matcher.types import Criterion

MATCHER = Matcher(load_catalogue())


def summary(*criteria):
    annotated = [MATCHER.annotate(Criterion(text, importance=how)) for text, how in criteria]
    return summarise(annotated, MATCHER.catalogue)


def test_each_requirement_stands_under_its_strongest_importance():
    one = summary(
        ("Team player", "essential"), ("Works in a team", "desirable"), ("Tact", "desirable"),
        ("Typing", "unknown"), ("Full driving licence", "essential"),
    )  # fmt: skip
    assert one.essential == ("team-working",)
    assert one.desirable == ("political-awareness",)
    assert one.unclear == ("it-skills",)
    assert len(one.not_asked) == 13
    assert [beyond.criterion.text for beyond in one.beyond] == ["Full driving licence"]


def test_a_degree_marks_a_senior_post_unless_it_is_only_desirable():
    assert summary(("A degree", "essential")).stage == "senior"
    assert summary(("A degree", "desirable")).stage == "entry"
    assert summary(("GCSE English", "essential")).stage == "entry"
    assert summary(("IHRIM Diploma", "essential")).stage == "senior"


def test_a_post_can_be_started_without_papers_if_none_is_essential_or_experience_counts():
    assert not summary(("GCSE English", "essential")).without_qualifications
    assert summary(("GCSE English", "desirable")).without_qualifications
    assert summary(("GCSE English is desirable", "essential")).without_qualifications
    assert summary(("NVQ 2 or equivalent experience", "essential")).without_qualifications
    assert summary().without_qualifications


def test_demands_beyond_the_document_are_grouped_by_likeness_and_ranked():
    texts = ["Full driving licence", "Must hold a full driving licence", "Driving licence (full)",
             "Customer service experience", "Previous customer services experience",
             "Waiting list knowledge"]  # fmt: skip
    demands = undocumented_demands(texts)
    assert [(one.count, one.wording) for one in demands] == [
        (3, "Full driving licence"), (2, "Customer service experience"),
        (1, "Waiting list knowledge"),
    ]  # fmt: skip
    assert len(demands[0].examples) == 3


def test_the_order_of_the_texts_changes_no_count():
    texts = ["Minute taking", "Taking of minutes", "Stock control", "Control of stock levels"]
    assert [one.count for one in undocumented_demands(texts)] == [
        one.count for one in undocumented_demands(reversed(texts))
    ]


def test_texts_without_content_words_make_no_demand():
    assert undocumented_demands(["", "...", "Must have"]) == []
