"""Whose address the pages see behind a web server."""

import asyncio

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request

from personspec.exceptions import UsageError
from personspec.settings import Settings
from schedules.serving import server_options


async def client_seen(settings: Settings, sender: str, forwarded: str) -> str:
    """Return the address that an app sees when a request comes from ``sender``."""
    app = FastAPI()

    @app.get("/")
    def see(request: Request) -> str:
        assert request.client
        return request.client.host

    config = uvicorn.Config(app, **server_options(settings), log_config=None)
    config.load()
    transport = httpx.ASGITransport(config.loaded_app, client=(sender, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://pages") as browser:
        answer = await browser.get("/", headers={"X-Forwarded-For": forwarded})
    return str(answer.json())


@pytest.mark.parametrize(
    ("proxies", "sender", "seen"),
    [
        ("127.0.0.1, ::1", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1, ::1", "::1", "203.0.113.9"),
        ("127.0.0.1, ::1", "198.51.100.7", "198.51.100.7"),
        ("198.51.100.0/24", "198.51.100.7", "203.0.113.9"),
        ("198.51.100.0/24", "127.0.0.1", "127.0.0.1"),
        ("", "127.0.0.1", "127.0.0.1"),
    ],
)
def test_an_address_is_taken_from_the_web_servers_that_are_named_and_nobody_else(
    proxies: str, sender: str, seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # uvicorn's own way plays no part
    settings = Settings(web_proxies=proxies)
    # The first one is what a visitor wrote, the last one what the web server saw.
    assert asyncio.run(client_seen(settings, sender, "192.0.2.1, 203.0.113.9")) == seen


@pytest.mark.parametrize("proxies", ["*", "proxy.example.org", "127.0.0.1, 0.0.0.0/0", "::/0"])
def test_not_everybody_may_be_believed(proxies: str) -> None:
    with pytest.raises(UsageError, match="PERSONSPEC_WEB_PROXIES"):
        server_options(Settings(web_proxies=proxies))
