"""A board at a fixed date, and short ways to ask it."""

from contextlib import closing
from datetime import date
from http.client import HTTPConnection
from typing import NamedTuple

import pytest
from lxml import etree
from parsel import Selector

from crawler.practice_board import PracticeBoard

DAY_1 = date(2026, 9, 14)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def ask(board, path, **headers):
    """Return the answer to a GET; underscores in the names of headers stand for hyphens."""
    with closing(HTTPConnection(board.url.removeprefix("http://"))) as connection:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers=named)
        response = connection.getresponse()
        return Answer(response.status, dict(response.headers), response.read())


def feed(board, query=""):
    return etree.fromstring(ask(board, f"/api/v1/search_xml?{query}").body)


def references(root):
    return [vacancy.findtext("reference") for vacancy in root.findall("vacancyDetails")]


def page(board, path):
    return Selector(ask(board, path).body.decode())


def advert_page(board, reference):
    return page(board, f"/candidate/jobadvert/{reference}")


@pytest.fixture(scope="package")
def board():
    """The written adverts on day 1. Tests that change the board start one of their own."""
    with PracticeBoard(today=DAY_1) as running:
        yield running
