from matcher.types import AnnotatedCriterion, Criterion, Match
from pipelines.review.settle import NOTHING, REVIEWED, Decision, Settled, settle

TEXT = "Works well in a team and writes clearly"


def match(requirement: str, words: str) -> Match:
    start = TEXT.index(words)
    return Match(requirement, "desirable", 90.0, "exact words", words, start, start + len(words))


TEAM, WRITES = match("team-working", "in a team"), match("communication", "writes clearly")


def settled(*decisions: Decision, matches: tuple[Match, ...] = (TEAM, WRITES)) -> Settled:
    read = Criterion(TEXT, importance="essential", importance_source="heading")
    criterion = AnnotatedCriterion(read, None, None, experience_alternative=False, matches=matches)
    return settle(criterion, decisions)


def asked(found: Settled) -> list[str]:
    return [match.requirement for match in found.criterion.matches]


def test_without_a_decision_the_matcher_counts() -> None:
    assert asked(settled()) == ["team-working", "communication"]
    assert not settled().is_fully_judged


def test_a_rejected_match_is_gone() -> None:
    assert asked(settled(Decision("team-working", "reject"))) == ["communication"]


def test_an_accepted_match_is_sure_and_says_who_decided() -> None:
    first, second = settled(Decision("team-working", "accept")).criterion.matches
    assert (first.score, first.rule) == (100.0, REVIEWED)
    assert (first.evidence, first.importance) == ("in a team", "desirable")
    assert second == WRITES


def test_an_accepted_match_stays_when_a_later_matcher_no_longer_finds_it() -> None:
    found = settled(Decision("team-working", "accept", evidence="in a team"), matches=())
    (only,) = found.criterion.matches
    assert (only.requirement, only.evidence) == ("team-working", "in a team")
    assert TEXT[only.start : only.end] == only.evidence
    assert only.importance == "essential"


def test_a_change_puts_another_requirement_on_the_same_words() -> None:
    change = Decision("team-working", "change", "influencing", "in a team")
    first = settled(change).criterion.matches[0]
    assert (first.requirement, first.evidence, first.importance) == (
        "influencing",
        "in a team",
        "desirable",
    )


def test_words_that_are_no_longer_there_give_way_to_the_whole_line() -> None:
    change = Decision(NOTHING, "change", "influencing", "in the team")
    (only,) = settled(change, matches=()).criterion.matches
    assert only.evidence == TEXT


def test_a_change_to_what_was_found_anyway_gives_it_once() -> None:
    assert asked(settled(Decision("team-working", "change", "communication"))) == ["communication"]


def test_nothing_documented_holds_against_a_later_matcher_but_not_against_a_reviewer() -> None:
    assert asked(settled(Decision(NOTHING, "accept"))) == []
    both = settled(Decision(NOTHING, "accept"), Decision("communication", "accept"))
    assert asked(both) == ["communication"]


def test_to_say_that_something_is_asked_does_not_hide_what_else_is_found() -> None:
    change = Decision(NOTHING, "change", "influencing")
    assert set(asked(settled(change))) == {"influencing", "team-working", "communication"}


def test_of_two_decisions_the_later_counts() -> None:
    change = Decision("team-working", "change", "influencing")
    assert asked(settled(change, Decision("influencing", "reject"))) == ["communication"]


def test_a_criterion_is_fully_judged_when_a_reviewer_stands_behind_each_match() -> None:
    accept = Decision("team-working", "accept")
    assert not settled(accept).is_fully_judged
    assert settled(accept, Decision("communication", "reject")).is_fully_judged
    assert settled(Decision(NOTHING, "accept"), matches=()).is_fully_judged
