from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from matcher.catalogue import load_catalogue
from personspec.exceptions import UsageError
from pipelines.database import Store
from pipelines.database.demands import count_demands
from pipelines.database.reviews import decisions_in_force, withdraw
from pipelines.review.apply import apply_review, plan_review, read_lines
from pipelines.review.plan import Planned, split_id
from tests.pipelines.factories import NOON, annotated, criterion, vacancy
from tests.pipelines.reviewing import CLERK, crawl, decide, report_rows, save

CATALOGUE = load_catalogue()


@pytest.fixture
def rows(store: Store, tmp_path: Path) -> pd.DataFrame:
    """The criteria of a report: team-working, communication, and a line that asks nothing."""
    crawl(store, CLERK)
    return report_rows(store, tmp_path / "first")


def review(
    store: Store, rows: pd.DataFrame, tmp_path: Path, *, apply: bool = True
) -> list[Planned]:
    lines = read_lines([save(rows, tmp_path / "back.csv")], "")
    if apply:
        return apply_review(store, lines, CATALOGUE, NOON)
    return plan_review(store, lines, CATALOGUE)


def effects(plan: list[Planned]) -> list[str]:
    return [planned.effect for planned in plan]


def asked(store: Store, tmp_path: Path) -> list[str]:
    return list(report_rows(store, tmp_path / "asked")["requirement_id"])


def test_a_rejected_match_is_gone_from_every_output(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 0, "reject")
    assert effects(review(store, rows, tmp_path)) == ["applied"]
    assert asked(store, tmp_path) == ["communication", ""]
    vacancies = pd.read_csv(tmp_path / "asked" / "vacancies.csv")
    assert list(vacancies["asks_team_working"]) == ["no"]
    assert list(vacancies["requirements_asked"]) == [1]
    with store.reading() as session:
        assert count_demands(session) == {("communication", "essential"): 1}


def test_a_change_and_an_addition_are_in_every_row_that_follows(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 0, "change", review_requirement_id="influencing")
    decide(rows, 2, "change", review_requirement_id="own-initiative")
    assert effects(review(store, rows, tmp_path)) == ["applied", "applied"]
    after = report_rows(store, tmp_path / "after")
    assert set(after["requirement_id"]) == {"influencing", "communication", "own-initiative"}
    decided = after[after["method"] == "decided by a reviewer"]
    assert set(decided["requirement_id"]) == {"influencing", "own-initiative"}
    assert set(decided["review_decision"]) == {"accept"}
    assert set(after["reviewer"]) == {""}  # who it was stays in the store


def test_a_dry_run_keeps_nothing(store: Store, rows: pd.DataFrame, tmp_path: Path) -> None:
    decide(rows, 0, "reject")
    assert effects(review(store, rows, tmp_path, apply=False)) == ["applied"]
    with store.reading() as session:
        assert decisions_in_force(session) == []


def test_the_same_file_again_changes_nothing(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 0, "reject")
    decide(rows, 1, "accept")
    decide(rows, 2, "change", review_requirement_id="own-initiative")
    review(store, rows, tmp_path)
    assert effects(review(store, rows, tmp_path)) == ["unchanged"] * 3


def test_sorted_rows_missing_rows_and_rewritten_dates_do_not_matter(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 1, "reject")
    rows["fetched_at"] = "02/11/2026 12:00"
    rows["criterion_text"] = "cut"
    assert effects(review(store, rows.iloc[::-1].head(2), tmp_path)) == ["applied"]
    assert asked(store, tmp_path) == ["team-working", ""]


