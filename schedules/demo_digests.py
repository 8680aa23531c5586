"""Digests of three invented people, for the demo: they show what a digest says to whom."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from matcher.catalogue import load_catalogue
from personspec.folders import make_folder
from personspec.london import LONDON
from pipelines.database import Store, digests, subscribers
from pipelines.database.addressees import addressees_of
from pipelines.mail.addresses import address_hash
from pipelines.mail.identity import Identity
from pipelines.mail.tokens import Tokens
from pipelines.outputs.digest.press import Made, open_press
from pipelines.outputs.digest.preview import write_mail
from pipelines.seekers.places import find_place
from pipelines.seekers.profile import Profile, read_profile
from pipelines.seekers.subscription import Subscription
from pipelines.subscriptions import CONSENT

MORNING = time(7)
"""When the demo's digests are written."""

DEMO_KEY = "a key that is in the source and so keeps no secret"

IDENTITY = Identity(
    address="digest@personspec.example.org",
    name="personspec demo",
    contact="The personspec demo, 1 Practice Lane, Eastmere ZZ1 1ZZ",
    web_url="https://personspec.example.org",
    tokens=Tokens([DEMO_KEY]),
    address_key=DEMO_KEY,
)


def _near(place: str, **wanted: object) -> Profile:
    point = find_place(place)
    return read_profile(
        {"place": place, "latitude": point.latitude, "longitude": point.longitude} | wanted
    )


def invented_people() -> dict[str, Subscription]:
    """Return the three: a school leaver, a returner with experience, a graduate."""
    return {
        "amina": Subscription(
            _near(
                "Leeds",
                distance_miles=40,
                bands=["2", "3"],
                driving_licence=False,
                background={
                    "qualifications": ["gcse"],
                    "skills": ["communication", "team-working", "it-skills", "enthusiasm"],
                    "routes": [],
                    "experience_years": 0,
                },
            ),
            "daily",
        ),
        "gareth": Subscription(
            _near(
                "Birmingham",
                distance_miles=60,
                working_patterns=["part-time", "flexible-working", "job-share"],
                background={
                    "qualifications": [],
                    "skills": [
                        "communication",
                        "team-working",
                        "organisational",
                        "attention-to-detail",
                        "working-under-pressure",
                        "own-initiative",
                    ],
                    "routes": [],
                    "experience_years": 11,
                },
            ),
            "daily",
        ),
        "priya": Subscription(
            read_profile(
                {
                    "regions": ["London", "South East", "East of England"],
                    "bands": ["4", "5", "6", "7"],
                    "driving_licence": True,
                    "background": {
                        "qualifications": ["gcse", "level-3", "degree"],
                        "skills": [
                            "communication",
                            "presentation",
                            "it-skills",
                            "organisational",
                            "influencing",
                            "attention-to-detail",
                        ],
                        "routes": [],
                        "experience_years": 2,
                    },
                }
            ),
            "daily",
        ),
    }


def write_demo_digests(store: Store, folder: Path, days: Sequence[date]) -> list[Path]:
    """Write the digest of each invented person on each day, as ``.eml`` and ``.html``.

    May be called once with all days, or after each day's crawl with that day: what was told
    is kept in the store, so the second digest says what is new and changed since the first.

    Args:
        store: The demo's store; the people are added to it once.
        folder: Where to write, e.g. ``output/demo/digests``.
        days: The days in London.

    Returns:
        The files written; none for a person and day with nothing to say.
    """
    _add_people(store)
    make_folder(folder, "the demo's digests")
    return [path for day in days for path in _write_day(store, folder, day)]


def _add_people(store: Store) -> None:
    now = datetime.now(UTC)
    with store.writing() as session:
        for name, subscription in invented_people().items():
            email = f"{name}@example.org"
            mailbox = subscribers.Mailbox(email, address_hash(email, DEMO_KEY))
            if subscribers.find_by_hash(session, mailbox.hash) is None:
                consent = subscribers.Consent(CONSENT, "command line")
                row = subscribers.add_subscriber(session, mailbox, subscription, consent, now)
                row.confirmed_at = now
                subscribers.set_status(row, "active", now)


def _write_day(store: Store, folder: Path, day: date) -> list[Path]:
    end = datetime.combine(day, time.max, LONDON)
    press = open_press(store, load_catalogue(), IDENTITY, end)
    at = datetime.combine(day, MORNING, LONDON)
    written: list[Path] = []
    with store.writing() as session:
        rows = subscribers.next_batch(session, "active", after=0)
        for row, addressee in zip(rows, addressees_of(session, rows).values(), strict=True):
            made = press.mail(addressee, row.email, at)
            if isinstance(made, Made):
                queued = digests.queue_mail(session, row.id, made.mail, made.items, at)
                assert queued is not None  # the period was due
                digests.settle(session, queued.id, "sent", at)
                name = f"{day.isoformat()}-{row.email.partition('@')[0]}"
                written += write_mail(made.mail.message, folder, name)
    return written
