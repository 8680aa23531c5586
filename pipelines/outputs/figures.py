"""The figures of ``report.html``, counted while the rows are written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matcher.catalogue import Catalogue
from matcher.summary import Demand, undocumented_demands
from pipelines.database.effective import StoredCriterion
from pipelines.outputs.schema import VACANCY_COLUMNS, requirement_column

BANDS = next(column.allowed for column in VACANCY_COLUMNS if column.name == "pay_band")
NOT_SAID = "not said"

CHANGES = ("new", "changed", "reopened", "closed")
LISTED = 20
"""Vacancies listed by name for each kind of change; the CSV has them all."""

DEMANDS = 15
"""Demands shown that the document does not name."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    count: int
    of: int

    @property
    def percent(self) -> int:
        """The share in whole per cent; 0 of nothing."""
        return round(100 * self.count / self.of) if self.of else 0


@dataclass(frozen=True, slots=True)
class Asked:
    """How the open vacancies ask for one requirement."""

    requirement: str
    label: str
    essential: tuple[Share, ...]
    """One for each band of ``Figures.bands``, the last for all."""

    desirable: tuple[Share, ...]
    unclear: Share
    """Asked without saying how much it matters, of all."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a report shows of the open vacancies, and what changed."""

    open: int
    """Open vacancies, each post counted once."""

    duplicates: int
    """Open vacancies left out because they are another one's duplicate."""

    read: int
    """Of the open ones those whose criteria could be read."""

    by_band: tuple[tuple[str, int], ...]
    by_employer: tuple[tuple[str, int], ...]
    by_region: tuple[tuple[str, int], ...]
    bands: tuple[tuple[str, int], ...]
    """Bands of the heat map with the vacancies read of each."""

    asked: tuple[Asked, ...]
    criteria: int
    """Criteria of the open vacancies."""

    unmatched: int
    """Of them those that ask nothing documented."""

    demands: tuple[Demand, ...]
    entry_level: Share
    without_qualifications: Share
    changes: Mapping[str, int]
    changed: Mapping[str, tuple[Mapping[str, Any], ...]]
    """The first rows of each kind of change."""


class Tally:
    """Counts the vacancies of a report one after the other."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._columns = {one.id: requirement_column(one).name for one in catalogue.requirements}
        self._counts: dict[str, Counter[str]] = {
            name: Counter() for name in ("pay_band", "employer", "region", "band_read", "summary")
        }
        self._asked: Counter[tuple[str, str, str]] = Counter()
        self._texts: list[str] = []
        self._criteria = 0
        self._changes: Counter[str] = Counter()
        self._changed: dict[str, list[Mapping[str, Any]]] = {name: [] for name in CHANGES}

    def add(self, row: Mapping[str, Any], criteria: Sequence[StoredCriterion]) -> None:
        """Count a row of ``vacancies.csv`` and the criteria behind it."""
        self._add_change(row)
        if row["status"] != "open":
            return
        summary = self._counts["summary"]
        if row["duplicate_of"]:
            summary["duplicates"] += 1
            return
        summary["open"] += 1
        for name in ("pay_band", "employer", "region"):
            self._counts[name][row[name] or NOT_SAID] += 1
        if not criteria:
            return
        self._add_asked(row)
        self._criteria += len(criteria)
        self._texts += [
            one.annotated.criterion.text for one in criteria if not one.annotated.matches
        ]

    def _add_change(self, row: Mapping[str, Any]) -> None:
        change = row["change"]
        self._changes[change] += 1
        if change in self._changed and len(self._changed[change]) < LISTED:
            self._changed[change].append(row)

    def _add_asked(self, row: Mapping[str, Any]) -> None:
        band = row["pay_band"] or NOT_SAID
        self._counts["band_read"][band] += 1
        summary = self._counts["summary"]
        summary["entry"] += row["entry_level"]
        summary["without"] += row["no_formal_qualification_required"]
        for requirement, column in self._columns.items():
            if row[column] != "no":
                self._asked[band, requirement, row[column]] += 1

    def figures(self) -> Figures:
        """Return the figures of all that was counted."""
        summary, read = self._counts["summary"], self._counts["band_read"]
        bands = [(band, read[band]) for band in (*BANDS, NOT_SAID) if read[band]]
        return Figures(
            open=summary["open"],
            duplicates=summary["duplicates"],
            read=read.total(),
            by_band=tuple(
                (band, self._counts["pay_band"][band])
                for band in (*BANDS, NOT_SAID)
                if self._counts["pay_band"][band]
            ),
            by_employer=_ranked(self._counts["employer"]),
            by_region=_ranked(self._counts["region"]),
            bands=tuple(bands),
            asked=tuple(
                self._asked_by_band(one.id, one.label, bands)
                for one in self._catalogue.requirements
            ),
            criteria=self._criteria,
            unmatched=len(self._texts),
            demands=tuple(undocumented_demands(self._texts)[:DEMANDS]),
            entry_level=Share(summary["entry"], read.total()),
            without_qualifications=Share(summary["without"], read.total()),
            changes={name: self._changes[name] for name in CHANGES},
            changed={name: tuple(rows) for name, rows in self._changed.items()},
        )

    def _asked_by_band(
        self, requirement: str, label: str, bands: Sequence[tuple[str, int]]
    ) -> Asked:
        total = sum(read for _, read in bands)

        def shares(importance: str) -> tuple[Share, ...]:
            counts = [self._asked[band, requirement, importance] for band, _ in bands]
            each = (Share(count, of) for count, (_, of) in zip(counts, bands, strict=True))
            return (*each, Share(sum(counts), total))

        unclear = shares("unknown")[-1]
        return Asked(requirement, label, shares("essential"), shares("desirable"), unclear)


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda one: (one[0] == NOT_SAID, -one[1], one[0])))
