"""Find the time expressions of a report and resolve them to the calendar, in the terms of TIMEX3.

The finder looks for words that can only be, or often are, part of a time; round these it cuts the
text into pieces, lets a small grammar (``codebook/time/patterns.tsv``) build all readings and takes the
longest from the left. The normaliser then turns each reading into a value and bounds, from the date of
publication, the tense round it and the times told of before. After HeidelTime (Strötgen & Gertz 2013)
in method, after TimeML 1.2.1 in values.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from dateline.annotate.context import Context
from dateline.annotate.timex import zones
from dateline.annotate.timex.calendar import Period, day
from dateline.annotate.timex.chart import chart
from dateline.annotate.timex.dates import halves, resolve_date, resolve_range
from dateline.annotate.timex.lengths import resolve
from dateline.annotate.timex.pieces import Edge, Piece, cut
from dateline.annotate.timex.sense import Anchors, Resolved, Sense, sense_of
from dateline.annotate.timex.surroundings import fits, tense_of
from dateline.annotate.words import Words
from dateline.codebook.times import time_tables
from dateline.records import TimeExpression

__all__ = ["find_times"]

_TRIGGERS = frozenset(
    "WEEKDAY WEEKDAYABBR MONTH MONTHABBR SEASON SEASONS PART PARTS LIGHT NOON MIDNIGHT UNIT UNITS WEEKEND WEEKENDS DAYREF TENS "
    "ADVSET REF REFADJ REFSOON NIGHT NIGHTS".split()
)
_DIGITS = re.compile(
    r"\D*(?:\d{4}s?|\d{1,2}[:.]\d\d.*|\d+[./-]\d+[./-]\d+.*|\d+(?:am|pm|a\.m\.|p\.m\.).*|\d0s|.*[–—-].*)"
)
_WORDS_TOO = frozenset(
    {"nineteen", "tonight", "overnight", "future", "past", "am", "pm", "a.m.", "p.m.", "o'clock", "gmt", "utc", "now"}
)


def find_times(words: Words, context: Context) -> list[TimeExpression]:
    """All time expressions of a report in text order; without a date of publication relative ones stay open."""
    if not len(words):
        return []
    finder = _Finder(words, context)
    for first, end in _stretches(words):
        for found in _expressions(words, first, end):
            finder.add(*found)
    return finder.times


@cache
def _vocabulary() -> tuple[frozenset[str], frozenset[str]]:
    """Words that begin the search, and words that may stand in a time expression at all."""
    tables = time_tables()
    starts = {w for w, senses in tables.words.items() if any(s.gives in _TRIGGERS for s in senses)} | _WORDS_TOO
    abbreviated = {w + "." for w, senses in tables.words.items() if any(s.gives.endswith("ABBR") for s in senses)}
    starts |= {w for w in abbreviated if w[:-1] in starts}
    known = set(tables.words) | _WORDS_TOO | abbreviated
    for pattern in tables.patterns:
        for names, _, _ in pattern.items:
            known.update(name for name in names if name == name.lower())
        if pattern.gives == "HOLIDAY":
            rare = [names[0] for names, _, _ in pattern.items if len(names[0]) > 3 and names[0] not in ("year", "day")]
            starts.update(rare[:1])
    return frozenset(starts), frozenset(known)


def _stretches(words: Words) -> Iterator[tuple[int, int]]:
    """Token ranges round the words that hint at a time, as far as known words and numbers reach."""
    starts, known = _vocabulary()
    lower = words.lower
    end = 0
    for i, word in enumerate(lower):
        if i < end or not (
            word in starts or (not word.isalpha() and _DIGITS.match(word) and any(map(str.isdigit, word)))
        ):
            continue
        first = i
        bounds = words.paragraphs[words.paragraph[i]]
        while first > max(end, bounds[0]) and _known(lower[first - 1], known):
            first -= 1
        end = i + 1
        while end < bounds[1] and _known(lower[end], known):
            end += 1
        yield first, end


def _known(word: str, known: frozenset[str]) -> bool:
    return word in known or word[0].isdigit() or word[-1].isdigit() or not word[0].isalnum()


def _expressions(words: Words, first: int, end: int) -> Iterator[tuple[Piece, Piece, Sense]]:
    """The time expressions of a stretch: the longest from the left whose conditions hold."""
    pieces = cut(words.text, words.start[first], words.end[end - 1])
    edges = chart(pieces, time_tables())
    i = 0
    while i < len(pieces):
        best = None
        for edge in sorted((e for e in edges[i] if e.gives == "T"), key=lambda e: (-e.end, e.order)):
            if _holds(words, pieces[i], pieces[edge.end - 1], edge):
                best = edge
                break
        if best is None:
            i += 1
            continue
        if best.features["kind"] == "pair":
            middle = next(k for k in range(i, best.end) if pieces[k].text == "and")
            first_day, second_day = halves(sense_of(best.features))
            yield pieces[i], pieces[middle - 1], first_day
            yield pieces[middle + 1], pieces[best.end - 1], second_day
        elif best.features["kind"] != "none":
            yield pieces[i], pieces[best.end - 1], sense_of(best.features)
        i = best.end


def _holds(words: Words, first: Piece, last: Piece, edge: Edge) -> bool:
    need = edge.features.get("need")
    if not isinstance(need, str):
        return True
    return fits(need, words, bisect_right(words.start, first.start) - 1, bisect_left(words.end, last.end) + 1)


@dataclass
class _Finder:
    """The times found so far and what later ones may count from."""

    words: Words
    context: Context
    times: list[TimeExpression] = field(default_factory=list)
    anchors: Anchors = field(init=False)
    home: str | None = field(init=False)
    paragraph: int = -1

    def __post_init__(self) -> None:
        report = self.context.report
        self.anchors = Anchors(report.day, report.moment)
        self.home = zones.home_zone(report)

    def add(self, first: Piece, last: Piece, sense: Sense) -> None:
        """Resolve one expression and enter it."""
        at = bisect_right(self.words.start, first.start) - 1
        self._turn_page(self.words.paragraph[at])
        resolved = self._resolve(sense, at)
        if resolved is None:
            return
        zone = zones.stated_zone(sense, self.context.report)
        if zone is None and sense.hour is not None:
            zone = zones.zone_nearby(self.words, at)
        value = resolved.value
        start = zones.aware(resolved.start, zone or self.home)
        if sense.hour is not None and sense.zone and zone and start is not None:
            value += "Z" if zone == "UTC" else zones.offset_of(start)
        end = zones.aware(resolved.end, zone or self.home)
        if start is not None and end is not None and start >= end:
            start = end = None
        self.times.append(
            TimeExpression(
                start=first.start,
                end=last.end,
                type=resolved.type,
                value=value,
                mod=resolved.mod,
                earliest=start,
                latest=end,
                anchor=resolved.anchor,
                zone=zone or self.home,
            )
        )
        self._remember(sense, resolved)

    def _turn_page(self, paragraph: int) -> None:
        """A story's time holds for its paragraph and the next."""
        if paragraph > self.paragraph + 1:
            self.anchors.story = self.anchors.story_index = None
            self.anchors.told_day = self.anchors.told_index = None
        self.paragraph = paragraph

    def _resolve(self, sense: Sense, at: int) -> Resolved | None:
        def tense() -> int:
            return tense_of(self.words, at)

        if sense.kind == "date":
            return resolve_date(sense, self.anchors, tense)
        if sense.kind == "range":
            return resolve_range(sense, self.anchors, tense)
        return resolve(sense, self.anchors, tense)

    def _remember(self, sense: Sense, resolved: Resolved) -> None:
        """Keep what later words may count from: the period, its day, and the quarter figures are compared by."""
        anchors, period, index = self.anchors, resolved.period, len(self.times) - 1
        if sense.unit == "Y" and not sense.compare and not sense.period and (sense.sub is None):
            anchors.by_quarter = anchors.by_quarter and sense.kind == "date" and sense.shift != 0
        if period is None or period.start is None or resolved.type not in ("DATE", "TIME"):
            return
        if period.grain == "Q" and sense.kind == "date" and not sense.period:
            anchors.by_quarter = True
            if _lately(period, anchors):
                anchors.quarter = period
        anchors.story, anchors.story_index = period, index
        if period.grain in ("D", "P", "m"):
            anchors.told_day, anchors.told_index = _whole_day(period), index


def _lately(period: Period, anchors: Anchors) -> bool:
    """Whether a quarter may be the one a report is about: begun within the year before, not one it is compared with."""
    if anchors.day is None or period.first is None or not 0 <= (anchors.day - period.first).days < 366:
        return False
    told = anchors.quarter
    if told is None or told.first is None:
        return True
    return period.first >= told.first and period.end is not None and period.end.date() <= anchors.day


def _whole_day(period: Period) -> Period:
    return period if period.grain == "D" or period.start is None else day(period.start.date())
