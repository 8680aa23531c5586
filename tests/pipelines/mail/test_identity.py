import pytest

from personspec.exceptions import UsageError
from personspec.settings import load_settings
from pipelines.mail.identity import Identity, identity_of
from tests.pipelines.mail.keys import SETTINGS


def identity(monkeypatch: pytest.MonkeyPatch, web_url: str) -> Identity:
    for name, value in (SETTINGS | {"PERSONSPEC_WEB_URL": web_url}).items():
        monkeypatch.setenv(name, value)
    return identity_of(load_settings())


@pytest.mark.parametrize(
    "url",
    [
        "https://digest.example.org",
        "https://digest.example.org:8443/jobs",
        "http://127.0.0.1:8000",
        "http://localhost",
        "http://localhost:8000",
        "http://[::1]:8000",
    ],
)
def test_the_pages_are_reached_over_https_or_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    assert identity(monkeypatch, f"{url}/").web_url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1.evil.example:8000/page",
        "http://localhost.evil.example",
        "http://localhostevil.example",
        "http://127.0.0.1@evil.example",
        "http://localhost:8000@evil.example",
        "https://name@digest.example.org",
        "http://digest.example.org",
        "ftp://localhost",
        "HTTPS://digest.example.org",
        "https:///page",
        "https://digest.example.org:port",
        "https://[digest.example.org",
        "https://digest.example.org/?page=",
        "https://digest.example.org/#page",
        "digest.example.org",
    ],
)
def test_no_other_address_passes_for_this_machine(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    with pytest.raises(UsageError, match="PERSONSPEC_WEB_URL"):
        identity(monkeypatch, url)
