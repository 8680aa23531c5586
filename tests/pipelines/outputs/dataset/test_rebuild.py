from pathlib import Path

from pipelines.database import Store, open_store
from pipelines.outputs.dataset.rebuild import build_again, find_differences
from tests.pipelines.factories import annotated, vacancy
from tests.pipelines.outputs.dataset.releases import clerk, crawl, criterion, publish

REFERENCES = ("b1", "B2", "A-10", "a1", "A1", "a-2")
"""Which comes first is not the same in every database."""


def filled(url: str) -> Store:
    store = open_store(url)
    said = "Knowledge of medical terminology", "knowledge of Medical Terminology"
    pages = [clerk(reference) for reference in REFERENCES]
    pages += [
        annotated(vacancy(f"{name}{number}"), criterion(words))
        for number, words in enumerate(said)
        for name in ("z", "Y", "x")
    ]
    crawl(store, *pages)
    return store


def test_a_release_of_one_database_is_built_again_equal_from_another(
    sqlite_url: str, emptied_postgres_url: str, tmp_path: Path
) -> None:
    server, file = filled(emptied_postgres_url), filled(sqlite_url)
    release, rebuilt = publish(server, tmp_path / "dataset").folder, tmp_path / "again"
    rebuilt.mkdir()
    build_again(file, release, rebuilt)
    assert find_differences(release, rebuilt, ()) == {}
    server.close()
    file.close()


def test_rows_only_here_and_only_there_are_told(store: Store, tmp_path: Path) -> None:
    crawl(store, clerk("X1"), clerk("X2"))
    release, rebuilt = publish(store, tmp_path / "dataset").folder, tmp_path / "again"
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    crawl(other, clerk("X2"), clerk("X3"))
    rebuilt.mkdir()
    build_again(other, release, rebuilt)
    other.close()
    told = find_differences(release, rebuilt, ())
    assert set(told) == {"vacancies", "vacancy_versions", "criteria", "matches"}
    assert told["vacancies"] == (
        "1 only in what was built again, 1 only in the release: nhs_jobs:X3, nhs_jobs:X1"
    )
    assert told["criteria"].endswith(" 2")
