from datetime import date

import pytest
import yaml

from matcher.catalogue import load_catalogue
from personspec.exceptions import CatalogueError
from personspec.resources import data_path

IDS = [
    "gcse-or-equivalent", "apprenticeship", "degree-or-equivalent-experience",
    "industry-qualification", "graduate-management-training", "communication", "team-working",
    "attention-to-detail", "presentation", "it-skills", "organisational", "influencing",
    "political-awareness", "enthusiasm", "working-under-pressure", "own-initiative",
]  # fmt: skip

ENTRY = {
    "id": "calm", "label": "Calm", "kind": "skill", "stage": "any", "statement": "Keep calm.",
    "source_url": "https://example.org/calm", "checked_on": date(2026, 11, 22),
    "phrases": ["calm*"],
}  # fmt: skip


def load(tmp_path, entry=None, **top):
    content = {"version": 1, "career": "Test", "requirements": [entry or ENTRY], **top}
    path = tmp_path / "test.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return load_catalogue(path)


def test_the_documented_requirements_are_the_sixteen_in_their_order():
    catalogue = load_catalogue()
    assert [one.id for one in catalogue.requirements] == IDS
    assert catalogue.by_id["political-awareness"].label == "Political awareness and sensitivity"
    aspects = {one.aspect for one in catalogue.by_id["political-awareness"].wordings}
    assert aspects == {"political awareness", "sensitivity"}


def test_every_requirement_of_every_career_has_its_source_and_hard_examples():
    for path in data_path("requirements").glob("*.yml"):
        for one in load_catalogue(path).requirements:
            assert one.source_url.startswith("https://www.healthcareers.nhs.uk/"), one.id
            assert one.matches, one.id
            assert one.does_not_match, one.id


def test_the_version_changes_with_the_content(tmp_path):
    first = load(tmp_path)
    second = load(tmp_path, {**ENTRY, "phrases": ["calm"]})
    assert first.version.startswith("1+")
    assert second.version.startswith("1+")
    assert first.version != second.version


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": None}, "label"),
        ({"kind": "virtue"}, "kind"),
        ({"stage": "late"}, "stage"),
        ({"statement": 3}, "statement"),
        ({"id": "Not An Id"}, "id"),
        ({"source_url": "healthcareers"}, "source_url"),
        ({"checked_on": "soon"}, "checked_on"),
        ({"phrases": []}, "phrases"),
        ({"phrases": "calm"}, "phrases"),
        ({"phrases": [True]}, "phrases"),
        ({"phrases": ["~3 calm"]}, "phrases"),
        ({"blockers": ["ca*"]}, "blockers"),
        ({"levels": [9]}, "levels"),
        ({"level_if_silent": 9}, "level_if_silent"),
        ({"matches": [1]}, "matches"),
        ({"with_context": [{"needs": "nowhere", "phrases": ["calm"]}]}, "needs"),
        ({"learn_more": [{"label": "x", "url": "y"}]}, "url"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_field_is_named_with_file_and_entry_in_one_sentence(tmp_path, change, field):
    with pytest.raises(CatalogueError) as error:
        load(tmp_path, {**ENTRY, **change})
    message = str(error.value)
    assert message.startswith("test.yml: entry ")
    assert repr(field) in message
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize(
    "top",
    [{"requirements": []}, {"requirements": ["calm"]}, {"version": "one"}, {"career": ""},
     {"requirements": [ENTRY, ENTRY]}, {"contexts": ["able"]}, {"more": 1}],
)  # fmt: skip
def test_a_wrong_top_of_the_file_is_refused(tmp_path, top):
    with pytest.raises(CatalogueError, match=r"^test\.yml"):
        load(tmp_path, **top)


@pytest.mark.parametrize("content", ["requirements: [", "- 1", "\x00"])
def test_what_is_not_yaml_is_refused_in_one_sentence(tmp_path, content):
    path = tmp_path / "bad.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"^bad\.yml"):
        load_catalogue(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CatalogueError, match=r"none\.yml"):
        load_catalogue(tmp_path / "none.yml")
