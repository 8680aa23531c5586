"""What the pages of one reader need to know, each a view of one moment."""

from dataclasses import dataclass

from pipelines.database import digests, subscribers
from pipelines.database.addressees import addressees_of
from pipelines.database.digests import Item
from pipelines.database.open_vacancies import load_vacancies
from pipelines.database.store import Store
from pipelines.seekers.addressee import Addressee
from pipelines.seekers.subscription import Status, Subscription
from pipelines.seekers.types import OpenVacancy


@dataclass(frozen=True, slots=True)
class Known:
    """A subscriber whom a link named."""

    key: str
    status: Status
    subscription: Subscription
    addressee: Addressee
    asked_still_wanted: bool
    """They were asked whether they still want the digest, and have not answered."""


def find_known(store: Store, key: str) -> Known | None:
    """Return the subscriber of a link; None if there is none any more."""
    with store.reading() as session:
        row = subscribers.find_by_key(session, key)
        if row is None:
            return None
        addressee = addressees_of(session, [row])[row.id]
        status: Status = row.status  # type: ignore[assignment]  # written from a Status
        asked = row.still_wanted_asked_at is not None
        return Known(key, status, addressee.subscription, addressee, asked)


def told_in(store: Store, key: str, period: str) -> list[tuple[Item, OpenVacancy]]:
    """Return what a reader's digest of a period told, with the vacancies as they are now."""
    with store.reading() as session:
        row = subscribers.find_by_key(session, key)
        if row is None:
            return []
        items = digests.items_of(session, row.id, period)
        found = {v.id: v for v in load_vacancies(session, [item.vacancy_id for item in items])}
        return [
            (
                Item(item.vacancy_id, item.reason, item.section, item.shown, item.told),
                found[item.vacancy_id],
            )
            for item in items
            if item.vacancy_id in found
        ]


def find_vacancy(store: Store, vacancy_id: int) -> OpenVacancy | None:
    """Return a vacancy, open or closed; None if there is none of this number."""
    with store.reading() as session:
        return next(iter(load_vacancies(session, [vacancy_id])), None)
