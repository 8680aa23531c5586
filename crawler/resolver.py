"""Name resolution that never leads into a private network (server-side request forgery)."""

import logging
from collections.abc import Sequence
from typing import Any

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.addresses import is_loopback, is_public

logger = logging.getLogger(__name__)


@implementer(IHostnameResolver)
class GuardedResolver(CachingHostnameResolver):
    """Resolves as Scrapy does and drops every address a live board cannot honestly have.

    The check stands here and not before the request, because only the address that is resolved
    for the connection counts: a name may answer differently a moment later. A host that names
    this machine outright (``localhost``, ``127.0.0.1``) keeps its loopback addresses; whether it
    may be asked at all is decided by OwnHostsMiddleware.
    """

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        return super().resolveHostName(
            _GuardedReceiver(resolutionReceiver, hostName),  # type: ignore[arg-type]
            hostName,
            portNumber,
            addressTypes,
            transportSemantics,
        )


@implementer(IResolutionReceiver)
class _GuardedReceiver:
    """Passes on what the guard allows; a host left without address cannot be connected to."""

    def __init__(self, receiver: Any, host: str) -> None:  # noqa: ANN401 - zope has no types
        self.receiver = receiver
        self.host = host

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        if isinstance(address, IPv4Address | IPv6Address) and self._allows(address.host):
            self.receiver.addressResolved(address)
            return
        logger.warning("%s resolves to %s, not a public address: refused", self.host, address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.receiver.resolutionComplete()

    def _allows(self, address: str) -> bool:
        return is_public(address) or (is_loopback(self.host) and is_loopback(address))
