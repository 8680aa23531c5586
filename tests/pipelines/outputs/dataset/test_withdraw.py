import json
from pathlib import Path

import pytest

from personspec.exceptions import UsageError
from pipelines.database import Store
from pipelines.outputs.dataset.publish import Terms
from pipelines.outputs.dataset.schema import TABLES
from pipelines.outputs.dataset.withdraw import withdraw
from tests.pipelines.outputs.dataset.releases import CLERK, TODAY, clerk, crawl, publish, rows


def test_a_withdrawn_vacancy_is_in_no_later_release_and_leaves_a_tombstone(
    store: Store, tmp_path: Path
) -> None:
    crawl(store, *(clerk(f"X{number}") for number in range(6)))
    before = publish(store, tmp_path).folder
    assert withdraw(store, tmp_path, "nhs_jobs:X1", today=TODAY) == [before.name]
    assert withdraw(store, tmp_path, "nhs_jobs:X1", today=TODAY) == [before.name]
    after = publish(store, tmp_path)
    for table in TABLES:
        assert not any("X1" in str(row.values()) for row in rows(after.folder, table.name))
    assert after.release.delta["vacancies"]["removed"] == 1
    assert json.loads((tmp_path / "withdrawn.json").read_text("utf-8")) == [
        {"vacancy_id": "nhs_jobs:X1", "withdrawn_on": "2026-11-20"}
    ]
    assert after.release.withdrawn == 1
    assert any(row["reference"] == "X1" for row in rows(before, "vacancies"))


def test_a_key_that_is_of_no_vacancy_is_refused(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    with pytest.raises(UsageError, match="neither stored nor in a release"):
        withdraw(store, tmp_path, "nhs_jobs:X7", today=TODAY)


def test_a_vacancy_can_be_withdrawn_before_it_was_ever_published(
    store: Store, tmp_path: Path
) -> None:
    crawl(store, CLERK)
    assert withdraw(store, tmp_path, "nhs_jobs:X1", today=TODAY) == []
    terms = Terms(override="All that there is was withdrawn.")
    assert publish(store, tmp_path, terms=terms).release.rows["vacancies"] == 0
