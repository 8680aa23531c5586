"""What a store says of the world, without when and in which run it was learnt."""

from typing import Any

from pipelines.database import Store
from tests.pipelines.database.snapshot import snapshot

OF_THE_RUN = frozenset(
    {
        "first_seen",
        "last_seen",
        "last_run_id",
        "listing_run_id",
        "page_run_id",
        "run_id",
        "closed_at",
        "reopened_at",
        "rejected_at",
        "fetched_at",
        "checked_at",
        "archive_file",
        "archive_record",
        "archive_sha256",
    }
)
"""Moments, numbers of runs and names of archives: they differ between two undisturbed stores too.

That a vacancy is closed or open stays, in ``end_reason`` and ``earlier_closings``.
"""


def contents(store: Store) -> dict[str, Any]:
    """Return everything two stores of the same board must have in common."""
    return {key: _timeless(held) for key, held in snapshot(store).items()}


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _timeless(held) for name, held in value.items() if name not in OF_THE_RUN}
    if isinstance(value, list):
        return [_timeless(held) for held in value]
    return value
