"""The shape NHS Jobs gives a person specification."""

import re
from pathlib import Path

from matcher.specification import read_html

PAGE = """
<h2>Person Specification</h2>
<div class="hide-mobile">
  <h3 id="skill_category_1">Skills and Knowledge</h3>
  <h4>Essential</h4>
  <ul><li id="essential_skill_1_criteria_1">Sound keyboard
    skills</li></ul>
  <h4>Desirable</h4>
  <ul><li id="desirable_skill_1_criteria_1">Has used a patient administration system</li></ul>
  <h3 id="skill_category_2">A word of our own</h3>
  <h4>Essential</h4>
  <ul><li id="essential_skill_2_criteria_1">Lives the values of the harbour</li></ul>
</div>
"""
MOBILE = """
<div class="show-mobile">
  <h3 id="skill_category_1">Skills and Knowledge</h3>
  <ul><li id="essential_skill_1_criteria_1">Sound keyboard skills</li>
  <li id="desirable_skill_1_criteria_1">Has used a patient administration system</li></ul>
  <h3 id="skill_category_2">A word of our own</h3>
  <ul><li id="essential_skill_2_criteria_1">Lives the values of the harbour</li></ul>
</div>
"""
EXPECTED = [
    ("Sound keyboard skills", "essential", "Skills and Knowledge", "skills"),
    ("Has used a patient administration system", "desirable", "Skills and Knowledge", "skills"),
    ("Lives the values of the harbour", "essential", "A word of our own", "other"),
]


def _read(html):
    return [(c.text, c.importance, c.group, c.group_kind) for c in read_html(html).criteria]


def test_groups_and_importance_come_from_the_headings():
    assert _read(PAGE) == EXPECTED


def test_blocks_rendered_twice_count_once():
    assert _read(PAGE + MOBILE) == EXPECTED


def test_ids_say_the_importance_where_the_headings_are_missing():
    assert _read("<h2>Person Specification</h2>" + MOBILE) == EXPECTED


def test_the_same_id_with_other_words_is_another_criterion():
    other = MOBILE.replace("Sound keyboard skills", "Audio typing skills")
    texts = [text for text, *_ in _read(PAGE + other)]
    assert texts.count("Audio typing skills") == 1
    assert texts.count("Has used a patient administration system") == 1


def test_saved_page_is_read_exactly(reference_dir: Path):
    saved = reference_dir / "fixtures" / "nhs_jobs_advert_E9847-26-0265_trimmed.html"
    html = saved.read_text(encoding="utf-8")
    printed = re.findall(r'<li id="([a-z]+)_skill_1_criteria_\d">(.*?)</li>', html, re.DOTALL)[:3]
    assert [(c.importance, c.group, c.text) for c in read_html(html).criteria] == [
        (importance, "application form", " ".join(text.split())) for importance, text in printed
    ]
