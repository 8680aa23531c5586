"""Documents that a page links: found here, fetched elsewhere."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from crawler.items import SpecificationSource
from crawler.pages.text import one_line

_PATH = re.compile(r"\.(?:pdf|docx?)(?:$|[?#])", re.IGNORECASE)
_WORDS = re.compile(
    r"job description|person spec|\bpdf\b|\bdocx?\b|\bword document\b", re.IGNORECASE
)


def linked_documents(soup: BeautifulSoup, url: str) -> Iterator[SpecificationSource]:
    """Yield the linked documents, each address once, not fetched.

    Taken is any link in the page's content (``main``, if it has one) that ends in a document's
    suffix or speaks of one. UNVERIFIED: how NHS Jobs links attachments was not to be found
    anywhere; this rule is the only place that decides it.
    """
    seen: set[str] = set()
    for link in (soup.find("main") or soup).find_all("a", href=True):
        address, words = _address(url, str(link["href"])), one_line(link)
        names_one = _PATH.search(address) or _WORDS.search(words)
        if names_one and address.startswith("http") and address not in seen:
            seen.add(address)
            is_specification = "person spec" in words.lower()
            label = words or address.rpartition("/")[2]
            yield SpecificationSource("document", "", label, is_specification, address)


def _address(url: str, href: str) -> str:
    try:
        return urljoin(url, href)
    except ValueError:  # no address, such as ``http://[``: the advert is not to be lost for it
        return ""
