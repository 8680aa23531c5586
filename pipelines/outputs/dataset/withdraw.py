"""Vacancies taken out on request."""

from datetime import date
from pathlib import Path

import pyarrow.compute as pc

from personspec.exceptions import UsageError
from pipelines.database import Store
from pipelines.database.vacancies import find_vacancies
from pipelines.outputs.dataset.schema import VACANCIES
from pipelines.outputs.dataset.shelf import Shelf
from pipelines.outputs.dataset.tables import read_parquet


def withdraw(store: Store, out: Path, vacancy_id: str, *, today: date) -> list[str]:
    """Keep a vacancy out of all later releases; return the versions of those that hold it.

    ``withdrawn.json`` keeps its key and the day as a tombstone, nothing else. The releases there
    are do not change: who publishes them decides whether to delete them.

    Raises:
        UsageError: It is neither stored nor part of a release, so the key is mistyped.
        DatasetError: Somebody publishes there at this moment.
    """
    shelf = Shelf(out)
    with shelf.locked():
        held = [
            one["version"] for one in shelf.releases if _holds(shelf, one["version"], vacancy_id)
        ]
        if not held and not _is_stored(store, vacancy_id):
            raise UsageError(
                f"{vacancy_id!r} is neither stored nor in a release: write it as in the column "
                "vacancy_id, e.g. nhs_jobs:C1234-26-0001."
            )
        shelf.withdraw(vacancy_id, today)
    return held


def _is_stored(store: Store, vacancy_id: str) -> bool:
    source, _, reference = vacancy_id.partition(":")
    with store.reading() as session:
        return bool(find_vacancies(session, source, [reference]))


def _holds(shelf: Shelf, version: str, vacancy_id: str) -> bool:
    folder = shelf.path_of(version)
    if not folder.exists():  # deleted by its publisher
        return False
    return any(
        pc.any(pc.equal(batch.column("vacancy_id"), vacancy_id)).as_py()
        for batch in read_parquet(folder, VACANCIES)
    )
