"""Why a page could not be fetched, in words."""

import json

from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure


def reason_of(failure: Failure) -> str:
    """Return why a page could not be fetched, with the board's own words (RFC 7807)."""
    reason: str = failure.getErrorMessage()
    if not isinstance(failure.value, HttpError):
        return reason
    response = failure.value.response
    words = _words_of(response.body)
    return f"{response.url}: {reason}: {words}" if words else f"{response.url}: {reason}"


def _words_of(body: bytes) -> str:
    try:
        problem = json.loads(body)
    except ValueError:
        return ""
    words = problem.get("detail") or problem.get("title") if isinstance(problem, dict) else None
    return str(words or "")
