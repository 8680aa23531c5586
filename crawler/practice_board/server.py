"""The practice board as an HTTP server in a thread, on loopback only."""

import socket
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.practice_board.adverts import PracticeAdvert, load_adverts
from crawler.practice_board.board import Board
from crawler.practice_board.exchange import Answer, Request, Response
from crawler.practice_board.faults import Fault
from personspec.london import LONDON

BUFFER = 1 << 16
Socket = socket.socket | tuple[bytes, socket.socket]
"""The standard library's type of a connection; it is the first, the second belongs to UDP."""

POLL_S = 0.02
"""How often the server looks whether it is to stop."""


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request as it was answered."""

    path: str
    query: str
    """As it came, without the question mark."""

    status: int
    at: float
    """Seconds of the monotonic clock when the request came in."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class PracticeBoard:
    """Serves adverts on loopback while the ``with`` block lasts.

    Args:
        adverts: What is on the board; by default the adverts of ``data/practice``.
        day: Which day of the board it is; 1 is the first. Later days show what has changed.
        today: The date of **day 1**, to which all dates refer; by default today in London.
        port: 0 takes a free one.
        faults: What goes wrong (``crawler.practice_board.faults``); the first is the outermost.

    ``day`` and ``faults`` may be changed while the board runs. ``requests`` lists what was
    asked, oldest first.
    """

    def __init__(
        self,
        adverts: Iterable[PracticeAdvert] | None = None,
        day: int = 1,
        today: date | None = None,
        port: int = 0,
        faults: Iterable[Fault] = (),
    ) -> None:
        first_day = today or datetime.now(LONDON).date()
        self.requests: list[LoggedRequest] = []
        self.faults = list(faults)
        self._board = Board(load_adverts() if adverts is None else adverts, day, first_day)
        self._server = _Server(port, self._answer)
        self._thread = Thread(target=self._server.serve_forever, args=(POLL_S,), daemon=True)

    @property
    def url(self) -> str:
        """Base URL, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def day(self) -> int:
        """Which day of the board it is."""
        return self._board.day

    @day.setter
    def day(self, day: int) -> None:
        self._board.day = day

    @property
    def current_date(self) -> date:
        """The date of the board's present day."""
        return self._board.current_date

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.close_everything()

    def wait(self) -> None:
        """Block until the board is stopped."""
        self._thread.join()

    def _answer(self, request: Request) -> Response:
        at = time.monotonic()
        answer = self._board.answer
        for fault in reversed(self.faults):
            answer = partial(fault, answer=answer)
        response = answer(request)
        self.requests.append(
            LoggedRequest(request.path, request.query_string, response.status, at, request.headers)
        )
        return response


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that server_close waits for the last answer

    def __init__(self, port: int, answer: Answer) -> None:
        self.answer = answer
        self._connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Socket, client_address: tuple[str, int]) -> None:
        if isinstance(request, socket.socket):
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Socket) -> None:
        if isinstance(request, socket.socket):
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Socket, client_address: tuple[str, int]) -> None:
        """Let clients hang up as they like; anything else is a fault of the board's own."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def close_everything(self) -> None:
        """End the connections that clients keep alive, then the server."""
        for connection in tuple(self._connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # the client was faster
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = BUFFER  # headers and body leave together
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        request = Request(
            path=unquote(parts.path),
            query_string=parts.query,
            query=parse_qs(parts.query, keep_blank_values=True),
            headers={name.lower(): value for name, value in self.headers.items()},
        )
        self._send(self.server.answer(request))

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", response.content_type)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if response.cut:
            self.wfile.write(response.body[: len(response.body) // 2])
            self.close_connection = True
        else:
            self.wfile.write(response.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the parent's name)
        """Keep quiet: ``PracticeBoard.requests`` is the log."""
