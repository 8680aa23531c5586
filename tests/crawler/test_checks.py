import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.checks import find_problems

HEALTHY = {
    "finish_reason": "finished",
    "sightings/listed": 200,
    "sightings/in_scope": 20,
    "adverts/asked": 20,
    "adverts/read": 19,
    "adverts/gone": 1,
    "adverts/without/closing_date": 2,
    "listing/walks": 1,
    "listing/walks_finished": 1,
    "listing/short": 0,
    "refused/429": 2,
    "retry/count": 3,
}


def problems(**changes):
    stats = HEALTHY | {name.replace("__", "/"): value for name, value in changes.items()}
    return find_problems(stats, at_least=100, at_most=400)


def test_a_healthy_run_has_none():
    assert problems() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"finish_reason": "blocked"}, "refused us repeatedly"),
        ({"finish_reason": "shutdown"}, "ended early: it was stopped"),
        ({"finish_reason": "robots_txt_unavailable"}, "robots.txt could not be fetched"),
        ({"finish_reason": None}, "it never finished"),
        ({"sightings__listed": 0}, "0 adverts listed, expected 100 to 400"),
        ({"sightings__listed": 99}, "99 adverts listed"),
        ({"sightings__listed": 401}, "401 adverts listed"),
        ({"listing__walks_finished": 0}, "1 of 1 listing not read to the end"),
        ({"listing__short": 3}, "3 adverts fewer listed"),
        ({"listing__problems": 2}, "2 entries or values"),
        ({"listing__fallback": 1, "listing__fallback_listed": 9}, "search pages were read instead"),
        ({"listing__failed": 1}, "1 page could not be fetched"),
        ({"adverts__failed": 1}, "1 page could not be fetched"),
        (
            {"spider_exceptions__PageLayoutError": 2, "spider_exceptions__count": 2},
            "2 pages are not",
        ),
        ({"spider_exceptions__count": 2}, "2 pages could not be read"),
        ({"guard__refused": 1}, "led away from the board"),
        ({"robotstxt__forbidden": 1}, "closed to robots"),
        ({"refused__403": 1}, "1 request was refused"),
        ({"item_error_count": 1}, "could not be processed"),
        ({"adverts__gone": 6}, "6 of 20 adverts were gone"),
        ({"adverts__without/salary": 12}, "salary is missing from 12 of 19"),
    ],
)
def test_each_kind_of_trouble_is_said_once_in_words(changes, words):
    found = problems(**changes)

    assert len(found) == 1
    assert words in found[0]


def test_search_pages_that_gave_nothing_were_not_read_instead():
    assert problems(listing__fallback=1) == []


def test_thousands_of_adverts_and_none_followed_is_trouble():
    found = find_problems(
        HEALTHY | {"sightings/listed": 2000, "sightings/in_scope": 0}, at_least=1, at_most=4000
    )

    assert found == ["none of 2000 adverts listed is one we follow: look at data/roles"]


def test_few_adverts_prove_no_drift():
    assert problems(adverts__asked=4, adverts__read=2, adverts__gone=2) == []


def test_a_run_of_which_nothing_is_known_is_not_healthy():
    assert len(find_problems({}, at_least=1, at_most=10)) == 2


NAMES = st.sampled_from([*HEALTHY, "refused/403", "guard/refused", "spider_exceptions/count"])


@given(st.dictionaries(NAMES, st.one_of(st.none(), st.text(), st.integers(), st.floats())))
def test_no_stats_break_the_check(stats):
    assert all(isinstance(problem, str) for problem in find_problems(stats, at_least=1, at_most=9))
