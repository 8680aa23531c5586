"""What all pages share: the store, the templates, the clock, and the day's vacancies."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from matcher.catalogue import Catalogue
from pipelines.mail.identity import Identity
from pipelines.outputs.digest.press import Press, open_press
from pipelines.outputs.digest.render import TEMPLATES
from pipelines.subscriptions import Subscriptions
from web.answers import dead_link
from web.forms import FormMaker
from web.security import FormGuard, Limits

HERE = Path(__file__).resolve().parent

PRESS_LIFETIME_S = 300.0
"""The open vacancies are read again after so long."""

log = logging.getLogger(__name__)


@dataclass
class Site:
    """The pages of one store."""

    subscriptions: Subscriptions
    catalogue: Catalogue
    deliver: Callable[[], None]
    """Sends what is queued, after the answer has gone out."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    limits: Limits = field(default_factory=Limits)
    _press: tuple[float, Press] | None = None
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.guard = FormGuard(self.identity.tokens, public=self.public)
        self.forms = FormMaker(self.catalogue)
        self._templates = Environment(
            loader=FileSystemLoader([HERE / "templates", TEMPLATES]),
            autoescape=select_autoescape(["html", "xml"]),
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )

    @property
    def identity(self) -> Identity:
        """Who runs the pages and sends the mails."""
        return self.subscriptions.identity

    @property
    def public(self) -> bool:
        """Whether the pages are reached over HTTPS."""
        return self.identity.web_url.startswith("https://")

    def press(self) -> Press:
        """Return the press of the day, at most some minutes old."""
        with self._lock:
            if self._press is None or time.monotonic() - self._press[0] > PRESS_LIFETIME_S:
                made = open_press(
                    self.subscriptions.store, self.catalogue, self.identity, self.now()
                )
                self._press = time.monotonic(), made
            return self._press[1]

    def text(self, template: str, **values: object) -> str:
        """Return a template filled in."""
        return self._templates.get_template(template).render(**values)

    def page(
        self, request: Request, template: str, title: str, *, status: int = 200, **values: object
    ) -> HTMLResponse:
        """Return a page, its forms tied to the browser."""
        secret = self.guard.secret_of(request)
        body = self.text(
            template,
            title=title,
            contact=self.identity.contact,
            form=self.guard.stamp(secret),
            **{"error": "", **values},
        )
        response = HTMLResponse(body, status)
        self.guard.remember(response, secret)
        return response

    def message(
        self,
        request: Request,
        title: str,
        *paragraphs: str,
        links: tuple[tuple[str, str], ...] = (),
    ) -> HTMLResponse:
        """Return a page of a few sentences."""
        return self.page(request, "message.html", title, paragraphs=paragraphs, links=links)

    def key_of(self, purpose: str, token: str) -> list[str]:
        """Return what a token names, the subscriber first; raise PageError if it is no good."""
        found = self.identity.tokens.read(purpose, token)  # type: ignore[arg-type]
        if not found:
            raise dead_link()
        return found
