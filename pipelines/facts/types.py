"""The facts made of what an advert prints."""

from dataclasses import dataclass
from typing import Literal

BandBasis = Literal["printed", "inferred"]

CoordinatesBasis = Literal["town", "postcode area"]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts in one form for all boards; the printed words stay on the vacancy beside them.

    A value that the advert does not give, and that cannot be worked out without guessing, is
    None.
    """

    pay_band: str | None = None
    """Agenda for Change band, ``2`` to ``9`` or ``8a`` to ``8d``."""

    pay_band_basis: BandBasis | None = None
    """``inferred``: the advert prints no band, its salary is that of one band only."""

    pay_table: str | None = None
    """Id of the dated pay table that holds the printed salary, e.g. ``england-2026-27``."""

    salary_annual_minimum: float | None = None
    salary_annual_maximum: float | None = None
    """Pounds a year for full-time work."""

    contract_type: str | None = None
    """One of the normal words of ``data/lookups/contract-words.yml``, e.g. ``fixed-term``."""

    fixed_term_months: int | None = None
    working_patterns: tuple[str, ...] = ()
    """Normal words, sorted, e.g. ``("full-time", "job-share")``."""

    postcode: str | None = None
    """Of the first place that has one, in upper case with one space."""

    region: str | None = None
    """Main region of its postcode area: an area may straddle regions."""

    latitude: float | None = None
    longitude: float | None = None
    """Degrees, WGS 84."""

    coordinates_basis: CoordinatesBasis | None = None
    """Which middle the coordinates are of."""

    driving: bool | None = None
    """The advert asks for a driving licence; None if it is silent."""

    may_close_early: bool = False
    """The advert says that it may close before its closing date."""
