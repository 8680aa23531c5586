from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from matcher.typing_errors import LONG, with_typing_errors

TEXT = st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), max_size=20)


@given(TEXT, st.text(max_size=3))
def test_only_long_words_change_and_by_one_edit_at_most(words, seed):
    spoilt = with_typing_errors(" ".join(words), seed).split(" ") if words else []
    for before, after in zip(words, spoilt, strict=True):
        assert OSA.distance(before, after) <= (1 if len(before) >= LONG else 0)


def test_about_half_of_the_long_words_change():
    words = [f"organisation{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"] * 10
    spoilt = with_typing_errors(" ".join(words), "1").split()
    changed = sum(before != after for before, after in zip(words, spoilt, strict=True))
    assert 0.35 < changed / len(words) < 0.6
