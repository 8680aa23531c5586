"""Why a release should not be published: a broken crawl must not become a finding."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.outputs.manifest import SourceNote


@dataclass(frozen=True, slots=True)
class Limits:
    """How much less than the release before a release may hold."""

    fall: float = 20
    """Per cent by which a table may be shorter: vacancies stay in it after they have closed, so
    that a healthy store only grows but for what was withdrawn."""

    drop: float = 10
    """Points (0-100) by which the share of filled cells of a column may be lower."""


_COUNTED = ("vacancies", "vacancy_versions", "criteria", "matches", "runs")
_FREE = frozenset({"closed_at", "end_reason", "fixed_term_months", "driving", "band_basis"})
"""Columns whose share says something of the vacancies, not of how well they were read."""


def find_gaps(rows: Mapping[str, int], healthy_runs: int) -> Iterator[str]:
    """Yield why a release would say nothing, a sentence each.

    Args:
        rows: By table.
        healthy_runs: Crawls and imports that ended without a problem.
    """
    if not rows["vacancies"]:
        yield "There is no vacancy to publish: 'personspec crawl' or 'personspec import' fills it."
    if not healthy_runs:
        yield "No run has ended without a problem, so nothing in the store can be believed yet."


def find_reasons(
    sources: Sequence[SourceNote],
    rows: Mapping[str, int],
    fill_rates: Mapping[str, Mapping[str, float]],
    previous: Mapping[str, Any] | None,
    limits: Limits = Limits(),
) -> list[str]:
    """Return why not to publish, a sentence each; empty if there is no reason.

    Args:
        sources: What is to be said of the sources.
        rows: By table.
        fill_rates: Share of filled cells, 0-100, by table and column.
        previous: ``release.json`` of the release before; None for the first.
        limits: How much less there may be.
    """
    reasons = [source.problem for source in sources if source.problem]
    if previous is not None:
        reasons += _falls(rows, previous["rows"], limits.fall)
        reasons += _drops(fill_rates, previous["fill_rates"], limits.drop)
    return reasons


def _falls(now: Mapping[str, int], before: Mapping[str, int], most: float) -> Iterator[str]:
    for name in _COUNTED:
        if 100 * now[name] < before.get(name, 0) * (100 - most):
            yield (
                f"{name} has {now[name]} rows, the release before had {before[name]}: a fall of "
                f"more than {most:g} %."
            )


def _drops(
    now: Mapping[str, Mapping[str, float]],
    before: Mapping[str, Mapping[str, float]],
    most: float,
) -> Iterator[str]:
    rates, usual = now.get("vacancies", {}), before.get("vacancies", {})
    for name in sorted((rates.keys() & usual.keys()) - _FREE):
        if rates[name] < usual[name] - most:
            yield (
                f"vacancies.{name} is filled in {rates[name]:.0f} % of the rows, in the release "
                f"before in {usual[name]:.0f} %: a drop of more than {most:g} points."
            )
