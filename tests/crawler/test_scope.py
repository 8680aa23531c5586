"""Which adverts are followed, on titles of our own making: tests/crawler/titles.csv."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Sighting
from crawler.scope import load_scope, parse_scope, words_of
from personspec.exceptions import CatalogueError
from personspec.resources import data_path

SCOPE = load_scope()
with Path(__file__).with_name("titles.csv").open(encoding="utf-8") as file:
    TITLES = [
        (row["title"], row["summary"] or "", row["followed"] == "yes")
        for row in csv.DictReader(file)
    ]


def is_followed(title, summary=""):
    return SCOPE.judge(Sighting("nhs_jobs", "r", "u", title, summary=summary)).in_scope


def test_titles_are_told_apart_with_precision_and_recall():
    followed = {(t, s) for t, s, _ in TITLES if is_followed(t, s)}
    wanted = {(t, s) for t, s, wanted in TITLES if wanted}
    precision = len(followed & wanted) / len(followed)
    recall = len(followed & wanted) / len(wanted)
    print(f"{len(TITLES)} titles: precision {precision:.3f}, recall {recall:.3f}")  # noqa: T201

    assert len(TITLES) >= 120
    assert precision >= 0.95, sorted(followed - wanted)
    assert recall >= 0.95, sorted(wanted - followed)


@pytest.mark.parametrize(
    "title",
    [
        "health records clerk",
        "HEALTH RECORDS CLERK",
        "  Health   Records\u00a0Clerk ",
        "Clerk (Health Records)",
        "Health-Records Clerk",
        "Health Records Clerks",
        "Helath Records Clerk",
    ],
)
def test_one_title_in_many_spellings_is_one_title(title):
    assert SCOPE.relevance(title) == 100


@pytest.mark.parametrize(
    "spelling", ["Coordinator", "Co-ordinator", "Co ordinator", "CO-ORDINATOR"]
)
def test_a_coordinator_is_one_however_it_is_written(spelling):
    assert words_of(f"MDT {spelling}") == ("mdt", "coordinator")


@pytest.mark.parametrize(
    "title", ["Award Clerkship", "Unforwarded Clerks' Agency", "Steward", "Swab Recorder"]
)
def test_a_word_inside_another_word_is_not_that_word(title):
    assert not is_followed(title)


@pytest.mark.parametrize("title", ["Card Clerk", "Warde Clerk", "Award Clerk"])
def test_a_slip_in_a_short_word_is_not_forgiven(title):
    assert SCOPE.relevance(title) == SCOPE.relevance("Clerk")


def test_a_summary_supports_a_general_title_and_makes_none():
    summary = "Filing of health records"

    assert SCOPE.relevance("Clerical Officer", summary) == 85
    assert SCOPE.relevance("Clerical Officer") == 50
    assert not is_followed("Physiotherapy Lead", summary)


def test_a_false_friend_wins_over_every_title_and_summary():
    assert SCOPE.relevance("Donor Records Clerk", "health records") == 0
    assert SCOPE.relevance("Staff Nurse - Medical Records", "health records") == 0


def test_a_profession_in_a_clerical_title_is_whom_it_serves():
    assert is_followed("Medical Secretary to Consultant Surgeon")


APPRENTICE = Sighting(
    "find_an_apprenticeship",
    "VAC1",
    "u",
    "Apprentice",
    employer="Fenwick NHS Trust",
    contract_type_raw="Apprenticeship",
    staff_group="Business administrator (level 3)",
)


def test_an_apprenticeship_is_followed_for_its_course_at_a_health_employer():
    judged = SCOPE.judge(APPRENTICE)

    assert (judged.relevance, judged.in_scope) == (SCOPE.apprenticeship_score, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"employer": "Fenwick Motors Ltd"},
        {"employer": "Mountainhs Ltd"},
        {"staff_group": "Plumbing technician (level 3)"},
        {"contract_type_raw": "Permanent"},
        {"title": "Apprentice Nurse Practitioner"},
    ],
)
def test_course_employer_contract_and_title_must_all_fit(changes):
    assert not SCOPE.judge(replace(APPRENTICE, **changes)).in_scope


@given(st.text(max_size=80), st.text(max_size=80))
def test_relevance_is_0_to_100_and_case_does_not_count(title, summary):
    relevance = SCOPE.relevance(title, summary)

    assert 0 <= relevance <= 100
    if title.isascii() and summary.isascii():
        assert SCOPE.relevance(title.upper(), summary.upper()) == relevance


@given(st.sampled_from(SCOPE.titles), st.permutations(["Band 2", "Nights", "Leeds"]))
def test_every_title_of_the_file_is_found_among_other_words(title, others):
    assert is_followed(f"{others[0]} {title} - {others[1]}, {others[2]}")


def written(tmp_path, **changes):
    entries = yaml.safe_load(data_path("roles", "health-records.yml").read_text("utf-8"))
    path = tmp_path / "roles.yml"
    path.write_text(yaml.safe_dump({**entries, **changes}), "utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"threshold": 0}, "threshold"),
        ({"titles": []}, "titles"),
        ({"titles": ["ward clerk", ""]}, "titles, entry 2"),
        ({"false_friends": [7]}, "false_friends, entry 1"),
        ({"checked_on": "soon"}, "checked_on"),
        ({"extra": 1}, "extra"),
    ],
)
def test_a_wrong_entry_is_named_with_file_and_field(tmp_path, changes, words):
    with pytest.raises(CatalogueError, match=rf"roles\.yml: {words}"):
        parse_scope(written(tmp_path, **changes))


@pytest.mark.parametrize("text", ["", "titles: [", "7"])
def test_a_file_that_is_no_list_of_roles_is_refused(tmp_path, text):
    path = tmp_path / "roles.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(CatalogueError, match=r"roles\.yml"):
        parse_scope(path)
