"""``personspec serve``: the pages of job seekers."""

import socket
from contextlib import closing, suppress
from ipaddress import ip_network
from typing import Any

from matcher.catalogue import load_catalogue
from personspec.exceptions import UsageError
from personspec.settings import Settings, load_settings
from pipelines.database import open_store
from pipelines.mail.identity import identity_of
from pipelines.mail.smtp import ServerSettings
from pipelines.subscriptions import Subscriptions
from schedules.sending import send_now
from schedules.terminal import stderr_console


def serve_pages(host: str, port: int) -> None:
    """Serve the pages until the process is ended.

    Raises:
        UsageError: A setting is missing, the web libraries are not installed, or the address
            cannot be listened on.
    """
    try:
        import uvicorn

        from web.app import create_app
        from web.site import Site
    except ImportError as error:
        raise UsageError(
            f"The pages need the extra libraries ({error.name} is missing): "
            "pip install 'personspec[web]'."
        ) from error
    settings = load_settings()
    options = server_options(settings)
    identity = identity_of(settings)
    server = ServerSettings.of(settings)
    with listening(host, port) as listener, closing(open_store(settings.store_url)) as store:
        site = Site(
            Subscriptions(store, identity),
            load_catalogue(),
            lambda: send_now(store, identity, settings, server),
        )
        at = f"{host}:{listener.getsockname()[1]}"
        stderr_console().print(f"Serving {identity.web_url} at http://{at}, Ctrl-C ends.")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(uvicorn.Config(create_app(site), **options)).run(sockets=[listener])


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address.

    Raises:
        UsageError: There is no such host on this machine, or the port is taken.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address, family=family)
    except (OSError, UnicodeError) as error:  # UnicodeError: no name of a host
        why = getattr(error, "strerror", None) or "that is no name of a host"
        raise UsageError(
            f"The pages cannot be served at {host}:{port}: {why}. Name another --host or --port."
        ) from error


def server_options(settings: Settings) -> dict[str, Any]:
    """Return what uvicorn is told, whichever address it listens on.

    Raises:
        UsageError: PERSONSPEC_WEB_PROXIES names something else than addresses.
    """
    proxies = [name.strip() for name in settings.web_proxies.split(",") if name.strip()]
    for name in proxies:
        try:
            network = ip_network(name)
        except ValueError:
            network = None
        # Uvicorn would take a name for that of a socket, and a star for everybody.
        if network is None or not network.prefixlen:
            raise UsageError(
                f"PERSONSPEC_WEB_PROXIES names {name!r}: give IP addresses or networks like "
                "172.18.0.0/16, and not the whole of the net."
            )
    return {
        # The access log would hold addresses of pages, and so tokens.
        "access_log": False,
        "server_header": False,
        # An empty list: nobody is believed. None would read an environment variable of uvicorn's.
        "forwarded_allow_ips": proxies,
    }
