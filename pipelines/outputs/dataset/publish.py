"""Puts a release together: tables, what explains them, sums; then on the shelf in one step."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from matcher.catalogue import Catalogue, load_catalogue
from personspec.exceptions import PersonspecError, UsageError
from pipelines.database import Store
from pipelines.database.dataset import count_healthy_runs, data_as_of
from pipelines.outputs.dataset.delta import write_delta
from pipelines.outputs.dataset.descriptors import write_descriptors
from pipelines.outputs.dataset.fill import fill_tables
from pipelines.outputs.dataset.gate import Limits, find_gaps, find_reasons
from pipelines.outputs.dataset.papers import write_papers
from pipelines.outputs.dataset.quality import quality_of_release
from pipelines.outputs.dataset.release import FILE, Release, read_release, write_json
from pipelines.outputs.dataset.rows import Content
from pipelines.outputs.dataset.schema import SCHEMA_VERSION
from pipelines.outputs.dataset.shelf import DatasetError, Shelf, write_sums
from pipelines.outputs.dataset.tables import ReleaseTables
from pipelines.outputs.manifest import SourceNote


@dataclass(frozen=True, slots=True)
class Terms:
    """What a publisher decides of a release."""

    text_basis: str | None = None
    """On what basis criteria are published in full; None leaves them out."""

    override: str | None = None
    """Why to publish in spite of the gate; None if the gate decides."""

    limits: Limits = field(default_factory=Limits)
    """How much less than before there may be."""


@dataclass(frozen=True, slots=True)
class Published:
    """A release that lies on the shelf."""

    folder: Path
    release: Release


def publish_release(  # noqa: PLR0913 what to publish, and the ways to do it
    store: Store,
    out: Path,
    *,
    today: date,
    terms: Terms | None = None,
    sources: Sequence[SourceNote] = (),
    catalogue: Catalogue | None = None,
) -> Published:
    """Publish what is stored as the next release; return where it is.

    Args:
        store: What is published, as it is at one moment.
        out: The folder of all releases; made if it is not there.
        today: The day in London, for the version.
        terms: What the publisher decides.
        sources: What is to be said of the sources.
        catalogue: The documented requirements; those of health records if not given.

    Raises:
        DatasetError: The gate stops it, or another program publishes there.
        UsageError: The folder cannot be written.
    """
    catalogue, terms, shelf = catalogue or load_catalogue(), terms or Terms(), Shelf(out)
    with shelf.locked():
        plan = Plan(shelf, shelf.next_version(today), terms, sources, catalogue)
        with _failure_noted(shelf):
            return _publish(store, plan)


@contextmanager
def _failure_noted(shelf: Shelf) -> Iterator[None]:
    try:
        yield
    except PersonspecError as error:
        with suppress(UsageError):  # on a full disk not even that can be written
            shelf.add_failure(datetime.now(UTC), str(error))
        raise


def _publish(store: Store, plan: "Plan") -> Published:
    with plan.shelf.aside(plan.version) as folder:
        release = _write(store, folder, plan)
    plan.shelf.add(
        {
            "version": plan.version,
            "published_at": release.published_at.isoformat(),
            "path": f"releases/{plan.version}",
            "rows": dict(release.rows),
        }
    )
    return Published(plan.shelf.path_of(plan.version), release)


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into a release, and where it will lie."""

    shelf: Shelf
    version: str
    terms: Terms
    sources: Sequence[SourceNote]
    catalogue: Catalogue


def _write(store: Store, folder: Path, plan: Plan) -> Release:
    withdrawn, latest = plan.shelf.withdrawn, plan.shelf.latest
    previous = read_release(plan.shelf.path_of(latest)) if latest else None
    content = Content(with_text=plan.terms.text_basis is not None)
    with store.reading() as session:
        with ReleaseTables(folder) as tables:
            fill_tables(session, tables, plan.catalogue, content, withdrawn.keys())
        as_of, quality = data_as_of(session), quality_of_release(session, plan.catalogue)
        reasons = [*find_gaps(tables.counts, count_healthy_runs(session))]
    limits = plan.terms.limits
    reasons += find_reasons(plan.sources, tables.counts, tables.fill_rates, previous, limits)
    if reasons and plan.terms.override is None:
        raise DatasetError(
            f"Nothing is published, the release before stays the latest: {' '.join(reasons)} "
            "If you have looked and it is right, publish with --override and say why."
        )
    release = Release(
        version=plan.version,
        published_at=datetime.now(UTC),
        data_as_of=as_of,
        previous=latest,
        rows=tables.counts,
        fill_rates=tables.fill_rates,
        catalogue_version=plan.catalogue.version,
        text_basis=plan.terms.text_basis,
        withdrawn=len(withdrawn),
        sources=plan.sources,
        gate=reasons,
        limits=limits,
        override=plan.terms.override if reasons else None,
        quality=quality,
        delta=_delta(folder, plan.shelf, previous),
    )
    write_descriptors(folder, release)
    write_papers(folder, release)
    write_json(folder / FILE, release.to_json())
    write_sums(folder)
    return release


def _delta(
    folder: Path, shelf: Shelf, previous: Mapping[str, Any] | None
) -> dict[str, dict[str, int]]:
    # Tables of another schema have other columns: then there is no row by row.
    if previous is None or previous["schema_version"] != SCHEMA_VERSION:
        return {}
    return write_delta(shelf.path_of(previous["version"]), folder)
