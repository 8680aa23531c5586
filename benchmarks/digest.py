"""How fast digests are composed: ``python -m benchmarks.digest [subscribers] [vacancies]``.

Composed, not sent, on one core: chosen, scored, put into words, rendered twice and made a mail.
Every reader is new, so each digest is as long as it can be. Beside it stands the plain way that
looks at every pair of reader and vacancy, without the index.
"""

import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.types import Criterion, Importance
from pipelines.facts.places import load_areas
from pipelines.mail.identity import Identity
from pipelines.mail.tokens import Tokens
from pipelines.outputs.digest.press import Made, Press
from pipelines.seekers.addressee import Addressee
from pipelines.seekers.filters import passes
from pipelines.seekers.judge import asking_of
from pipelines.seekers.profile import Profile, read_profile
from pipelines.seekers.subscription import Subscription
from pipelines.seekers.types import OpenVacancy

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
TODAY = date(2026, 11, 23)
KEY = "a key of a benchmark that keeps no secret"
BANDS = ("2", "3", "4", "5", "6", "7")
LINES = (
    "GCSE English and Maths at grade 4 or above, or equivalent experience",
    "NVQ level 3 in business administration or equivalent experience",
    "Educated to degree level or equivalent experience",
    "Good communication skills, written and verbal",
    "Able to work as part of a team",
    "Accurate, with attention to detail",
    "Good keyboard skills and use of Microsoft Office",
    "Able to organise own workload",
    "Works well under pressure",
    "Able to use own initiative",
    "Knowledge of medical terminology",
    "Experience in a customer-facing role",
    "Able to lift and push trolleys of notes",
)
IMPORTANCES: tuple[Importance, ...] = ("essential", "desirable")
SKILLS = ("communication", "team-working", "attention-to-detail", "it-skills", "organisational")


def main(subscribers: int = 10_000, vacancies: int = 1_000) -> None:
    """Print digests per second, memory, and what doubling both costs."""
    print("each digest composed, rendered as text and HTML, and made a mail; one core\n")
    half = _measure(subscribers // 2, vacancies // 2)
    full = _measure(subscribers, vacancies)
    print(
        f"\nboth doubled: {full[0] / half[0]:.2f} times the time for {full[1] / half[1]:.2f} times "
        "the vacancies told (2 readers' worth, and longer digests; every pair would be 4)"
    )
    _measure_memory(vacancies)
    _measure_pairs(subscribers, vacancies)


def _measure(subscribers: int, vacancies: int) -> tuple[float, int]:
    """Print the figures; return the seconds and the vacancies told."""
    press = _press(vacancies)
    shown = digests = 0
    began = time.process_time()
    for addressee in _people(subscribers):
        made = press.mail(addressee, "reader@example.org", NOW)
        if isinstance(made, Made):
            digests += 1
            shown += sum(item.shown for item in made.items)
    took = time.process_time() - began
    print(
        f"{subscribers:>6} subscribers x {vacancies:>5} vacancies: {subscribers / took:6.0f} "
        f"subscribers/s, {digests / took:6.0f} digests/s ({digests} digests of "
        f"{shown / max(digests, 1):.1f} vacancies; {took:.1f} s, "
        f"{took / max(shown, 1) * 1e3:.2f} ms a vacancy told)"
    )
    return took, shown


def _measure_memory(vacancies: int) -> None:
    press = _press(vacancies)
    for count in (200, 2_000):
        before = _peak_mib()
        for addressee in _people(count):
            press.mail(addressee, "reader@example.org", NOW)
        print(f"peak memory after {count:>5} subscribers: {_peak_mib():.0f} MiB (was {before:.0f})")


def _measure_pairs(subscribers: int, vacancies: int) -> None:
    """Time only the finding, with the index and without."""
    press = _press(vacancies)
    sample = list(_people(min(subscribers, 500)))
    began = time.process_time()
    found = sum(
        passes(one, person.subscription.profile)
        for person in sample
        for one in press.offer.index.candidates(person.subscription.profile)
    )
    indexed = time.process_time() - began
    began = time.process_time()
    plain = sum(
        passes(one, person.subscription.profile)
        for person in sample
        for one in press.offer.index.vacancies
    )
    every = time.process_time() - began
    assert found == plain, "the index must find what looking at every pair finds"
    print(
        f"finding what passes: {indexed / len(sample) * 1e3:.2f} ms a reader with the index, "
        f"{every / len(sample) * 1e3:.2f} ms by every pair"
    )


def _press(vacancies: int) -> Press:
    catalogue = load_catalogue()
    identity = Identity(
        "digest@personspec.example.org",
        "benchmark",
        "A benchmark, 1 Practice Lane, Eastmere ZZ1 1ZZ",
        "https://personspec.example.org",
        Tokens([KEY]),
        KEY,
    )
    press = Press.of(_vacancies(vacancies, Matcher(catalogue)), TODAY, catalogue, identity)
    for asked in press.offer.asked.values():
        _ = asked.needs, asked.words
    return press


def _vacancies(count: int, matcher: Matcher) -> Iterator[OpenVacancy]:
    choose = random.Random(1)  # noqa: S311 the same vacancies in every run
    areas = list(load_areas().values())
    lines = [
        asking_of(matcher.annotate(Criterion(text, importance=importance)))
        for text in LINES
        for importance in IMPORTANCES
    ]
    for number in range(count):
        area = choose.choice(areas)
        yield OpenVacancy(
            id=number,
            reference=f"Z{number:05}",
            url=f"https://jobs.example.org/candidate/jobadvert/Z{number:05}",
            title=f"Health Records {choose.choice(('Clerk', 'Officer', 'Manager'))} {number}",
            employer=f"Vale of Eastmere {number % 200} NHS Trust",
            first_seen=NOW - timedelta(days=choose.randint(0, 6)),
            closing_date=TODAY + timedelta(days=choose.randint(2, 30)),
            place=area.main_town,
            region=area.region,
            latitude=area.middle.latitude + choose.uniform(-0.2, 0.2),
            longitude=area.middle.longitude + choose.uniform(-0.2, 0.2),
            band=choose.choice(BANDS),
            salary="£25,272 to £27,000 a year",
            contract_type="permanent",
            working_patterns=("full-time",),
            criteria=tuple(choose.sample(lines, 12)),
        )


def _people(count: int) -> Iterator[Addressee]:
    choose = random.Random(2)  # noqa: S311 the same people in every run
    for number in range(count):
        yield Addressee(f"key-{number}", Subscription(_profile(choose), "daily"))


def _profile(choose: random.Random) -> Profile:
    area = choose.choice(list(load_areas().values()))
    return read_profile(
        {
            "place": area.main_town,
            "latitude": area.middle.latitude,
            "longitude": area.middle.longitude,
            "distance_miles": choose.choice((10, 20, 30, 50)),
            "bands": choose.sample(BANDS, choose.randint(1, 3)),
            "background": {
                "qualifications": choose.sample(("gcse", "level-3", "degree"), 2),
                "skills": choose.sample(SKILLS, 3),
                "experience_years": choose.randint(0, 10),
            },
        }
    )


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
