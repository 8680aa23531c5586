"""What goes wrong on a board: one small class a fault, to be switched on for a test or by hand.

A fault stands between the client and the board. It may answer itself, change the answer, or
let the request through.
"""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from types import MappingProxyType
from xml.etree import ElementTree as ET

from crawler.practice_board.exchange import Answer, Request, Response, json_answer, redirect

ADVERTS = r"/candidate/jobadvert/[^/]+"
FEED = r"/api/v1/search_xml"
NEW_NAMES = MappingProxyType(
    {
        b'id="heading"': b'id="advert-title"',
        b"skill_category_": b"criteria-group-",
        b"essential_skill_": b"must-have-",
        b"desirable_skill_": b"nice-to-have-",
        b"vacancyDetails>": b"vacancy>",
        b"search-result": b"result-card",
        b"no-result-title": b"nothing-here",
    }
)
"""What a rebuilt board calls the things that clients look for."""


@dataclass
class Fault:
    """Goes wrong on the requests whose path fits, and lets the others through."""

    path: str = r"/(api|candidate|vacancies)/.*"
    """Regular expression of the whole path; robots.txt is spared."""

    times: int | None = None
    """On how many requests; None means on all."""

    _seen: int = field(default=0, init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def __call__(self, request: Request, answer: Answer) -> Response:
        """Return the board's answer, or what goes wrong with it."""
        if not self._applies(request):
            return answer(request)
        return self.instead() or self.spoil(answer(request))

    def instead(self) -> Response | None:
        """Return an answer in the board's place; None asks the board."""
        return None

    def spoil(self, response: Response) -> Response:
        """Return the board's answer as the client is to see it."""
        return response

    def _applies(self, request: Request) -> bool:
        if not re.fullmatch(self.path, request.path):
            return False
        with self._lock:
            self._seen += 1
            return self.times is None or self._seen <= self.times


@dataclass
class Refused(Fault):
    """403 on the adverts, while the feed answers: seen on the real board from data centres."""

    path: str = ADVERTS

    def instead(self) -> Response:
        return Response(b"<h1>403 Forbidden</h1>", status=403)


@dataclass
class TooManyRequests(Fault):
    """429 with ``Retry-After``, twice, then all is well."""

    times: int | None = 2
    retry_after: int = 1
    """Seconds."""

    def instead(self) -> Response:
        headers = {"Retry-After": str(self.retry_after)}
        return Response(b"<h1>429 Too Many Requests</h1>", status=429, headers=headers)


@dataclass
class ServerError(Fault):
    """500, once."""

    times: int | None = 1

    def instead(self) -> Response:
        return Response(b"<h1>500 Internal Server Error</h1>", status=500)


@dataclass
class CutConnection(Fault):
    """The connection ends in the middle of an advert."""

    path: str = ADVERTS
    times: int | None = 1

    def spoil(self, response: Response) -> Response:
        return replace(response, cut=True)


@dataclass
class Slow(Fault):
    """Every answer takes its time."""

    seconds: float = 0.5

    def spoil(self, response: Response) -> Response:
        time.sleep(self.seconds)
        return response


@dataclass
class JsonError(Fault):
    """The feed answers status 200 and an error in JSON instead of XML."""

    path: str = FEED

    def instead(self) -> Response:
        return json_answer({"status": 500, "error": "Internal Server Error", "path": FEED})


@dataclass
class ShrunkFeed(Fault):
    """The feed, totals and all, holds only a part of what it held."""

    path: str = FEED
    kept: float = 0.2
    """Share of the vacancies of each page, 0-1."""

    def spoil(self, response: Response) -> Response:
        root = ET.fromstring(response.body)  # noqa: S314 (the board's own answer)
        vacancies = root.findall("vacancyDetails")
        for vacancy in vacancies[int(len(vacancies) * self.kept) :]:
            root.remove(vacancy)
        for name in ("totalPages", "totalResults"):
            element = root.find(name)
            if element is not None:
                element.text = str(int(int(element.text or 0) * self.kept))
        return replace(response, body=ET.tostring(root, encoding="utf-8", xml_declaration=True))


@dataclass
class EmptyFeed(ShrunkFeed):
    """The feed says, with status 200, that there is nothing."""

    kept: float = 0.0


@dataclass
class ChangedLayout(Fault):
    """The board was rebuilt overnight: the names that clients look for are others."""

    def spoil(self, response: Response) -> Response:
        body = response.body
        for old, new in NEW_NAMES.items():
            body = body.replace(old, new)
        return replace(response, body=body)


@dataclass
class HugePage(Fault):
    """An advert page of many megabytes."""

    path: str = ADVERTS
    size: int = 32 * 1024 * 1024
    """Bytes."""

    def spoil(self, response: Response) -> Response:
        return replace(response, body=response.body + b"<!-- -->\n" * (self.size // 9))


@dataclass
class Redirect(Fault):
    """The adverts lead to another site."""

    path: str = ADVERTS
    location: str = "https://elsewhere.example/advert"

    def instead(self) -> Response:
        return redirect(self.location)


FAULTS: Mapping[str, Callable[[], Fault]] = MappingProxyType(
    {
        "refused": Refused,
        "too-many-requests": TooManyRequests,
        "server-error": ServerError,
        "cut-connection": CutConnection,
        "slow": Slow,
        "json-error": JsonError,
        "empty-feed": EmptyFeed,
        "shrunk-feed": ShrunkFeed,
        "changed-layout": ChangedLayout,
        "huge-page": HugePage,
        "redirect": Redirect,
    }
)
"""Names for the command line."""
