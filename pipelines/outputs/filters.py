"""Which vacancies a report is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from personspec.exceptions import UsageError
from pipelines.facts.places import load_areas
from pipelines.outputs.schema import VACANCY_COLUMNS

_ALLOWED = {column.name: column.allowed for column in VACANCY_COLUMNS}


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """What a vacancy must be to be reported; what is empty asks nothing.

    Of several values of one field one is enough; all fields must hold.
    """

    employers: tuple[str, ...] = ()
    """Parts of the employer's name, in any case."""

    bands: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: datetime | None = None
    """What had closed before is left out."""

    @classmethod
    def of(
        cls,
        *,
        employers: Iterable[str] = (),
        bands: Iterable[str] = (),
        regions: Iterable[str] = (),
        statuses: Iterable[str] = (),
        since: datetime | None = None,
    ) -> Self:
        """Return the filter of what a user typed.

        Raises:
            UsageError: A band, region or status does not exist; names those that do. An employer is
                empty.
        """
        named = tuple(employer.strip() for employer in employers)
        if not all(named):
            raise UsageError("An employer is empty: give a part of the name, or leave it out.")
        known = sorted({area.region for area in load_areas().values()})
        return cls(
            employers=named,
            bands=tuple(
                _known("band", band.lower().removeprefix("band"), _ALLOWED["pay_band"])
                for band in bands
            ),
            regions=tuple(_known("region", region, known) for region in regions),
            statuses=tuple(_known("status", status, _ALLOWED["status"]) for status in statuses),
            since=since,
        )

    def passes(self, row: Mapping[str, Any], closed_at: datetime | None) -> bool:
        """Return whether a row of ``vacancies.csv`` is reported.

        Args:
            row: Its columns, without those of the criteria.
            closed_at: When the vacancy was found closed.
        """
        employer = (row["employer"] or "").casefold()
        return (
            (not self.bands or row["pay_band"] in self.bands)
            and (not self.regions or row["region"] in self.regions)
            and (not self.statuses or row["status"] in self.statuses)
            and (not self.employers or any(one.casefold() in employer for one in self.employers))
            and (self.since is None or closed_at is None or closed_at >= self.since)
        )

    def describe(self) -> dict[str, list[str]]:
        """Return the values asked for by the name of the field; nothing for a whole report."""
        asked = {
            "employer": self.employers,
            "band": self.bands,
            "region": self.regions,
            "status": self.statuses,
        }
        return {name: list(values) for name, values in asked.items() if values}


def _known(field: str, typed: str, known: Iterable[str]) -> str:
    names = {name.casefold(): name for name in known}
    found = names.get(typed.strip().casefold())
    if found is None:
        raise UsageError(
            f"There is no {field} {typed.strip()!r}: it is {_or(list(names.values()))}."
        )
    return found


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
