"""What is known of the quality of a release: matches, coverage, adverts that could not be read."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from matcher.catalogue import Catalogue
from matcher.evaluate import evaluate, outcome_of
from matcher.evaluation_details import intervals
from matcher.match import MATCHER_VERSION, Matcher
from personspec.resources import data_path
from pipelines.database import Transaction
from pipelines.database.dataset import batches_of_runs, count_unread, decisions_in_force
from pipelines.review.settle import NOTHING

Counts = dict[str, Counter[str]]
"""``right``, ``wrong`` and ``missed`` by requirement."""


def quality_of_release(session: Transaction, catalogue: Catalogue) -> dict[str, Any]:
    """Return the figures that are printed on a release, as plain values.

    Of the matcher on lines labelled by hand and on reviewers' decisions; of each source the days
    with and without a healthy run; the share of adverts read without any criterion, 0-100.
    """
    read, unread = count_unread(session)
    return {
        "matcher_version": MATCHER_VERSION,
        "gold": _on_gold(catalogue),
        "reviewers": _on_decisions(session, catalogue),
        "coverage": _coverage(run for batch in batches_of_runs(session) for run in batch),
        "unread_share": round(100 * unread / read, 2) if read else None,
    }


def wilson(right: int, number: int) -> tuple[float, float] | None:
    """Return the 95 % Wilson score interval of a share, both ends 0-1; None if nothing was seen.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    if not number:
        return None
    z = 1.959964
    share, spread = right / number, z * z / number
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / number + spread / number / 4)
    # The share lies within; rounding would put 1.0 just outside.
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


@cache
def _on_gold(catalogue: Catalogue) -> dict[str, Any]:
    """Measure once in a process: nothing of it changes."""
    text = data_path("gold", "criteria.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.split("\n") if line.strip()]
    found = evaluate(lines, Matcher(catalogue))
    counts: Counts = {name: Counter() for name in found.per_requirement}
    for line, answer in found.answers:
        given = {match.requirement for match in answer.matches}
        for name in given | line.labels:
            counts[name][outcome_of(name, given, line.labels)] += 1
    spans = intervals(found)
    return {
        "lines": len(lines),
        "micro_f1": found.micro.f1,
        "macro_f1": found.macro_f1,
        "per_requirement": [
            {
                **_figures(name, counts[name]),
                "f1": one.f1 if one.support else None,
                "f1_interval": (spans[name].low, spans[name].high) if one.support else None,
                "support": one.support,
            }
            for name, one in found.per_requirement.items()
        ],
    }


def _on_decisions(session: Transaction, catalogue: Catalogue) -> list[dict[str, Any]]:
    counts: Counts = {one.id: Counter() for one in catalogue.requirements}
    for requirement, verdict, new, evidence in decisions_in_force(session):
        if requirement in counts:
            shown = "right" if verdict == "accept" else "wrong"
            # Accepted without words that the matcher had shown: a reviewer added it.
            counts[requirement]["missed" if shown == "right" and not evidence else shown] += 1
        elif requirement != NOTHING:
            continue  # judged under another catalogue
        if new in counts:
            counts[new]["missed"] += 1
    return [
        {**_figures(name, count), **_f1(count), "support": count["right"] + count["missed"]}
        for name, count in counts.items()
        if count.total()
    ]


def _f1(counts: Counter[str]) -> dict[str, Any]:
    """Return F1 with an interval: it grows with right / all, a share of which Wilson gives one."""
    span = wilson(counts["right"], counts.total())
    assert span is not None  # there is something to judge by
    share = counts["right"] / counts.total()
    f1, low, high = (2 * one / (1 + one) for one in (share, *span))
    return {"f1": f1, "f1_interval": (low, high)}


def _figures(name: str, counts: Counter[str]) -> dict[str, Any]:
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    return {
        "requirement_id": name,
        "right": right,
        "wrong": wrong,
        "missed": missed,
        "precision": right / (right + wrong) if right + wrong else None,
        "precision_interval": wilson(right, right + wrong),
        "recall": right / (right + missed) if right + missed else None,
        "recall_interval": wilson(right, right + missed),
    }


def _coverage(runs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    days: dict[str, Counter[str]] = {}
    listed: dict[str, dict[str, int | None]] = {}
    for run in runs:
        days.setdefault(run["source"], Counter())[run["status"]] += 1
        if run["status"] == "finished":
            day = run["started_at"].date().isoformat()
            listed.setdefault(run["source"], {})[day] = run["stats"].get("sightings/listed")
    return [
        {
            "source": source,
            "runs_healthy": counts["finished"],
            "runs_failed": counts["failed"],
            "runs_interrupted": counts["interrupted"],
            "days_healthy": len(listed.get(source, {})),
            "days_missed": len(_missed(listed.get(source, {}))),
            "missed": _missed(listed.get(source, {})),
            "listed_by_day": listed.get(source, {}),
        }
        for source, counts in days.items()
    ]


def _missed(listed: Mapping[str, Any]) -> list[str]:
    """Return the days between the first and the last that have no healthy run."""
    if not listed:
        return []
    first, last = date.fromisoformat(min(listed)), date.fromisoformat(max(listed))
    between = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day.isoformat() for day in between if day.isoformat() not in listed]
