"""Ways to ask for a qualification, each held to what it asks; the tables stand beside this file."""

import csv
from pathlib import Path

import pytest

from matcher.catalogue import load_catalogue
from matcher.match import Matcher
from matcher.types import Criterion

MATCHER = Matcher(load_catalogue())
QUALIFICATIONS = {
    "gcse-or-equivalent",
    "degree-or-equivalent-experience",
    "apprenticeship",
    "industry-qualification",
    "graduate-management-training",
}


def table(name):
    path = Path(__file__).parent / f"qualification_{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("level", "experience", "line"), table("levels"))
def test_the_level_and_whether_experience_will_do_are_read(level, experience, line):
    answer = MATCHER.annotate(Criterion(line))
    assert answer.min_level == (int(level) if level else None)
    assert answer.experience_alternative is (experience == "yes")


@pytest.mark.parametrize(("requirements", "line"), table("labels"))
def test_a_qualification_line_asks_for_the_requirements_it_names(requirements, line):
    asked = {match.requirement for match in MATCHER.annotate(Criterion(line)).matches}
    assert asked & QUALIFICATIONS == set(requirements.split())


@pytest.mark.parametrize(("experience", "line"), table("experience"))
def test_experience_that_will_do_instead_is_told_from_experience_on_top(experience, line):
    assert MATCHER.annotate(Criterion(line)).experience_alternative is (experience == "yes")
