"""Whether a source can be believed: learnt limits, classes of failure, pauses. No SQL, no crawl.

The run check of the crawler knows one run; what is here compares it with those before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from statistics import median
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from personspec.exceptions import CatalogueError
from personspec.resources import data_path
from pipelines.types import PastRun

Stats = Mapping[str, Any]

FailureClass = Literal[
    "dns", "timeout", "network", "403", "429", "server", "layout", "feed", "empty", "shrunk",
    "grown", "clock", "other",
]  # fmt: skip
"""Why a run failed, as far as its figures say; a run may have several. ``feed``: the listing could
not be used and another way was taken."""

CLOCK_SKEW_S = "clock/skew_s"
"""Stat of a crawl: seconds by which this machine is ahead of the board, measured at its start."""

CLOCK_TOLERANCE = timedelta(hours=6)
"""Boards and what stands before them are some minutes wrong; dates go wrong by half a day."""

CLOCK_VOUCHED_FOR = timedelta(days=10)
"""How long a measured clock is trusted: longer than the longest pause of a source."""

CRITERIA = "criteria"
"""Name under which the share of adverts with criteria is watched like a field."""

_WITHOUT = "adverts/without/"
_EXCEPTIONS = "downloader/exception_type_count/"
_STATUSES = "downloader/response_status_count/"


class HealthRules(BaseModel):
    """``data/health.yml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    learn_from: int = Field(ge=1)
    listed_at_least: float = Field(gt=0, le=1)
    listed_at_most: float = Field(ge=1)
    fill_drop: float = Field(gt=0, le=100)
    fill_pages: int = Field(ge=1)
    pause_days: tuple[int, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many adverts a healthy run lists."""

    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How a source has been doing."""

    source: str
    last_run: PastRun | None
    """The latest run that ended, well or not; None if none has."""

    last_healthy: PastRun | None
    failures: int
    """Failed runs in a row, up to the latest."""

    classes: tuple[FailureClass, ...]
    """Why the latest run failed; empty if it is healthy."""

    paused_until: datetime | None
    """The service does not crawl it before; None if the latest run is healthy."""

    @property
    def is_healthy(self) -> bool:
        """Whether the latest run may be believed; a source that never ran is not unhealthy."""
        return self.failures == 0


@cache
def load_rules() -> HealthRules:
    """Return the rules of ``data/health.yml``.

    Raises:
        CatalogueError: The file is wrong; names the field.
    """
    try:
        return HealthRules.model_validate(
            yaml.safe_load(data_path("health.yml").read_text("utf-8"))
        )
    except (yaml.YAMLError, ValidationError) as error:
        raise CatalogueError(f"data/health.yml is wrong: {error}") from error


def learn_limits(healthy: Sequence[PastRun], declared: Limits, rules: HealthRules) -> Limits:
    """Return the declared limits, tightened by what healthy runs have listed.

    Args:
        healthy: Healthy runs, newest first. Those made under other declared limits are passed
            over: whoever changes the limits wants the usual count to be learnt anew.
        declared: The limits of the source, or of a practice board.
        rules: How far a run may be from the median of those before.
    """
    counts = [_count(run.stats, "sightings/listed") for run in _alike(healthy, declared)]
    if not counts:
        return declared
    usual = median(counts[: rules.learn_from])
    return Limits(
        max(declared.at_least, int(usual * rules.listed_at_least)),
        min(declared.at_most, max(int(usual * rules.listed_at_most), declared.at_least)),
    )


def find_drops(
    stats: Stats, healthy: Sequence[PastRun], declared: Limits, rules: HealthRules
) -> list[str]:
    """Return a sentence for each field that is filled much less often than in healthy runs."""
    before = _alike(healthy, declared)
    found = []
    for field in _fields_missing(stats):
        rate = fill_rate(stats, field, rules.fill_pages)
        rates = [fill_rate(run.stats, field, rules.fill_pages) for run in before]
        usual = [known for known in rates if known is not None][: rules.learn_from]
        if rate is not None and usual and rate < median(usual) - rules.fill_drop:
            found.append(
                f"{field} is filled in {rate:.0f} % of the adverts read, usually in "
                f"{median(usual):.0f} %"
            )
    return found


def fill_rate(stats: Stats, field: str, pages: int = 1) -> float | None:
    """Return how many of the adverts read had a field filled, 0-100.

    Args:
        stats: The counters of a crawl.
        field: Name of a field of the advert, or ``criteria``.
        pages: Adverts that must have been read for the share to say anything.

    Returns:
        None if fewer were read.
    """
    if field == CRITERIA:
        read, missing = "annotate/vacancies", "annotate/without_criteria"
    else:
        read, missing = "adverts/read", f"{_WITHOUT}{field}"
    count = _count(stats, read)
    return None if count < pages else 100 * (1 - _count(stats, missing) / count)


def _fields_missing(stats: Stats) -> list[str]:
    fields = [name.removeprefix(_WITHOUT) for name in stats if name.startswith(_WITHOUT)]
    return [*sorted(fields), CRITERIA]


def _alike(healthy: Sequence[PastRun], declared: Limits) -> list[PastRun]:
    return [
        run
        for run in healthy
        if run.stats.get("expected/at_least") == declared.at_least
        and run.stats.get("expected/at_most") == declared.at_most
    ]


def classify(stats: Stats, problems: Sequence[str]) -> tuple[FailureClass, ...]:
    """Return why a run failed; empty for a run without problems.

    Args:
        stats: The crawl's counters, with the limits it was held to as ``expected/…``.
        problems: What its check found.
    """
    if not problems:
        return ()
    return tuple(dict.fromkeys(_classes(stats))) or ("other",)


def _classes(stats: Stats) -> Iterator[FailureClass]:
    if abs(_count(stats, CLOCK_SKEW_S)) > CLOCK_TOLERANCE.total_seconds():
        yield "clock"
    for name in stats:
        if name.startswith(_EXCEPTIONS) and _count(stats, "adverts/failed") + _count(
            stats, "listing/failed"
        ):
            yield from _exception_class(name.removeprefix(_EXCEPTIONS))
    if _count(stats, "refused/403"):
        yield "403"
    if _count(stats, "refused/429"):
        yield "429"
    if any(name.startswith(f"{_STATUSES}5") for name in stats):
        yield "server"
    if _count(stats, "spider_exceptions/PageLayoutError") or _count(stats, "listing/problems"):
        yield "layout"
    if _count(stats, "listing/empty"):
        yield "empty"
    elif _count(stats, "listing/fallback"):
        yield "feed"
    yield from _count_classes(stats)


def _exception_class(name: str) -> Iterator[FailureClass]:
    kind = name.rpartition(".")[2]
    if "DNS" in kind or "NoAddress" in kind or "CannotResolve" in kind:
        yield "dns"
    elif "Timeout" in kind or "TimedOut" in kind:
        yield "timeout"
    elif kind != "IgnoreRequest":  # our own decision, named by what led to it
        yield "network"


def _count_classes(stats: Stats) -> Iterator[FailureClass]:
    if stats.get("finish_reason") != "finished":
        return  # a cut run says nothing of how much there is
    listed = _count(stats, "sightings/listed")
    if not listed:
        yield "empty"
    elif listed < _count(stats, "limits/at_least") or _count(stats, "listing/short"):
        yield "shrunk"
    elif listed > _count(stats, "limits/at_most") > 0:
        yield "grown"


def judge_source(source: str, runs: Sequence[PastRun], rules: HealthRules) -> SourceHealth:
    """Return the health of a source from its runs, newest first.

    Interrupted runs say nothing of the source: we stopped, not the board.
    """
    ended = [run for run in runs if run.status in {"finished", "failed"}]
    last = ended[0] if ended else None
    healthy = next((run for run in ended if run.status == "finished"), None)
    failures = ended.index(healthy) if healthy else len(ended)
    paused = None
    if last and failures:
        days = rules.pause_days[min(failures, len(rules.pause_days)) - 1]
        # Jitter must not turn "the day after" into the day after that.
        paused = last.started_at + timedelta(days=days) - timedelta(hours=2)
    classes = classify(last.stats, last.problems) if last and failures else ()
    return SourceHealth(source, last, healthy, failures, classes, paused)


def health_note(health: SourceHealth, title: str) -> str | None:
    """Return the sentence a report carries about a source that cannot be believed at present.

    Args:
        health: The health of the source.
        title: The source's name for people.

    Returns:
        None if its latest run is healthy.
    """
    if health.last_run is None or health.is_healthy:
        return None
    since = (
        f"the last healthy one was on {_day(health.last_healthy.started_at)}"
        if health.last_healthy
        else "none has been healthy yet"
    )
    why = ", ".join(health.classes)
    return (
        f"{title}: the crawl of {_day(health.last_run.started_at)} failed ({why}), {since}. "
        "Vacancies that have gone since then may still be shown as open."
    )


def clock_doubt(runs: Sequence[PastRun], now: datetime) -> str | None:
    """Return why this machine's clock should not close vacancies by their date; None if it may.

    Args:
        runs: Latest runs of all sources.
        now: What the clock says.
    """
    latest = max((run.started_at for run in runs), default=now)
    if now < latest - timedelta(hours=1):
        return f"the clock says {now:%Y-%m-%d %H:%M} UTC, but a run started later than that"
    measured = [run for run in runs if CLOCK_SKEW_S in run.stats]
    vouched = [run.started_at for run in measured if is_clock_right(run.stats)]
    if measured and max(vouched, default=datetime.min.replace(tzinfo=now.tzinfo)) < (
        now - CLOCK_VOUCHED_FOR
    ):
        return "no board has agreed with the clock's date for ten days"
    return None


def is_clock_right(stats: Stats) -> bool:
    """Return whether a crawl found this machine's clock near enough to the board's."""
    return abs(_count(stats, CLOCK_SKEW_S)) <= CLOCK_TOLERANCE.total_seconds()


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _count(stats: Stats, name: str) -> int:
    value = stats.get(name, 0)
    return value if isinstance(value, int) else 0
