from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from crawler.items import Place
from matcher.catalogue import load_catalogue
from personspec.exceptions import UsageError
from personspec.london import LONDON
from pipelines.database import Store
from pipelines.outputs.csvfile import find_profile, read_rows
from pipelines.outputs.report import Report, write_report
from pipelines.outputs.schema import (
    CRITERION_COLUMNS,
    DICTIONARY_COLUMNS,
    Column,
    vacancy_columns,
)
from pipelines.types import AnnotatedVacancy, LocatedCriterion
from tests.pipelines.factories import NOON, annotated, criterion, sighting, vacancy

TODAY = date(2026, 11, 20)
COLUMNS = {
    "vacancies.csv": vacancy_columns(load_catalogue()),
    "criteria.csv": CRITERION_COLUMNS,
    "data-dictionary.csv": DICTIONARY_COLUMNS,
}
CLERK = annotated(
    vacancy("X1"),
    criterion("Team player who writes well", "team-working", "communication"),
    criterion("Clean driving licence"),
)


def crawl(store: Store, *pages: AnnotatedVacancy, day: int = 0, **listed: Any) -> None:
    run = store.start_run("nhs_jobs", at=NOON + timedelta(days=day))
    seen = [sighting(page.vacancy.reference, **listed) for page in pages]
    store.save_sightings(run, seen)
    for page in pages:
        at = page.vacancy.fetched_at + timedelta(days=day)
        store.save_vacancy(run, replace(page, vacancy=replace(page.vacancy, fetched_at=at)))
    store.close_missing(run)
    store.finish_run(run, [], {})


def report(store: Store, folder: Path, **options: Any) -> Report:
    return write_report(store, folder, **({"today": TODAY} | options))


def table(folder: Path, name: str, profile: str = "excel") -> pd.DataFrame:
    return read_rows(folder / name, COLUMNS[name], find_profile(profile))


def only(store: Store, folder: Path, **options: Any) -> dict[str, str]:
    folder = folder / f"report{len(list(folder.glob('report*')))}"  # nothing to count from
    report(store, folder, **options)
    (row,) = table(folder, "vacancies.csv").to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_a_vacancy_is_a_row_in_the_words_recruiters_know(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    row = only(store, tmp_path)
    expected = {
        "vacancy_id": "nhs_jobs:X1",
        "job_reference": "X1",
        "employer": "Vale of Eastmere NHS Foundation Trust",
        "job_title": "Health Records Clerk",
        "salary_min": "25272",
        "salary_unit": "year",
        "published": "2026-10-30",
        "closing_date": "2026-11-30",
        "days_to_close": "10",
        "status": "open",
        "closed": "",
        "first_seen": "2026-11-02T12:00:00+00:00",
        "town": "Eastmere",
        "places": "1",
    }
    assert expected.items() <= row.items()


def test_a_vacancy_says_how_it_asks_for_each_requirement(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    row = only(store, tmp_path)
    assert row["asks_team_working"] == "essential"
    assert row["asks_it_skills"] == "no"
    counted = {name: row[name] for name in row if name.startswith(("criteria", "requirements_"))}
    assert counted == {
        "criteria": "2",
        "criteria_essential": "2",
        "criteria_desirable": "0",
        "criteria_unmatched": "1",
        "requirements_asked": "2",
    }


def with_importance(importance: Any, *requirements: str) -> LocatedCriterion:
    located = criterion(f"{importance} words", *requirements)
    matches = tuple(replace(match, importance=importance) for match in located.annotated.matches)
    return replace(located, annotated=replace(located.annotated, matches=matches))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["unknown"], "unknown"),
        (["desirable", "unknown"], "desirable"),
        (["desirable", "essential", "unknown"], "essential"),
    ],
)
def test_of_several_importances_the_strongest_counts(
    store: Store, tmp_path: Path, given: list[str], expected: str
) -> None:
    crawl(store, annotated(vacancy("X1"), *(with_importance(one, "it-skills") for one in given)))
    assert only(store, tmp_path)["asks_it_skills"] == expected


