from datetime import date

import pytest

from pipelines.outputs.digest import sentences
from pipelines.outputs.digest.compose import Digest, Entry
from tests.pipelines.seekers.people import TODAY, open_vacancy


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("£25,272 a year", "No pay band given · £25,272 a year"),
        ("ApprenticeshipMinimum", "No pay band given · Apprenticeship minimum"),
        ("Depends on experience", "No pay band given · Depends on experience"),
        ("", "No pay band given"),
    ],
)
def test_pay_is_as_printed_and_a_code_is_in_words(printed: str, shown: str) -> None:
    vacancy = open_vacancy(band=None, salary=printed)
    assert next(iter(sentences.lasting_facts(vacancy, TODAY))) == shown


def test_a_closing_date_is_in_words() -> None:
    vacancy = open_vacancy(closing_date=date(2026, 11, 24), may_close_early=True)
    assert sentences.closing(vacancy, TODAY) == (
        "Closes Tuesday 24 November 2026, tomorrow. The advert says it may close early."
    )


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (0, ""),
        (1, "+1 more vacancy on a page of its own"),
        (2, "+2 more vacancies on a page of their own"),
    ],
)
def test_what_does_not_fit_is_counted(left: int, said: str) -> None:
    entries = tuple(Entry(open_vacancy(number), "new", "new") for number in range(left))
    assert sentences.more(Digest((), entries)) == said
