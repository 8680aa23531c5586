"""Addresses of NHS Jobs."""

import re
from urllib.parse import urlsplit

REFERENCE = re.compile(r"[A-Z]\d{4}-[A-Z0-9-]+")
"""Letter and four digits for the employer, then what it likes."""

_AFTER_BASE = re.compile(r"/(?:api|candidate)/")


def reference_in(url: str) -> str:
    """Return the advert's reference at the end of its address; empty if there is none."""
    reference = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    return reference if REFERENCE.fullmatch(reference) else ""


def advert_url(listing_url: str, reference: str) -> str:
    """Return an advert's address on the host that listed it: the feed links the host ``beta.``."""
    return f"{_AFTER_BASE.split(listing_url)[0]}/candidate/jobadvert/{reference}"
