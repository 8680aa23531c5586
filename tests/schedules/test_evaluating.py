"""``personspec evaluate`` as a user meets it."""

import json
from pathlib import Path

import pytest

from personspec.resources import data_path
from schedules.evaluating import evaluate_matcher, read_json_lines
from tests.schedules.test_reading import personspec

GOLD = data_path("gold", "criteria.jsonl")
KEYS = {
    "micro_f1",
    "macro_f1",
    "per_requirement",
    "importance_accuracy",
    "min_level_accuracy",
    "experience_alternative_accuracy",
    "criteria_per_second",
}


def test_json_has_the_keys_of_the_contract() -> None:
    ran = personspec("evaluate", "--json", str(GOLD))

    assert ran.returncode == 0, ran.stderr
    figures = json.loads(ran.stdout)
    assert set(figures) == KEYS
    assert figures["micro_f1"] > 0.9
    for row in figures["per_requirement"].values():
        assert set(row) == {"precision", "recall", "f1", "support"}


def test_errors_are_listed_with_their_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.jsonl"
    line = {"id": "x1", "text": "Good communication skills", "labels": ["presentation"]}
    gold.write_text(json.dumps(line) + "\n", "utf-8")

    evaluate_matcher(gold, as_json=False, errors=True, typos=False)

    printed = capsys.readouterr().out
    assert "missed" in printed
    assert "wrong" in printed
    assert "exact words" in printed


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("not json\n", "line 1: not JSON"),
        ("[1]\n", "line 1: a JSON object is expected"),
        ('{"id": "a", "text": "b"}\n', "labels"),
        ('{"id": "1", "text": "x", "labels": [{"requirement": "nope"}]}\n', "line 1: each label"),
    ],
)
def test_a_bad_line_is_one_sentence_with_its_number(
    tmp_path: Path, content: str, sentence: str
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(content, "utf-8")

    ran = personspec("evaluate", str(gold))

    assert ran.returncode == 2
    assert sentence in ran.stderr
    assert "1" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_line_separator_inside_a_string_does_not_end_the_line(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"text": "a\u2028b"}\n\n{"text": "c"}\n', "utf-8")

    assert [line["text"] for line in read_json_lines(gold)] == ["a\u2028b", "c"]


ADVERT = {
    "id": "a1",
    "description_html": "<h2>Essential</h2><ul><li>Good typing skills</li><li>A diploma</li></ul>",
    "expected": [
        {"text": "Good typing skills", "importance": "essential", "group": ""},
        {"text": "Tidy handwriting", "importance": "essential", "group": ""},
    ],
}


def test_the_reader_is_measured_and_its_errors_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "adverts.jsonl"
    path.write_text(json.dumps(ADVERT) + "\n", "utf-8")

    figures = json.loads(personspec("evaluate-reader", "--json", str(path)).stdout)
    listed = personspec("evaluate-reader", "--errors", str(path)).stdout

    assert figures["precision"] == figures["recall"] == 0.5
    assert figures["importance_accuracy"] == 1
    assert "Tidy handwriting" in listed
    assert "A diploma" in listed


def test_an_advert_without_a_field_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "adverts.jsonl"
    path.write_text('{"id": "a7"}\n', "utf-8")

    ran = personspec("evaluate-reader", str(path))

    assert ran.returncode == 2
    assert "a7" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_figure_that_no_line_is_labelled_for_is_not_given(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    line = {"id": "1", "text": "Team player", "labels": ["team-working"], "min_level": None}
    path.write_text(json.dumps(line) + "\n", "utf-8")
    told = personspec("evaluate", str(path)).stdout
    assert "importance accuracy: -" in told
    assert "min level accuracy: 1.000" in told
    assert "macro f1: -  (no requirement has 5 lines)" in told


@pytest.mark.parametrize("command", ["evaluate", "evaluate-reader"])
def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path, command: str) -> None:
    ran = personspec(command, str(tmp_path / "nope"))

    assert ran.returncode == 2
    assert "nope is not there" in ran.stderr
    assert "Errno" not in ran.stderr
