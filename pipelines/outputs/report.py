"""The reports for recruitment teams: tables of vacancies and criteria, and a page of figures."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

from matcher.catalogue import Catalogue, load_catalogue
from pipelines.database import Store, Transaction
from pipelines.database.duplicates import duplicates_of
from pipelines.database.effective import StoredCriterion, criteria_of
from pipelines.database.reports import (
    batches_of_vacancies,
    changed_fields_since,
    counted_until,
)
from pipelines.outputs.about import about_lines, write_about
from pipelines.outputs.csvfile import Profile, find_profile, write_rows
from pipelines.outputs.figures import Tally
from pipelines.outputs.files import replacing, replacing_together
from pipelines.outputs.filters import ReportFilter
from pipelines.outputs.manifest import FILE as MANIFEST
from pipelines.outputs.manifest import Manifest, SourceNote, read_counted_until, write_manifest
from pipelines.outputs.page import write_page
from pipelines.outputs.rows import Rows, Stored, Window, week_before
from pipelines.outputs.schema import (
    CRITERION_COLUMNS,
    DICTIONARY_COLUMNS,
    Column,
    dictionary_rows,
    vacancy_columns,
)
from pipelines.outputs.workbook import FILE as WORKBOOK
from pipelines.outputs.workbook import Sheet, open_workbook

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """What was written, and where."""

    vacancies_path: Path
    criteria_path: Path
    dictionary_path: Path
    page_path: Path
    workbook_path: Path | None
    """None if none was asked for."""

    vacancies: int
    """Rows of ``vacancies.csv``."""

    criteria: int
    """Rows of ``criteria.csv``: one a criterion and requirement it asks for."""

    changes_since: datetime
    """What happened from here on is a change."""


def write_report(  # noqa: PLR0913 what to write, and the ways to do it
    store: Store,
    folder: Path,
    *,
    profile: str = "excel",
    today: date,
    since: datetime | None = None,
    only: ReportFilter | None = None,
    sources: Sequence[SourceNote] = (),
    workbook: bool = False,
    catalogue: Catalogue | None = None,
) -> Report:
    """Write the CSV pair, their dictionary, the page of figures and what they were made of.

    Args:
        store: What is reported, as it is at one moment.
        folder: Where to write; made if it is not there. Old files are replaced at the end.
        profile: ``excel`` opens right by double click; ``plain`` is for programs.
        today: The day in London, for ``status`` and ``days_to_close``.
        since: Moment from which ``change`` counts. If not given, the report before in this
            folder says it, else it is a week before ``today``.
        only: Which vacancies; all if not given.
        sources: What is to be said of the sources.
        workbook: Whether to write ``report.xlsx`` too.
        catalogue: The documented requirements; those of health records if not given.

    Raises:
        UsageError: The profile is unknown or a file cannot be written; the old files stay.
    """
    chosen = find_profile(profile)
    catalogue = catalogue or load_catalogue()
    since = since or read_counted_until(folder) or week_before(today)
    only = only or ReportFilter()
    tally = Tally(catalogue)
    # The manifest last: until all else is there, the next report counts from the one before.
    with replacing_together(folder, last=MANIFEST) as aside:
        with ExitStack() as files, store.reading() as session:
            until = counted_until(session)
            path = aside / WORKBOOK
            book = files.enter_context(open_workbook(path, catalogue)) if workbook else None
            tables = _open_tables(files, aside, catalogue, chosen)
            window = Window(
                today, since, changed_fields_since(session, since), duplicates_of(session)
            )
            sheets = [_Tables(book.vacancies, book.criteria)] if book else []
            _write_all(session, Rows(catalogue, window), only, [tables, *sheets], tally)
            manifest = Manifest(
                written_at=datetime.now(UTC),
                changes_since=since,
                counted_until=until,
                vacancies=tables.vacancies.rows,
                criteria=tables.criteria.rows,
                catalogue_version=catalogue.version,
                filters=only.describe(),
                sources=sources,
            )
            write_page(aside, tally.figures(), manifest)
            write_about(aside, manifest)
            if book:
                book.explain(_dictionary(catalogue), about_lines(manifest))
        write_manifest(aside, manifest)
    return Report(
        vacancies_path=folder / "vacancies.csv",
        criteria_path=folder / "criteria.csv",
        dictionary_path=folder / "data-dictionary.csv",
        page_path=folder / "report.html",
        workbook_path=folder / WORKBOOK if workbook else None,
        vacancies=manifest.vacancies,
        criteria=manifest.criteria,
        changes_since=since,
    )


@dataclass(frozen=True, slots=True)
class _Tables:
    vacancies: "Sheet"
    criteria: "Sheet"


class _Csv:
    """An open file and what goes into it; its header is written at once."""

    def __init__(self, file: TextIO, columns: tuple[Column, ...], profile: Profile) -> None:
        self.rows = 0
        self._columns = columns
        self._file = file
        self._profile = profile
        write_rows(file, [], columns, profile, header=True)

    def append(self, rows: Sequence[Row]) -> None:
        self.rows += write_rows(self._file, rows, self._columns, self._profile, header=False)


def _open_tables(files: ExitStack, folder: Path, catalogue: Catalogue, profile: Profile) -> _Tables:
    def create(name: str, columns: tuple[Column, ...]) -> _Csv:
        file = files.enter_context(replacing(folder / name, encoding=profile.encoding))
        return _Csv(file, columns, profile)

    create("data-dictionary.csv", DICTIONARY_COLUMNS).append(_dictionary(catalogue))
    return _Tables(
        create("vacancies.csv", vacancy_columns(catalogue)),
        create("criteria.csv", CRITERION_COLUMNS),
    )


def _dictionary(catalogue: Catalogue) -> list[Row]:
    return [
        *dictionary_rows("vacancies.csv", vacancy_columns(catalogue)),
        *dictionary_rows("criteria.csv", CRITERION_COLUMNS),
    ]


def _write_all(
    session: Transaction,
    rows: Rows,
    only: ReportFilter,
    outputs: Sequence[_Tables],
    tally: Tally,
) -> None:
    for batch in batches_of_vacancies(session):
        vacancies, criteria = [], []
        for vacancy, listing, asked in _wanted(session, batch, rows, only):
            row = rows.of_vacancy(listing, asked)
            tally.add(row, asked)
            vacancies.append(row)
            criteria += [
                one for criterion in asked for one in rows.of_criterion(vacancy, criterion)
            ]
        for tables in outputs:
            tables.vacancies.append(vacancies)
            tables.criteria.append(criteria)


def _wanted(
    session: Transaction, batch: Sequence[Stored], rows: Rows, only: ReportFilter
) -> Iterator[tuple[Stored, dict[str, Any], tuple[StoredCriterion, ...]]]:
    listings = [(vacancy, rows.of_listing(vacancy)) for vacancy in batch]
    kept = [(v, row) for v, row in listings if only.passes(row, v["closed_at"])]
    versions = [v["version_id"] for v, _ in kept if v["version_id"] is not None]
    criteria = criteria_of(session, versions)
    for vacancy, listing in kept:
        yield vacancy, listing, criteria.get(vacancy["version_id"], ())
