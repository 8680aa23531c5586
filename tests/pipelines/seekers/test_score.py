from datetime import timedelta
from typing import Any

from pipelines.seekers.profile import Profile
from pipelines.seekers.score import Asked, Reader, score
from pipelines.seekers.types import OpenVacancy
from tests.pipelines.seekers.people import (
    COMMUNICATION,
    GCSE,
    NOW,
    TODAY,
    TYPING,
    criterion,
    open_vacancy,
    profile,
)

HELD = {"skills": ["communication"], "qualifications": ["gcse"]}


def scored(wanted: Profile | None = None, *rated: tuple[OpenVacancy, bool], **found: Any) -> float:
    return score(
        Asked(open_vacancy(**found)), Reader(wanted or profile(background=HELD), rated), TODAY
    )


def test_what_is_met_comes_before_what_is_open_and_that_before_what_is_missed() -> None:
    team = criterion("Team player", "team-working")
    met, unclear, missed = (scored(criteria=(one,)) for one in (COMMUNICATION, TYPING, team))
    assert met > unclear > missed


def test_essential_weighs_more_than_desirable() -> None:
    wish = criterion("Team player", "team-working", importance="desirable")
    need = criterion("Team player", "team-working")
    assert scored(criteria=(GCSE, wish)) > scored(criteria=(GCSE, need))


def test_near_fresh_and_banded_come_first() -> None:
    assert scored() > scored(latitude=53.95)
    assert scored() > scored(first_seen=NOW - timedelta(days=9))
    assert scored() > scored(band=None)


def test_scores_stay_within_0_and_100() -> None:
    best = scored(criteria=(COMMUNICATION, criterion("GCSE", "gcse-or-equivalent", min_level=2,
                                                     importance="desirable")))  # fmt: skip
    worst = scored(
        profile(background={"skills": [], "qualifications": []}, distance_miles=1),
        (open_vacancy(7), False),
        first_seen=NOW - timedelta(days=90),
        band=None,
        latitude=53.9,
        criteria=(COMMUNICATION, GCSE),
    )
    assert best == 100.0
    assert 0 <= worst < 15


def test_what_was_said_of_others_moves_the_score_and_does_not_rule_it() -> None:
    plain = scored(profile(background=HELD))
    rated = open_vacancy(7, title="Health Records Officer")
    liked = scored(profile(background=HELD), (rated, True))
    disliked = scored(profile(background=HELD), (rated, False))
    assert liked >= plain > disliked
    assert plain - disliked <= 10
