"""A request and its answer, without sockets."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from crawler.practice_board.search import Query

HTML = "text/html; charset=utf-8"
XML = "application/xml;charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks with GET."""

    path: str
    """Percent-decoded, without query."""

    query_string: str
    query: Query
    headers: Mapping[str, str]
    """Names in lower case."""


@dataclass(frozen=True, slots=True)
class Response:
    """What the board answers."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    """The connection ends in the middle of the body."""


Answer = Callable[[Request], Response]


def html(text: str) -> Response:
    """Return a page."""
    return Response(text.encode())


def json_answer(value: object, status: int = 200, kind: str = "application/json") -> Response:
    """Return a JSON document."""
    return Response(json.dumps(value, ensure_ascii=False).encode(), kind, status)


def redirect(location: str) -> Response:
    """Return the reader to another address."""
    return Response(b"", status=302, headers={"Location": location})
