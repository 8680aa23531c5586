"""Subscribers with their history, a batch at a time."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from pipelines.database import digests, subscribers
from pipelines.database.open_vacancies import load_vacancies
from pipelines.database.subscriber_models import SubscriberRow
from pipelines.seekers.addressee import Addressee
from pipelines.seekers.subscription import Status


def batches_of(session: Session, status: Status) -> Iterator[list[SubscriberRow]]:
    """Yield the subscribers of a status in batches, so that memory does not grow with them."""
    last = 0
    while batch := subscribers.next_batch(session, status, after=last):
        yield batch
        last = batch[-1].id
        session.expunge_all()


def addressees_of(session: Session, rows: Sequence[SubscriberRow]) -> dict[int, Addressee]:
    """Return what the digests of these subscribers depend on, by their number."""
    ids = [row.id for row in rows]
    told, said = digests.histories(session, ids), digests.feedback_of(session, ids)
    unsure, last = digests.unsure_of(session, ids), digests.last_periods(session, ids)
    named = {vacancy for answers in said.values() for vacancy in answers}
    rated = {vacancy.id: vacancy for vacancy in load_vacancies(session, named)}
    return {
        row.id: Addressee(
            key=row.key,
            subscription=subscribers.subscription_of(row),
            history=told.get(row.id, {}),
            said=said.get(row.id, {}),
            rated=tuple(
                (rated[vacancy], relevant)
                for vacancy, relevant in said.get(row.id, {}).items()
                if vacancy in rated
            ),
            last_period=last.get(row.id),
            unsure=row.id in unsure,
        )
        for row in rows
    }
