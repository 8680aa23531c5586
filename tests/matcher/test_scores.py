import pytest

from matcher.scores import RULES, score_of


@pytest.mark.parametrize("rule", RULES)
def test_scores_lie_between_0_and_100_and_never_fall_with_more_words(rule):
    scores = [score_of(rule, words) for words in range(6)]
    assert scores == sorted(scores)
    assert all(0 <= score <= 100 for score in scores)
