from collections import Counter
from datetime import timedelta

from pipelines.outputs.digest.compose import MOST, Digest, Offer, compose
from pipelines.seekers.score import Reader
from pipelines.seekers.told import History, Telling, told_facts
from pipelines.seekers.types import OpenVacancy
from tests.pipelines.seekers.people import NOW, TODAY, TYPING, open_vacancy, profile

READER = Reader(profile(background={"skills": ["communication"], "qualifications": ["gcse"]}))


def composed(
    *vacancies: OpenVacancy, history: History | None = None, unwanted: int = 0
) -> Digest | None:
    offer = Offer.of(vacancies, TODAY)
    return compose(offer, READER, history or {}, unwanted=lambda vacancy: vacancy == unwanted)


def told(*vacancies: OpenVacancy, days_ago: int = 1) -> History:
    at = NOW - timedelta(days=days_ago)
    return {one.id: [Telling(at, at.date(), told_facts(one))] for one in vacancies}


def test_new_is_what_this_reader_was_not_told() -> None:
    first, second = open_vacancy(1), open_vacancy(2)
    digest = composed(first, second, history=told(first))
    assert digest is not None
    assert [(entry.vacancy.id, entry.section) for entry in digest.entries] == [(2, "new")]


def test_nothing_to_say_is_no_digest() -> None:
    vacancy = open_vacancy(1)
    assert composed() is None
    assert composed(vacancy, history=told(vacancy)) is None
    assert composed(vacancy, unwanted=1) is None
    assert composed(open_vacancy(1, closing_date=TODAY - timedelta(days=1))) is None


def test_changed_and_closing_are_told_of_what_was_known() -> None:
    moved = open_vacancy(1, closing_date=TODAY + timedelta(days=9))
    closing = open_vacancy(2, closing_date=TODAY + timedelta(days=3))
    history = {**told(open_vacancy(1)), **told(closing, days_ago=20)}
    digest = composed(moved, closing, history=history)
    assert digest is not None
    assert [entry.section for entry in digest.entries] == ["changed", "closing"]
    assert digest.entries[0].changes
    assert digest.entries[1].reason.startswith("closing 3")


def test_the_most_relevant_come_first() -> None:
    digest = composed(open_vacancy(1, criteria=(TYPING,)), open_vacancy(2), open_vacancy(3))
    assert digest is not None
    scores = [entry.score for entry in digest.entries]
    assert scores == sorted(scores, reverse=True)
    assert digest.entries[-1].vacancy.id == 1


def test_an_employer_does_not_flood_a_digest() -> None:
    many = [open_vacancy(number, employer="Vale of Eastmere") for number in range(1, 9)]
    digest = composed(*many, open_vacancy(20))
    assert digest is not None
    count = Counter(entry.vacancy.employer for entry in digest.entries)
    assert count["Vale of Eastmere"] == 3
    assert len(digest.entries) == 4
    assert len(digest.more) == 5


def test_a_digest_is_not_longer_than_can_be_read_and_reminders_are_in_it() -> None:
    closing = open_vacancy(99, closing_date=TODAY + timedelta(days=2), criteria=(TYPING,))
    many = [open_vacancy(number) for number in range(1, 40)]
    digest = composed(*many, closing, history=told(closing, days_ago=20))
    assert digest is not None
    assert len(digest.entries) == MOST
    assert len(digest.more) == 20
    assert digest.entries[-1].vacancy.id == 99


def test_near_duplicates_are_one_entry() -> None:
    posts = [open_vacancy(number, post="one post") for number in (1, 2, 3)]
    digest = composed(*posts, open_vacancy(4))
    assert digest is not None
    assert sorted(len(entry.alike) for entry in digest.entries) == [0, 2]
