"""Day counts: "Day 12 of the siege" in a report that does not say when the siege began, while another does.

A reading is a function of its report, the codebook and the model alone. What a report leaves open, linking settles in
its own copy of the events; the readings stay as they are, and with another set of reports the day may be another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from dateline.codebook.linking import kin_of
from dateline.codebook.times import time_tables
from dateline.link.happenings import Happening, content_words
from dateline.records import Reading, Report, TimeExpression

__all__ = ["count_days"]

_DAY = timedelta(days=1)
_OPEN = timedelta(days=2)
"""The bounds of a numbered day whose start the reading did not know: the publication's day and the one before."""
_LATE = 2  # days by which a numbered day may lie before its report
_NUMBERED = re.compile(r"(?:the )?(?:day (\d+|[a-z-]+)|(?:(\d+)(?:st|nd|rd|th)|([a-z-]+)) day)", re.IGNORECASE)
_OF_WHAT = re.compile(r"\s+(?:of|into)\s+([^,.;:()—–\n]{3,80})")


def count_days(found: Sequence[Happening], reports: Iterable[tuple[Report, Reading]]) -> list[Happening]:
    """The happenings, those on a numbered day of something that another report dates put on that day."""
    starts: dict[str, list[Happening]] | None = None
    moved: dict[tuple[str, int], datetime] = {}
    for report, reading in reports:
        for index, number, what in _numbered(report, reading):
            starts = _by_kin(found) if starts is None else starts
            if (day := _day(report, number, what, starts)) is not None:
                moved[report.id, index] = day
    return [_on(h, moved.get((h.report, h.event.time))) if h.event.time is not None else h for h in found]


def _numbered(report: Report, reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Index, number and "of what" of each numbered day that the reading left open."""
    for index, time in enumerate(reading.times):
        match = _NUMBERED.fullmatch(report.text[time.start : time.end]) if _is_open(time) else None
        what = _OF_WHAT.match(report.text, time.end) if match else None
        if match and what and (number := _number((match[1] or match[2] or match[3]).lower())):
            yield index, number, what[1]


def _is_open(time: TimeExpression) -> bool:
    bounded = time.earliest is not None and time.latest is not None
    return bounded and time.anchor == "published" and time.latest - time.earliest == _OPEN  # type: ignore[operator]


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    senses = time_tables().words.get(word, ())
    numbers = (sense.features.get("ord", sense.features.get("n")) for sense in senses)
    return next((n for n in numbers if isinstance(n, int) and n > 0), None)


def _by_kin(found: Sequence[Happening]) -> dict[str, list[Happening]]:
    """What may have been the start of something: events that happened on one known day, by kin."""
    starts: dict[str, list[Happening]] = {}
    for happening in found:
        event = happening.event
        known = event.time_basis in ("argument", "sentence") and event.status in ("happened", "ongoing")
        if known and event.earliest and event.latest and event.latest - event.earliest <= 1.5 * _DAY:
            for kin in sorted({happening.kin, *map(kin_of, happening.trigger.split())}):
                starts.setdefault(kin, []).append(happening)
    return starts


def _day(report: Report, number: int, what: str, starts: Mapping[str, list[Happening]]) -> datetime | None:
    """The day meant, if some start of that kind and name puts it on or shortly before the report's."""
    if report.day is None:
        return None
    names = content_words(" ".join(word for word in what.split() if word[:1].isupper()))
    kinds = sorted({kin_of(word.lower()) for word in what.split() if word[:1].islower()})
    votes: Counter[datetime] = Counter()
    for start in (s for kin in kinds for s in starts.get(kin, ())):
        named = names & (start.words | start.about) if names else start.story == report.id
        first = start.event.earliest
        if named and first is not None:
            day = first.replace(hour=0, minute=0, second=0, microsecond=0) + (number - 1) * _DAY
            if 0 <= (report.day - day.date()).days <= _LATE:
                votes[day] += 1
    return min(votes, key=lambda day: (-votes[day], day)) if votes else None


def _on(happening: Happening, day: datetime | None) -> Happening:
    if day is None:
        return happening
    event = msgspec.structs.replace(happening.event, earliest=day, latest=day + _DAY)
    return replace(happening, event=event)
