"""The settings in force, as a real Crawler of each source has them."""

import pytest
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from crawler.settings import user_agent
from crawler.spiders.nhs_jobs import NhsJobsSpider
from personspec import __version__
from personspec.exceptions import UsageError


def crawler_with(**changes):
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.setdict(changes, priority="cmdline")
    return Crawler(NhsJobsSpider, settings)


LIVE = {"PERSONSPEC_CONTACT": "crawl@example.org"}

IN_FORCE = {
    "ROBOTSTXT_OBEY": True,
    "DOWNLOAD_DELAY": 2.5,
    "CONCURRENT_REQUESTS": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "AUTOTHROTTLE_ENABLED": True,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.2",
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "COOKIES_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "REFERRER_POLICY": "no-referrer",
    "REDIRECT_MAX_TIMES": 3,
    "RETRY_TIMES": 2,
    "DOWNLOAD_TIMEOUT": 60,
    "DOWNLOAD_MAXSIZE": 20 * 1024 * 1024,
    "JOBDIR": None,
    "LOG_LEVEL": "INFO",
    "TWISTED_DNS_RESOLVER": "crawler.resolver.GuardedResolver",
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    "SPIDER_MODULES": ["crawler.spiders"],
    "KNOWN_ADVERTS": "crawler.known.NothingKnown",
}


@pytest.mark.parametrize(("name", "value"), IN_FORCE.items(), ids=list(IN_FORCE))
def test_a_live_crawl_has_the_hardened_value(name, value):
    assert crawler_with(**LIVE).settings[name] == value


@pytest.mark.parametrize("scheme", ["file", "data", "ftp", "s3"])
def test_only_the_web_can_be_downloaded(scheme):
    handlers = crawler_with(**LIVE).settings.getwithbase("DOWNLOAD_HANDLERS")

    assert handlers[scheme] is None
    assert handlers["https"]


def test_ceilings_end_a_crawl_that_runs_away():
    settings = crawler_with(**LIVE).settings

    for what in ("TIMEOUT", "PAGECOUNT", "ITEMCOUNT", "ERRORCOUNT"):
        assert settings.getint(f"CLOSESPIDER_{what}") > 0


def test_the_user_agent_names_project_version_and_contact():
    version = ".".join(__version__.split(".")[:2])

    assert crawler_with(**LIVE).settings["USER_AGENT"] == (
        f"personspec/{version} (+crawl@example.org)"
    )


@pytest.mark.parametrize("contact", ["a@example.org\r\nX-Evil: 1", "a\x00@example.org", "a\n"])
def test_a_contact_cannot_add_header_lines(contact):
    with pytest.raises(UsageError, match="PERSONSPEC_CONTACT"):
        user_agent(contact)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8"]
)
def test_a_practice_board_is_crawled_without_pauses(url):
    settings = crawler_with(PERSONSPEC_NHS_JOBS_URL=url).settings

    assert settings.getfloat("DOWNLOAD_DELAY") == 0
    assert not settings.getbool("AUTOTHROTTLE_ENABLED")
    assert settings.getbool("ROBOTSTXT_OBEY")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://www.jobs.nhs.uk",
        "http://www.jobs.nhs.uk",
        "https://user@www.jobs.nhs.uk",
        r"http://127.0.0.1\@www.jobs.nhs.uk",
        "https://www.jobs.nhs.uk?page=1",
        "http://10.0.0.1",
        "http://127.0.0.1.nip.example",
        "nonsense",
    ],
)
def test_what_is_no_base_url_is_refused_with_the_settings_name(url):
    with pytest.raises(UsageError, match="PERSONSPEC_NHS_JOBS_URL"):
        crawler_with(PERSONSPEC_NHS_JOBS_URL=url, **LIVE)
