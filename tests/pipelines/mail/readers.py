"""A store with vacancies and confirmed subscribers, all invented."""

from datetime import UTC, date, datetime, timedelta

from pipelines.database import Store, subscribers
from pipelines.facts.types import Facts
from pipelines.mail.addresses import address_hash
from pipelines.seekers.profile import Profile
from pipelines.seekers.subscription import Subscription
from pipelines.subscriptions import CONSENT
from tests.pipelines.factories import annotated, criterion, sighting, vacancy
from tests.pipelines.mail.keys import KEY
from tests.pipelines.seekers.people import profile

FACTS = Facts(
    pay_band="2", region="Yorkshire and The Humber", latitude=53.8, longitude=-1.55,
    coordinates_basis="town", contract_type="permanent", working_patterns=("full-time",),
)  # fmt: skip


def add_vacancies(store: Store, *references: str, at: datetime, closing: date) -> None:
    """Store adverts as a crawl at that time would."""
    run = store.start_run("nhs_jobs", at=at)
    for reference in references:
        page = vacancy(
            reference,
            title=f"Health Records Clerk {reference}",
            employer=f"Vale of {reference} NHS Trust",
            closing_date=closing,
            fetched_at=at,
        )
        store.save_sightings(run, [sighting(reference, closing_date=closing)])
        store.save_vacancy(
            run, annotated(page, criterion("Good team player", "team-working"), facts=FACTS)
        )
    store.finish_run(run, [], {}, at=at)


def add_readers(
    store: Store, count: int, *, now: datetime | None = None, wanted: Profile | None = None
) -> list[str]:
    """Add confirmed subscribers with a daily digest; return their keys."""
    now = now or datetime.now(UTC)
    keys = []
    with store.writing() as session:
        for number in range(count):
            email = f"reader{number}@example.org"
            row = subscribers.add_subscriber(
                session,
                subscribers.Mailbox(email, address_hash(email, KEY)),
                Subscription(wanted or profile(), "daily"),
                subscribers.Consent(CONSENT, "command line"),
                now,
            )
            row.confirmed_at = now
            subscribers.set_status(row, "active", now)
            keys.append(row.key)
    return keys


def in_days(days: int) -> date:
    return (datetime.now(UTC) + timedelta(days=days)).date()