def test_without_criteria_nobody_knows_what_is_asked(store: Store, tmp_path: Path) -> None:
    crawl(store, annotated(vacancy("X1")))
    row = only(store, tmp_path)
    assert row["asks_it_skills"] == ""
    assert row["no_criteria_reason"] == "The advert holds no list of criteria."


def test_an_advert_that_was_only_listed_is_reported_as_not_read(
    store: Store, tmp_path: Path
) -> None:
    run = store.start_run("nhs_jobs", at=NOON)
    store.save_sightings(run, [sighting("X1")])
    row = only(store, tmp_path)
    assert row["no_criteria_reason"] == "The advert page has not been read yet."
    assert (row["job_title"], row["salary_min"]) == ("Health Records Clerk", "25272")
    assert (row["criteria"], row["status"]) == ("0", "open")


def test_a_criterion_is_a_row_for_each_requirement_it_asks_for(
    store: Store, tmp_path: Path
) -> None:
    crawl(store, CLERK)
    written = report(store, tmp_path)
    rows = table(tmp_path, "criteria.csv")
    assert written.criteria == len(rows) == 3
    assert list(rows["requirement_id"]) == ["team-working", "communication", ""]
    assert list(rows["match_status"]) == ["matched", "matched", "unmatched"]
    assert list(rows["match_number"]) == ["1", "2", ""]
    assert rows["criterion_id"].nunique() == 2
    assert rows["criterion_id"].str.startswith("nhs_jobs:X1#").all()


