import pytest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.failures import reason_of


def refused(body):
    return Failure(HttpError(Response("https://board.example/1", status=400, body=body), "400"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"title": "Bad Request", "detail": "Page must be 1 or more."}', ": Page must be 1 or"),
        (b'{"title": "Bad Request"}', ": Bad Request"),
        (b"[1]", ": 400"),
        (b"<html>", ": 400"),
        (b"", ": 400"),
    ],
)
def test_an_error_of_the_board_is_told_in_its_own_words(body, words):
    reason = reason_of(refused(body))

    assert reason.startswith("https://board.example/1: ")
    assert words in reason


def test_what_never_reached_the_board_is_told_as_it_is():
    assert reason_of(Failure(TimeoutError("too slow"))) == "too slow"
