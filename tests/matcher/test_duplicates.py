import json
from dataclasses import replace
from datetime import date

import pytest

from matcher.duplicates import Advertised, find_duplicates, likeness
from personspec.resources import data_path

TEXT = " ".join(f"word{number}" for number in range(60))
ONE = Advertised(
    "1", "a", "Ward Clerk", "Northmere NHS Trust", "Northmere", date(2026, 12, 1), TEXT
)
PAIRS = [
    json.loads(line)
    for line in data_path("gold", "duplicates.jsonl").read_text(encoding="utf-8").splitlines()
]


def advertised(fields):
    return Advertised(**{**fields, "closing_date": date.fromisoformat(fields["closing_date"])})


def found(pair):
    return bool(find_duplicates([advertised(pair["first"]), advertised(pair["second"])]))


def test_no_pair_of_different_posts_is_taken_for_one():
    assert not [pair["id"] for pair in PAIRS if found(pair) and not pair["same"]]


def test_at_least_nine_in_ten_of_the_same_posts_are_found():
    same = [pair for pair in PAIRS if pair["same"]]
    assert sum(map(found, same)) >= 0.9 * len(same)


def test_an_identical_text_is_certain():
    [pair] = find_duplicates([ONE, replace(ONE, reference="2", source="b")])
    assert (pair.first, pair.second, pair.score) == (("a", "1"), ("b", "2"), 100.0)


@pytest.mark.parametrize(
    "change",
    [{"title": "Porter"}, {"employer": "Tarn NHS Trust"}, {"place": "Elsewhere"},
     {"closing_date": date(2027, 2, 1)}, {"text": "Quite other words. " * 20}],
)  # fmt: skip
def test_one_difference_that_matters_is_enough_to_keep_two_apart(change):
    assert not find_duplicates([ONE, replace(ONE, reference="2", **change)])


def test_what_is_not_printed_does_not_keep_two_apart():
    other = replace(ONE, reference="2", place="", closing_date=None)
    assert len(find_duplicates([ONE, other])) == 1


def test_empty_texts_prove_nothing():
    assert not find_duplicates([replace(ONE, text=""), replace(ONE, text="", reference="2")])


def test_a_large_group_of_one_title_is_cut_by_closing_date():
    many = [
        replace(ONE, reference=str(n), closing_date=date(2026, 1, 1 + n % 28), text=f"{TEXT} {n}")
        for n in range(230)
    ]
    pairs = find_duplicates(many)
    assert pairs
    assert all((int(one.first[1]) - int(one.second[1])) % 28 == 0 for one in pairs)


def test_likeness_is_100_for_the_same_and_0_for_nothing():
    assert likeness(frozenset({1, 2}), frozenset({1, 2})) == 100.0
    assert likeness(frozenset(), frozenset({1})) == 0.0
