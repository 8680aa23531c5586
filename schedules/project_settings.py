"""Scrapy settings of the whole: the crawler's own, the item pipelines, and what the user set.

This is what ``scrapy.cfg`` names. The crawler itself does not know that there is a store.
"""

from crawler.settings import *  # noqa: F403
from crawler.settings import EXTENSIONS as CRAWLER_EXTENSIONS
from personspec.settings import load_settings

_settings = load_settings()

PERSONSPEC_CONTACT = _settings.contact
PERSONSPEC_NHS_JOBS_URL = _settings.nhs_jobs_url
PERSONSPEC_FIND_AN_APPRENTICESHIP_URL = _settings.find_an_apprenticeship_url
PERSONSPEC_FIND_AN_APPRENTICESHIP_KEY = _settings.find_an_apprenticeship_key.get_secret_value()
PERSONSPEC_DATABASE_URL = _settings.store_url
PERSONSPEC_ARCHIVE_DIR = str(_settings.page_archive_dir)
PERSONSPEC_REFETCH_AFTER_DAYS = _settings.refetch_after_days

# The progress line and the run check say the rest; `-s LOG_LEVEL=INFO` of Scrapy says more.
LOG_LEVEL = _settings.log_level or "WARNING"

EXTENSIONS = CRAWLER_EXTENSIONS | (
    {"crawler.progress.Progress": None, "scrapy.extensions.logstats.LogStats": 0}
    if _settings.log_format == "json"  # a progress line is for people
    else {}
)

KNOWN_ADVERTS = "pipelines.database.known.StoredAdverts"

ITEM_PIPELINES = {
    "pipelines.validate.ValidatePipeline": 100,
    "pipelines.annotate.AnnotatePipeline": 200,
    "pipelines.store.StorePipeline": 300,
}
