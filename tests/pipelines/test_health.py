from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipelines.health import (
    Limits,
    classify,
    clock_doubt,
    fill_rate,
    find_drops,
    health_note,
    judge_source,
    learn_limits,
    load_rules,
)
from pipelines.types import PastRun, RunStatus

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
RULES = load_rules()
DECLARED = Limits(100, 10_000)


def run(days_ago: float = 0, status: RunStatus = "finished", **stats: Any) -> PastRun:
    at = NOON - timedelta(days=days_ago)
    expected = {"expected/at_least": 100, "expected/at_most": 10_000}
    named = {name.replace("__", "/"): value for name, value in stats.items()}
    problems = () if status == "finished" else ("3 pages could not be fetched",)
    return PastRun(1, "nhs_jobs", at, at, status, problems, expected | named)


def listed(*counts: int) -> list[PastRun]:
    return [run(sightings__listed=count) for count in counts]


def test_without_healthy_runs_the_declared_limits_hold() -> None:
    assert learn_limits([], DECLARED, RULES) == DECLARED


def test_the_usual_number_tightens_them() -> None:
    assert learn_limits(listed(1000, 1010, 990), DECLARED, RULES) == Limits(700, 2000)


def test_one_odd_run_does_not_move_them() -> None:
    assert learn_limits(listed(1000, 1010, 5, 990), DECLARED, RULES) == Limits(696, 1990)


def test_they_are_never_wider_than_declared() -> None:
    assert learn_limits(listed(110, 110), DECLARED, RULES) == Limits(100, 220)
    assert learn_limits(listed(9000, 9000), DECLARED, RULES).at_most == 10_000


def test_only_the_latest_runs_count() -> None:
    assert learn_limits(listed(*[1000] * 10, *[5000] * 50), DECLARED, RULES) == Limits(700, 2000)


def test_whoever_changes_the_declared_limits_lets_them_be_learnt_anew() -> None:
    assert learn_limits(listed(1000), Limits(50, 500), RULES) == Limits(50, 500)


def filled(read: int, without: int) -> dict[str, Any]:
    return {"adverts__read": read, "adverts__without/salary": without}


def test_a_field_that_is_empty_much_more_often_than_usual_is_named() -> None:
    usual = [run(**filled(100, 5)) for _ in range(3)]
    assert find_drops(run(**filled(100, 60)).stats, usual, DECLARED, RULES) == [
        "salary is filled in 40 % of the adverts read, usually in 95 %"
    ]


@pytest.mark.parametrize(("read", "without"), [(100, 30), (10, 10), (0, 0)])
def test_a_small_drop_or_few_pages_say_nothing(read: int, without: int) -> None:
    usual = [run(**filled(100, 5)) for _ in range(3)]
    assert find_drops(run(**filled(read, without)).stats, usual, DECLARED, RULES) == []


def test_adverts_without_criteria_are_watched_like_a_field() -> None:
    usual = [run(annotate__vacancies=100, annotate__without_criteria=5)]
    stats = run(annotate__vacancies=50, annotate__without_criteria=40).stats
    (sentence,) = find_drops(stats, usual, DECLARED, RULES)
    assert sentence.startswith("criteria is filled in 20 %")
    assert fill_rate(stats, "criteria") == pytest.approx(20)


ERRORS = "downloader/exception_type_count/"


