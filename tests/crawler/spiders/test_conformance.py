"""What holds for every spider, the ones to come included: nothing is to be registered here."""

import ast
import inspect
import re
from pathlib import Path

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler import settings as crawler_settings
from crawler.addresses import origin
from crawler.exceptions import ContactMissingError
from crawler.sources import load_sources
from crawler.spiders.base import VacancySpider
from crawler.spiders.paged import PagedSpider
from personspec.exceptions import UsageError
from tests.crawler.crawl_child import settings_with

LOADER = SpiderLoader(Settings({"SPIDER_MODULES": crawler_settings.SPIDER_MODULES}))
SPIDERS = [LOADER.load(name) for name in LOADER.list()]
PAGED = [spider for spider in SPIDERS if issubclass(spider, PagedSpider)]
every_spider = pytest.mark.parametrize("spider", SPIDERS, ids=LOADER.list())
KEY = "any-key"

READ_AS_SETTINGS = ("download_delay", "max_concurrent_requests", "download_timeout", "user_agent",
                    "download_maxsize", "http_user", "handle_httpstatus_list")  # fmt: skip
"""Attributes of a spider that Scrapy takes for settings, past those of the project."""

LOOSENS = ("dont_obey_robotstxt", "download_slot", "download_delay", "allow_offsite", "proxy",
           "bindaddress", "autothrottle_dont_adjust_delay")  # fmt: skip
"""Keys of a request's meta that let it past manners and guards."""


def live(spider, **changes):
    settings = {"PERSONSPEC_CONTACT": "crawl@example.org", **changes}
    if spider.key_setting:
        settings[spider.key_setting] = KEY
    return Crawler(spider, settings_with(settings))


def test_there_are_spiders_and_each_has_its_entry_in_the_register():
    assert {spider.name for spider in SPIDERS} == set(load_sources())


@every_spider
def test_file_name_and_class_are_of_one_name(spider):
    camel = "".join(word.capitalize() for word in spider.name.split("_"))

    assert spider.__module__ == f"crawler.spiders.{spider.name}"
    assert spider.__name__ == f"{camel}Spider"
    assert issubclass(spider, VacancySpider)


@every_spider
def test_the_docstring_is_a_data_sheet(spider):
    sheet = inspect.getdoc(spider) or ""

    for entry in ("Publisher", "Listing", "Adverts", "Caveats"):
        assert re.search(rf"^{entry}: \S", sheet, re.MULTILINE), entry


@every_spider
def test_it_speaks_only_to_the_board_of_its_entry(spider):
    made = spider.from_crawler(live(spider))

    assert made.base_url == load_sources()[spider.name].base_url
    assert (origin(made.base_url) or "").startswith("https://")
    assert not made.is_practice
    assert spider.base_url_setting == f"PERSONSPEC_{spider.name.upper()}_URL"
    assert hasattr(crawler_settings, spider.base_url_setting)


@every_spider
@pytest.mark.parametrize(
    "name", ["DOWNLOAD_DELAY", "AUTOTHROTTLE_ENABLED", "ROBOTSTXT_OBEY", "CONCURRENT_REQUESTS"]
)
def test_it_does_not_loosen_the_manners_of_a_live_crawl(spider, name):
    assert live(spider).settings[name] == getattr(crawler_settings, name)
    assert not spider.custom_settings


@every_spider
def test_it_does_not_loosen_them_by_an_attribute_or_in_a_request(spider):
    tree = ast.parse(Path(inspect.getfile(spider)).read_text("utf-8"))
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}

    assert not [name for name in READ_AS_SETTINGS if hasattr(spider, name)]
    assert not words & set(LOOSENS)


@every_spider
@pytest.mark.parametrize("contact", ["", "   "])
def test_a_live_crawl_without_contact_does_not_start(spider, contact):
    with pytest.raises(ContactMissingError, match="set PERSONSPEC_CONTACT"):
        spider.from_crawler(live(spider, PERSONSPEC_CONTACT=contact))


@every_spider
def test_a_source_that_is_switched_off_does_not_start(spider, monkeypatch):
    off = load_sources()[spider.name].model_copy(update={"enabled": False})
    monkeypatch.setattr(spider, "source", staticmethod(lambda: off))
    with pytest.raises(UsageError, match="switched off"):
        spider.from_crawler(live(spider))


@pytest.mark.parametrize("spider", PAGED, ids=[spider.name for spider in PAGED])
def test_its_queries_are_a_setting_that_names_some(spider):
    assert getattr(crawler_settings, spider.queries_setting)


@every_spider
def test_its_pages_only_read(spider):
    """A page object is given an answer: it knows neither the network nor Scrapy."""
    pages = [page for name in ("list_page", "advert_page") if (page := getattr(spider, name, None))]

    assert pages
    for page in pages:
        assert not _imports(page) & {"scrapy", "twisted", "requests", "httpx", "socket", "http"}


@every_spider
def test_a_live_crawl_expects_the_counts_of_the_register(spider):
    made, entry = spider.from_crawler(live(spider)), load_sources()[spider.name]

    assert (made.at_least, made.at_most) == (entry.at_least, entry.at_most)


@every_spider
def test_a_practice_board_needs_no_contact_and_any_count_will_do(spider):
    url = {spider.base_url_setting: "http://127.0.0.1:8000"}
    made = spider.from_crawler(live(spider, PERSONSPEC_CONTACT="", **url))

    assert made.is_practice
    assert made.at_least == 1


@every_spider
def test_its_first_requests_are_listings_on_its_board_with_a_way_to_fail(spider):
    made = spider.from_crawler(live(spider))
    made.crawler.stats = made.crawler.stats if made.crawler._stats else _stats(made.crawler)
    requests = _all_of(made.start())

    assert requests
    for request in requests:
        assert origin(request.url) == origin(made.base_url)
        assert request.errback
        assert request.priority > 0
        assert KEY not in request.url


@every_spider
def test_it_only_asks_and_yields(spider):
    """No files, no other clients, no sleeping, no settings of its own making."""
    allowed = {"crawler", "scrapy", "collections", "dataclasses", "itertools", "urllib"}

    assert _imports(spider) <= allowed


def _imports(cls):
    """Return the top packages that the file of a class imports."""
    names = set()
    for node in ast.walk(ast.parse(Path(inspect.getfile(cls)).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.split(".")[0] for name in names if name}


def _stats(crawler):
    from scrapy.statscollectors import MemoryStatsCollector

    return MemoryStatsCollector(crawler)


def _all_of(stream):
    found = []
    while True:
        try:
            stream.__anext__().send(None)
        except StopIteration as step:
            found.append(step.value)
        except StopAsyncIteration:
            return found
