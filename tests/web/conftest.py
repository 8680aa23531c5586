"""The pages on a real server on loopback, with a real mail server beside it."""

import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import httpx
import pytest
import uvicorn

from matcher.catalogue import load_catalogue
from pipelines.database import Store, open_store
from pipelines.mail.outbox import Outbox
from pipelines.mail.smtp import MailServer, ServerSettings
from pipelines.outputs.digest.press import queue_due
from pipelines.subscriptions import Subscriptions
from tests.pipelines.mail.keys import IDENTITY
from tests.pipelines.mail.readers import add_vacancies, in_days
from tests.pipelines.mail.server import Mailboxes, free_port, mail_server
from tests.web.filling import confirm, subscribe
from web.app import create_app
from web.site import Site

CATALOGUE = load_catalogue()
READER = "reader@example.org"


@dataclass
class Pages:
    """The running pages and what they have sent."""

    url: str
    store: Store
    boxes: Mailboxes
    site: Site
    deliveries: list[datetime]

    def wait(self, deliveries: int) -> None:
        """Wait until so many requests were worked on: they are after the answer."""
        for _ in range(500):
            if len(self.deliveries) >= deliveries:
                return
            time.sleep(0.02)
        raise AssertionError(f"{len(self.deliveries)} deliveries, not {deliveries}")

    def links(self, to: str, path: str, *, deliveries: int = 1) -> list[str]:
        """Return the links to a page in the mails of a person, latest mail last."""
        self.wait(deliveries)
        found = []
        for receiver, content in self.boxes.accepted:
            if receiver == to:
                message = message_from_bytes(content, policy=default)
                text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
                found += re.findall(rf"{re.escape(self.url)}/{path}\?token=\S+", text)
        return found


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two vacancies, made once and copied for each test."""
    path = tmp_path_factory.mktemp("stored") / "store.db"
    opened = open_store(f"sqlite:///{path}")
    add_vacancies(opened, "X1", "X2", at=datetime.now(UTC), closing=in_days(20))
    opened.close()
    return path


@pytest.fixture
def store(stored: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(stored, tmp_path / "store.db")
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    yield opened
    opened.close()


@pytest.fixture
def pages(store: Store, tmp_path: Path) -> Iterator[Pages]:
    boxes, port = Mailboxes(), free_port()
    url = f"http://127.0.0.1:{port}"
    sending, deliveries = threading.Lock(), list[datetime]()
    identity = replace(IDENTITY, web_url=url)
    with mail_server(boxes) as mail_port:
        server = ServerSettings("127.0.0.1", mail_port, "none", "", "", 5.0)

        def deliver() -> None:
            with sending, MailServer(server) as connection:
                Outbox(store, identity.address, tmp_path / "lock", 600_000).send(connection)
            deliveries.append(datetime.now(UTC))

        site = Site(Subscriptions(store, identity), CATALOGUE, deliver)
        config = uvicorn.Config(create_app(site), port=port, log_level="error", ws="none")
        running = uvicorn.Server(config)
        thread = threading.Thread(target=running.run)
        thread.start()
        _wait_for(url)
        yield Pages(url, store, boxes, site, deliveries)
        running.should_exit = True
        thread.join()


def _wait_for(url: str) -> None:
    with httpx.Client(transport=httpx.HTTPTransport(retries=60)) as client:
        client.get(f"{url}/static/style.css").raise_for_status()


@pytest.fixture
def client(pages: Pages) -> Iterator[httpx.Client]:
    """A browser without scripts that keeps cookies."""
    with httpx.Client(base_url=pages.url, follow_redirects=True) as opened:
        yield opened


@pytest.fixture
def reader(pages: Pages, client: httpx.Client) -> Pages:
    """A confirmed reader who has had a digest."""
    subscribe(client)
    confirm(client, pages.links(READER, "confirm")[0])
    queue_due(pages.store, CATALOGUE, pages.site.identity, datetime.now(UTC))
    pages.site.deliver()
    return pages
