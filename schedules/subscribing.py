"""``personspec subscribers``: what an operator does for people who ask by other ways."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from personspec.exceptions import UsageError
from personspec.settings import load_settings
from pipelines.database import Store, open_existing, open_store
from pipelines.database.addressees import batches_of
from pipelines.database.subscribers import subscription_of
from pipelines.mail.identity import identity_of
from pipelines.outputs.digest.sentences import search_in_words
from pipelines.seekers.places import find_place
from pipelines.seekers.profile import read_profile
from pipelines.seekers.subscription import STATUSES, WEEKDAYS, Subscription
from pipelines.subscriptions import Subscriptions
from schedules.terminal import stderr_console, stdout_console

NO_SUBSCRIPTION = "There is no subscription for that address."


@contextmanager
def _subscriptions(opening: Callable[[str], Store] = open_existing) -> Iterator[Subscriptions]:
    settings = load_settings()
    identity = identity_of(settings)
    with closing(opening(settings.store_url)) as store:
        yield Subscriptions(store, identity)


def add(email: str, search: Path, weekday: str) -> None:
    """Queue the mail that asks somebody to confirm.

    Raises:
        UsageError: The address, the file or the day cannot be used.
    """
    subscription = _read_subscription(search, weekday)
    with _subscriptions(open_store) as subscriptions:
        subscriptions.ask(email, subscription, "command line", datetime.now(UTC))
    stdout_console().print(
        "A mail that asks to confirm is queued; the service or 'personspec digest send' sends it.",
        soft_wrap=True,
    )


def _read_subscription(search: Path, weekday: str) -> Subscription:
    try:
        values = json.loads(search.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{search} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise UsageError(f"{search} is not JSON: {error}.") from error
    if not isinstance(values, dict):
        raise UsageError(f"{search} has to hold one JSON object, the search.")
    if values.get("place") and "latitude" not in values:
        point = find_place(str(values["place"]))
        values |= {"latitude": point.latitude, "longitude": point.longitude}
    profile = read_profile(values)
    if weekday.casefold() == "daily":
        return Subscription(profile, "daily")
    days = [day.casefold() for day in WEEKDAYS]
    if weekday.casefold() not in days:
        raise UsageError(f"{weekday!r} is no day: give Monday to Sunday, or daily.")
    return Subscription(profile, "weekly", days.index(weekday.casefold()))


def list_all(*, as_json: bool) -> None:
    """Print the subscriptions, without addresses."""
    with _subscriptions() as subscriptions, subscriptions.store.reading() as session:
        for status in STATUSES:
            for row in (one for batch in batches_of(session, status) for one in batch):
                subscription = subscription_of(row)
                shown: dict[str, Any] = {
                    "subscriber": row.id,
                    "status": row.status,
                    "since": row.status_since.date().isoformat(),
                    "every": "day"
                    if subscription.frequency == "daily"
                    else WEEKDAYS[subscription.weekday],
                    "search": search_in_words(subscription.profile),
                }
                line = json.dumps(shown) if as_json else "  ".join(map(str, shown.values()))
                print(line)  # noqa: T201 the command's answer


def export(email: str) -> int:
    """Print everything that is kept of a person; return the exit code."""
    with _subscriptions() as subscriptions:
        key = subscriptions.key_of(email)
        kept = None if key is None else subscriptions.export(key)
    if kept is None:
        return _none()
    print(json.dumps(kept, indent=2, ensure_ascii=False))  # noqa: T201 the command's answer
    return 0


def erase(email: str) -> int:
    """Forget a person; return the exit code."""
    with _subscriptions() as subscriptions:
        key = subscriptions.key_of(email)
        if key is None or not subscriptions.erase(key, datetime.now(UTC)):
            return _none()
    stdout_console().print("Everything is erased but a keyed hash, so that no mail follows.")
    return 0


def suppress(email: str) -> None:
    """Write to an address no more."""
    with _subscriptions(open_store) as subscriptions:
        subscriptions.suppress(email, datetime.now(UTC))
    stdout_console().print("No mail will go to that address.")


def lift(email: str) -> int:
    """Let an address subscribe again; return the exit code."""
    with _subscriptions() as subscriptions:
        lifted = subscriptions.lift(email)
    words = "That address may subscribe again." if lifted else "That address was not suppressed."
    stdout_console().print(words)
    return 0 if lifted else 1


def retain(*, dry_run: bool, as_json: bool) -> None:
    """Ask the silent, delete the outdated, and print how many."""
    with _subscriptions() as subscriptions:
        done = subscriptions.keep_or_ask(datetime.now(UTC), dry_run=dry_run)
    if as_json:
        print(json.dumps({"dry_run": dry_run, **asdict(done)}))  # noqa: T201 the command's answer
        return
    would = "would be " if dry_run else ""
    deleted = ", ".join(f"{count} {reason}" for reason, count in done.deleted.items())
    stdout_console().print(f"{done.asked} {would}asked; {would}deleted: {deleted}.")


def _none() -> int:
    stderr_console().print(NO_SUBSCRIPTION)
    return 1
