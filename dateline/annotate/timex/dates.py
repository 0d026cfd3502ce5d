"""Dates and clock times: from the sense of the words to a value and local bounds."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import msgspec

from dateline.annotate.timex import calendar
from dateline.annotate.timex.bounds import bounds_of
from dateline.annotate.timex.calendar import Period
from dateline.annotate.timex.frames import Tense, base_of, frame_of, story_of
from dateline.annotate.timex.sense import Anchors, Resolved, Sense
from dateline.codebook.times import time_tables

__all__ = ["clocks", "halves", "resolve_date", "resolve_range"]

_DAY = timedelta(days=1)
_UNKNOWN = {"Y": "XXXX", "M": "XXXX-XX", "W": "XXXX-WXX", "Q": "XXXX-QX"}


def resolve_date(sense: Sense, anchors: Anchors, tense: Tense) -> Resolved | None:
    """The period meant, or its value with ``X`` for what only an unknown date of publication could tell.

    None where the calendar has no such day.
    """
    sense = _day_and_month(sense, anchors, tense)
    story = story_of(sense, anchors, tense)
    relative = not (sense.year or sense.era or sense.decade or sense.tens or sense.sub == "C")
    if relative and anchors.day is None and story is None:
        return _open(sense)
    period = _period(sense, anchors, tense)
    if period is None:
        return None
    start, end = bounds_of(sense, period, anchors.day, base_of(sense, anchors))
    if (
        sense.first is not None
        and period.first
        and (other := _other_order(sense, period))
        and other.start
        and start
        and end
    ):
        start, end = min(start, other.start), max(end, other.end or end)
    counted_from: Literal["published"] | int | None = "published" if story is None else story[1]
    anchor = counted_from if relative else None
    kind = "TIME" if period.grain in ("m", "P") else "DATE"
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
    first = Sense(kind="date", year=sense.year, month=sense.month, day=sense.day, weekday=sense.weekday)
    return first, Sense(kind="date", year=year, month=month, day=sense.day2, weekday=sense.weekday2)


def clocks(sense: Sense) -> tuple[Sense, Sense]:
    """The two readings of "5 a.m. (0300 GMT)": the second is the first's moment on other clocks (``again``)."""
    first = msgspec.structs.replace(sense, kind="date")
    return first, Sense(
        kind="date", hour=sense.hour2, minute=sense.minute2, ampm=sense.ampm2, zone=sense.zone2, again=1
    )


def _day_and_month(sense: Sense, anchors: Anchors, tense: Tense) -> Sense:
    """3/4/2022 as the report writes its dates, unless what is not to come would then lie ahead."""
    if sense.first is None or sense.second is None or sense.year is None:
        return sense
    orders = [(sense.first, sense.second), (sense.second, sense.first)]
    made = [calendar.by_ordinal(sense.year, month, day) for day, month in orders]
    chosen = 0 if anchors.day_first else 1
    if anchors.day is not None and tense() <= 0:
        ahead = [period is None or period.first is None or period.first > anchors.day for period in made]
        chosen = 1 - chosen if ahead[chosen] and not ahead[1 - chosen] else chosen
    day, month = orders[chosen]
    return msgspec.structs.replace(sense, month=month, day=day)


def _other_order(sense: Sense, period: Period) -> Period | None:
    """The same numbers the other way round: the bounds hold both."""
    assert period.first is not None
    return calendar.by_ordinal(period.first.year, period.first.day, period.first.month) if sense.first else None


def _period(sense: Sense, anchors: Anchors, tense: Tense) -> Period | None:
    """The period with its part of the day or clock time."""
    period = frame_of(sense, anchors, tense)
    named = period is not None or sense.month is not None or sense.day is not None or sense.holiday is not None
    if not named and (base := base_of(sense, anchors, tense)) is not None:
        last_night = sense.overnight and tense() <= 0 and base.toordinal() > 1
        period = calendar.day(base - _DAY if last_night else base)
    if period is None or period.grain != "D":
        return period
    if sense.into and period.first is not None and period.first.toordinal() > 1:
        period = calendar.day(period.first - _DAY)
    if sense.hour is None:
        return _part(period, sense) if sense.part else period
    if sense.hour == 24 and not named:
        return _bare_midnight(period, tense)
    return calendar.clock(period, _hour(sense), sense.minute)


def _bare_midnight(day: Period, tense: Tense) -> Period:
    """Midnight without its day: gone by it is the day's beginning, to come it is the day's end."""
    if tense() > 0 and day.end is not None:
        return calendar.clock(calendar.day(day.end.date()), 0, 0)
    return calendar.clock(day, 0, 0)


def _hour(sense: Sense) -> int:
    hour = sense.hour or 0
    late = sense.ampm == "PM" or (sense.part in ("AF", "EV", "NI") and hour >= 4)
    if late and hour < 12:
        return hour + 12
    return 0 if sense.ampm == "AM" and hour == 12 else hour


def _part(period: Period, sense: Sense) -> Period:
    first, last = time_tables().parts["small" if sense.small else sense.light or sense.part or ""]
    return calendar.hours(period, f"T{sense.part}", first, last)


def _open(sense: Sense) -> Resolved:
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
        value = "XXXX-WXX-WE" if sense.weekend else _UNKNOWN.get(sense.unit or "D", "XXXX-XX-XX")
    if sense.hour is not None:
        return Resolved("TIME", f"{value}T{_hour(sense):02d}:{sense.minute or 0:02d}", sense.mod)
    if sense.part is not None:
        return Resolved("TIME", f"{value}T{sense.part}", sense.mod)
    return Resolved("DATE", value, sense.mod)
