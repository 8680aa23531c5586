import pytest

from matcher.catalogue import load_catalogue
from matcher.evaluate import evaluate
from matcher.evaluation_details import disagreements, intervals, spoilt, table
from matcher.match import Matcher
from personspec.exceptions import UsageError

MATCHER = Matcher(load_catalogue())


def line(text, labels, **more):
    return {"id": text, "text": text, "labels": labels, **more}


LINES = [
    line("Team player", ["team-working"]),
    line("Kind", ["communication"]),
    line("Good typing", []),
    line("A degree is essential", ["degree-or-equivalent-experience"],
         stated_importance="essential", min_level=6),
    line("GCSE English", ["gcse-or-equivalent"], min_level=3),
]  # fmt: skip


def test_the_figures_are_those_counted_by_hand():
    figures = evaluate(LINES, MATCHER).to_json()
    # Right: team, degree, GCSE; wrong: typing as IT; missed: communication.
    assert figures["micro_f1"] == pytest.approx(2 * 3 / (2 * 3 + 1 + 1))
    assert figures["per_requirement"]["team-working"] == {
        "precision": 1.0, "recall": 1.0, "f1": 1.0, "support": 1,
    }  # fmt: skip
    assert figures["per_requirement"]["it-skills"]["precision"] == 0.0
    assert figures["importance_accuracy"] == 1.0
    assert figures["min_level_accuracy"] == 0.5
    assert figures["criteria_per_second"] > 0


def test_the_names_are_those_promised():
    assert set(evaluate(LINES, MATCHER).to_json()) == {
        "micro_f1", "macro_f1", "per_requirement", "importance_accuracy", "min_level_accuracy",
        "experience_alternative_accuracy", "criteria_per_second",
    }  # fmt: skip


def test_the_macro_mean_is_over_requirements_with_five_lines():
    lines = [line(f"Team player {n}", ["team-working"]) for n in range(5)]
    lines += [line("Kind", ["communication"])]
    assert evaluate(lines, MATCHER).macro_f1 == 1.0


def test_what_was_not_measured_is_null():
    figures = evaluate(LINES, MATCHER).to_json()
    assert figures["macro_f1"] is None
    unasked = {"precision": None, "recall": None, "f1": None, "support": 0}
    assert figures["per_requirement"]["influencing"] == unasked
    assert figures["per_requirement"]["it-skills"] == unasked | {"precision": 0.0}


def test_silence_earns_nothing_where_a_label_speaks():
    silent = evaluate([line("Kind", [], min_level=2, experience_alternative=True)], MATCHER)
    assert silent.min_level_accuracy == 0.0
    assert silent.experience_alternative_accuracy == 0.0


def test_a_field_that_is_left_out_is_not_labelled_and_null_is():
    text = "A degree is essential, or equivalent experience"
    degree = ["degree-or-equivalent-experience"]
    silent = evaluate([line(text, degree)], MATCHER)
    wrong = evaluate(
        [line(text, degree, stated_importance=None, min_level=None, experience_alternative=False)],
        MATCHER,
    )
    names = ("importance_accuracy", "min_level_accuracy", "experience_alternative_accuracy")
    assert [getattr(silent, name) for name in names] == [1.0, 1.0, 1.0]
    assert [getattr(wrong, name) for name in names] == [0.0, 0.0, 0.0]


def test_unknown_fields_are_ignored():
    assert evaluate([line("Team player", ["team-working"], shoe_size=9)], MATCHER).micro.f1 == 1.0


@pytest.mark.parametrize(
    "bad",
    ["text", {"id": 1, "labels": []}, {"id": 1, "text": "x"}, {"text": "x", "labels": []},
     line("x", ["charm"]), line("x", "team-working"), line("x", [], min_level="2"),
     line("x", [], stated_importance="very"), line("x", [], stated_importance=["essential"]),
     line("x", [{"requirement": "communication"}])],
)  # fmt: skip
def test_a_bad_line_is_told_with_its_number(bad):
    with pytest.raises(UsageError, match=r"abelled line 2\b"):
        evaluate([LINES[0], bad], MATCHER)


def test_no_lines_at_all_are_refused():
    with pytest.raises(UsageError):
        evaluate([], MATCHER)


def test_every_error_is_listed_with_its_reason():
    errors = disagreements(evaluate(LINES, MATCHER), MATCHER)
    assert [(one.requirement, one.kind) for one in errors] == [
        ("communication", "missed"), ("it-skills", "wrong"),
    ]  # fmt: skip
    assert "typing" in errors[1].reason


def test_intervals_hold_the_figure_and_repeat():
    evaluation = evaluate(LINES * 5, MATCHER)
    span = intervals(evaluation)["micro"]
    assert span.low <= evaluation.micro.f1 <= span.high
    assert intervals(evaluation)["micro"] == span


def test_the_table_has_a_row_for_every_requirement_with_its_support():
    rows = table(evaluate(LINES, MATCHER))
    assert len(rows) == 1 + 16 + 1
    assert rows[-1].split()[0] == "micro"
    assert rows[-1].split()[-1] == "4"


def test_spoilt_lines_keep_their_labels_and_repeat():
    once, again = spoilt(LINES, "1"), spoilt(LINES, "1")
    assert once == again
    assert once != spoilt(LINES, "2")
    assert [one["labels"] for one in once] == [one["labels"] for one in LINES]
