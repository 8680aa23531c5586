"""That a response was received, when, and where it is kept; or that none was wanted."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from scrapy.http import Response

from crawler.items import Vacancy

download_refused = object()
"""Signal with a ``request`` whose answer was larger than may be downloaded, so that none came."""

META = "archive_receipt"
"""Key in a request's ``meta``; a repeated or redirected request gets a new one each time."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where a response lies in the archive."""

    file: str
    """Relative to the archive's folder."""

    record: str
    """Id of the record in that file."""

    received_at: datetime
    """UTC."""

    sha256: str
    """Of the body as received, 64 hexadecimal digits: the payload of the record."""


def body_hash(body: bytes) -> str:
    """Return the SHA-256 of a body, as a receipt holds it."""
    return hashlib.sha256(body).hexdigest()


def receipt_of(response: Response) -> Receipt | None:
    """Return the receipt of a response; None if no archive is kept."""
    receipt: Receipt | None = response.meta.get(META)
    return receipt


def stamp(vacancy: Vacancy, receipt: Receipt | None) -> Vacancy:
    """Return the vacancy with the time and place of its page in the archive, if it has one."""
    if receipt is None:
        return vacancy
    return replace(
        vacancy,
        fetched_at=receipt.received_at,
        archive_file=receipt.file,
        archive_record=receipt.record,
        archive_sha256=receipt.sha256,
    )
