"""Fills the tables of a release from one moment of the store, a batch at a time."""

from collections.abc import Iterator, Sequence, Set
from typing import Any
from zlib import crc32

from matcher.catalogue import Catalogue
from matcher.summary import undocumented_demands
from pipelines.database import Transaction
from pipelines.database.dataset import batches_of_runs, batches_of_versions, first_runs
from pipelines.database.effective import StoredCriterion, criteria_of
from pipelines.database.reports import batches_of_vacancies
from pipelines.outputs.dataset.rows import (
    Content,
    criterion_rows,
    quote,
    requirement_rows,
    run_row,
    total_rows,
    vacancy_row,
    version_row,
)
from pipelines.outputs.dataset.tables import ReleaseTables

SAMPLE = 50_000
"""Most criteria that are grouped: grouping holds them all in memory."""

SAID_BY = 3
"""A group is published from this many criteria: what one employer alone says stays theirs."""


def fill_tables(
    session: Transaction,
    tables: ReleaseTables,
    catalogue: Catalogue,
    content: Content,
    withdrawn: Set[str],
) -> None:
    """Write all rows.

    Args:
        session: One view of the store: all tables are of the same moment.
        tables: Where to.
        catalogue: The documented requirements.
        content: Which words of adverts.
        withdrawn: Vacancies that are left out, by ``vacancy_id``.
    """
    beyond = Sample(SAMPLE)
    _fill_vacancies(session, tables, withdrawn)
    for batch in batches_of_versions(session):
        kept = [one for one in batch if _key(one) not in withdrawn]
        _fill_versions(session, kept, tables, content, beyond)
    tables["requirements"].append(requirement_rows(catalogue))
    for batch in batches_of_runs(session):
        tables["runs"].append([run_row(run) for run in batch])
        tables["board_totals"].append([row for run in batch for row in total_rows(run)])
    tables["undocumented_demands"].append(_demand_rows(beyond.texts))


def _fill_vacancies(session: Transaction, tables: ReleaseTables, withdrawn: Set[str]) -> None:
    since = first_runs(session)
    for batch in batches_of_vacancies(session):
        tables["vacancies"].append(
            [vacancy_row(one, since[one["source"]]) for one in batch if _key(one) not in withdrawn]
        )


def _fill_versions(
    session: Transaction,
    batch: Sequence[dict[str, Any]],
    tables: ReleaseTables,
    content: Content,
    beyond: "Sample",
) -> None:
    criteria = criteria_of(session, [one["id"] for one in batch])
    for version in batch:
        read = criteria.get(version["id"], ())
        tables["vacancy_versions"].append([version_row(version, read)])
        for row, matches in criterion_rows(version, read, content):
            tables["criteria"].append([row])
            tables["matches"].append(matches)
        if version["is_current"]:
            beyond.add(_key(version), _beyond(read))


def _beyond(criteria: Sequence[StoredCriterion]) -> Iterator[str]:
    for one in criteria:
        if not one.annotated.matches:
            yield one.annotated.criterion.text


class Sample:
    """Texts of vacancies, or those of a fixed share of the vacancies once there are too many.

    Which ones stay is decided by their keys, so that it is the same in each release.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._share = 1
        self._texts: dict[str, list[str]] = {}
        self._count = 0

    def add(self, key: str, texts: Iterator[str]) -> None:
        """Take the texts of a vacancy, unless it is not in the share."""
        if not self._has(key):
            return
        self._texts[key] = list(texts)
        self._count += len(self._texts[key])
        while self._count > self._most:
            self._share *= 2
            self._texts = {key: held for key, held in self._texts.items() if self._has(key)}
            self._count = sum(map(len, self._texts.values()))

    @property
    def texts(self) -> list[str]:
        """The texts held, in an order that is the same in every database."""
        return [text for _, held in sorted(self._texts.items()) for text in held]

    def _has(self, key: str) -> bool:
        return crc32(key.encode()) % self._share == 0


def _demand_rows(texts: Sequence[str]) -> list[dict[str, Any]]:
    demands = [one for one in undocumented_demands(texts) if one.count >= SAID_BY]
    return [
        {
            "group": number,
            "wording": quote(demand.wording),
            "count": demand.count,
            "looked_at": len(texts),
        }
        for number, demand in enumerate(demands, start=1)
    ]


def _key(stored: dict[str, Any]) -> str:
    return f"{stored['source']}:{stored['reference']}"
