"""Which machines a crawl may speak to."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from personspec.exceptions import UsageError

_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Return True if ``address`` is one of the public internet.

    False for loopback, private, link-local, shared (CGNAT), reserved, multicast and unspecified
    addresses, for anything that is no address, and for IPv6 forms that carry a non-public IPv4
    address inside: mapped, 6to4, Teredo and NAT64.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified)
        for one in (_unwrap(ip) or (ip,))
    )


def _unwrap(ip: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses inside an IPv6 one; empty if there are none."""
    if isinstance(ip, IPv4Address):
        return ()
    if ip.teredo:
        return ip.teredo
    inner = ip.ipv4_mapped or ip.sixtofour
    if inner is None and ip in _NAT64:
        inner = IPv4Address(int(ip) & 0xFFFFFFFF)
    return (inner,) if inner else ()


def is_loopback(host: str) -> bool:
    """Return True if ``host`` names this machine: ``localhost`` or a loopback address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_practice_board(base_url: str) -> bool:
    """Return True if the board at ``base_url`` stands on this machine."""
    return is_loopback(urlsplit(base_url).hostname or "")


def origin(url: str) -> str | None:
    """Return scheme, host and port of ``url``, e.g. ``https://www.jobs.nhs.uk:443``.

    None for whatever two parsers might read in two ways or that a crawl has no business with:
    another scheme, a user name, a backslash, an unreadable port, or plain HTTP to another machine.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    ports = {"https": 443, "http": 80}
    if parts.scheme not in ports or not host or "@" in parts.netloc or _is_odd(parts.netloc):
        return None
    if parts.scheme == "http" and not is_loopback(host):
        return None
    return f"{parts.scheme}://{host}:{port or ports[parts.scheme]}"


def _is_odd(netloc: str) -> bool:
    return "\\" in netloc or "%" in netloc or not netloc.isascii()


def check_base_url(url: str, setting: str) -> str:
    """Return a board's base URL without its closing slash.

    Raises:
        UsageError: It is no plain https address, or http to another machine than this one.
    """
    if origin(url) is None or urlsplit(url).query or urlsplit(url).fragment:
        raise UsageError(
            f"{setting} is {url!r}, which is no base URL of a board: give https://host, or "
            "http://127.0.0.1:port for a practice board."
        )
    return url.rstrip("/")
