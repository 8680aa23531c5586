"""The sources that are crawled, and how each has been doing."""

from collections.abc import Sequence

from crawler.sources import load_sources
from pipelines.database import Store
from pipelines.health import SourceHealth, health_note, judge_source, load_rules
from schedules.crawl import source_names


def crawled_sources() -> dict[str, str]:
    """Return the name and title of every source that has a spider and is switched on."""
    known = load_sources()
    return {name: known[name].title for name in source_names() if known[name].enabled}


def judge_sources(store: Store) -> list[SourceHealth]:
    """Return the health of every source that is crawled."""
    rules = load_rules()
    return [judge_source(name, store.past_runs(name), rules) for name in crawled_sources()]


def health_notes(healths: Sequence[SourceHealth]) -> list[str]:
    """Return what a report has to say of sources that cannot be believed; empty if all can."""
    titles = crawled_sources()
    notes = [health_note(health, titles[health.source]) for health in healths]
    return [note for note in notes if note is not None]
