"""The resolver, with Twisted's own receivers and a name service that answers what we tell it."""

from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.resolver import GuardedResolver


class Names:
    """A name service with one entry."""

    def __init__(self, *addresses):
        self.addresses = addresses

    def resolveHostName(self, receiver, host, port=0, kinds=None, semantics="TCP"):  # noqa: ARG002, N802
        receiver.resolutionBegan(self)
        for address in self.addresses:
            receiver.addressResolved(address)
        receiver.resolutionComplete()
        return self


class Reactor:
    def __init__(self, names):
        self.nameResolver = names


class Receiver:
    def __init__(self):
        self.addresses = []
        self.complete = False

    def resolutionBegan(self, resolution):  # noqa: N802
        pass

    def addressResolved(self, address):  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self):  # noqa: N802
        self.complete = True


def resolve(host, *answers):
    kinds = [IPv6Address if ":" in answer else IPv4Address for answer in answers]
    names = Names(*(kind("TCP", answer, 0) for kind, answer in zip(kinds, answers, strict=True)))
    receiver: Any = Receiver()
    reactor: Any = Reactor(names)
    GuardedResolver(reactor, cache_size=0).resolveHostName(receiver, host)
    assert receiver.complete
    return receiver.addresses


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "169.254.169.254", "10.1.2.3", "100.64.0.1", "::ffff:10.0.0.1", "fe80::1"],
)
def test_a_live_host_that_resolves_into_a_private_network_gets_no_address(address):
    assert resolve("www.jobs.nhs.uk", address) == []


def test_of_several_addresses_the_public_ones_are_kept():
    assert resolve("www.jobs.nhs.uk", "10.0.0.1", "8.8.8.8", "::1") == ["8.8.8.8"]


def test_a_practice_board_on_this_machine_is_reached():
    assert resolve("localhost", "127.0.0.1", "::1") == ["127.0.0.1", "::1"]


def test_this_machine_by_name_does_not_open_the_private_network():
    assert resolve("localhost", "10.0.0.1") == []
