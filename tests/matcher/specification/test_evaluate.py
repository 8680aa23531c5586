"""Measuring the reader."""

import json
from pathlib import Path

import pytest

from matcher.specification.errors import DocumentError
from matcher.specification.evaluate import evaluate_reader

HTML = (
    "<h3>Essential Skills</h3><ul><li>Typing</li><li>Filing</li></ul>"
    "<h3>Desirable</h3><ul><li>Shorthand</li></ul>"
    "<p>You must have good eyesight.</p>"
)


def _advert(*expected):
    labels = [{"text": t, "importance": i, "group": g} for t, i, g in expected]
    return {"id": "a", "description_html": HTML, "expected": labels, "unknown_field": 1}


RIGHT = _advert(
    ("typing.", "essential", "Skills/Experience"),
    ("Filing", "essential", "Skills"),
    ("Shorthand", "desirable", "unknown"),
)


def test_all_right_is_one_and_prose_does_not_count():
    result = evaluate_reader([RIGHT])
    assert (result.precision, result.recall) == (1.0, 1.0)
    assert (result.importance_accuracy, result.group_accuracy) == (1.0, 1.0)
    assert result.errors == ()


def test_each_error_is_counted_once_and_listed():
    wrong = _advert(
        ("Typing", "desirable", "Experience"),
        ("Shorthand", "desirable", "unknown"),
        ("Flying", "essential", "Skills"),
    )
    result = evaluate_reader([wrong])
    assert (result.expected, result.read, result.found) == (3, 3, 2)
    assert result.precision == result.recall == pytest.approx(2 / 3)
    assert result.importance_accuracy == result.group_accuracy == 0.5
    (errors,) = result.errors
    assert errors.missed == ("Flying",)
    assert errors.extra == ("Filing",)
    assert errors.wrong_importance == ("Typing: essential instead of desirable",)
    assert errors.wrong_group == ("Typing: skills instead of Experience",)


def test_the_same_text_counts_as_often_as_it_stands():
    twice = _advert(("Typing", "essential", "Skills"), ("Typing", "essential", "Skills"))
    assert evaluate_reader([twice]).found == 1


def test_nothing_read_and_nothing_expected_is_zero_not_an_error():
    assert evaluate_reader([]).precision == 0.0


def test_a_missing_field_is_named():
    with pytest.raises(DocumentError, match="advert a lacks 'expected'"):
        evaluate_reader([{"id": "a", "description_html": ""}])


def test_result_is_plain_json():
    shown = json.loads(json.dumps(evaluate_reader([RIGHT]).to_json()))
    assert {"precision", "recall", "importance_accuracy", "group_accuracy"} <= set(shown)


def test_labelled_adverts_are_read_well_enough(reference_dir: Path):
    lines = (reference_dir / "gold" / "adverts-dev.jsonl").read_text(encoding="utf-8").splitlines()
    result = evaluate_reader(map(json.loads, lines))
    assert result.precision >= 0.97
    assert result.recall >= 0.97
    assert result.importance_accuracy >= 0.98
