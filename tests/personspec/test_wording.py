import pytest

from personspec.wording import counted


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (3000, "3,000 pages")]
)
def test_a_number_agrees_with_its_noun(count: int, words: str) -> None:
    assert counted(count, "page") == words


def test_a_plural_of_its_own_is_given() -> None:
    assert counted(1, "vacancy", "vacancies") == "1 vacancy"
    assert counted(2, "vacancy", "vacancies") == "2 vacancies"
