"""Forms as a browser sends them: hidden fields and what was typed."""

from typing import Any

import httpx
from bs4 import BeautifulSoup

SEARCH: dict[str, Any] = {"place": "Leeds", "distance": "20", "band": ["2", "3"]}
ANSWERS: dict[str, Any] = {
    **SEARCH,
    "apprenticeships": "include",
    "skill": ["communication", "team-working"],
    "qualification": ["gcse"],
    "years": "3",
    "frequency": "daily",
    "weekday": "0",
    "email": "reader@example.org",
    "consent": "yes",
}


def stamp(page: httpx.Response) -> str:
    field = BeautifulSoup(page.text, "lxml").select_one("input[name=form]")
    assert field is not None, page.text
    return str(field["value"])


def send(client: httpx.Client, path: str, **typed: Any) -> httpx.Response:
    """Open a page and send its form."""
    page = client.get(path)
    return client.post(path, data={"form": stamp(page), **typed})


def subscribe(client: httpx.Client, **changes: Any) -> httpx.Response:
    return send(client, "/subscribe", **(ANSWERS | changes))


def confirm(client: httpx.Client, link: str) -> httpx.Response:
    page = client.get(link)
    token = link.partition("token=")[2]
    return client.post("/confirm", data={"form": stamp(page), "token": token})
