from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from matcher.catalogue import load_catalogue
from pipelines.database import Store
from pipelines.database.reviews import KeptDecision, save_decision
from pipelines.outputs.dataset.quality import quality_of_release, wilson
from tests.pipelines.factories import NOON, annotated, vacancy
from tests.pipelines.outputs.dataset.releases import CLERK, crawl, publish


@pytest.mark.parametrize(
    ("right", "number", "low", "high"),
    # Agresti and Coull (1998) give these for the Wilson interval, to two decimals.
    [(0, 10, 0.0, 0.28), (10, 10, 0.72, 1.0), (5, 10, 0.24, 0.76)],
)
def test_the_interval_of_a_share_is_wilsons(
    right: int, number: int, low: float, high: float
) -> None:
    assert wilson(right, number) == pytest.approx((low, high), abs=0.006)


def test_nothing_is_said_of_a_share_of_nothing() -> None:
    assert wilson(0, 0) is None


def test_a_release_carries_the_quality_of_each_requirement_on_the_gold_set(
    store: Store, tmp_path: Path
) -> None:
    crawl(store, CLERK)
    published = publish(store, tmp_path)
    gold = published.release.quality["gold"]
    assert [one["requirement_id"] for one in gold["per_requirement"]] == sorted(
        load_catalogue().by_id
    )
    readme = (published.folder / "README.md").read_text("utf-8")
    for one in gold["per_requirement"]:
        low, high = one["precision_interval"]
        assert low <= one["precision"] <= high
        assert f"| {one['requirement_id']} | {one['precision']:.2f} (" in readme


def decision(requirement: str, verdict: str, **changes: str) -> KeptDecision:
    told: dict[str, Any] = {
        "criterion": ("nhs_jobs", "X1", changes.pop("key", "0")),
        "requirement": requirement,
        "verdict": verdict,
        "new_requirement": None,
        "evidence": "Team player",
        "reviewer": "Philippa Ferncastle",
        "note": "Philippa has looked",
        "row_version": "1",
        "decided_at": NOON,
    }
    return KeptDecision(**(told | changes))


def test_decisions_of_reviewers_make_precision_and_recall_and_nobodys_name_is_printed(
    store: Store, tmp_path: Path
) -> None:
    crawl(store, CLERK)
    with store.writing() as session:
        for number in range(3):
            save_decision(session, decision("team-working", "accept", key=f"right {number}"))
        save_decision(session, decision("team-working", "reject", key="wrong"))
        save_decision(session, decision("team-working", "accept", key="added", evidence=""))
        changed = {"key": "changed", "new_requirement": "communication"}
        save_decision(session, decision("enthusiasm", "change", **changed))
        save_decision(session, decision("juggling", "accept", key="of another catalogue"))
    published = publish(store, tmp_path)
    told = {one["requirement_id"]: one for one in published.release.quality["reviewers"]}
    assert set(told) == {"team-working", "enthusiasm", "communication"}
    team = told["team-working"]
    assert (team["right"], team["wrong"], team["missed"]) == (3, 1, 1)
    assert (team["precision"], team["recall"]) == (0.75, 0.75)
    assert team["precision_interval"] == wilson(3, 4)
    assert (team["f1"], team["support"]) == (pytest.approx(0.75), 4)
    low, high = wilson(3, 5) or (0, 0)
    assert team["f1_interval"] == pytest.approx((2 * low / (1 + low), 2 * high / (1 + high)))
    assert told["enthusiasm"]["precision"] == told["communication"]["recall"] == 0
    readme = (published.folder / "README.md").read_text("utf-8")
    assert "| team-working | 3 | 1 | 1 | 0.75 (0.30–0.95) | 0.75 (0.30–0.95) | 0.75 (" in readme
    for path in published.folder.rglob("*"):
        assert not path.is_file() or b"Philippa" not in path.read_bytes()


def test_days_without_a_healthy_run_and_adverts_not_read_are_counted(
    store: Store, tmp_path: Path
) -> None:
    crawl(store, CLERK, annotated(vacancy("X2")))
    crawl(store, CLERK, annotated(vacancy("X2")), day=3)
    failed = store.start_run("nhs_jobs", at=NOON + timedelta(days=1))
    store.finish_run(failed, ["The layout has changed."], {})
    with store.reading() as session:
        quality = quality_of_release(session, load_catalogue())
    assert quality["unread_share"] == 50.0
    (source,) = quality["coverage"]
    assert source["missed"] == ["2026-11-03", "2026-11-04"]
    assert source["listed_by_day"] == {"2026-11-02": 2, "2026-11-05": 2}
    assert (source["runs_healthy"], source["runs_failed"]) == (2, 1)
    readme = (publish(store, tmp_path).folder / "README.md").read_text("utf-8")
    assert "| nhs_jobs | 2 | 2 | 1 | 0 |" in readme
    assert "Without a healthy run of nhs_jobs: 2026-11-03, 2026-11-04.\n" in readme
