"""The server: what it logs, what it does with connections, and that it ends."""

from datetime import date
from http.client import HTTPConnection

import pytest

from crawler.practice_board import PracticeBoard
from tests.crawler.practice_board.conftest import DAY_1, ask, feed, references


def test_every_request_is_logged_with_path_query_status_and_headers(board):
    ask(board, "/candidate/search/results?keyword=ward%20clerk", User_Agent="a crawler")
    logged = board.requests[-1]
    assert (logged.path, logged.query, logged.status) == (
        "/candidate/search/results",
        "keyword=ward%20clerk",
        200,
    )
    assert logged.headers["user-agent"] == "a crawler"


def test_requests_are_logged_in_the_order_of_time(board):
    for _ in range(3):
        ask(board, "/robots.txt")
    times = [logged.at for logged in board.requests]
    assert times == sorted(times)


def test_a_connection_serves_several_requests(board):
    connection = HTTPConnection(board.url.removeprefix("http://"))
    connection.request("GET", "/robots.txt")
    connection.getresponse().read()
    first_socket = connection.sock
    connection.request("GET", "/api/v1/search_xml")
    assert connection.getresponse().read()
    assert connection.sock is first_socket
    connection.close()


def test_the_board_ends_although_a_client_keeps_its_connection_open():
    with PracticeBoard([]) as board:
        connection = HTTPConnection(board.url.removeprefix("http://"))
        connection.request("GET", "/robots.txt")
        connection.getresponse().read()
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        ask(board, "/robots.txt")


def test_the_day_can_be_changed_while_the_board_runs():
    with PracticeBoard(today=DAY_1) as board:
        before = set(references(feed(board, "limit=100")))
        board.day = 4
        after = set(references(feed(board, "limit=100")))
    assert board.current_date == date(2026, 9, 17)
    assert before - after
    assert after - before
