"""Do the scores keep their promise? Of matches scored 90, about 90 in 100 should be right.

Run ``python benchmarks/reliability.py``: it prints the table and writes ``docs/reliability.svg``.
The lines are every second one of ``data/gold/practice.jsonl``: their errors were never listed.
They are taken as written and with typing errors. Name another file of labelled lines to use that.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from matcher.catalogue import load_catalogue
from matcher.evaluate import evaluate
from matcher.evaluation_details import spoilt
from matcher.match import Matcher
from personspec.resources import data_path

_SEEDS = ("1", "2", "3")
_PICTURE = Path(__file__).resolve().parent.parent / "docs" / "reliability.svg"


@dataclass(frozen=True, slots=True)
class Judged:
    """One match and whether the labels hold it."""

    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class Point:
    """All matches of one score."""

    score: float
    right: int
    count: int

    @property
    def share(self) -> float:
        """Right matches in hundredths."""
        return 100.0 * self.right / self.count

    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the share, in hundredths."""
        z, n, p = 1.96, self.count, self.right / self.count
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return 100 * (middle - reach), 100 * (middle + reach)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="?", type=Path, default=None)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    arguments = parser.parse_args()
    lines = _read(arguments.gold) if arguments.gold else shut_lines()
    judged = list(judge(lines))
    points = points_of(judged)
    figures = {
        "matches": len(judged),
        "scores": [
            {"score": one.score, "right_in_100": round(one.share, 1), "matches": one.count}
            for one in points
        ],
        "mean_gap": round(mean_gap(points), 2),
    }
    if arguments.json:
        print(json.dumps(figures))
        return
    for one in points:
        low, high = one.interval()
        print(f"{one.score:5.0f}  {one.share:5.1f} right of {one.count:4d} ({low:.0f}-{high:.0f})")
    print(f"mean gap {figures['mean_gap']}")
    if arguments.gold is None:
        _PICTURE.write_text(picture(points), encoding="utf-8")


def shut_lines() -> list[Any]:
    """Return the labelled lines whose wrong and missed matches were never listed."""
    return _read(data_path("gold", "practice.jsonl"))[1::2]


def _read(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def judge(lines: Sequence[Any]) -> Iterator[Judged]:
    """Yield every match on the labelled lines, as written and with typing errors."""
    matcher = Matcher(load_catalogue())
    for variant in (lines, *(spoilt(lines, seed) for seed in _SEEDS)):
        for line, answer in evaluate(variant, matcher).answers:
            for match in answer.matches:
                yield Judged(match.score, match.requirement in line.labels)


def points_of(judged: Sequence[Judged]) -> list[Point]:
    groups: dict[float, list[bool]] = defaultdict(list)
    for one in judged:
        groups[one.score].append(one.right)
    return [Point(score, sum(group), len(group)) for score, group in sorted(groups.items())]


def mean_gap(points: Sequence[Point]) -> float:
    """Return the mean distance of score and share, weighted by matches: 0 is perfect."""
    total = sum(one.count for one in points)
    return sum(abs(one.score - one.share) * one.count for one in points) / total


def picture(points: Sequence[Point]) -> str:
    """Return the reliability diagram as SVG: score against share, the diagonal is perfect."""
    marks = "".join(_mark(one) for one in points)
    ticks = "".join(
        f'<text x="{_x(value)}" y="392" text-anchor="middle">{value}</text>'
        f'<text x="38" y="{_y(value) + 4}" text-anchor="end">{value}</text>'
        for value in (50, 60, 70, 80, 90, 100)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 420" role="img" '
        'aria-label="Reliability of the scores" font-family="sans-serif" font-size="12">'
        '<rect width="420" height="420" fill="white"/>'
        f'<path d="M{_x(50)} {_y(50)}L{_x(100)} {_y(100)}" stroke="#888" stroke-dasharray="4"/>'
        f'<path d="M45 {_y(100)}V375H{_x(100)}" fill="none" stroke="#222"/>'
        f'{ticks}<text x="210" y="412" text-anchor="middle">score of the match</text>'
        f'<text x="45" y="16">right in 100, with 95 % interval</text>{marks}</svg>\n'
    )


def _mark(point: Point) -> str:
    low, high = (max(50.0, value) for value in point.interval())
    x = _x(point.score)
    return (
        f'<path d="M{x} {_y(low)}V{_y(high)}" stroke="#00558c"/>'
        f'<circle cx="{x}" cy="{_y(max(50.0, point.share))}" r="4" fill="#00558c">'
        f"<title>{point.score:.0f}: {point.share:.1f} of {point.count}</title></circle>"
    )


def _x(value: float) -> float:
    return round(45 + (value - 50) * 7, 1)


def _y(value: float) -> float:
    return round(375 - (value - 50) * 7, 1)


if __name__ == "__main__":
    main()
