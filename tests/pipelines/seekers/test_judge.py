import pytest

from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.types import Criterion
from pipelines.seekers.judge import NOT_DOCUMENTED, Judgement, importance_of, judge, need_of
from pipelines.seekers.profile import Background
from tests.pipelines.seekers.people import criterion

MATCHER = Matcher(load_catalogue())


def judged(text: str, **held: object) -> Judgement:
    annotated = MATCHER.annotate(Criterion(text, importance="essential"))
    return judge(need_of(annotated), Background.model_validate(held))


@pytest.mark.parametrize(
    ("text", "held", "verdict"),
    [
        ("Good communication skills", {"skills": ["communication"]}, "meets"),
        ("Good communication skills", {"skills": ["team-working"]}, "misses"),
        ("Good communication skills", {"skills": []}, "misses"),
        ("Good communication skills", {}, "cannot tell"),
        ("NVQ level 3", {"qualifications": ["level-3"]}, "meets"),
        ("NVQ level 3", {"qualifications": ["degree"]}, "meets"),
        ("NVQ level 3", {"qualifications": ["gcse"]}, "misses"),
        ("NVQ level 3", {"qualifications": []}, "misses"),
        ("NVQ level 3", {}, "cannot tell"),
        ("Educated to degree level", {"qualifications": ["level-5"]}, "misses"),
        ("IHRIM certificate", {"qualifications": ["degree"]}, "misses"),
        ("IHRIM certificate", {"qualifications": ["industry"]}, "meets"),
        ("Has a parrot", {"skills": ["it-skills"], "qualifications": ["degree"]}, "cannot tell"),
    ],
)  # fmt: skip
def test_each_criterion_is_met_missed_or_open(
    text: str, held: dict[str, object], verdict: str
) -> None:
    assert judged(text, **held).verdict == verdict


def test_experience_counts_only_where_the_advert_says_so() -> None:
    held: dict[str, object] = {"qualifications": ["gcse"], "experience_years": 9}
    assert judged("Educated to degree level", **held).verdict == "misses"
    offered = judged("Educated to degree level or equivalent experience", **held)
    assert offered.verdict == "meets"
    assert "9 years" in offered.reason
    without = {"qualifications": ["gcse"], "experience_years": 0}
    assert judged("Educated to degree level or equivalent experience", **without).verdict == (
        "misses"
    )


@pytest.mark.parametrize(
    ("text", "held", "proof"),
    [
        ("Experience of PAS", {"skills": ["it-skills"]}, "experience"),
        ("Experienced in Word and Excel", {"skills": ["it-skills"]}, "experience"),
        ("Any IT qualification such as CLAIT", {"skills": ["it-skills"]}, "a qualification"),
        ("Degree and experience of the NHS", {"qualifications": ["degree"]}, "experience"),
    ],
)
def test_a_tick_shows_neither_experience_nor_a_paper(
    text: str, held: dict[str, object], proof: str
) -> None:
    found = judged(text, **held)
    assert found.verdict == "cannot tell"
    assert f"but it asks for {proof}: read whether yours fits" in found.reason


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("NVQ level 3 or relevant experience", {"qualifications": ["level-3"]}),
        ("GCSE English or experience in an office", {"qualifications": ["gcse"]}),
        ("Good typing, no previous experience is needed", {"skills": ["it-skills"]}),
        ("No formal qualifications, but good IT skills", {"skills": ["it-skills"]}),
        ("Typing; experience is not needed", {"skills": ["it-skills"]}),
    ],
)
def test_what_is_an_alternative_or_not_needed_need_not_be_shown(
    text: str, held: dict[str, object]
) -> None:
    assert judged(text, **held).verdict == "meets"


def test_a_skill_that_is_not_ticked_is_missed_whatever_has_to_be_shown() -> None:
    assert judged("Experience of PAS", skills=["communication"]).verdict == "misses"


def test_of_two_skills_in_a_line_the_missing_one_decides() -> None:
    both = criterion("Communicates well and works in a team", "communication", "team-working")
    found = judge(need_of(both), Background(skills=("communication",)))
    assert found.verdict == "misses"
    assert found.missing == ("team-working",)


def test_of_two_qualifications_in_a_line_nobody_can_tell() -> None:
    line = criterion("Degree, IHRIM diploma", "degree-or-equivalent-experience",
                     "industry-qualification", min_level=6)  # fmt: skip
    assert judge(need_of(line), Background(qualifications=("industry",))).verdict == "cannot tell"
    assert judge(need_of(line), Background(qualifications=("gcse",))).verdict == "misses"
    assert judge(need_of(line), Background(qualifications=("industry", "degree"))).verdict == (
        "meets"
    )


def test_what_is_missing_is_named_and_the_undocumented_is_not() -> None:
    assert judged("IHRIM certificate", qualifications=[]).missing == ("industry-qualification",)
    assert judged("Has a parrot") is NOT_DOCUMENTED


def test_an_unknown_requirement_of_another_catalogue_is_a_skill() -> None:
    line = criterion("Can lift", "lifting-people")
    assert judge(need_of(line), Background(skills=("lifting-people",))).verdict == "meets"


def test_an_essential_part_makes_the_line_essential() -> None:
    annotated = MATCHER.annotate(
        Criterion("Communication skills essential, IHRIM certificate desirable")
    )
    assert importance_of(annotated) == "essential"
    assert need_of(annotated).requirements == ("communication",)
