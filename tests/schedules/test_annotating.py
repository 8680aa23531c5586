from pathlib import Path

import pytest

from personspec.settings import load_settings
from pipelines.database import open_store
from schedules.jobs import annotate as annotate_by_schedule
from tests.pipelines.database.snapshot import snapshot
from tests.pipelines.factories import NOON, annotated, vacancy
from tests.schedules.commands import run


def test_adverts_of_older_versions_are_matched_again_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PERSONSPEC_OUTPUT_DIR", str(tmp_path))
    store = open_store(load_settings().store_url)
    number = store.start_run("nhs_jobs", at=NOON)
    for reference in ("X1", "X2"):
        store.save_vacancy(number, annotated(vacancy(reference)))
    before = snapshot(store)
    assert run(monkeypatch, "annotate") == 0
    assert "Adverts read and matched again: 2." in capsys.readouterr().out
    assert snapshot(store) != before
    assert run(monkeypatch, "annotate") == 0
    assert "nothing to do" in capsys.readouterr().out
    assert annotate_by_schedule().detail == "Adverts read and matched again: 0."
    store.close()
