"""How sure a match is, by the rule that found it and how many words of a phrase it rests on.

The scores are the share of right matches, in hundredths, on labelled lines whose errors were not
listed while phrases were chosen (every second line of ``data/gold/practice.jsonl``, as written and
with typing errors), rounded, and smoothed where matches are few. ``benchmarks/reliability.py``
draws them.
"""

EXACT, CONTEXT, LEVEL = "exact words", "words in context", "qualification level"
REPAIRED, ALIKE = "misspelt words", "similar wording"
RULES = (EXACT, CONTEXT, LEVEL, REPAIRED, ALIKE)
"""The rules by which a match is found, as a reviewer reads them."""

_SCORES: dict[str, tuple[float, float, float]] = {
    EXACT: (92.0, 92.0, 96.0),
    CONTEXT: (65.0, 80.0, 80.0),
    LEVEL: (90.0, 90.0, 90.0),
    REPAIRED: (87.0, 90.0, 94.0),
    ALIKE: (75.0, 75.0, 75.0),
}
"""For one word that counts, for two, and for three or more."""


def score_of(rule: str, words: int) -> float:
    """Return the score, 0-100, of a match found by ``rule`` that rests on so many words."""
    return _SCORES[rule][min(max(words, 1), 3) - 1]