def test_two_reviewers_who_disagree_do_not_overwrite_each_other(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    other = rows.copy()
    decide(rows, 0, "accept")
    decide(other, 0, "reject", reviewer="Bob")
    decide(other, 1, "reject", reviewer="Bob")
    review(store, rows, tmp_path)
    first, second = review(store, other, tmp_path)
    assert (first.effect, second.effect) == ("conflicting", "applied")
    assert first.reason.startswith("A reviewer has decided on it since")
    assert asked(store, tmp_path) == ["team-working", ""]


def test_a_decision_can_be_changed_in_a_report_that_shows_it(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 0, "accept")
    review(store, rows, tmp_path)
    later = report_rows(store, tmp_path / "later")
    decide(later, 0, "reject")
    assert effects(review(store, later, tmp_path)) == ["applied"]
    assert asked(store, tmp_path) == ["communication", ""]


def test_a_report_that_shows_decisions_can_be_read_back_without_any_new_one(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 0, "accept")
    review(store, rows, tmp_path)
    later = report_rows(store, tmp_path / "later")
    assert effects(review(store, later, tmp_path)) == ["unchanged"]


def test_a_row_that_the_matcher_sees_otherwise_by_now_is_a_conflict(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    other = criterion("Team player who writes well", "communication")
    again = replace(CLERK.versions, matcher="2")
    crawl(store, annotated(vacancy("X1"), other, versions=again), day=1)
    decide(rows, 0, "accept")
    decide(rows, 2, "change", review_requirement_id="influencing")
    gone, unknown = review(store, rows, tmp_path)
    assert (gone.effect, unknown.effect) == ("conflicting", "unknown")
    assert "no longer tied" in gone.reason


def test_decisions_survive_another_matcher_and_another_advert(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 0, "accept")
    decide(rows, 1, "reject")
    review(store, rows, tmp_path)
    other = criterion("Team player  who writes WELL", "communication", "enthusiasm")
    crawl(store, annotated(vacancy("X1", title="Clerk, again"), other), day=1)
    assert set(asked(store, tmp_path)) == {"team-working", "enthusiasm"}


def test_the_reviewers_mark_is_kept_in_the_store_and_nowhere_else(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 0, "accept", reviewer="Perpetua", review_note="seen twice")
    review(store, rows, tmp_path)
    with store.reading() as session:
        (kept,) = decisions_in_force(session)
    assert (kept.reviewer, kept.note) == ("Perpetua", "seen twice")
    report_rows(store, tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        written = path.read_bytes()
        assert b"Perpetua" not in written, path.name
        assert b"seen twice" not in written, path.name


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        ((0, {"review_decision": "yes"}), "is not one of accept"),
        ((0, {"review_decision": "", "review_note": "hm"}), "no review_decision"),
        (
            (0, {"review_decision": "accept", "review_requirement_id": "influencing"}),
            "write change",
        ),
        ((0, {"review_decision": "change"}), "nothing is not the id"),
        ((0, {"review_decision": "change", "review_requirement_id": "x"}), "'x' is not the id"),
        ((0, {"review_decision": "change", "review_requirement_id": "team-working"}), "to itself"),
        ((2, {"review_decision": "reject"}), "rejects that nothing is asked"),
        ((0, {"review_decision": "accept", "reviewer": ""}), "names no reviewer"),
    ],
)
def test_a_row_that_does_not_say_what_is_meant_is_not_applied(
    store: Store,
    rows: pd.DataFrame,
    tmp_path: Path,
    case: tuple[int, dict[str, str]],
    problem: str,
) -> None:
    row, cells = case
    decide(rows, row, "", **cells)
    (planned,) = review(store, rows, tmp_path)
    assert planned.effect == "wrong"
    assert problem in planned.reason


def test_rows_that_contradict_each_other_are_both_refused(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 0, "change", review_requirement_id="communication")
    decide(rows, 1, "reject")
    doubled = pd.concat([rows, rows.iloc[[2]], rows.iloc[[2]]], ignore_index=True)
    decide(doubled, 3, "accept")
    decide(doubled, 4, "change", review_requirement_id="influencing")
    assert Counter(effects(review(store, doubled, tmp_path))) == {"wrong": 4}


def test_a_report_of_another_store_is_refused_as_a_whole(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    rows["criterion_id"] = rows["criterion_id"].str.replace("X1", "Y9")
    decide(rows, 0, "accept")
    with pytest.raises(UsageError, match="None of the 1 decided rows is of this store"):
        review(store, rows, tmp_path)


def test_a_decision_can_be_withdrawn_and_the_matcher_counts_again(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 0, "change", review_requirement_id="influencing")
    review(store, rows, tmp_path)
    later = report_rows(store, tmp_path / "later")
    shown = later.index[later["requirement_id"] == "influencing"][0]
    decide(later, shown, "withdraw")
    assert effects(review(store, later, tmp_path)) == ["applied"]
    assert asked(store, tmp_path) == ["team-working", "communication", ""]


def test_a_rejection_can_be_withdrawn_by_its_key(
    store: Store, rows: pd.DataFrame, tmp_path: Path
) -> None:
    decide(rows, 0, "reject")
    review(store, rows, tmp_path)
    name = split_id(rows["criterion_id"][0])
    assert name is not None
    with store.writing() as session:
        assert withdraw(session, name, "team-working", NOON) == 1
        assert withdraw(session, name, "team-working", NOON) == 0
    assert asked(store, tmp_path) == ["team-working", "communication", ""]
