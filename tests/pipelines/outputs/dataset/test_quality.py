from datetime import timedelta
from pathlib import Path

import pytest

from matcher.catalogue import load_catalogue
from pipelines.database import Store
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


def test_days_without_a_healthy_run_and_adverts_not_read_are_counted(store: Store) -> None:
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
