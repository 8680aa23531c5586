"""How often each field of the cases is read right.

Prints it as a table: ``python -m tests.crawler.pages.field_accuracy``.

A field counts wherever the case, or what is read from it, has a value; blank against blank proves
nothing. What is expected was checked by reading it beside its page.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.crawler.pages.record_case import CASES, expected_of, item_of

NOT_READ = frozenset(
    {"fetched_at", "archive_file", "archive_record", "archive_sha256", "relevance", "in_scope"}
)
"""Fields that a page object does not read."""

Pair = tuple[Any, Any]
"""What a case must give, and what its page gives."""


@dataclass
class Tally:
    """One field over all cases."""

    right: int = 0
    of: int = 0


def tally(cases: Iterable[Pair]) -> dict[str, Tally]:
    """Return each field's tally, by name."""
    found: dict[str, Tally] = defaultdict(Tally)
    for expected, given in cases:
        for kind, wanted, got in _parts(expected, given):
            for name in sorted((wanted.keys() | got.keys()) - NOT_READ):
                values = wanted.get(name), got.get(name)
                if any(value not in (None, "", [], {}) for value in values):
                    found[f"{kind}.{name}"].of += 1
                    found[f"{kind}.{name}"].right += values[0] == values[1]
    return dict(found)


def _parts(expected: Any, given: Any) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield an item or error as one part, a listing as its totals and each of its sightings."""
    if "raises" in expected or "raises" in given:
        yield "error", expected, given
    elif "sightings" in expected:
        yield "listing", _totals(expected), _totals(given)
        got = {one["reference"]: one for one in given["sightings"]}
        wanted = {one["reference"]: one for one in expected["sightings"]}
        for reference in wanted | got:
            yield "sighting", wanted.get(reference, {}), got.get(reference, {})
    else:
        yield "vacancy", expected, given


def _totals(listing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in listing.items() if name != "sightings"}


def table(tallies: dict[str, Tally]) -> str:
    """Return the tallies as lines of text, with a total."""
    whole = Tally(sum(t.right for t in tallies.values()), sum(t.of for t in tallies.values()))
    rows = [*sorted(tallies.items()), ("all fields", whole)]
    return "\n".join(f"{name:<32}{t.right:>5}/{t.of:<5}{t.right / t.of:>7.1%}" for name, t in rows)


def main() -> None:
    cases = sorted(CASES.iterdir())
    figures = table(tally((expected_of(case), item_of(case)) for case in cases))
    sys.stdout.write(f"{len(cases)} cases\n{figures}\n")


if __name__ == "__main__":
    main()
