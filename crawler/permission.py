"""Whom a spider may ask, and under what conditions."""

from scrapy.settings import BaseSettings

from crawler.exceptions import ContactMissingError
from crawler.sources import Source
from personspec.exceptions import UsageError


def require_permission(name: str, source: Source, base_url: str, settings: BaseSettings) -> None:
    """Refuse the crawl of a live board that is switched off, or that does not say who asks.

    Raises:
        UsageError: The source is switched off.
        ContactMissingError: Nobody could be reached.
    """
    if not source.enabled:
        raise UsageError(f"{name} is switched off in data/sources.yml, with the reason.")
    if not settings.get("PERSONSPEC_CONTACT", "").strip():
        raise ContactMissingError(
            f"A live crawl of {base_url} needs a contact: set PERSONSPEC_CONTACT to a "
            "mail address or URL where the board can reach you."
        )


def require_key(name: str, source: Source, missing: str) -> None:
    """Refuse to crawl a source without its key.

    Raises:
        UsageError: ``missing`` names the setting that lacks it.
    """
    if missing:
        raise UsageError(f"{name} needs a key: set {missing}. One is free at {source.contact}.")
