"""Who sends, and with which keys: the settings without which no mail goes out."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from personspec.exceptions import UsageError
from personspec.settings import Settings
from pipelines.mail.addresses import checked_address
from pipelines.mail.headers import one_line
from pipelines.mail.links import Links
from pipelines.mail.smtp import is_loopback
from pipelines.mail.tokens import Tokens

SHORTEST_KEY = 32
"""Characters of a secret key: fewer could be guessed."""

_MANDATORY = ("mail_from", "mail_contact", "web_url", "link_keys", "address_key")


@dataclass(frozen=True)
class Identity:
    """The sender of every mail, the keys that sign and hide, and where the pages are."""

    address: str
    name: str
    contact: str
    """Who sends and their postal address, on one line."""

    web_url: str
    tokens: Tokens
    address_key: str

    @property
    def domain(self) -> str:
        """The domain of the sender's address, that of Message-IDs too."""
        return self.address.rpartition("@")[2]

    def links(self, subscriber: str) -> Links:
        """Return the links for a subscriber."""
        return Links(self.web_url, self.tokens, subscriber)


def identity_of(settings: Settings) -> Identity:
    """Return the sender that the settings name.

    Raises:
        UsageError: A mandatory setting is missing or cannot be used; names it.
    """
    for name in _MANDATORY:
        value = getattr(settings, name)
        if not (value if isinstance(value, str) else value.get_secret_value()).strip():
            raise UsageError(
                f"Digests need the setting PERSONSPEC_{name.upper()}: every mail has to say who "
                "sends it and how to leave (docs/privacy.md lists the settings)."
            )
    _check_web_url(settings.web_url)
    return Identity(
        address=checked_address(settings.mail_from),
        name=one_line(settings.mail_name),
        contact=one_line(settings.mail_contact),
        web_url=settings.web_url.rstrip("/"),
        tokens=Tokens(_keys(settings.link_keys.get_secret_value(), "LINK_KEYS")),
        address_key=_keys(settings.address_key.get_secret_value(), "ADDRESS_KEY")[0],
    )


def _check_web_url(url: str) -> None:
    if not re.fullmatch(r"[!-;=?-~]{8,200}", url):
        raise UsageError("PERSONSPEC_WEB_URL has to be an address of plain letters, at most 200.")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise UsageError("PERSONSPEC_WEB_URL is not a web address.") from None
    # The host and not the beginning: http://127.0.0.1.example.org begins like loopback and is not.
    is_private = url.startswith("http://") and is_loopback(host)
    if "@" in parts.netloc or not host or not (url.startswith("https://") or is_private):
        raise UsageError("PERSONSPEC_WEB_URL has to begin with https:// (http: loopback only).")
    if parts.query or parts.fragment:
        raise UsageError("PERSONSPEC_WEB_URL has to be without ? and #: pages are added to it.")


def _keys(text: str, name: str) -> list[str]:
    keys = [key.strip() for key in text.split(",") if key.strip()]
    if not keys or min(map(len, keys)) < SHORTEST_KEY:
        raise UsageError(
            f"PERSONSPEC_{name} is too short: a key has at least {SHORTEST_KEY} characters "
            "(python -c 'import secrets; print(secrets.token_hex(32))' makes one)."
        )
    return keys
