"""Whether a finished crawl may be believed. Pure, so that it is tested without a crawl."""

from collections.abc import Iterator, Mapping

Stats = Mapping[str, object]

_GONE_SHARE = 0.25
"""Adverts that vanish between listing and visit are single ones; a quarter is a changed page."""

_WITHOUT_SHARE = 0.5
_LEAST_READ = 8
"""Shares say nothing about fewer adverts than this."""

_MANY_LISTED = 1_000


def find_problems(stats: Stats, *, at_least: int, at_most: int) -> list[str]:
    """Return what is wrong with a finished crawl, in words; an empty list if nothing is.

    From a run with a problem nothing may be closed or published.

    Args:
        stats: Scrapy's stats at the end of the run, with those of crawler/spiders/base.py.
        at_least: Fewest adverts a healthy run lists, about 80 % of the usual count.
        at_most: Most adverts a healthy run lists, about twice the usual count.
    """
    return [
        *_ending(stats),
        *_listing(stats, at_least, at_most),
        *_failures(stats),
        *_drift(stats),
    ]


def _ending(stats: Stats) -> Iterator[str]:
    reason = stats.get("finish_reason")
    if reason == "blocked":
        yield "the board refused us repeatedly, so the crawl stopped"
    elif reason == "clock":
        hours = _count(stats, "clock/skew_s") / 3600
        yield f"this machine's clock is {hours:+.0f} hours from the board's, so the crawl stopped"
    elif _count(stats, "store/failed"):
        yield "the store could not be written, so the crawl stopped"
    elif reason != "finished":
        yield f"the crawl ended early: {reason or 'it never finished'}"


def _listing(stats: Stats, at_least: int, at_most: int) -> Iterator[str]:
    listed = _count(stats, "sightings/listed")
    if not at_least <= listed <= at_most:
        yield f"{listed} adverts listed, expected {at_least} to {at_most}"
    if listed >= _MANY_LISTED and not _count(stats, "sightings/in_scope"):
        yield f"none of {listed} adverts listed is one we follow: look at data/roles"
    unfinished = _count(stats, "listing/walks") - _count(stats, "listing/walks_finished")
    if unfinished > 0:
        yield f"{unfinished} of {_count(stats, 'listing/walks')} listings not read to their end"
    if short := _count(stats, "listing/short"):
        yield f"{short} adverts fewer listed than the board says it has"
    if odd := _count(stats, "listing/problems"):
        yield f"{odd} entries or values of the listing could not be read"
    if stats.get("listing/fallback"):
        yield "the feed could not be used; the slower search pages were read instead"


def _failures(stats: Stats) -> Iterator[str]:
    layouts = _count(stats, "spider_exceptions/PageLayoutError")
    if layouts:
        yield f"{layouts} pages are not the pages we know: the layout may have changed"
    others = _count(stats, "spider_exceptions/count") - layouts
    if others > 0:
        yield f"{others} pages could not be read because of other errors"
    if refused := _count(stats, "guard/refused"):
        yield f"{refused} requests led away from the board and were refused"
    if forbidden := _count(stats, "robotstxt/forbidden"):
        yield f"{forbidden} pages are closed to robots by the board's robots.txt"
    if refusals := _count(stats, "refused/403"):  # a 429 that was waited for is no problem
        yield f"{refusals} requests were refused (403)"
    failed = _count(stats, "adverts/failed") + _count(stats, "listing/failed")
    if failed:
        yield f"{failed} pages could not be fetched"
    if dropped := _count(stats, "item_error_count"):
        yield f"{dropped} vacancies or sightings could not be processed"


def _drift(stats: Stats) -> Iterator[str]:
    asked, gone = _count(stats, "adverts/asked"), _count(stats, "adverts/gone")
    if asked >= _LEAST_READ and gone > asked * _GONE_SHARE:
        yield f"{gone} of {asked} adverts were gone when visited"
    read = _count(stats, "adverts/read")
    for name in sorted(stats):
        field = name.removeprefix("adverts/without/")
        if field != name and read >= _LEAST_READ and _count(stats, name) > read * _WITHOUT_SHARE:
            yield f"{field} is missing from {_count(stats, name)} of {read} adverts"


def _count(stats: Stats, name: str) -> int:
    value = stats.get(name, 0)
    return value if isinstance(value, int) else 0
