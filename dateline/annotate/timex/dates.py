"""Dates and clock times: from the sense of the words to a period of the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from dateline.annotate.timex import calendar
from dateline.annotate.timex.calendar import Period
from dateline.annotate.timex.sense import Anchors, Resolved, Sense
from dateline.codebook.times import time_tables

__all__ = ["Tense", "holiday", "narrowed", "resolve_date", "resolve_range"]

Tense = Callable[[], int]
_DAY = timedelta(days=1)
_AHEAD = {-1: 8.0, 0: 1.5, 1: 0.15}
"""How much further a day to come counts than one gone by, by tense; set on the training half of TimeBank."""


def resolve_date(sense: Sense, anchors: Anchors, tense: Tense) -> Resolved | None:
    """The period meant, or its value with ``X`` for what only an unknown date of publication could tell."""
    sense = _ordered(sense, anchors)
    relative = _is_relative(sense)
    if relative and anchors.day is None and _story(sense, anchors) is None:
        return _open(sense)
    period = _period(sense, anchors, tense)
    if period is None:
        return None
    start, end = period.start, period.end
    kind = "TIME" if period.grain in ("m", "P") else "DATE"
    if start is not None and end is not None:
        start, end = _bounds(sense, period, start, end, anchors)
    anchor = _anchor(sense, anchors) if relative else None
    return Resolved("TIME" if kind == "TIME" else "DATE", period.value, sense.mod, start, end, anchor, period)


def resolve_range(sense: Sense, anchors: Anchors, tense: Tense) -> Resolved | None:
    """Two dates written as one ("Feb 24–26", "1914–18") as an interval."""
    first, last = (resolve_date(part, anchors, tense) for part in halves(sense))
    if first is None or last is None:
        return None
    if first.start and last.start and last.start < first.start:
        return first
    whole = Period(f"{first.value}/{last.value}", first.start, last.end, "I")
    return Resolved("DATE", whole.value, None, first.start, last.end, first.anchor, whole)


def halves(sense: Sense) -> tuple[Sense, Sense]:
    """The two dates of "Feb 24–26" or "April 24 and 25", each with what it shares with the other."""
    year = sense.year2 or sense.year
    if sense.yy2 is not None and sense.year is not None:
        year = sense.year // 100 * 100 + sense.yy2
    month = sense.month2 or sense.month
    return (
        Sense(kind="date", year=sense.year, month=sense.month, day=sense.day, weekday=sense.weekday),
        Sense(kind="date", year=year, month=month, day=sense.day2, weekday=sense.weekday2),
    )


def _ordered(sense: Sense, anchors: Anchors) -> Sense:
    """With day and month told apart."""
    if sense.first is None or sense.second is None:
        return sense
    day, month = (sense.first, sense.second) if anchors.day_first else (sense.second, sense.first)
    return msgspec.structs.replace(sense, month=month, day=day)


def _is_relative(sense: Sense) -> bool:
    absolute = sense.year is not None or sense.decade is not None or sense.tens is not None or sense.sub == "C"
    return not absolute


def _anchor(sense: Sense, anchors: Anchors) -> Literal["published"] | int | None:
    story = _story(sense, anchors)
    return "published" if story is None else story[1]


def _story(sense: Sense, anchors: Anchors) -> tuple[Period, int | None] | None:
    """The period told of before that the words count from, with its index among the times."""
    bare = sense.unit is None and sense.weekday is None and sense.month is None and sense.holiday is None
    time_only = bare and sense.overnight is None and (sense.part is not None or sense.hour is not None)
    by_day = time_only or (sense.of is not None and (sense.unit in ("D", "W") or sense.weekday is not None))
    period, index = (anchors.told_day, anchors.told_index) if by_day else (anchors.story, anchors.story_index)
    if period is None or period.start is None or not (time_only or sense.of == "story" or (sense.of and by_day)):
        return None
    return period, index


def _base(sense: Sense, anchors: Anchors) -> date | None:
    """The day that the words count from."""
    story = _story(sense, anchors)
    return anchors.day if story is None else story[0].first


def _period(sense: Sense, anchors: Anchors, tense: Tense) -> Period | None:
    period = _calendar(sense, anchors, tense)
    if period is None and (sense.part or sense.hour is not None):
        base = _base(sense, anchors)
        if base is not None and sense.overnight:
            base = _night_of(base, tense)
        period = None if base is None else calendar.day(base)
    if period is None or period.grain != "D":
        return period
    if sense.hour is not None:
        return calendar.clock(period, _hour(sense), sense.minute)
    return _part(period, sense) if sense.part else period


def _night_of(base: date, tense: Tense) -> date:
    return base if tense() > 0 else base - _DAY


def _hour(sense: Sense) -> int:
    hour = sense.hour or 0
    late = sense.ampm == "PM" or (sense.part in ("AF", "EV", "NI") and 4 <= hour)
    if late and hour < 12:
        return hour + 12
    return 0 if sense.ampm == "AM" and hour == 12 else hour


def _part(period: Period, sense: Sense) -> Period:
    name = "small" if sense.small else sense.light or sense.part or ""
    start, end = time_tables().parts[name]
    if period.start is None:
        return period
    value = f"{period.value}T{sense.part}"
    try:
        return Period(value, period.start + timedelta(hours=start), period.start + timedelta(hours=end), "P")
    except OverflowError:
        return Period(value, None, None, "P")


def _calendar(sense: Sense, anchors: Anchors, tense: Tense) -> Period | None:
    """The year, month, week or day meant, without parts of days."""
    frame = _frame(sense, anchors)
    if sense.sub is not None:
        return _numbered(sense, anchors, frame, tense)
    if sense.season is not None:
        return _season(sense, anchors, frame, tense)
    if sense.holiday is not None:
        return _holiday(sense, anchors, frame, tense)
    if sense.month is not None:
        period = _month(sense, anchors, frame, tense)
        return calendar.week(period.start.date()) if sense.weekof and period and period.start else period
    if sense.weekend is not None:
        return _weekend(sense, anchors, tense)
    if sense.weekday is not None:
        return _weekday(sense, anchors, frame, tense)
    if sense.period and frame is not None and frame.start is not None:
        return _alike(anchors, frame)
    if sense.unit == "Q" and sense.of == "told":
        return _quarter_told(anchors)
    if sense.of == "told" and sense.unit == "Y" and (told := anchors.story) and told.grain == "Q" and told.start:
        return calendar.year(told.start.year)
    if sense.yearend and frame is not None and frame.start is not None:
        return calendar.by_ordinal(frame.start.year, 12, 31)
    return frame


def _frame(sense: Sense, anchors: Anchors) -> Period | None:
    if sense.year is not None:
        return calendar.year(sense.year)
    if sense.decade is not None:
        return calendar.decade(sense.decade)
    if sense.tens is not None:
        return calendar.decade(190 + sense.tens)
    if sense.unit is None:
        return None
    base = _base(sense, anchors)
    return None if base is None else calendar.shifted(base, sense.unit, sense.shift or 0)


def _quarter_told(anchors: Anchors) -> Period | None:
    """The quarter a report is about: the last one named, else the last one that has ended."""
    if anchors.quarter is not None:
        return anchors.quarter
    return None if anchors.day is None else calendar.shifted(anchors.day, "Q", -1)


def _alike(anchors: Anchors, frame: Period) -> Period:
    """The period like the one told of, within another year: its quarter or month, else the year itself."""
    assert frame.start is not None
    year = frame.start.year
    like = anchors.quarter if anchors.by_quarter else anchors.story
    if like is None or like.start is None or like.grain not in ("Q", "M"):
        return frame
    if like.grain == "Q":
        return calendar.quarter(year, (like.start.month + 2) // 3)
    return calendar.month(year, like.start.month)


def _numbered(sense: Sense, anchors: Anchors, frame: Period | None, tense: Tense) -> Period | None:
    """The n-th quarter, half, week or century."""
    n = sense.ord or 1
    if sense.sub == "C":
        return calendar.century(n)
    if sense.sub == "W":
        month = _month(sense, anchors, frame, tense) if sense.month is not None else frame
        return _nth_week(month, n)
    count = 4 if sense.sub == "Q" else 2
    make = calendar.quarter if sense.sub == "Q" else calendar.half
    base = anchors.day
    if frame is not None and frame.start is not None:
        return make(frame.start.year, n if n > 0 else count) if n <= count else None
    if base is None or n > count:
        return None
    if n < 0:
        return calendar.shifted(base, "Q", -1) if sense.sub == "Q" else None
    begun = make(base.year, n)
    if begun.start is not None and begun.start.date() > base and tense() <= 0:
        return make(base.year - 1, n)
    return begun


def _nth_week(of: Period | None, n: int) -> Period | None:
    if of is None or of.start is None or of.end is None:
        return None
    if n < 0:
        return calendar.week((of.end - _DAY).date())
    return calendar.week((of.start + (n - 1) * 7 * _DAY).date())


def _season(sense: Sense, anchors: Anchors, frame: Period | None, tense: Tense) -> Period | None:
    name = sense.season or ""
    if frame is not None and frame.start is not None:
        return calendar.season(frame.start.year, name)
    base = anchors.day
    if base is None:
        return None
    options = [calendar.season(base.year + k, name) for k in (-2, -1, 0, 1)]
    return _chosen(options, base, sense.shift, tense)


def _month(sense: Sense, anchors: Anchors, frame: Period | None, tense: Tense) -> Period | None:
    m, d = sense.month or 1, sense.day
    if frame is not None:
        y = frame.start.year if frame.start else int(frame.value) if frame.grain == "Y" else None
        if y is None:
            return None
        return calendar.month(y, m) if d is None else calendar.by_ordinal(y, m, d)
    base = anchors.day
    if base is None:
        return None
    years = range(base.year - (4 if d == 29 else 1), base.year + (5 if d == 29 else 2))
    made = [calendar.month(y, m) if d is None else calendar.by_ordinal(y, m, d) for y in years]
    if d is not None and sense.weekday is not None:
        made = [p for p in made if p and p.start and p.start.isoweekday() == sense.weekday] or made
    return _chosen([p for p in made if p is not None], base, sense.shift, tense)


def _chosen(options: list[Period], base: date, shift: int | None, tense: Tense) -> Period | None:
    """Of the same period in several years, the one meant: by "last", "next", else the nearest, weighed by tense."""
    held = [p for p in options if p.start is not None and p.end is not None]
    if shift == -1:
        return next((p for p in reversed(held) if p.end and p.end.date() <= base), None)
    if shift == 1:
        return next((p for p in held if p.start and p.start.date() > base), None)
    if shift == 0 and (same := [p for p in held if p.start and p.start.year == base.year]):
        return same[0]
    here = datetime.combine(base, datetime.min.time())
    weight = _AHEAD[tense()]

    def distance(period: Period) -> float:
        assert period.start is not None
        assert period.end is not None
        if period.start <= here < period.end:
            return 0
        return (here - period.start) / _DAY if period.start < here else (period.start - here) / _DAY * weight

    return min(held, key=distance, default=None)


def _weekend(sense: Sense, anchors: Anchors, tense: Tense) -> Period | None:
    base = _base(sense, anchors)
    if base is None:
        return None
    if sense.weekday is not None:
        of = _weekday(sense, anchors, None, tense)
        return calendar.weekend(of.start.date()) if of and of.start else None
    shift = sense.shift
    if shift is None:
        shift = -1 if tense() < 0 and base.isoweekday() < 6 else 0
    elif shift == 0 and tense() < 0 and base.isoweekday() < 4:
        shift = -1
    elif shift == -1 and base.isoweekday() == 7 and tense() < 0:
        shift = -1
    return calendar.weekend(base + 7 * shift * _DAY)


def _weekday(sense: Sense, anchors: Anchors, frame: Period | None, tense: Tense) -> Period | None:
    wanted = sense.weekday or 1
    if frame is not None and frame.start is not None:
        monday = calendar.week(frame.start.date()).start
        return None if monday is None else calendar.day((monday + (wanted - 1) * _DAY).date())
    base = _base(sense, anchors)
    if base is None:
        return None
    back = (base.isoweekday() - wanted) % 7
    on = (wanted - base.isoweekday()) % 7
    if sense.shift == -1:
        return calendar.day(base - (back or 7) * _DAY)
    if sense.shift == 1:
        return calendar.day(base + (on or 7) * _DAY)
    forward = tense() > 0 or (sense.shift == 0 and tense() == 0)
    return calendar.day(base + on * _DAY if forward else base - back * _DAY)


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday of the codebook in a year."""
    rule = time_tables().holidays[name]
    try:
        if rule.easter is not None:
            return calendar.easter(year, rule.easter == "orthodox") + rule.shift * _DAY
        if rule.nth:
            first = date(year, rule.month, 1)
            skip = (rule.weekday - first.isoweekday()) % 7 + 7 * (rule.nth - 1)
            return first + skip * _DAY if rule.nth > 0 else _last_weekday(year, rule.month, rule.weekday)
        return date(year, rule.month, rule.day)
    except (ValueError, OverflowError):
        return None


