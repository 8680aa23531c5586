"""Sends what is queued: at once for the pages, every few minutes in the service."""

import logging
from collections.abc import Callable
from dataclasses import replace

from personspec.settings import Settings
from pipelines.database import Store
from pipelines.mail.identity import Identity
from pipelines.mail.outbox import AlreadySendingError, Outbox, Sent
from pipelines.mail.smtp import MailServer, ServerSettings

log = logging.getLogger(__name__)


def outbox_of(store: Store, identity: Identity, settings: Settings) -> Outbox:
    """Return the outbox of a store as the settings have it."""
    return Outbox(
        store, identity.address, settings.output_dir / "sending.lock", settings.mails_per_minute
    )


def send_queued(outbox: Outbox, server: ServerSettings) -> Sent:
    """Send what is queued and due over one connection, opened if there is anything.

    Raises:
        AlreadySendingError: Another process is at it.
    """
    with MailServer(server) as connection:
        return outbox.send(connection)


def send_now(
    store: Store,
    identity: Identity,
    settings: Settings,
    server: ServerSettings,
    *,
    ended: Callable[[], bool] = lambda: False,
) -> None:
    """Send what is queued; if another sender is at it, or none can, the next run sends it.

    Args:
        store: Whose mails.
        identity: Who sends them.
        settings: Where the lock lies, and how many mails a minute.
        server: The mail server.
        ended: Asked before each mail: whether to leave the rest to the next run.
    """
    outbox = replace(outbox_of(store, identity, settings), ended=ended)
    try:
        sent = send_queued(outbox, server)
    except AlreadySendingError:
        log.info("another sender is at work: it or the next run takes the mail")
        return
    if sent.interrupted:
        log.warning("%d mails were on their way when a sender died", sent.interrupted)
    if sent.stopped:
        log.warning("mails are waiting: %s", sent.stopped)
