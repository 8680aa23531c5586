"""Speed of the matcher beside RapidFuzz's token_set_ratio, in one run on one core.

Run ``python benchmarks/match.py`` (add ``--json`` for a program to read). The lines are pairs of
our own labelled lines joined, all different; the matcher starts with nothing remembered. The peer
compares the same lines with the same phrases, with the cutoff 85 that it needs to be fast.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from rapidfuzz import fuzz, process, utils

from matcher.catalogue import Catalogue, Wording, load_catalogue
from matcher.match import Matcher
from matcher.phrases import plain_wordings
from matcher.types import Criterion
from personspec.resources import data_path

_ROUNDS = 3
_STARTUP = (
    "import time; t = time.perf_counter();"
    "from matcher.catalogue import load_catalogue; from matcher.match import Matcher;"
    "Matcher(load_catalogue()); print(time.perf_counter() - t)"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--lines", type=int, default=8000)
    arguments = parser.parse_args()
    figures = measure(arguments.lines)
    if arguments.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:42} {value}")


def measure(count: int) -> dict[str, object]:
    catalogue = load_catalogue()
    lines = distinct_lines(count)
    phrases = phrases_of(catalogue)
    ours = best(lambda: annotate_all(catalogue, lines))
    peer = best(lambda: token_set(lines, phrases))
    return {
        "lines": len(lines),
        "phrases of the catalogue": sum(len(one.wordings) for one in catalogue.requirements),
        "phrases the peer compares": len(phrases),
        "matcher, criteria a second": round(len(lines) / ours),
        "token_set_ratio cdist, criteria a second": round(len(lines) / peer),
        "times as fast": round(peer / ours, 1),
        "by lines, criteria a second": {
            size: round(size / best(partial(annotate_all, catalogue, lines[:size])))
            for size in (count // 8, count // 4, count // 2, count)
        },
        "by phrases, criteria a second": by_phrases(catalogue, lines[: count // 4]),
        "start: import, load, compile, seconds": round(best_startup(), 3),
    }


def distinct_lines(count: int) -> list[str]:
    """Return so many different lines, made of our own labelled ones."""
    gold = data_path("gold", "criteria.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"].rstrip(".") for line in gold]
    chance = random.Random(7)  # noqa: S311 - repeatable, not secret
    lines: dict[str, None] = {}
    while len(lines) < count:
        first, second = chance.sample(texts, 2)
        lines[f"{first}, and {second[0].lower()}{second[1:]}"] = None
    return list(lines)


def phrases_of(catalogue: Catalogue) -> list[str]:
    """Return the catalogue's wordings as plain text: a gap or a stem's star is left out."""
    wordings = [one.phrase for entry in catalogue.requirements for one in entry.wordings]
    plain = {text for phrase in wordings for text in plain_wordings(phrase)}
    starred = {" ".join(part.rstrip("*").split("/")[0] for part in phrase.split()
                        if part[0] not in "~(") for phrase in wordings}  # fmt: skip
    return sorted(plain | starred)


def annotate_all(catalogue: Catalogue, lines: list[str]) -> None:
    matcher = Matcher(catalogue)
    for line in lines:
        matcher.annotate(Criterion(line))


def token_set(lines: list[str], phrases: list[str]) -> None:
    prepared = [utils.default_process(line) for line in lines]
    choices = [utils.default_process(phrase) for phrase in phrases]
    process.cdist(
        prepared, choices, scorer=fuzz.token_set_ratio, score_cutoff=85, processor=None, workers=1
    )


def by_phrases(catalogue: Catalogue, lines: list[str]) -> dict[int, int]:
    """Return the speed with made-up phrases added to the catalogue, up to 5,000 in all."""
    chance = random.Random(11)  # noqa: S311 - repeatable, not secret
    words = data_path("lookups", "words.txt").read_text(encoding="utf-8").split()
    last = catalogue.requirements[-1]
    held = sum(len(one.wordings) for one in catalogue.requirements)
    speeds = {}
    for total in (held, 2000, 3500, 5000):
        added = tuple(Wording(" ".join(chance.sample(words, 3))) for _ in range(total - held))
        longer = replace(last, wordings=(*last.wordings, *added))
        larger = replace(catalogue, requirements=(*catalogue.requirements[:-1], longer))
        matcher = Matcher(larger)
        start = time.process_time()
        for line in lines:
            matcher.annotate(Criterion(line))
        speeds[total] = round(len(lines) / (time.process_time() - start))
    return speeds


def best(run: Callable[[], None]) -> float:
    """Return the least processor time of some rounds, in seconds: the machine may be shared."""
    times = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def best_startup() -> float:
    runs = [
        subprocess.run([sys.executable, "-c", _STARTUP], capture_output=True, check=True, text=True)
        for _ in range(_ROUNDS)
    ]
    return min(float(run.stdout) for run in runs)


if __name__ == "__main__":
    main()