@pytest.mark.parametrize(
    ("stats", "expected"),
    [
        ({f"{ERRORS}scrapy.exceptions.CannotResolveHostError": 3, "listing/failed": 1}, "dns"),
        ({f"{ERRORS}twisted.internet.error.DNSLookupError": 3, "adverts/failed": 1}, "dns"),
        ({f"{ERRORS}scrapy.exceptions.DownloadTimeoutError": 1, "adverts/failed": 1}, "timeout"),
        ({f"{ERRORS}twisted.internet.error.TCPTimedOutError": 1, "adverts/failed": 1}, "timeout"),
        ({f"{ERRORS}builtins.ConnectionRefusedError": 1, "listing/failed": 1}, "network"),
        ({"refused/403": 3}, "403"),
        ({"refused/429": 3}, "429"),
        ({"downloader/response_status_count/503": 2}, "server"),
        ({"spider_exceptions/PageLayoutError": 2}, "layout"),
        ({"listing/empty": 1, "listing/fallback": 1}, "empty"),
        ({"listing/fallback": 1}, "feed"),
        ({"finish_reason": "finished", "sightings/listed": 0}, "empty"),
        ({"finish_reason": "finished", "sightings/listed": 9, "limits/at_least": 10}, "shrunk"),
        ({"finish_reason": "finished", "sightings/listed": 30, "limits/at_most": 20}, "grown"),
        ({"clock/skew_s": 8 * 3600}, "clock"),
        ({}, "other"),
    ],
)
def test_the_figures_say_why_a_run_failed(stats: dict[str, Any], expected: str) -> None:
    assert classify(stats, ["something"]) == (expected,)


def test_an_error_that_was_got_over_is_not_the_reason() -> None:
    stats = {f"{ERRORS}twisted.internet.error.TCPTimedOutError": 1, "refused/403": 1}
    assert classify(stats, ["1 requests were refused (403)"]) == ("403",)


def test_a_healthy_run_has_no_class() -> None:
    assert classify({"refused/429": 1}, []) == ()


def test_failures_in_a_row_pause_a_source_for_growing_times() -> None:
    waits = []
    for failures in range(1, 8):
        runs = [run(days_ago=day, status="failed") for day in range(failures)]
        health = judge_source("nhs_jobs", [*runs, run(days_ago=failures)], RULES)
        assert health.failures == failures
        assert health.paused_until is not None
        waits.append(health.paused_until - NOON)
    assert waits == sorted(waits)
    assert timedelta(hours=20) < waits[0] < timedelta(days=1)  # the next day's crawl is not lost
    assert timedelta(days=6) < waits[-1] < timedelta(days=7)


def test_a_healthy_run_ends_the_pause() -> None:
    runs = [run(), *(run(days_ago=day, status="failed") for day in range(1, 9))]
    health = judge_source("nhs_jobs", runs, RULES)
    assert (health.is_healthy, health.failures, health.paused_until) == (True, 0, None)


def test_a_run_that_was_stopped_says_nothing_of_the_source() -> None:
    runs = [run(status="interrupted"), run(days_ago=1), run(days_ago=2, status="failed")]
    assert judge_source("nhs_jobs", runs, RULES).is_healthy
    runs = [run(status="running"), run(days_ago=1, status="failed")]
    assert judge_source("nhs_jobs", runs, RULES).failures == 1


def test_a_source_that_never_ran_is_not_unhealthy() -> None:
    health = judge_source("nhs_jobs", [], RULES)
    assert health.is_healthy
    assert health_note(health, "NHS Jobs") is None


def test_a_report_says_which_source_cannot_be_believed_and_since_when() -> None:
    failed = run(status="failed", refused__403=3)
    note = health_note(judge_source("nhs_jobs", [failed, run(days_ago=2)], RULES), "NHS Jobs")
    assert note == (
        "NHS Jobs: the crawl of 2 November 2026 failed (403), the last healthy one was on "
        "31 October 2026. Vacancies that have gone since then may still be shown as open."
    )
    assert health_note(judge_source("nhs_jobs", [run()], RULES), "NHS Jobs") is None


def test_a_clock_that_agrees_with_a_board_is_believed() -> None:
    assert clock_doubt([run(days_ago=1, clock__skew_s=2)], NOON) is None
    assert clock_doubt([], NOON) is None
    assert clock_doubt([run(days_ago=400)], NOON) is None  # imports alone: nobody to ask


@pytest.mark.parametrize(
    "runs",
    [
        [run(days_ago=-1, clock__skew_s=0)],  # the clock was set back
        [run(days_ago=365, clock__skew_s=0)],  # or has leapt a year
        [run(clock__skew_s=365 * 86400), run(days_ago=365, clock__skew_s=0)],
    ],
)
def test_a_clock_that_leapt_closes_nothing(runs: list[PastRun]) -> None:
    assert clock_doubt(runs, NOON)
