"""Whose address the pages see behind a web server."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

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


KEY = "a key for tests and nothing else that is long"
SERVING = {
    "PERSONSPEC_WEB_URL": "https://digest.example.org",
    "PERSONSPEC_MAIL_FROM": "digest@example.org",
    "PERSONSPEC_MAIL_CONTACT": "Eastmere Jobs, 1 Mere Lane, Eastmere",
    "PERSONSPEC_SMTP_HOST": "127.0.0.1",
    "PERSONSPEC_SMTP_SECURITY": "none",
    "PERSONSPEC_LINK_KEYS": KEY,
    "PERSONSPEC_ADDRESS_KEY": KEY,
}


def serve(folder: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "personspec", "serve", *options],
        env={**os.environ, **SERVING, "PERSONSPEC_OUTPUT_DIR": str(folder)},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--port", "99999"), "65535"),
        (("--port", "TAKEN"), "Address already in use"),
        (("--host", "192.0.2.1", "--port", "0"), "cannot be served at 192.0.2.1:0"),
        (("--host", "x" * 70, "--port", "0"), "no name of a host"),
    ],
)
def test_an_address_that_cannot_be_listened_on_is_one_sentence(
    tmp_path: Path, options: tuple[str, ...], why: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1])
        serving = serve(tmp_path, *(one.replace("TAKEN", number) for one in options))
        _, told = serving.communicate()
    assert serving.returncode == 2
    assert why in told
    assert "Traceback" not in told
    assert not list(tmp_path.glob("*.db")), "nothing was begun"


def test_the_pages_answer_at_the_address_that_is_said_until_ctrl_c(tmp_path: Path) -> None:
    serving = serve(tmp_path, "--port", "0")
    assert serving.stderr
    said = serving.stderr.readline()
    (address,) = re.findall(r"at (http://127\.0\.0\.1:[1-9]\d*), Ctrl-C ends", said)
    with urlopen(address) as answer:  # noqa: S310 our own
        assert answer.status == 200
    serving.send_signal(signal.SIGINT)
    _, told = serving.communicate()
    assert serving.returncode == 0
    assert "Traceback" not in told
