"""What a link opens is no more than its purpose says, wherever its pages lead."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import httpx
import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from pipelines.database.models import VacancyRow
from pipelines.database.subscriber_models import DigestRow, SubscriberRow
from pipelines.mail.tokens import LIFETIME_S, Purpose
from tests.web.conftest import READER, Pages
from tests.web.filling import stamp

STRENGTH: dict[Purpose, int] = {
    "more": 0,
    "feedback": 1,
    "unsubscribe": 2,
    # Both open the whole account, come in a mail of their own, and die.
    "confirm": 3,
    "manage": 3,
}
PATHS = (
    "confirm", "export", "feedback", "forget", "keep", "manage", "more", "pause", "preview",
    "resume", "unsubscribe",
)  # fmt: skip
TOKEN = re.compile(r"""(?:token=|name="token" value=")([^"&\s]+)""")

Step = tuple[str, str, tuple[tuple[str, str], ...]]
"""Method, address, and what is posted."""


def token_of(pages: Pages, purpose: Purpose) -> str:
    with pages.store.reading() as session:
        key = session.scalars(select(SubscriberRow.key)).one()
        things = {
            "more": session.scalars(select(DigestRow.period).filter_by(kind="digest")).one(),
            "feedback": str(session.scalars(select(VacancyRow.id)).first()),
        }
    return pages.site.identity.tokens.make(purpose, key, *filter(None, [things.get(purpose)]))


def first_steps(token: str) -> Iterator[Step]:
    """Open and post every page there is, as one who holds the token and knows the addresses."""
    for path in PATHS:
        yield "GET", f"/{path}?token={token}", ()
        yield "POST", f"/{path}", (("token", token),)
        yield "POST", f"/{path}?token={token}", (("List-Unsubscribe", "One-Click"),)


def next_steps(url: str, text: str) -> Iterator[Step]:
    page = BeautifulSoup(text, "lxml")
    for link in page.select("a[href]"):
        yield "GET", urljoin(url, str(link["href"])), ()
    for form in page.select("form"):
        hidden = [(str(one["name"]), str(one["value"])) for one in form.select("[type=hidden]")]
        for button in form.select("button"):
            pressed = [(str(button["name"]), str(button["value"]))] if button.get("name") else []
            yield "POST", urljoin(url, str(form["action"])), (*hidden, *pressed)


def walk(client: httpx.Client, pages: Pages, token: str) -> Iterator[httpx.Response]:
    """Give the answer to every step that can be taken with a token; erasing comes last."""
    ours = ("form", stamp(client.get("/link")))
    waiting = [
        (method, url, (*posted, ours) if posted else ())
        for method, url, posted in first_steps(token)
    ]
    done: set[Step] = set()
    while waiting:
        waiting.sort(key=lambda step: step[0] == "POST" and "/forget" in step[1])
        method, url, posted = step = waiting.pop(0)
        seen = method, url, tuple(one for one in posted if one[0] != "form")
        inside = urljoin(pages.url, url).startswith(pages.url)
        if seen in done or not inside:
            continue
        done.add(seen)
        answer = client.request(method, url, data=dict(step[2]) or None)
        yield answer
        if "html" in answer.headers["content-type"]:
            waiting += next_steps(str(answer.url), answer.text)


@pytest.mark.parametrize("purpose", STRENGTH)
def test_no_page_of_a_link_hands_out_a_stronger_one_or_the_same_anew(
    reader: Pages, client: httpx.Client, purpose: Purpose
) -> None:
    token = token_of(reader, purpose)
    tokens = reader.site.identity.tokens
    opened, handed_out = 0, set[Purpose]()
    for answer in walk(client, reader, token):
        opened += answer.status_code == 200
        addresses = " ".join(str(one.url) for one in [*answer.history, answer])
        found = set(TOKEN.findall(answer.text + addresses)) - {token}
        handed_out |= {name for one in found for name in LIFETIME_S if tokens.read(name, one)}
    assert opened > 3
    assert purpose not in handed_out
    assert {name for name in handed_out if STRENGTH[name] > STRENGTH[purpose]} == set()


def test_every_purpose_of_a_link_is_walked() -> None:
    assert set(STRENGTH) == set(LIFETIME_S) - {"form"}


def test_a_link_out_opens_no_account_however_it_is_used(
    reader: Pages, client: httpx.Client
) -> None:
    for answer in walk(client, reader, token_of(reader, "unsubscribe")):
        assert READER not in answer.text
        assert 'value="Leeds"' not in answer.text
