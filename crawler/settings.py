"""Scrapy settings of every crawl, each with its reason; Scrapy's own defaults are laxer.

Nothing here is read from the environment. What a user sets arrives from schedules as settings
named ``PERSONSPEC_…`` and is read by crawler/spiders/base.py.
"""

from personspec import __version__
from personspec.exceptions import UsageError


def user_agent(contact: str) -> str:
    """Return the name this crawler gives itself, with the address of whoever runs it.

    Args:
        contact: A mail address or URL; empty only against a practice board.

    Raises:
        UsageError: ``contact`` holds a control character, which would break the header.
    """
    if not contact.isprintable():
        raise UsageError("PERSONSPEC_CONTACT holds a line break or control character: remove it.")
    name = f"personspec/{'.'.join(__version__.split('.')[:2])}"
    return f"{name} (+{contact.strip()})" if contact.strip() else name


# What runs.
BOT_NAME = "personspec"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
USER_AGENT = user_agent("")  # the base spider adds the contact, without which no live crawl starts
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"  # we await asyncio.sleep
# Named although it is the default: which requests count as the same must not change by upgrade.
REQUEST_FINGERPRINTER_CLASS = "scrapy.utils.request.RequestFingerprinter"
JOBDIR = None  # resume is not crash-safe (Scrapy's own docs); the store knows what is missing

# Politeness.
ROBOTSTXT_OBEY = True  # Scrapy's default is False outside a generated project
DOWNLOAD_DELAY = 2.5  # seconds, varied by half; others ask these boards for a page every 1 to 3 s
DOWNLOAD_DELAY_JITTER = 0.5
CONCURRENT_REQUESTS = 1  # and so a wait for Retry-After stops the whole crawl, not one page
CONCURRENT_REQUESTS_PER_DOMAIN = 1
AUTOTHROTTLE_ENABLED = True  # a slow board is asked more slowly still
AUTOTHROTTLE_START_DELAY = 3.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
PERSONSPEC_BACKOFF_S = 15.0  # before a retry the board gave no time for; doubled each time
PERSONSPEC_CLOCK_TOLERANCE_S = 6 * 3600  # boards are minutes wrong; half a day makes wrong dates
PERSONSPEC_LONGEST_WAIT_S = 600.0  # a board that asks for a longer rest is left alone for this run
PERSONSPEC_REFUSALS_IN_A_ROW = 3  # 403 or 429 so often: we are not welcome, and do not insist

# Failures.
DOWNLOAD_TIMEOUT = 60  # 180 by default; a page that takes a minute is a broken page
RETRY_ENABLED = True
RETRY_TIMES = 2
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 522, 524]
REDIRECT_MAX_TIMES = 3  # 20 by default; the boards redirect once or not at all
METAREFRESH_ENABLED = False  # markup of an advert must not send the crawl elsewhere
DOWNLOAD_FAIL_ON_DATALOSS = True  # half an advert is not an advert

# Safety.
DOWNLOAD_VERIFY_CERTIFICATES = True  # False by default
DOWNLOAD_TLS_MIN_VERSION = "TLSv1.2"
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}  # web only; all on before
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024  # 1 GiB by default; counted after decompression too (bombs)
DOWNLOAD_WARNSIZE = 5 * 1024 * 1024
PERSONSPEC_DOCUMENT_MAXSIZE = 10 * 1024 * 1024  # of an attached document; the reader's limit too
PERSONSPEC_DOCUMENTS_PER_ADVERT = 3  # job description, person specification, and one in reserve
COMPRESSION_ENABLED = True  # polite, and held by DOWNLOAD_MAXSIZE
TELNETCONSOLE_ENABLED = False  # runs code in the crawl
REMOTE_CONTROL_ENABLED = False  # the same over HTTP, on by default since Scrapy 2.19
COOKIES_ENABLED = False  # no board needs a session, and none is to know us again
REFERRER_POLICY = "no-referrer"  # no Referer header; switching it off is warned of each crawl
HTTPPROXY_ENABLED = False  # behind a proxy the address check below would see the proxy only
HTTPCACHE_ENABLED = False  # the page archive is the copy; a second one would go stale unseen
TWISTED_DNS_RESOLVER = "crawler.resolver.GuardedResolver"  # refuses private addresses
URLLENGTH_LIMIT = 2083

# Parts.
DOWNLOADER_MIDDLEWARES: dict[str, int | None] = {
    # Instead of Scrapy's: that one lets subdomains, other ports and `dont_filter` requests pass.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.middlewares.OwnHostsMiddleware": 50,
    # Scrapy's robots knows no Crawl-delay and takes a broken robots.txt for leave.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.PoliteRobotsMiddleware": 100,
    # Scrapy's retry knows no Retry-After.
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.middlewares.PoliteRetryMiddleware": 550,
    "crawler.clock.ClockMiddleware": 900,
}
EXTENSIONS: dict[str, int | None] = {
    "crawler.progress.Progress": 100,
    "crawler.archive.writer.PageArchive": 100,
    "scrapy.extensions.logstats.LogStats": None,  # Progress says it in the project's own words
}
KNOWN_ADVERTS = "crawler.known.NothingKnown"  # schedules names the store's

# Ceilings that a healthy run never reaches: the whole board has about 13,000 adverts.
CLOSESPIDER_TIMEOUT = 4 * 3600
CLOSESPIDER_PAGECOUNT = 5_000
CLOSESPIDER_ITEMCOUNT = 40_000
CLOSESPIDER_ERRORCOUNT = 100
MEMUSAGE_LIMIT_MB = 1_024

# Logs.
LOG_LEVEL = "INFO"  # DEBUG prints whole items and with them whatever an advert's text says
LOG_FORMATTER = "crawler.log.BriefLogFormatter"  # nor does a dropped item print its text
LOG_SHORT_NAMES = False
STATS_DUMP = False  # the run check and the run table say it in fewer words

# What a user sets; schedules fills them in. Base URLs: empty means the address in data/sources.yml.
PERSONSPEC_CONTACT = ""
PERSONSPEC_NHS_JOBS_URL = ""
PERSONSPEC_FIND_AN_APPRENTICESHIP_URL = ""
PERSONSPEC_FIND_AN_APPRENTICESHIP_KEY = ""
PERSONSPEC_PROGRESS_EVERY_S = 30.0
PERSONSPEC_ARCHIVE_DIR = ""  # empty: the pages are not archived
PERSONSPEC_REPLAY_FILE = ""  # an archive to be read instead of the network

# Every title of data/roles is an administrative and clerical one on NHS Jobs, whose nine staff
# groups divide the board without remainder; any other group would be fetched in vain.
NHS_JOBS_STAFF_GROUPS = ["ADMINISTRATIVE_AND_CLERICAL"]

# Only when the feed of NHS Jobs cannot be used: what its search pages are asked for, and how many
# pages of ten each; the search ranks loosely, so later pages hold little.
NHS_JOBS_KEYWORDS = [
    "health records",
    "medical records",
    "ward clerk",
    "booking clerk",
    "clinical coder",
    "medical secretary",
    "patient pathway",
    "waiting list",
]
NHS_JOBS_SEARCH_PAGES = 3

# Courses in records, coding and administration stand under these routes. The API allows 150
# requests in five minutes; DOWNLOAD_DELAY keeps to 120.
FIND_AN_APPRENTICESHIP_ROUTES = ["Business and administration", "Health and science", "Digital"]
