"""What protects the pages: headers, limits, and forms that only our own pages can send."""

import hmac
import secrets
from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from pipelines.mail.tokens import Tokens
from web.answers import PageError

HEADERS = {
    # Nothing from elsewhere, no script at all; Pico's ticks are pictures inside its stylesheet.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    # The address of a page holds a token: no other site may learn it, no cache may keep it.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
}
TRANSPORT = {"Strict-Transport-Security": "max-age=31536000"}
"""Sent where the pages are public, that is over HTTPS."""

LONGEST_BODY = 65_536
"""Bytes of a form; the longest of ours is a tenth of it."""

READING = parse("300/minute")
WRITING = parse("60/minute")
MAILING = parse("20/hour")
"""Requests of one address: pages, forms, and forms that cause a mail."""

Next = Callable[[Request], Awaitable[Response]]


class Limits:
    """Counts requests by the address they come from; in memory, forgotten when the server ends."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def check(self, request: Request, limit: RateLimitItem, what: str) -> None:
        """Count a request; raise PageError if there were too many."""
        client = request.client.host if request.client else "unknown"
        if not self._limiter.hit(limit, what, client):
            raise PageError(429, "Too many requests", "Please wait a while and try again.")


def add_headers(response: Response, *, public: bool) -> Response:
    """Return the response with our headers; a page may have set its own before."""
    for name, value in {**HEADERS, **(TRANSPORT if public else {})}.items():
        response.headers.setdefault(name, value)
    return response


def check_size(request: Request) -> None:
    """Raise PageError for a body that is too long or does not say how long it is."""
    if request.method != "POST":
        return
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise PageError(411, "The request cannot be read", "It does not say how long it is.")
    if int(length) > LONGEST_BODY:
        raise PageError(413, "The request is too long", "Please send less.")


class FormGuard:
    """Ties each form to the browser it was shown in, so that no other site can send it.

    The browser holds a random cookie, the form a signed copy of it.
    """

    def __init__(self, tokens: Tokens, *, public: bool) -> None:
        self._tokens = tokens
        self._public = public
        # The prefix makes browsers refuse the cookie from anywhere but this very site.
        self.cookie = "__Host-form" if public else "form"

    def secret_of(self, request: Request) -> str:
        """Return the browser's secret, a new one if it has none."""
        held = request.cookies.get(self.cookie, "")
        return held if len(held) == 43 and held.isascii() else secrets.token_urlsafe(32)

    def stamp(self, secret: str) -> str:
        """Return what a form carries."""
        return self._tokens.make("form", secret)

    def remember(self, response: Response, secret: str) -> None:
        """Give the browser its secret; it is gone when the browser closes."""
        response.set_cookie(
            self.cookie, secret, httponly=True, samesite="strict", secure=self._public, path="/"
        )

    def check(self, request: Request, stamp: str) -> None:
        """Raise PageError unless the form was shown by us, in this browser, not too long ago."""
        site = request.headers.get("sec-fetch-site", "same-origin")
        found = self._tokens.read("form", stamp)
        held = request.cookies.get(self.cookie, "")
        if (
            site not in {"same-origin", "none"}
            or found is None
            or not hmac.compare_digest(found[0].encode(), held.encode())
        ):
            raise PageError(
                403,
                "Please send the form again",
                "It was open for too long, or your browser keeps no cookies. Go back, load the "
                "page again, and send it once more.",
            )
