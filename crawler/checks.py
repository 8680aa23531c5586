"""Whether a finished crawl may be believed. Pure, so that it is tested without a crawl."""

from collections.abc import Iterator, Mapping

from personspec.wording import counted

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
        yield f"the crawl ended early: {_ENDINGS.get(str(reason), reason or 'it never finished')}"


_ENDINGS = {
    "robots_txt_unavailable": "the board's robots.txt could not be fetched, so nothing may be read",
    "shutdown": "it was stopped",
    "cancelled": "it was stopped",
    "closespider_timeout": "it took longer than a crawl may",
    "closespider_pagecount": "the board has more pages than a crawl may ask for",
    "closespider_itemcount": "the board has more adverts than a crawl may take",
    "closespider_errorcount": "too many pages could not be read",
    "memusage_exceeded": "it took more memory than a crawl may",
}
"""Scrapy's and our own words for the end of a crawl → what is said to people."""


def _listing(stats: Stats, at_least: int, at_most: int) -> Iterator[str]:
    listed = _count(stats, "sightings/listed")
    if not at_least <= listed <= at_most:
        yield f"{counted(listed, 'advert')} listed, expected {at_least} to {at_most}"
    if listed >= _MANY_LISTED and not _count(stats, "sightings/in_scope"):
        yield f"none of {listed} adverts listed is one we follow: look at data/roles"
    unfinished = _count(stats, "listing/walks") - _count(stats, "listing/walks_finished")
    if unfinished > 0:
        walks = counted(_count(stats, "listing/walks"), "listing")
        yield f"{unfinished} of {walks} not read to the end"
    if short := _count(stats, "listing/short"):
        yield f"{counted(short, 'advert')} fewer listed than the board says it has"
    if odd := _count(stats, "listing/problems"):
        things = counted(odd, "entry or value", "entries or values")
        yield f"{things} of the listing could not be read"
    if _count(stats, "listing/fallback_listed"):
        yield "the feed could not be used; the slower search pages were read instead"


def _failures(stats: Stats) -> Iterator[str]:
    layouts = _count(stats, "spider_exceptions/PageLayoutError")
    if layouts:
        pages = counted(layouts, "page is not a page", "pages are not the pages")
        yield f"{pages} we know: the layout may have changed"
    others = _count(stats, "spider_exceptions/count") - layouts
    if others > 0:
        yield f"{counted(others, 'page')} could not be read because of other errors"
    if refused := _count(stats, "guard/refused"):
        yield f"{counted(refused, 'request')} led away from the board: refused"
    if forbidden := _count(stats, "robotstxt/forbidden"):
        pages = counted(forbidden, "page is", "pages are")
        yield f"{pages} closed to robots by the board's robots.txt"
    if refusals := _count(stats, "refused/403"):  # a 429 that was waited for is no problem
        yield f"{counted(refusals, 'request was', 'requests were')} refused (403)"
    failed = _count(stats, "adverts/failed") + _count(stats, "listing/failed")
    if failed:
        yield f"{counted(failed, 'page')} could not be fetched"
    if dropped := _count(stats, "item_error_count"):
        things = counted(dropped, "vacancy or sighting", "vacancies or sightings")
        yield f"{things} could not be processed"


def _drift(stats: Stats) -> Iterator[str]:
    asked, gone = _count(stats, "adverts/asked"), _count(stats, "adverts/gone")
    if asked >= _LEAST_READ and gone > asked * _GONE_SHARE:
        yield f"{gone} of {counted(asked, 'advert')} were gone when visited"
    read = _count(stats, "adverts/read")
    for name in sorted(stats):
        field = name.removeprefix("adverts/without/")
        if field != name and read >= _LEAST_READ and _count(stats, name) > read * _WITHOUT_SHARE:
            yield f"{field} is missing from {_count(stats, name)} of {counted(read, 'advert')}"


def _count(stats: Stats, name: str) -> int:
    value = stats.get(name, 0)
    return value if isinstance(value, int) else 0
