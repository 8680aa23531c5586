"""What listings say of vacancies.

What is kept is the greatest by run and fullness, so that neither the order of sightings within
a run nor their repetition makes a difference: one advert can be listed under several searches.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from crawler.items import Sighting
from pipelines.database.hashing import listing_hash
from pipelines.database.mapping import listing_columns
from pipelines.database.models import RunRow, VacancyRow
from pipelines.database.vacancies import find_vacancies, mark_seen, new_vacancy

UNLISTED = "unlisted"
"""Stands as ``page_listing_hash`` of a page that was read before its advert was ever listed, so
that of two listings in its first run the order does not matter."""


def save_sightings(session: Session, run: RunRow, sightings: Iterable[Sighting]) -> None:
    """Store that these adverts were listed in this run.

    An advert in scope is stored with what the listing says. One out of scope only marks a
    vacancy as seen that is stored already, by an earlier rule or under an earlier title.
    """
    listed = list(sightings)
    rows = find_vacancies(session, run.source, (seen.reference for seen in listed))
    for sighting in listed:
        row = rows.get(sighting.reference)
        if row is None and not sighting.in_scope:
            continue
        if row is None:
            row = rows[sighting.reference] = new_vacancy(session, run, sighting.reference)
        mark_seen(row, run)
        if sighting.in_scope:
            _take_listing(row, run, sighting)


def _take_listing(row: VacancyRow, run: RunRow, sighting: Sighting) -> None:
    columns = listing_columns(sighting)
    latest = row.listing_run_id or 0
    if run.id < latest:
        return
    if run.id == latest and _fullness(columns) <= _fullness(_stored(row, columns)):
        return
    digest = listing_hash(sighting)
    if row.page_run_id is not None and row.page_run_id < run.id:
        at_page = _listing_at_page(row, run)
        row.page_listing_hash = None if at_page == digest else at_page
    row.listing_run_id = run.id
    row.listing_hash = digest
    for name, value in columns.items():
        setattr(row, name, value)


def _listing_at_page(row: VacancyRow, run: RunRow) -> str:
    """Return the hash of the listing in force when the page was last read."""
    if row.page_listing_hash == UNLISTED and row.listing_run_id != run.id:
        # The first listing it had is held to be the page's.
        return row.listing_hash or UNLISTED
    return row.page_listing_hash or row.listing_hash or UNLISTED


def _stored(row: VacancyRow, columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in columns}


def _fullness(columns: Mapping[str, Any]) -> tuple[int, str]:
    filled = sum(value not in (None, "", []) for value in columns.values())
    return filled, json.dumps(columns, sort_keys=True, default=str)
