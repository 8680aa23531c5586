import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from personspec.exceptions import UsageError
from pipelines.database import Store
from pipelines.outputs.about import about_lines, footer_lines
from pipelines.outputs.filters import ReportFilter
from pipelines.outputs.manifest import (
    FILE,
    READING_AID,
    Manifest,
    SourceNote,
    read_counted_until,
    write_manifest,
)
from pipelines.outputs.report import write_report
from tests.pipelines.factories import NOON
from tests.pipelines.reviewing import CLERK, TODAY, crawl

BOARD = SourceNote(
    "nhs_jobs", "NHS Jobs", "A publisher", "A licence", "Contains what they own.", NOON, 67
)
MANIFEST = Manifest(NOON, NOON, NOON + timedelta(hours=1), 59, 535, "2+abc", sources=(BOARD,))


def test_the_next_report_counts_from_where_this_one_ends(tmp_path: Path) -> None:
    assert read_counted_until(tmp_path) is None
    write_manifest(tmp_path, MANIFEST)
    assert read_counted_until(tmp_path) == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"counted_until": "soon"}', '{"counted_until": "2026-11-02"}']
)
def test_a_file_that_no_report_left_there_is_one_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content)
    with pytest.raises(UsageError, match=r"report\.json .*--since"):
        read_counted_until(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a file: name a folder"):
        read_counted_until(tmp_path / "file")


def test_every_footer_names_the_owner_the_health_and_that_the_advert_decides() -> None:
    lines = list(footer_lines(MANIFEST))
    assert lines[0] == READING_AID
    assert "NHS Jobs (A publisher): Contains what they own." in lines
    assert "NHS Jobs: last healthy crawl on 2 November 2026, 67 adverts listed." in lines
    assert "documented requirements 2+abc" in lines[1]


def test_a_source_that_cannot_be_believed_says_so_instead() -> None:
    ill = SourceNote("nhs_jobs", "NHS Jobs", problem="NHS Jobs: the crawl failed.")
    manifest = Manifest(NOON, NOON, NOON, 0, 0, "2", sources=(ill,))
    assert list(about_lines(manifest))[-1] == "NHS Jobs: the crawl failed."


def test_a_second_report_shows_what_came_after_the_first(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    first = write_report(store, tmp_path, today=TODAY, only=ReportFilter.of(statuses=["open"]))
    second = write_report(store, tmp_path, today=TODAY)
    written = json.loads((tmp_path / FILE).read_text("utf-8"))
    assert second.changes_since > first.changes_since
    assert written["changes_since"] == second.changes_since.isoformat()
    assert '"unchanged"' in (tmp_path / "vacancies.csv").read_text("utf-8-sig")


def test_while_a_run_goes_on_the_next_report_counts_from_its_start(
    store: Store, tmp_path: Path
) -> None:
    started = datetime.now(UTC) - timedelta(minutes=5)
    run = store.start_run("nhs_jobs", at=started)
    write_report(store, tmp_path, today=TODAY)
    assert read_counted_until(tmp_path) == started
    store.finish_run(run, [], {})
    write_report(store, tmp_path, today=TODAY)
    later = read_counted_until(tmp_path)
    assert later is not None
    assert later > started
