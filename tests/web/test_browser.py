"""The whole way of a reader in a real browser: scripts off, keyboard alone, phone and desktop."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from matcher.catalogue import load_catalogue
from pipelines.outputs.digest.press import queue_due
from tests.web.conftest import Pages
from tests.web.filling import confirm, subscribe

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
READER = "reader@example.org"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SERIOUS = {"serious", "critical"}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


def open_page(browser: Browser, size: Any, *, scripts: bool = False) -> Page:
    context = browser.new_context(viewport=size, java_script_enabled=scripts, locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(10_000)
    return page


def reach(page: Page, label: str) -> None:
    """Press Tab until the field or button of a label has the focus."""
    wanted = page.get_by_label(label, exact=True).or_(page.get_by_role("button", name=label))
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.first.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {label!r}")


def subscribe_by_keyboard(page: Page, url: str) -> None:
    page.goto(f"{url}/subscribe")
    for label, keys in (
        ("Town, or the first letters of a postcode", "Leeds"),
        ("Band 2", " "),
        ("Band 3", " "),
        ("GCSEs at grades 9 to 4 (A* to C), or level 2 such as an NVQ 2", " "),
        ("Team working", " "),
        ("Email address", READER),
    ):
        reach(page, label)
        page.keyboard.type(keys)
    page.keyboard.press("Tab")
    page.keyboard.type(" ")
    reach(page, "Ask for the digest")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check your email").wait_for()


def press(page: Page, button: str) -> None:
    reach(page, button)
    page.keyboard.press("Enter")


def queue(pages: Pages) -> None:
    queue_due(pages.store, load_catalogue(), pages.site.identity, datetime.now(UTC))
    pages.site.deliver()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_reader_comes_and_goes_by_keyboard_without_scripts(
    pages: Pages, browser: Browser, size: Any
) -> None:
    page = open_page(browser, size)
    subscribe_by_keyboard(page, pages.url)
    page.goto(pages.links(READER, "confirm")[0])
    press(page, "Yes, send me the digest")
    page.get_by_role("heading", name="Your digest has begun").wait_for()
    queue(pages)

    page.goto(pages.links(READER, "manage")[0])
    press(page, "Pause")
    page.get_by_text("It is paused").wait_for()
    press(page, "Go on sending")
    page.get_by_text("Your digest goes on.").wait_for()

    page.goto(pages.links(READER, "feedback")[0])
    press(page, "Not relevant")
    page.get_by_role("heading", name="Thank you").wait_for()

    page.goto(pages.links(READER, "unsubscribe")[0])
    press(page, "Stop the digest")
    page.get_by_role("heading", name="The digest has stopped").wait_for()
    page.context.close()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_page_and_no_mail_has_a_serious_fault_of_accessibility(
    pages: Pages, client: httpx.Client, browser: Browser, size: Any, tmp_path: Path
) -> None:
    page = open_page(browser, size, scripts=True)
    subscribe(client)
    (begin,) = pages.links(READER, "confirm")
    confirm(client, begin)
    queue(pages)
    manage = pages.links(READER, "manage")[0]
    addresses = [f"{pages.url}/{name}" for name in ("", "subscribe", "link", "feeds", "privacy")]
    addresses += [begin, manage]
    addresses += [pages.links(READER, name)[0] for name in ("feedback", "unsubscribe")]
    addresses += [manage.replace("/manage", other) for other in ("/preview", "/forget")]
    addresses += [f"{pages.url}/nowhere", *write_mails(pages, tmp_path)]
    for address in addresses:
        page.goto(address)
        assert faults(page) == [], address
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{address} is {width} wide"
    page.context.close()


def test_a_mistake_is_told_at_the_top_and_is_accessible(pages: Pages, browser: Browser) -> None:
    page = open_page(browser, PHONE, scripts=True)
    page.goto(f"{pages.url}/subscribe")
    press(page, "Ask for the digest")
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("Error: ")
    assert faults(page) == []
    page.context.close()


def test_pages_and_mails_ask_nothing_of_anybody_else(
    pages: Pages, browser: Browser, tmp_path: Path
) -> None:
    page = open_page(browser, DESKTOP)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    subscribe_by_keyboard(page, pages.url)
    pages.wait(1)
    for address in write_mails(pages, tmp_path):
        page.goto(address)
    assert asked
    assert [url for url in asked if not url.startswith((pages.url, "file:", "data:"))] == []
    page.context.close()


def faults(page: Page) -> list[str]:
    """Return the serious findings of axe-core."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['html'] for node in one['nodes'][:3]]}"
        for one in found
        if one["impact"] in SERIOUS
    ]


def write_mails(pages: Pages, folder: Path) -> list[str]:
    addresses = []
    for number, (_, content) in enumerate(pages.boxes.accepted):
        html = message_from_bytes(content, policy=default).get_body(("html",))
        path = folder / f"mail{number}.html"
        path.write_text(html.get_content(), "utf-8")  # type: ignore[union-attr]
        addresses.append(path.as_uri())
    return addresses
