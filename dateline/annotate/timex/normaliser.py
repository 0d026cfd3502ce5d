"""Normaliser: resolves the time expressions of a report one after the other, in the light of those before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

import msgspec

from dateline.annotate.timex import zones
from dateline.annotate.timex.calendar import Period, day
from dateline.annotate.timex.dates import resolve_date, resolve_range
from dateline.annotate.timex.frames import is_time_only
from dateline.annotate.timex.happenings import begun, dated
from dateline.annotate.timex.lengths import counted, resolve
from dateline.annotate.timex.orders import day_first
from dateline.annotate.timex.pieces import Piece
from dateline.annotate.timex.sense import Anchors, Resolved, Sense
from dateline.annotate.timex.tenses import Around
from dateline.annotate.words import Words
from dateline.codebook.times import Start
from dateline.records import Report, TimeExpression

__all__ = ["Normaliser"]

_MORNING, _EVENING = 12, 18  # hours by which a story is in the night
_NEAR = 12  # tokens from a length to the date of what it is counted from


class Normaliser:
    """The times of one report found so far, and what later words may count from."""

    def __init__(self, words: Words, report: Report, starts: Sequence[Start] = ()) -> None:
        self.words = words
        self.report = report
        self._starts = starts
        self.times: list[TimeExpression] = []
        self._home = zones.home_zone(report)
        self._anchors = Anchors(report.day, zones.local(report.moment, self._home))
        self._paragraph = -1
        self._waiting: tuple[int, Sense, Around] | None = None
        self._zones: dict[str, zones.Zone | None] = {}

    def add(self, first: Piece, last: Piece, sense: Sense) -> None:
        """Resolve one expression, from its first to its last piece, and enter it unless the calendar has none such."""
        start = bisect_right(self.words.start, first.start) - 1
        around = Around(self.words, start, bisect_left(self.words.end, last.end) + 1)
        self._turn_page(self.words.paragraph[start])
        resolved = self._resolve(sense, around)
        if resolved is None:
            return
        zone = self._zone(sense, resolved, start)
        if sense.again:
            self._move_to_first_clock(resolved, zone)
        else:
            self._before_print(sense, resolved, zone, around)
            self._past_midnight(sense, resolved, around)
        earliest, latest = zones.aware(resolved.start, zone), zones.aware(resolved.end, zone)
        if earliest is not None and latest is not None and earliest >= latest:
            earliest = latest = None  # a clock time that the change to summer time skips
        value = resolved.value
        if sense.hour is not None and earliest is not None and zone is not None and (sense.zone or sense.zone2):
            value += "Z" if zone == "UTC" else zones.offset_of(earliest)
        self.times.append(
            TimeExpression(
                start=first.start,
                end=last.end,
                type=resolved.type,
                value=value,
                mod=resolved.mod,
                earliest=earliest,
                latest=latest,
                anchor=resolved.anchor,
                zone=zone,
            )
        )
        self._remember(sense, resolved)
        if self._waiting is not None and self._waiting[0] < len(self.times) - 1:
            self._dated_after(*self._waiting, resolved, start)

    @cached_property
    def _day_first(self) -> bool:
        return day_first(self.report)

    def _stated(self, sense: Sense) -> zones.Zone | None:
        """The zone the words give; an abbreviation means the same throughout a report."""
        if sense.zone is None or sense.zsign:
            return zones.stated_zone(sense, self.report)
        if sense.zone not in self._zones:
            self._zones[sense.zone] = zones.stated_zone(sense, self.report)
        return self._zones[sense.zone]

    def _turn_page(self, paragraph: int) -> None:
        """A bare clock time is of the day told of in its paragraph or the one before."""
        if paragraph > self._paragraph + 1:
            self._anchors.fresh = False
        self._paragraph = paragraph

    def _resolve(self, sense: Sense, around: Around) -> Resolved | None:
        if sense.first is not None:
            self._anchors.day_first = self._day_first
        if sense.kind == "date":
            return resolve_date(sense, self._anchors, around.tense)
        if sense.kind == "range":
            return resolve_range(sense, self._anchors, around.tense)
        if (
            sense.kind == "nth"
            and (started := begun(sense, around, self.times, self._anchors.day, self._starts)) is not None
        ):
            return self._numbered(sense, *started) or resolve(sense, self._anchors, around)
        found = resolve(sense, self._anchors, around)
        if sense.kind == "duration" and around.after in ("after", "before") and found is not None:
            self._from_happening(sense, around, found)
        return found

    def _numbered(self, sense: Sense, first: Period, index: int | None) -> Resolved | None:
        """Day n of what began on a known day, if that is about when the report appeared."""
        n = int(sense.n or sense.ord or 1)
        step = msgspec.structs.replace(sense, unit="D", n=n - 1, ord=None, sign=1)
        found = counted(step, first, index)
        now = self._anchors.day
        off = (
            found.period is None
            or found.period.first is None
            or now is None
            or abs((found.period.first - now).days) > 31
        )
        return None if off else found

    def _from_happening(self, sense: Sense, around: Around, found: Resolved) -> None:
        """“Two days after the fire”: a length still, but bounded by the day it leads to."""
        happening = dated(around, self.times, self._anchors.day, self._starts)
        if happening is None:
            self._waiting = len(self.times), sense, around
            return
        there = counted(_signed(sense, around), *happening)
        found.start, found.end, found.anchor = there.start, there.end, there.anchor

    def _dated_after(self, index: int, sense: Sense, around: Around, resolved: Resolved, at: int) -> None:
        """“A week after the attack of 2 May”: the time that dates the happening may follow it."""
        self._waiting = None
        near = at - around.last <= _NEAR and "," not in self.words.lower[around.last : at]
        period = resolved.period
        if not near or period is None or period.grain != "D" or self.words.sentence[at] != self.words.sentence[at - 1]:
            return
        there, time = counted(_signed(sense, around), period, len(self.times) - 1), self.times[-1]
        earliest, latest = zones.aware(there.start, time.zone), zones.aware(there.end, time.zone)
        self.times[index] = msgspec.structs.replace(
            self.times[index], earliest=earliest, latest=latest, anchor=there.anchor, zone=time.zone
        )

    def _zone(self, sense: Sense, resolved: Resolved, at: int) -> zones.Zone | None:
        """The zone of a time: stated, of the place it is told of, else the report's own.

        A part of a day is told on the clocks of the dateline rather than of a place close by.
        """
        if resolved.type != "TIME":
            return self._home
        stated = self._stated(sense)
        if stated is None and sense.zone2 is not None:
            stated = zones.by_second_clock(sense, resolved.start, self._stated(Sense(kind="date", zone=sense.zone2)))
        datelined = self._home if self.report.dateline_place is not None else None
        if stated is None and sense.hour is None and datelined is not None:
            return datelined
        local = sense.zone == "local"
        near = stated or zones.zone_nearby(self.words, at, further=local) or datelined
        return near or zones.zone_nearby(self.words, at, further=True) or self._home

    def _before_print(self, sense: Sense, resolved: Resolved, zone: zones.Zone | None, around: Around) -> None:
        """A clock time gone by, without its day, that would lie after the publication is the day before's."""
        moment, start = self.report.moment, zones.aware(resolved.start, zone)
        if moment is None or start is None or sense.hour in (None, 24) or not is_time_only(sense):
            return
        past = start > moment and around.tense() < 0
        if past and resolved.start is not None and resolved.start.date() > date.min:
            self._move(resolved, resolved.start.date() - timedelta(days=1))

    def _past_midnight(self, sense: Sense, resolved: Resolved, around: Around) -> None:
        """“Late on Monday … by 4 a.m.”: the story goes on, into the next day, unless it goes back ("had begun")."""
        anchors, start = self._anchors, resolved.start
        if start is None or sense.hour is None or resolved.anchor != anchors.told_index or not is_time_only(sense):
            return
        on = start.hour < _MORNING <= anchors.told_from and (sense.ampm == "AM" or sense.exact or sense.part == "MO")
        next_day = start.date() + timedelta(days=1) if start.year < date.max.year else date.max
        if on and not around.goes_back() and (anchors.day is None or next_day <= anchors.day):
            self._move(resolved, next_day)

    def _move_to_first_clock(self, resolved: Resolved, zone: zones.Zone | None) -> None:
        """Put a second clock time on the day that makes it the same moment as the one before it."""
        if not self.times or resolved.period is None or (moment := self.times[-1].earliest) is None:
            return
        told = zones.local(moment, zone)
        if told is not None:
            self._move(resolved, told.date())

    @staticmethod
    def _move(resolved: Resolved, to: date) -> None:
        """Put a clock time on another day."""
        if resolved.period is None or resolved.start is None:
            return
        apart = datetime.combine(to, resolved.start.time()) - resolved.start
        resolved.start += apart
        resolved.end = None if resolved.end is None else resolved.end + apart
        resolved.value = to.isoformat() + resolved.value[10:]
        resolved.period = resolved.period._replace(value=resolved.value, start=resolved.start, end=resolved.end)

    def _remember(self, sense: Sense, resolved: Resolved) -> None:
        """Keep what later words may count from: the period, its day, and the quarter figures are compared by."""
        anchors, period, index = self._anchors, resolved.period, len(self.times) - 1
        if sense.unit == "Y" and not sense.compare and not sense.period and sense.sub is None:
            anchors.by_quarter = anchors.by_quarter and sense.kind == "date" and sense.shift != 0
        if period is None or period.start is None or resolved.type not in ("DATE", "TIME"):
            return
        if period.grain == "Q" and sense.kind == "date" and not sense.period:
            anchors.by_quarter = True
            if _lately(period, anchors):
                anchors.quarter = period
        anchors.story, anchors.story_index = period, index
        if period.grain in ("D", "P", "m"):
            anchors.told_day, anchors.told_index, anchors.fresh = _whole_day(period), index, True
            late = resolved.mod == "END" and period.grain == "D"
            anchors.told_from = _EVENING if late else period.start.hour


def _signed(sense: Sense, around: Around) -> Sense:
    """The length as a step: forth "after" a happening, back "before" one."""
    return msgspec.structs.replace(sense, sign=1 if around.after == "after" else -1)


def _lately(period: Period, anchors: Anchors) -> bool:
    """Whether a quarter may be the one a report is about: begun in the year before, not one it is compared with."""
    if anchors.day is None or period.first is None or not 0 <= (anchors.day - period.first).days < 366:
        return False
    told = anchors.quarter
    if told is None or told.first is None:
        return True
    return period.first >= told.first and period.end is not None and period.end.date() <= anchors.day


def _whole_day(period: Period) -> Period:
    """The day of a clock time or part of a day: midnight at Tuesday's end is Tuesday's."""
    if period.grain == "D" or period.start is None:
        return period
    return day(period.start.date().fromisoformat(period.value[:10]))
