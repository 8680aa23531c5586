"""``personspec digest``: previews as files, and sending."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from matcher.catalogue import load_catalogue
from personspec.exceptions import UsageError
from personspec.settings import load_settings
from personspec.wording import counted
from pipelines.database import Store, open_existing
from pipelines.database.addressees import addressees_of, batches_of
from pipelines.mail.identity import Identity, identity_of
from pipelines.mail.outbox import AlreadySendingError, Sent
from pipelines.mail.smtp import ServerSettings
from pipelines.outputs.digest.press import Queued, open_press, queue_due
from pipelines.outputs.digest.preview import write_mail
from pipelines.subscriptions import Subscriptions
from schedules.sending import outbox_of, send_queued
from schedules.terminal import stderr_console, stdout_console

DONE, PROBLEM, ALREADY_RUNNING = 0, 1, 3


def preview(out: Path | None, email: str | None) -> None:
    """Write the next digest of active subscribers, whether they are due today or not.

    Raises:
        UsageError: The address has no digest, there is no store, or a setting is missing.
    """
    settings = load_settings()
    identity = identity_of(settings)
    with closing(open_existing(settings.store_url)) as store:
        wanted = None if email is None else _key_of(store, identity, email)
        count = _write_all(store, identity, out or settings.output_dir / "digests", wanted)
    if not count:
        stdout_console().print("There is nothing to say to any active subscriber.")


def _write_all(store: Store, identity: Identity, folder: Path, wanted: str | None) -> int:
    now = datetime.now(UTC)
    press = open_press(store, load_catalogue(), identity, now)
    count = 0
    with store.reading() as session:
        for batch in batches_of(session, "active"):
            people = addressees_of(session, batch)
            for row in batch:
                if wanted in {None, row.key} and (
                    made := press.next(people[row.id], row.email, now)
                ):
                    for path in write_mail(made.mail.message, folder, f"subscriber-{row.id}"):
                        stdout_console().print(str(path), soft_wrap=True)
                    count += 1
    return count


def _key_of(store: Store, identity: Identity, email: str) -> str:
    key = Subscriptions(store, identity).key_of(email)
    if key is None:
        raise UsageError("There is no subscription for that address.")
    return key


def send(*, dry_run: bool, as_json: bool, ended: Callable[[], bool] = lambda: False) -> int:
    """Queue the digests that are due and send what is queued; return the exit code.

    Args:
        dry_run: Only count.
        as_json: Print JSON for programs.
        ended: Asked before each mail: whether to leave the rest to the next run.

    Raises:
        UsageError: A setting is missing, or there is no store.
    """
    settings = load_settings()
    identity = identity_of(settings)
    server = None if dry_run else ServerSettings.of(settings)
    with closing(open_existing(settings.store_url)) as store:
        now = datetime.now(UTC)
        outbox = replace(outbox_of(store, identity, settings), ended=ended)
        queued = queue_due(store, load_catalogue(), identity, now, dry_run=dry_run)
        try:
            sent = Sent() if server is None else send_queued(outbox, server)
        except AlreadySendingError as error:
            stderr_console().print(str(error), markup=False)
            return ALREADY_RUNNING
    _say(queued, sent, dry_run=dry_run, as_json=as_json)
    return PROBLEM if sent.interrupted or sent.stopped or sent.fates.get("unknown") else DONE


def _say(queued: Queued, sent: Sent, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"dry_run": dry_run, **asdict(queued), **asdict(sent)}))  # noqa: T201
        return
    console = stdout_console()
    would = "would be queued" if dry_run else "queued"
    console.print(
        f"{counted(queued.queued, 'digest')} {would}; nothing to say to {queued.nothing_to_say}, "
        f"not due: {queued.not_due}."
    )
    if not dry_run:
        fates = ", ".join(f"{count} {fate}" for fate, count in sent.fates.items()) or "none due"
        console.print(f"Mails: {fates}.")
    if sent.interrupted:
        console.print(
            f"{sent.interrupted} were on their way when an earlier run was cut off. Nobody can "
            "tell whether they arrived; they are not sent again, and the next digest repeats them."
        )
    if sent.overdue:
        console.print(f"{sent.overdue} were given up: they could not be sent in time.")
    if sent.stopped:
        console.print(sent.stopped, markup=False)
