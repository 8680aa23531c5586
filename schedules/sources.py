"""The sources that are crawled, and how each has been doing."""

from collections.abc import Sequence

from scrapy.spiderloader import SpiderLoader

from crawler.sources import load_sources
from personspec.exceptions import UsageError
from pipelines.database import Store
from pipelines.health import SourceHealth, health_note, judge_source, load_rules
from schedules.crawl import choose_sources, scrapy_settings, source_names
from schedules.terminal import stderr_console


def crawled_sources() -> dict[str, str]:
    """Return the name and title of every source that is switched on and has the key it needs."""
    known, missing = load_sources(), missing_keys()
    names = (name for name in source_names() if known[name].enabled and name not in missing)
    return {name: known[name].title for name in names}


def sources_to_crawl(wanted: Sequence[str]) -> list[str]:
    """Return the sources wanted, or all that can be crawled; says which are left out and why.

    Raises:
        UsageError: A name is not a source, or nothing is left to crawl.
    """
    if wanted:
        return choose_sources(wanted)
    for source, key in missing_keys().items():
        stderr_console().print(f"{source} is left out: {key} is not set.", markup=False)
    names = list(crawled_sources())
    if not names:
        raise UsageError("Every source is switched off in data/sources.yml or lacks its key.")
    return names


def missing_keys() -> dict[str, str]:
    """Return the setting that would hold the key of each source that wants one and has none."""
    settings = scrapy_settings()
    loader = SpiderLoader.from_settings(settings)
    wanted = {name: getattr(loader.load(name), "key_setting", "") for name in loader.list()}
    return {name: key for name, key in wanted.items() if key and not settings.get(key)}


def judge_sources(store: Store) -> list[SourceHealth]:
    """Return the health of every source that is crawled."""
    rules = load_rules()
    return [judge_source(name, store.past_runs(name), rules) for name in crawled_sources()]


def health_notes(healths: Sequence[SourceHealth]) -> list[str]:
    """Return what a report has to say of sources that cannot be believed; empty if all can."""
    titles = crawled_sources()
    notes = [health_note(health, titles[health.source]) for health in healths]
    return [note for note in notes if note is not None]
