"""``personspec schedule show``: the timetable in words, with the next times over clock changes."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from rich.table import Table

from personspec.london import LONDON
from schedules.service import next_times
from schedules.sources import crawled_sources
from schedules.terminal import stdout_console
from schedules.timetable import Entry, timetable

SHOWN = 3
"""Next times shown of each entry."""


def show_schedule(*, as_json: bool) -> int:
    """Print the timetable; return the exit code."""
    entries, now = timetable(crawled_sources()), datetime.now(UTC)
    if as_json:
        print(json.dumps(_as_json(entries, now)))  # noqa: T201 the command's answer
        return 0
    console = stdout_console()
    table = Table("Entry", "What it does", "When, in London", "Next times", show_lines=True)
    for entry in entries:
        times = "\n".join(_words(moment) for moment in next_times(entry, now, SHOWN))
        table.add_row(entry.id, entry.meaning, entry.when, times)
    console.print(table)
    for change in clock_changes(now):
        console.print(f"\n{_change_words(change)} On the days around it:")
        for entry in entries:
            around = next_times(entry, change - timedelta(days=1, hours=12), SHOWN)
            console.print(f"  {entry.id}: " + ", ".join(_words(moment) for moment in around))
    return 0


def clock_changes(now: datetime) -> list[datetime]:
    """Return noon of the next two days on which London's clocks are changed."""
    found: list[datetime] = []
    day = now.astimezone(LONDON).date()
    while len(found) < 2:  # one in spring and one in autumn
        noon = datetime.combine(day, time(12), LONDON)
        if noon.utcoffset() != (noon - timedelta(days=1)).utcoffset():
            found.append(noon)
        day += timedelta(days=1)
    return found


def _as_json(entries: Sequence[Entry], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": entry.id,
            "meaning": entry.meaning,
            "when": entry.when,
            "next": [moment.isoformat() for moment in next_times(entry, now, SHOWN)],
            "around_clock_changes": [
                [
                    moment.isoformat()
                    for moment in next_times(entry, change - timedelta(days=1, hours=12), SHOWN)
                ]
                for change in clock_changes(now)
            ],
        }
        for entry in entries
    ]


def _change_words(noon: datetime) -> str:
    forward = (noon.utcoffset() or timedelta()) > timedelta()
    return f"On {noon:%A} {noon.day} {noon:%B %Y} the clocks go {'forward' if forward else 'back'}."


def _words(moment: datetime) -> str:
    return f"{moment:%a} {moment.day} {moment:%b %Y %H:%M %Z}"
