"""The CSV pair for recruitment teams: a row a vacancy, and a row a criterion and requirement."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TextIO

from matcher.catalogue import Catalogue, load_catalogue
from pipelines.database import Store
from pipelines.database.reports import batches_of_vacancies, criteria_of
from pipelines.outputs.csvfile import Profile, find_profile, write_rows
from pipelines.outputs.files import replacing
from pipelines.outputs.rows import Rows, Window
from pipelines.outputs.schema import (
    CRITERION_COLUMNS,
    DICTIONARY_COLUMNS,
    Column,
    dictionary_rows,
    vacancy_columns,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What was written, and where."""

    vacancies_path: Path
    criteria_path: Path
    dictionary_path: Path
    vacancies: int
    """Rows of ``vacancies.csv``."""

    criteria: int
    """Rows of ``criteria.csv``: one a criterion and requirement it asks for."""


def write_report(  # noqa: PLR0913 what to write, and four ways to do it
    store: Store,
    folder: Path,
    *,
    profile: str = "excel",
    today: date,
    since: datetime | None = None,
    catalogue: Catalogue | None = None,
) -> Report:
    """Write ``vacancies.csv``, ``criteria.csv`` and ``data-dictionary.csv``.

    Args:
        store: What is reported, as it is at one moment.
        folder: Where to write; made if it is not there. Old files are replaced at the end.
        profile: ``excel`` opens right by double click; ``plain`` is for programs.
        today: The day in London, for ``status`` and ``days_to_close``.
        since: Moment from which ``change`` counts; a week before ``today`` if not given.
        catalogue: The documented requirements; those of health records if not given.

    Raises:
        UsageError: The profile is unknown or a file cannot be written; the old files stay.
    """
    chosen = find_profile(profile)
    catalogue = catalogue or load_catalogue()
    window = Window(today, since) if since else Window.last_week(today)
    with ExitStack() as files:

        def create(name: str, columns: tuple[Column, ...]) -> _Csv:
            file = files.enter_context(replacing(folder / name, encoding=chosen.encoding))
            return _Csv(name, file, columns, chosen)

        vacancies = create("vacancies.csv", vacancy_columns(catalogue))
        criteria = create("criteria.csv", CRITERION_COLUMNS)
        dictionary = create("data-dictionary.csv", DICTIONARY_COLUMNS)
        for table in (vacancies, criteria):
            dictionary.append(list(dictionary_rows(table.name, table.columns)))
        _write_all(store, Rows(catalogue, window), vacancies, criteria)
    return Report(
        vacancies_path=folder / vacancies.name,
        criteria_path=folder / criteria.name,
        dictionary_path=folder / dictionary.name,
        vacancies=vacancies.rows,
        criteria=criteria.rows,
    )


class _Csv:
    """An open file and what goes into it; its header is written at once."""

    def __init__(
        self, name: str, file: TextIO, columns: tuple[Column, ...], profile: Profile
    ) -> None:
        self.name = name
        self.columns = columns
        self.rows = 0
        self._file = file
        self._profile = profile
        write_rows(file, [], columns, profile, header=True)

    def append(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self.rows += write_rows(self._file, rows, self.columns, self._profile, header=False)


def _write_all(store: Store, rows: Rows, vacancies: _Csv, criteria: _Csv) -> None:
    with store.reading() as session:
        for batch in batches_of_vacancies(session):
            versions = [row["version_id"] for row in batch if row["version_id"] is not None]
            read = {
                version: list(found)
                for version, found in groupby(
                    criteria_of(session, versions), itemgetter("advert_version_id")
                )
            }
            found = [(row, read.get(row["version_id"], [])) for row in batch]
            vacancies.append([rows.of_vacancy(row, asked) for row, asked in found])
            criteria.append([rows.of_criterion(row, one) for row, asked in found for one in asked])