def test_a_matched_row_carries_its_evidence(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    report(store, tmp_path)
    row = table(tmp_path, "criteria.csv").iloc[0]
    assert row["evidence_quote"] == "Team player who writes well"
    assert row["evidence_location"] == "person specification, Skills: characters 0 to 27"
    assert (row["match_score"], row["confidence_band"], row["method"]) == ("92.5", "high", "phrase")
    assert row["requirement_label"] == load_catalogue().by_id["team-working"].label
    assert row["requirement_source_url"].startswith("https://")
    assert row["source_url"] == vacancy("X1").url
    assert row["assessed_by"] == "interview"
    assert row["review_decision"] == ""


@pytest.mark.parametrize(
    ("page", "today", "status"),
    [
        ({}, date(2026, 11, 30), "open"),
        ({}, date(2026, 12, 1), "expired"),
        ({"is_open": False}, TODAY, "not accepting"),
    ],
)
def test_status_is_that_of_the_day(
    store: Store, tmp_path: Path, page: dict[str, Any], today: date, status: str
) -> None:
    crawl(store, annotated(vacancy("X1", **page)))
    assert only(store, tmp_path, today=today)["status"] == status


def test_a_withdrawn_vacancy_says_when_it_was_found_gone(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    crawl(store, day=1)
    row = only(store, tmp_path)
    assert (row["status"], row["closed"]) == ("withdrawn", "2026-11-03")


def test_change_is_counted_from_a_moment(store: Store, tmp_path: Path) -> None:
    def change(day: int) -> str:
        at = datetime(2026, 11, 2, tzinfo=LONDON) + timedelta(days=day)
        return only(store, tmp_path, since=at)["change"]

    crawl(store, CLERK)
    assert change(0) == "new"
    assert change(1) == "unchanged"
    dearer = replace(CLERK, vacancy=replace(CLERK.vacancy, title="Clerk"))
    crawl(store, dearer, day=2)
    assert change(1) == "changed"
    at = datetime(2026, 11, 3, tzinfo=LONDON)
    assert only(store, tmp_path, since=at)["changed_fields"] == "title"
    crawl(store, day=3)
    assert change(3) == "closed"
    crawl(store, dearer, day=4)
    assert change(4) == "reopened"
    assert change(5) == "unchanged"


def test_change_is_that_of_the_last_week_if_nothing_is_said(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK)
    assert only(store, tmp_path, today=date(2026, 11, 9))["change"] == "new"
    assert only(store, tmp_path, today=date(2026, 11, 10))["change"] == "unchanged"


def test_the_row_version_moves_with_what_is_judged_and_not_with_time(
    store: Store, tmp_path: Path
) -> None:
    def versions() -> list[str]:
        report(store, tmp_path / "new")
        return [
            version
            for name in ("vacancies.csv", "criteria.csv")
            for version in table(tmp_path / "new", name)["row_version"]
        ]

    crawl(store, CLERK)
    first = versions()
    crawl(store, CLERK, day=1)
    assert versions() == first
    crawl(store, replace(CLERK, vacancy=replace(CLERK.vacancy, title="Clerk")), day=2)
    assert versions()[0] != first[0]
    assert versions()[1:] == first[1:]
    other = criterion("Team player who writes well", "team-working", "it-skills")
    again = replace(CLERK.versions, matcher="2")
    crawl(store, annotated(vacancy("X1", title="Clerk"), other, versions=again), day=3)
    assert versions()[1:] == [first[1], versions()[2]]
    assert versions()[2] != first[2]


def test_every_cell_is_as_the_data_dictionary_says(store: Store, tmp_path: Path) -> None:
    crawl(store, CLERK, annotated(vacancy("X2")), annotated(vacancy("X3", places=())))
    crawl(store, CLERK, day=1)
    report(store, tmp_path)
    for name, columns in COLUMNS.items():
        rows = table(tmp_path, name)
        assert list(rows.columns) == [column.name for column in columns]
        for column in columns:
            for cell in rows[column.name]:
                assert_allowed(cell, column)


def assert_allowed(cell: str, column: Column) -> None:
    if cell == "":
        assert column.may_be_empty, column.name
    elif column.allowed:
        assert cell in column.allowed, column.name
    elif column.kind == "integer":
        int(cell)
    elif column.kind == "number":
        float(cell)
    elif column.kind == "date":
        date.fromisoformat(cell)
    elif column.kind == "time":
        assert datetime.fromisoformat(cell).tzinfo is not None


def test_the_dictionary_declares_every_column_of_both_files(store: Store, tmp_path: Path) -> None:
    written = report(store, tmp_path)
    declared = table(tmp_path, "data-dictionary.csv")
    assert written.dictionary_path == tmp_path / "data-dictionary.csv"
    for name in ("vacancies.csv", "criteria.csv"):
        header = list(table(tmp_path, name).columns)
        assert list(declared[declared["file"] == name]["column"]) == header
    assert declared["meaning"].str.endswith(".").all()


def test_a_formula_in_an_advert_is_guarded_for_excel_and_kept_for_programs(
    store: Store, tmp_path: Path
) -> None:
    nasty = '=HYPERLINK("https://evil.example","x")'
    crawl(store, annotated(vacancy("X1", title=nasty), criterion(nasty)))
    report(store, tmp_path / "excel")
    report(store, tmp_path / "plain", profile="plain")
    assert "'=HYPERLINK" in (tmp_path / "excel" / "vacancies.csv").read_text("utf-8-sig")
    assert "'=HYPERLINK" not in (tmp_path / "plain" / "vacancies.csv").read_text("utf-8")
    for profile in ("excel", "plain"):
        assert table(tmp_path / profile, "vacancies.csv", profile)["job_title"][0] == nasty
        assert table(tmp_path / profile, "criteria.csv", profile)["criterion_text"][0] == nasty


def test_vacancies_come_in_order_of_their_key_whatever_was_stored_first(
    store: Store, tmp_path: Path
) -> None:
    pages = [annotated(vacancy(f"X{n}", places=(Place("Ely"),)), criterion()) for n in (3, 1, 2)]
    crawl(store, *pages)
    report(store, tmp_path)
    expected = ["nhs_jobs:X1", "nhs_jobs:X2", "nhs_jobs:X3"]
    assert list(table(tmp_path, "vacancies.csv")["vacancy_id"]) == expected
    assert list(table(tmp_path, "criteria.csv")["vacancy_id"]) == expected


def test_an_empty_store_gives_files_with_headers(store: Store, tmp_path: Path) -> None:
    written = report(store, tmp_path)
    assert (written.vacancies, written.criteria) == (0, 0)
    assert len(table(tmp_path, "vacancies.csv")) == 0


def test_a_folder_that_cannot_be_written_is_one_sentence(store: Store, tmp_path: Path) -> None:
    (tmp_path / "criteria.csv").mkdir()
    with pytest.raises(UsageError, match=r"criteria\.csv cannot be written"):
        report(store, tmp_path)
