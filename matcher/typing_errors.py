"""Spoils texts as hurried typists do, to measure what misspelling costs."""

import random
import re
import string

LONG = 6
"""Words of so many letters are long; about half of them get one error."""

_LONG_WORD = re.compile(rf"[A-Za-z]{{{LONG},}}")


def with_typing_errors(text: str, seed: str) -> str:
    """Return the text with one edit in about half of its long words; the same for the same seed.

    An edit leaves out, adds, replaces or swaps letters, each as often.
    """
    chance = random.Random(f"{seed}|{text}")  # noqa: S311 - repeatable, not secret
    return _LONG_WORD.sub(
        lambda found: _misspelt(found.group(), chance) if chance.random() < 0.5 else found.group(),
        text,
    )


def _misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    letter = chance.choice(string.ascii_lowercase)
    head, tail = word[:place], word[place:]
    return chance.choice(
        (
            head + tail[1:],
            head + letter + tail,
            head + letter + tail[1:],
            head + tail[1] + tail[0] + tail[2:],
        )
    )