def _last_weekday(year: int, month: int, weekday: int) -> date:
    end = date(*calendar.month_after(year, month, 1), 1) - _DAY
    return end - (end.isoweekday() - weekday) % 7 * _DAY


def _holiday(sense: Sense, anchors: Anchors, frame: Period | None, tense: Tense) -> Period | None:
    name = sense.holiday or ""
    if frame is not None and frame.start is not None:
        when = holiday(name, frame.start.year)
        return None if when is None else calendar.day(when)
    base = anchors.day
    if base is None:
        return None
    days = [holiday(name, base.year + k) for k in (-1, 0, 1)]
    return _chosen([calendar.day(d) for d in days if d is not None], base, sense.shift, tense)


def _bounds(
    sense: Sense, period: Period, start: datetime, end: datetime, anchors: Anchors
) -> tuple[datetime | None, datetime | None]:
    try:
        start, end = narrowed(start, end, sense.mod, period.grain) if not sense.clip else (start, end)
        if period.grain == "m" and sense.ampm is None and sense.zone is None and 0 < (sense.hour or 0) < 12:
            end += timedelta(hours=12)  # "at 5:30": morning or evening
        if sense.weekday is not None and sense.shift in (-1, 1) and sense.month is None and sense.unit is None:
            start, end = _either_week(sense.shift, anchors.day, start, end)
    except OverflowError:
        return None, None
    if sense.clip and anchors.day is not None and start.date() <= anchors.day < end.date() + _DAY:
        now = datetime.combine(anchors.day, datetime.min.time())
        start, end = (start, min(end, now + _DAY)) if sense.mod == "START" else (max(start, now), end)
    return start, end


