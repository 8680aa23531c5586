from matcher.compare.wording import LikeWordings, clauses
from matcher.text import read_words

ALIKE = LikeWordings(
    [("time management", "time"), ("attention to detail", "detail"), ("tact", "t")]
)


def nearest(text):
    found = ALIKE.nearest(read_words(text).words)
    return found[0] if found else None


def test_words_run_together_or_torn_apart_are_like():
    assert nearest("timemanagement skills") == "time"
    assert nearest("atten tion to detial") == "detail"


def test_another_thing_is_not_like():
    assert nearest("line management") is None
    assert nearest("people management") is None


def test_short_phrases_are_never_compared():
    assert nearest("tact") is None


def test_clauses_are_cut_at_stops_commas_and_joints():
    line = read_words("Calm, kind and good with people. Types")
    assert [" ".join(line.words[a:b]) for a, b in clauses(line)] == [
        "calm", "kind", "good with people", "types",
    ]  # fmt: skip
