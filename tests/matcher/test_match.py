import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import phrases
from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.scores import RULES
from matcher.types import Criterion
from personspec.resources import data_path

MATCHER = Matcher(load_catalogue())
CAREERS = [
    Matcher(load_catalogue(path)) for path in sorted(data_path("requirements").glob("*.yml"))
]


def asked(text, matcher=MATCHER):
    return {match.requirement for match in matcher.annotate(Criterion(text)).matches}


EXAMPLES = [(matcher, one) for matcher in CAREERS for one in matcher.catalogue.requirements]
NAMES = [f"{matcher.catalogue.career}: {one.id}" for matcher, one in EXAMPLES]


@pytest.mark.parametrize(("matcher", "requirement"), EXAMPLES, ids=NAMES)
def test_the_examples_of_the_catalogue_hold(matcher, requirement):
    for text in requirement.matches:
        assert requirement.id in asked(text, matcher), text
    for text in requirement.does_not_match:
        assert requirement.id not in asked(text, matcher), text


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Strong written and verbal communication", {"communication"}),
        ("Communication, IT and planning skills", {"communication", "it-skills", "organisational"}),
        ("A high degree of accuracy", {"attention-to-detail"}),
        ("Excellent interpersonal skills", {"communication"}),
        ("Working knowledge of Excel", {"it-skills"}),
        ("Awareness of health and safety", set()),
        ("Leads a sales team", set()),
        ("Monitors blood pressure", set()),
        ("Patients with communication needs", set()),
        ("Works well in teams and alone", {"team-working", "own-initiative"}),
        ("Can motivate a team that is under pressure", {"influencing", "working-under-pressure"}),
    ],
)
def test_words_that_only_look_alike_are_told_apart(text, labels):
    assert asked(text) == labels


@pytest.mark.parametrize(
    "text",
    ["No degree is required", "You do not need GCSEs", "A degree is not essential for this post",
     "Must not have a degree", "IT skills are not needed"],
)  # fmt: skip
def test_a_demand_taken_back_is_no_demand(text):
    assert not asked(text)


def test_what_is_welcome_though_not_essential_is_still_asked():
    [match] = MATCHER.annotate(Criterion("A degree is desirable but not essential")).matches
    assert match.importance == "desirable"
    assert "communication" in asked("Not only good communication but also tact")


def test_each_match_carries_the_importance_that_governs_its_words():
    text = "Excel is essential, team working is required and a degree would be an advantage"
    matches = MATCHER.annotate(Criterion(text, importance="unknown")).matches
    assert [(one.requirement, one.importance) for one in matches] == [
        ("it-skills", "essential"),
        ("team-working", "essential"),
        ("degree-or-equivalent-experience", "desirable"),
    ]


def test_where_the_line_says_nothing_the_heading_governs():
    [match] = MATCHER.annotate(Criterion("Team player", importance="desirable")).matches
    assert match.importance == "desirable"


def test_one_requirement_asked_with_two_importances_is_two_matches():
    matches = MATCHER.annotate(Criterion("Word is essential. Excel is desirable.")).matches
    assert {(one.evidence, one.importance) for one in matches} >= {("Excel", "desirable")}


def test_a_match_says_which_side_of_a_two_sided_requirement_it_is():
    matches = MATCHER.annotate(Criterion("Politically aware and tactful")).matches
    assert [one.aspect for one in matches] == ["political awareness", "sensitivity"]


def test_misspelt_words_are_found_scored_lower_and_shown_as_printed():
    [right] = MATCHER.annotate(Criterion("Enthusiastic")).matches
    [wrong] = MATCHER.annotate(Criterion("Entusiastic")).matches
    assert wrong.evidence == "Entusiastic"
    assert wrong.rule == "misspelt words"
    assert wrong.score < right.score


def test_words_run_together_are_found_by_likeness():
    [match] = MATCHER.annotate(Criterion("Strong attentiontodetail")).matches
    assert match.requirement == "attention-to-detail"
    assert match.rule == "similar wording"


def test_a_fuller_phrase_scores_above_a_single_word():
    [word] = MATCHER.annotate(Criterion("Enthusiastic")).matches
    [phrase] = MATCHER.annotate(Criterion("Good attention to detail")).matches
    assert phrase.score > word.score


def test_a_level_makes_the_requirement_that_names_it():
    assert asked("NVQ 2 in Administration") == {"gcse-or-equivalent"}
    assert asked("NVQ 3 in Administration") == set()
    assert asked("Level 5 diploma in management") == {"degree-or-equivalent-experience"}
    assert asked("Level 2 trauma centre experience") == set()


def test_a_requirement_without_a_stated_level_is_taken_at_its_usual_one():
    assert MATCHER.annotate(Criterion("Maths and English certificates")).min_level == 2
    assert MATCHER.annotate(Criterion("Two A levels")).min_level == 3
    assert MATCHER.annotate(Criterion("Team player")).min_level is None


@pytest.mark.parametrize(
    ("text", "requirement", "reason"),
    [
        ("Kind", "it-skills", "none of its wordings"),
        ("A high degree of tact", "degree-or-equivalent-experience", "mean something else"),
        ("No degree is required", "degree-or-equivalent-experience", "taken back"),
        ("We are a patient, tactful office", "political-awareness", "tells of the employer"),
        ("Liaises with wards", "communication", "lacks the words"),
    ],
)
def test_a_reviewer_is_told_why_something_was_not_found(text, requirement, reason):
    assert reason in MATCHER.why_missed(text, requirement)


PIECES = [
    "team", "work", "communication", "IT", "it", "skills", "degree", "GCSE", "A-C", "4/C", "NVQ",
    "2", "level", "or", "and", ",", ".", ";", "(", ")", "no", "not", "essential", "desirable",
    "must", "equivalent", "experience", "–", "•", "&amp;", "ﬁ", "İ", "ß", "😀", "\u0301", "\x00",
    "presure", "", " ",
]  # fmt: skip


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
@settings(max_examples=300)
def test_evidence_is_cut_from_the_text_and_scores_lie_in_their_range(text):
    annotated = MATCHER.annotate(Criterion(text))
    for match in annotated.matches:
        assert match.evidence == text[match.start : match.end] != ""
        assert 0 <= match.score <= 100
        assert match.rule in RULES
    assert annotated.min_level is None or 1 <= annotated.min_level <= 8
    assert list(annotated.matches) == sorted(annotated.matches, key=lambda one: one.start)


@pytest.mark.parametrize(
    "piece", ["work in a team or ", "manage, ", "level 2 or ", "a", "((", "- "]
)
def test_the_steps_grow_with_the_text_and_no_faster(monkeypatch, piece):
    steps = []
    follow = phrases._Search.follow

    def counted(search, node, first, at):
        steps.append(at)
        follow(search, node, first, at)

    monkeypatch.setattr(phrases._Search, "follow", counted)
    MATCHER.annotate(Criterion(piece * 200))
    small = len(steps)
    steps.clear()
    MATCHER.annotate(Criterion(piece * 800))
    assert len(steps) <= 5 * small + 50


def test_a_text_longer_than_any_criterion_is_matched_in_pieces_whose_evidence_stands_in_it():
    filler = "Ward rounds and the library of case notes are described here. " * 60
    text = f"{filler}GCSE English is essential. {filler}Communication skills are desirable."

    annotated = MATCHER.annotate(Criterion(text))

    found = {match.requirement: match for match in annotated.matches}
    assert found["gcse-or-equivalent"].importance == "essential"
    assert found["communication"].importance == "desirable"
    assert annotated.stated_importance == "mixed"
    for match in annotated.matches:
        assert text[match.start : match.end] == match.evidence
