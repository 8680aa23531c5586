"""The floor of quality on our own labelled lines, and on real ones where they are at hand."""

import json
from collections import Counter

import pytest

from matcher.catalogue import load_catalogue
from matcher.evaluate import evaluate
from matcher.evaluation_details import spoilt
from matcher.match import Matcher
from personspec.resources import data_path

MATCHER = Matcher(load_catalogue())


def lines_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


OWN = lines_of(data_path("gold", "criteria.jsonl"))


def test_the_own_lines_cover_every_requirement_and_repeat_none():
    support = Counter(label for line in OWN for label in line["labels"])
    assert len(OWN) >= 400
    assert all(support[one.id] >= 15 for one in MATCHER.catalogue.requirements)
    assert len({line["text"] for line in OWN}) == len(OWN)
    assert len({line["id"] for line in OWN}) == len(OWN)


def test_quality_on_the_own_lines_does_not_fall():
    figures = evaluate(OWN, MATCHER)
    assert figures.micro.f1 >= 0.98
    assert (figures.macro_f1 or 0) >= 0.97
    assert figures.importance_accuracy >= 0.97
    assert figures.min_level_accuracy >= 0.97
    assert figures.experience_alternative_accuracy >= 0.95


def test_wordings_once_found_stay_found():
    wordings = evaluate(lines_of(data_path("gold", "wordings.jsonl")), MATCHER)
    assert wordings.micro.f1 >= 0.995
    assert wordings.importance_accuracy >= 0.97


def test_typing_errors_cost_three_points_at_most():
    clean = evaluate(OWN, MATCHER).micro.f1
    assert evaluate(spoilt(OWN), MATCHER).micro.f1 >= clean - 0.03


def test_hard_lines_stay_above_their_floor():
    hard = evaluate(lines_of(data_path("gold", "calibration.jsonl")), MATCHER)
    assert hard.micro.f1 >= 0.92


def test_the_half_of_the_practice_lines_never_listed_stays_above_its_floor():
    shut = evaluate(lines_of(data_path("gold", "practice.jsonl"))[1::2], MATCHER)
    assert shut.micro.f1 >= 0.92
    assert (shut.micro.precision or 0) >= 0.90


@pytest.mark.parametrize("seed", ["1", "2"])
def test_quality_on_real_lines_stays_above_the_bars(reference_dir, seed):
    real = lines_of(reference_dir / "gold" / "criteria-dev.jsonl")
    clean = evaluate(real, MATCHER)
    assert clean.micro.f1 >= 0.95
    assert (clean.macro_f1 or 0) >= 0.92
    assert clean.importance_accuracy >= 0.95
    assert clean.min_level_accuracy >= 0.92
    assert evaluate(spoilt(real, seed), MATCHER).micro.f1 >= clean.micro.f1 - 0.03
