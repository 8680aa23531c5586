"""Puts a release together: tables, what explains them, sums; then on the shelf in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from matcher.catalogue import Catalogue, load_catalogue
from pipelines.database import Store
from pipelines.database.dataset import data_as_of
from pipelines.outputs.dataset.descriptors import write_descriptors
from pipelines.outputs.dataset.fill import fill_tables
from pipelines.outputs.dataset.papers import write_papers
from pipelines.outputs.dataset.release import FILE, Release, write_json
from pipelines.outputs.dataset.rows import Content
from pipelines.outputs.dataset.shelf import Shelf, write_sums
from pipelines.outputs.dataset.tables import ReleaseTables
from pipelines.outputs.manifest import SourceNote


@dataclass(frozen=True, slots=True)
class Terms:
    """What a publisher decides of a release."""

    text_basis: str | None = None
    """On what basis criteria are published in full; None leaves them out."""

    override: str | None = None
    """Why to publish in spite of the gate; None if the gate decides."""


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
        DatasetError: Another program publishes there.
        UsageError: The folder cannot be written.
    """
    catalogue, terms, shelf = catalogue or load_catalogue(), terms or Terms(), Shelf(out)
    with shelf.locked():
        version = shelf.next_version(today)
        with shelf.aside(version) as folder:
            release = _write(store, folder, Plan(shelf, version, terms, sources, catalogue))
        shelf.add(
            {
                "version": version,
                "published_at": release.published_at.isoformat(),
                "path": f"releases/{version}",
                "rows": dict(release.rows),
            }
        )
    return Published(shelf.path_of(version), release)


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes into a release, and where it will lie."""

    shelf: Shelf
    version: str
    terms: Terms
    sources: Sequence[SourceNote]
    catalogue: Catalogue


def _write(store: Store, folder: Path, plan: Plan) -> Release:
    withdrawn = plan.shelf.withdrawn
    content = Content(with_text=plan.terms.text_basis is not None)
    with store.reading() as session:
        with ReleaseTables(folder) as tables:
            fill_tables(session, tables, plan.catalogue, content, withdrawn.keys())
        as_of = data_as_of(session)
    release = Release(
        version=plan.version,
        published_at=datetime.now(UTC),
        data_as_of=as_of,
        previous=plan.shelf.latest,
        rows=tables.counts,
        fill_rates=tables.fill_rates,
        catalogue_version=plan.catalogue.version,
        text_basis=plan.terms.text_basis,
        withdrawn=len(withdrawn),
        sources=plan.sources,
    )
    write_descriptors(folder, release)
    write_papers(folder, release)
    write_json(folder / FILE, release.to_json())
    write_sums(folder)
    return release
