"""A live source whose name leads to this machine, through the whole of Scrapy."""

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.crawler.crawling import ROOT

CHILD = """
import sys
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.resolver import dnscache
from twisted.internet.address import IPv4Address
from tests.crawler.crawl_child import settings_with

port, resolver, guard = sys.argv[1:]
settings = settings_with({
    "PERSONSPEC_CONTACT": "crawl@example.org",
    "PERSONSPEC_NHS_JOBS_URL": f"https://board.example:{port}",
    "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "PERSONSPEC_BACKOFF_S": 0,
    "DOWNLOAD_TIMEOUT": 1, "RETRY_TIMES": 0, "TWISTED_DNS_RESOLVER": resolver,
})
if guard == "off":
    settings["DOWNLOADER_MIDDLEWARES"]["crawler.middlewares.OwnHostsMiddleware"] = None
process = AsyncCrawlerProcess(settings)
crawler = Crawler(process.spider_loader.load("nhs_jobs"), settings)
process.crawl(crawler)
dnscache["board.example"] = [IPv4Address("TCP", "127.0.0.1", 0)]
process.start()
"""

GUARDED = "crawler.resolver.GuardedResolver"
UNGUARDED = "scrapy.resolver.CachingHostnameResolver"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A port of this machine that notices who calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        yield server


def crawl_to(listener: socket.socket, resolver: str, guard: str = "on") -> str:
    port = str(listener.getsockname()[1])
    command = [sys.executable, "-c", CHILD, port, resolver, guard]
    child = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return child.stderr


def was_called(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except TimeoutError:
        return False
    return True


def test_the_resolver_refuses_the_address_before_any_connection(listener):
    log = crawl_to(listener, GUARDED, guard="off")

    assert "board.example resolves to" in log
    assert "not a public address: refused" in log
    assert not was_called(listener)


def test_a_live_crawl_without_that_resolver_does_not_begin(listener):
    log = crawl_to(listener, UNGUARDED)

    assert "The address check is not in force" in log
    assert not was_called(listener)


def test_without_either_the_connection_would_be_made(listener):
    crawl_to(listener, UNGUARDED, guard="off")

    assert was_called(listener)
