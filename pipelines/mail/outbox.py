"""Sends what is queued: each mail is claimed, handed over once, and settled."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from personspec.exceptions import PersonspecError
from personspec.folders import make_folder
from pipelines.database import Store, digests, subscribers
from pipelines.database.alone import only_sender
from pipelines.database.digests import Claimed
from pipelines.mail.smtp import Delivery, Fate, MailServer, MailServerError

BACK_OFF = (
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=3),
)
"""Waits after an answer of 'later': greylisting servers let a mail in after some minutes. The
last one is repeated until the mail is of no use any more."""

MOST_IN_A_ROW = 3
"""Connections that may break one after the other before the run is given up."""

log = logging.getLogger(__name__)


class AlreadySendingError(PersonspecError):
    """Raised when another process is sending from the same store."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one run of the outbox did."""

    fates: Mapping[Fate, int] = field(default_factory=dict)
    interrupted: int = 0
    """Mails an earlier sender was sending when it died: uncertain now, and not sent again."""

    overdue: int = 0
    """Mails given up because their time was over."""

    stopped: str = ""
    """Why the run ended early; empty if it did not."""


@dataclass(frozen=True)
class Outbox:
    """The queued mails of a store."""

    store: Store
    sender: str
    """Address in the envelope."""

    lock: Path
    """File that keeps a second sender away: two could not tell whether the other has died."""

    mails_per_minute: int = 120
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ended: Callable[[], bool] = lambda: False
    """Asked before each mail: whether to leave the rest to the next run."""

    def send(self, server: MailServer) -> Sent:
        """Send everything that is due.

        A mail is claimed, and that is on disk, before the server hears of it: after a crash it
        is uncertain, never sent twice.

        Raises:
            AlreadySendingError: Another process is at it.
            UsageError: The folder of the lock cannot be made.
        """
        make_folder(self.lock.parent, "all output (PERSONSPEC_OUTPUT_DIR)")
        try:
            with FileLock(self.lock, timeout=0), only_sender(self.store.engine) as alone:
                if alone:
                    return self._send_locked(server)
        except Timeout:
            pass  # answered below, as where the database says so
        raise AlreadySendingError(
            "Mails are being sent already by another process: wait until it ends."
        )

    def _send_locked(self, server: MailServer) -> Sent:
        with self.store.writing() as session:
            interrupted = digests.give_up_interrupted(session, self.now())
            overdue = digests.drop_overdue(session, self.now())
        fates: Counter[Fate] = Counter()
        broken = 0
        stopped = ""
        while broken < MOST_IN_A_ROW and not self.ended() and (mail := self._claim()):
            try:
                delivery = server.deliver(self.sender, mail.email, mail.message)
            except MailServerError as error:
                self._put_back(mail, str(error))
                stopped = str(error)
                break
            fates[delivery.fate] += 1
            broken = broken + 1 if "connection broke" in delivery.answer else 0
            self._settle(mail, delivery)
            time.sleep(60 / self.mails_per_minute)
        if broken >= MOST_IN_A_ROW:
            stopped = "The connection to the mail server broke again and again: try later."
        # A plain dict: dataclasses.asdict makes something else of a Counter.
        return Sent(dict(fates), interrupted, overdue, stopped)

    def _claim(self) -> Claimed | None:
        with self.store.writing() as session:
            return digests.claim_next(session, self.now())

    def _put_back(self, mail: Claimed, error: str) -> None:
        wait = BACK_OFF[min(mail.attempts, len(BACK_OFF) - 1)]
        with self.store.writing() as session:
            digests.put_back(session, mail.id, self.now() + wait, error)

    def _settle(self, mail: Claimed, delivery: Delivery) -> None:
        log.info("digest %d: %s (%s)", mail.id, delivery.fate, delivery.answer)
        if delivery.fate == "later":
            self._put_back(mail, delivery.answer)
            return
        with self.store.writing() as session:
            now = self.now()
            if delivery.fate == "accepted":
                digests.settle(session, mail.id, "sent", now, None)
            elif delivery.fate == "unknown":
                digests.settle(session, mail.id, "uncertain", now, delivery.answer)
            else:
                digests.settle(session, mail.id, "failed", now, delivery.answer)
            if delivery.fate == "no such address":
                subscribers.give_up_address(session, mail.subscriber_id, mail.email_hash, now)
