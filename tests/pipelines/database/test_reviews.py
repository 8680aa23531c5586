from datetime import timedelta

import pytest
from sqlalchemy import select

from pipelines.database import Store
from pipelines.database.effective import criteria_of
from pipelines.database.models import AdvertVersionRow
from pipelines.database.review_models import ReviewDecisionRow
from pipelines.database.reviews import (
    KeptDecision,
    criteria_by_id,
    decisions_in_force,
    save_decision,
    withdraw,
)
from pipelines.review.settle import Verdict
from tests.pipelines.factories import NOON, annotated, criterion, vacancy

LATER = NOON + timedelta(days=1)


@pytest.fixture
def name(store: Store) -> tuple[str, str, str]:
    """Two adverts with the same line, of which one is reviewed."""
    run = store.start_run("nhs_jobs", at=NOON)
    for reference in ("X1", "X2"):
        line = criterion("Works well in a team", "team-working")
        store.save_vacancy(run, annotated(vacancy(reference), line))
    key = next(iter(stored(store).values()))[0]
    return "nhs_jobs", "X1", key


def stored(store: Store) -> dict[str, list[str]]:
    """The key and the effective requirements of each advert's one criterion, by its address."""
    with store.reading() as session:
        versions = {v.id: v.url for v in session.scalars(select(AdvertVersionRow))}
        criteria = criteria_of(session, list(versions))
    return {
        versions[version].rpartition("/")[2]: [
            one.key,
            *(match.requirement for match in one.annotated.matches),
        ]
        for version, (one,) in criteria.items()
    }


def decision(name: tuple[str, str, str], verdict: Verdict, new: str | None = None) -> KeptDecision:
    return KeptDecision(name, "team-working", verdict, new, "in a team", "Ann", "", "v1", NOON)


def test_a_decision_counts_for_its_own_advert_only(
    store: Store, name: tuple[str, str, str]
) -> None:
    with store.writing() as session:
        save_decision(session, decision(name, "change", "influencing"))
    found = stored(store)
    assert found["X1"][1:] == ["influencing"]
    assert found["X2"][1:] == ["team-working"]


def test_a_new_decision_ends_the_old_one_which_is_kept(
    store: Store, name: tuple[str, str, str]
) -> None:
    with store.writing() as session:
        save_decision(session, decision(name, "accept"))
        save_decision(session, decision(name, "reject"))
    with store.reading() as session:
        assert [one.verdict for one in decisions_in_force(session)] == ["reject"]
        ended = session.scalars(select(ReviewDecisionRow.ended_at))
        assert sorted(ended, key=str) == [NOON, None]
    assert stored(store)["X1"][1:] == []


def test_what_a_change_gave_can_be_withdrawn(store: Store, name: tuple[str, str, str]) -> None:
    with store.writing() as session:
        save_decision(session, decision(name, "change", "influencing"))
        assert withdraw(session, name, "influencing", LATER) == 1
    assert stored(store)["X1"][1:] == ["team-working"]


def test_criteria_are_found_by_their_names(store: Store, name: tuple[str, str, str]) -> None:
    wanted = [name, ("nhs_jobs", "X1", "none"), ("other", "X1", name[2])]
    with store.reading() as session:
        assert [found for found, _ in criteria_by_id(session, wanted)] == [name]