def _either_week(shift: int, base: date | None, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """ "Next Friday" on a Monday may be the coming one or that of the next week; "last Friday" likewise."""
    if base is None or start.date().isocalendar()[:2] != base.isocalendar()[:2]:
        return start, end
    return (start, end + 7 * _DAY) if shift > 0 else (start - 7 * _DAY, end)


def narrowed(start: datetime, end: datetime, mod: str | None, grain: str) -> tuple[datetime, datetime]:
    """The part of a period that "early", "mid", "late", "about" leave, drawn generously."""
    length = end - start
    if grain == "m":
        hour = timedelta(hours=1)
        around = {"APPROX": (start - hour, end + hour), "BEFORE": (start - hour, end), "AFTER": (start, end + hour)}
        return around.get(mod or "", (start, end))
    if mod == "START":
        return start, start + length / 2
    if mod == "END":
        return start + length / 2, end
    if mod == "MID":
        return start + length / 6, end - length / 6
    if mod == "APPROX":
        return start - length / 2, end + length / 2
    return start, end


def _open(sense: Sense) -> Resolved | None:
    """The value of a date that lacks the year or more, without bounds."""
    if sense.month is not None:
        value = f"XXXX-{sense.month:02d}" + (f"-{sense.day:02d}" if sense.day else "")
    elif sense.weekday is not None:
        value = f"XXXX-WXX-{sense.weekday}"
    elif sense.sub == "Q":
        value = f"XXXX-Q{sense.ord if sense.ord and sense.ord > 0 else 'X'}"
    elif sense.season is not None:
        value = f"XXXX-{sense.season}"
    else:
        value = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "Q": "XXXX-QX"}.get(sense.unit or "D", "XXXX-XX-XX")
        value = "XXXX-WXX-WE" if sense.weekend else value
    if sense.hour is not None:
        return Resolved("TIME", f"{value}T{_hour(sense):02d}:{sense.minute or 0:02d}", sense.mod)
    if sense.part is not None:
        return Resolved("TIME", f"{value}T{sense.part}", sense.mod)
    return Resolved("DATE", value, sense.mod)
