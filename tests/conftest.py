"""Rules for all tests: no network beyond loopback."""

import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

import pytest


def _is_loopback(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any test that leaves this machine; a saved page goes beside the test instead."""
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any, real: Any = real) -> Any:
            if not _is_loopback(address):
                raise AssertionError(f"a test tried to reach the network: {address}")
            return real(self, address)

        monkeypatch.setattr(socket.socket, name, guarded)


@pytest.fixture(scope="session")
def reference_dir() -> Path:
    """The folder of labelled and saved real material; the test is skipped where there is none."""
    value = os.environ.get("PERSONSPEC_REFERENCE_DIR", "")
    if not value:
        pytest.skip("PERSONSPEC_REFERENCE_DIR is unset: no folder of real material to test against")
    return Path(value)
