"""Figures for Prometheus: a text file written after each entry, and an endpoint of the service.

All of them are worked out from the store whenever they are asked for, so they are right after a
restart and need no counters of their own.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, start_http_server, write_to_textfile
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from personspec.exceptions import PersonspecError
from personspec.settings import Settings
from pipelines.database import Store, open_store
from pipelines.database.counts import count_rejected, count_vacancies
from pipelines.database.digests import counts_by_status
from pipelines.health import SourceHealth
from pipelines.types import PastRun
from schedules.sources import judge_sources

LOOPBACK = "127.0.0.1"


def metrics_file(settings: Settings) -> Path:
    """Return the path of the text file, for node_exporter's textfile collector."""
    return settings.output_dir / "metrics.prom"


def write_metrics(store: Store, settings: Settings) -> Path:
    """Write the figures to the text file, whole or not at all, and return its path."""
    registry = CollectorRegistry()
    registry.register(StoreFigures(store))
    path = metrics_file(settings)
    write_to_textfile(str(path), registry)
    return path


def serve_metrics(settings: Settings, port: int) -> None:
    """Answer Prometheus on loopback, in a thread, until the process ends.

    Raises:
        PersonspecError: The port is taken.
    """
    registry = CollectorRegistry()
    registry.register(FreshFigures(settings))
    try:
        start_http_server(port, addr=LOOPBACK, registry=registry)
    except OSError as error:
        raise PersonspecError(
            f"The metrics cannot be served on port {port}: {error.strerror}. Set "
            "PERSONSPEC_METRICS_PORT to a free one."
        ) from error


class StoreFigures(Collector):
    """The figures of an open store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield every figure; called by the registry."""
        yield _gauge("written_timestamp_seconds", "When these figures were worked out.", _now())
        for health in judge_sources(self.store):
            yield from _source_figures(health)
        yield from self._jobs()
        with self.store.reading() as session:
            vacancies, rejected = count_vacancies(session), count_rejected(session)
            mails = counts_by_status(session)
        held = _family("vacancies", "Vacancies in the store.", "source", "state")
        for (source, state), count in sorted(vacancies.items()):
            held.add_metric([source, state], count)
        refused = _family("rejected", "Items refused, with a reason, in the store.", "source")
        for source, count in sorted(rejected.items()):
            refused.add_metric([source], count)
        sent = _family("mails", "Mails in the outbox and sent, by what became of them.", "status")
        for status, count in sorted(mails.items()):
            sent.add_metric([status], count)
        yield from (held, refused, sent)

    def _jobs(self) -> Iterator[GaugeMetricFamily]:
        started = _family("entry_started_timestamp_seconds", "Latest start of an entry.", "entry")
        failed = _family("entry_failed", "1 if an entry's latest start has failed.", "entry")
        for entry, run in sorted(self.store.last_jobs().items()):
            started.add_metric([entry], run.started_at.timestamp())
            failed.add_metric([entry], int(run.outcome == "failed"))
        yield from (started, failed)


class FreshFigures(Collector):
    """The figures of a store that is opened for each question."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield every figure; called by the registry."""
        store = open_store(self.settings.store_url)
        try:
            yield from StoreFigures(store).collect()
        finally:
            store.close()


def _source_figures(health: SourceHealth) -> Iterator[GaugeMetricFamily]:
    figures = {
        "source_healthy": ("1 if the latest crawl may be believed.", float(health.is_healthy)),
        "source_failures_in_a_row": ("Failed crawls up to the latest.", float(health.failures)),
        "source_paused_until_timestamp_seconds": (
            "When the service crawls it again; 0 if it is not paused.",
            health.paused_until.timestamp() if health.paused_until else 0.0,
        ),
        "source_last_healthy_timestamp_seconds": (
            "Start of the latest healthy crawl; 0 if there is none.",
            health.last_healthy.started_at.timestamp() if health.last_healthy else 0.0,
        ),
    }
    if health.last_run:
        figures |= _run_figures(health.last_run)
    for name, (meaning, value) in figures.items():
        family = _family(name, meaning, "source")
        family.add_metric([health.source], value)
        yield family


def _run_figures(run: PastRun) -> dict[str, tuple[str, float]]:
    ended = run.finished_at or run.started_at
    return {
        "source_last_run_timestamp_seconds": (
            "Start of the latest crawl that ended.", run.started_at.timestamp(),
        ),
        "source_last_run_duration_seconds": (
            "How long it took.", (ended - run.started_at).total_seconds(),
        ),
        "source_listed": ("Adverts it listed.", float(run.stats.get("sightings/listed", 0))),
        "source_read": ("Adverts it read.", float(run.stats.get("adverts/read", 0))),
    }  # fmt: skip


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"personspec_{name}", meaning, value=value)


def _family(name: str, meaning: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"personspec_{name}", meaning, labels=labels)


def _now() -> float:
    return datetime.now(UTC).timestamp()
