import io
from typing import Any

from rich.console import Console
from scrapy.utils.test import get_crawler

from crawler.progress import Progress, progress_line
from crawler.spiders.nhs_jobs import NhsJobsSpider

STATS = {
    "sightings/listed": 200,
    "sightings/in_scope": 20,
    "adverts/known": 5,
    "adverts/asked": 15,
    "adverts/read": 7,
}


def shown(*, terminal: bool) -> str:
    """Return what a crawl of these stats shows from its opening to its end."""
    settings: dict[str, Any] = {"PERSONSPEC_CONTACT": "crawl@example.org"}
    crawler = get_crawler(
        NhsJobsSpider, {**settings, "KNOWN_ADVERTS": "crawler.known.NothingKnown"}
    )
    crawler.spider = NhsJobsSpider.from_crawler(crawler)
    crawler.stats.set_stats(dict(STATS))
    progress = Progress(crawler)
    progress.console = Console(file=io.StringIO(), force_terminal=terminal, width=200)
    progress.live.console = progress.console
    if terminal:
        progress.live.start()
    progress.show()
    crawler.stats.set_value("finish_reason", "finished")
    progress.spider_closed()
    output = progress.console.file
    assert isinstance(output, io.StringIO)
    return output.getvalue()


def test_the_line_says_how_far_the_crawl_is():
    assert progress_line(STATS, "nhs_jobs") == (
        "nhs_jobs: 200 adverts listed, 20 followed, 5 already known, 15 to read, 7 read, 0 gone"
    )


def test_the_last_line_says_how_it_ended():
    assert progress_line({**STATS, "finish_reason": "blocked"}, "x").endswith(" - stopped early")


def test_elsewhere_than_on_a_terminal_lines_are_plain_and_whole():
    lines = shown(terminal=False).splitlines()

    assert lines == [
        progress_line(STATS, "nhs_jobs"),
        f"{progress_line(STATS, 'nhs_jobs')} - finished",
    ]


def test_on_a_terminal_the_line_is_renewed_in_place():
    text = shown(terminal=True)

    assert "\x1b[" in text
    assert text.count("\n") == 1
