import pytest

from matcher.compare.importance import _CUES, _STATING, stated_importance
from matcher.phrases import expand


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("IT skills are essential", "essential"),
        ("You must be organised", "essential"),
        ("Accuracy is a must", "essential"),
        ("Experience of clinics is required", "essential"),
        ("Applicants are required to have a licence", "essential"),
        ("It is essential that you can type", "essential"),
        ("NHS experience would be an advantage", "desirable"),
        ("Ideally with hospital experience", "desirable"),
        ("A degree is desirable but not essential", "desirable"),
        ("Preferably with a background in health", "desirable"),
        ("Coding experience would be beneficial", "desirable"),
        ("Word is essential, Access desirable", "mixed"),
        ("Must type; shorthand preferred", "mixed"),
        ("You will have good IT skills", None),
        ("You should be organised", None),
        ("Experience is not essential", None),
        ("Must not hold a degree", None),
        ("Travel as and when required", None),
        ("A secretary is required", None),
        ("The clinic is ideally placed for trains", None),
        ("Take advantage of our training", None),
        ("An essential part of the team", None),
        ("The ideal candidate is calm", None),
        ("", None),
    ],
)
def test_only_what_the_line_itself_says_counts(text, stated):
    assert stated_importance(text) == stated


def test_every_cue_holds_a_word_that_is_looked_for_first():
    for phrase, cue in _CUES:
        if cue.importance:
            for variant in expand(phrase):
                options = [set(part.split("/")) for part in variant]
                assert any(words <= _STATING for words in options), phrase
