"""Durations, shifts, sets and numbered days: from the sense of the words to values and bounds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from dateline.annotate.timex import calendar
from dateline.annotate.timex.calendar import Period
from dateline.annotate.timex.dates import resolve_date
from dateline.annotate.timex.sense import Anchors, Resolved, Sense
from dateline.annotate.timex.tenses import Around
from dateline.codebook.times import time_tables

__all__ = ["counted", "resolve"]

_DAY = timedelta(days=1)
_WEEKS_BY_DAY = 2
_COARSE = {"M": "DWF", "Q": "DWFM", "H": "DWFM", "S": "DWFM", "Y": "DWFMQ", "E": "DWFMQY", "C": "DWFMQYE"}
"""Units too fine to count in from a period: three days after "2014" is no day."""


def resolve(sense: Sense, anchors: Anchors, around: Around) -> Resolved | None:
    """What no calendar date is: by the kind of the sense."""
    if sense.kind == "ref":
        return Resolved("DATE", sense.ref or "PRESENT_REF")
    if sense.kind == "set":
        return _set(sense)
    if sense.kind == "nth":
        return _nth(sense, anchors)
    if sense.kind == "shift":
        return _shift(sense, anchors, around)
    return _length(sense, anchors, around)


def _amount(sense: Sense) -> float | None:
    return None if sense.vague or sense.n is None else sense.n + sense.plus


def _value(sense: Sense) -> str:
    unit = sense.unit or "D"
    value = calendar.duration(_amount(sense), unit)
    if sense.unit2 and sense.n2 is not None:
        low = calendar.duration(sense.n2, sense.unit2)
        return value + (low.removeprefix("P") if "T" not in value else low.removeprefix("PT"))
    return value


def _reach(unit: str, n: float) -> timedelta:
    """The longest that ``n`` units may be."""
    hours = time_tables().units[unit].hours * n
    return timedelta(hours=min(hours, 8e7))


def _most(sense: Sense) -> timedelta | None:
    """The longest that the words may mean; None where nothing says."""
    unit = sense.unit or "D"
    if sense.vague:
        most = time_tables().units[unit].most
        return None if most is None else _reach(unit, most)
    n = max(sense.n or 0, sense.n2 or 0 if not sense.unit2 else 0) + sense.plus
    whole = _reach(unit, n) + (_reach(sense.unit2, sense.n2 or 0) if sense.unit2 else timedelta())
    if sense.mod in ("MORE_THAN", "EQUAL_OR_MORE"):
        return None
    return whole * (1.25 if sense.mod else 1)


def _length(sense: Sense, anchors: Anchors, around: Around) -> Resolved:
    """A duration; one that ends or begins with the publication ("the past two weeks") is bounded by it."""
    found = Resolved("DURATION", _value(sense), sense.mod)
    way = sense.sign or _way(around)
    if way is None or anchors.day is None:
        return found
    start = datetime.combine(anchors.day, datetime.min.time())
    most = _most(sense) if sense.sign or around.before != "for" or around.reaches_now() else None
    found.anchor = "published"
    try:
        if way < 0:
            found.start = None if most is None else _floor(start - most, sense.unit)
            found.end = start + _DAY
        else:
            found.start = start
            found.end = None if most is None else start + _DAY + most
    except OverflowError:
        found.start = found.end = None
    return found


def _way(around: Around) -> int | None:
    """Whether a length reaches back from now or ahead: "for weeks" by its verb, "in two days" only ahead."""
    in_time = around.after in ("'", "’") or around.tense() > 0  # "in two weeks' time"
    if (around.before == "in" and in_time) or (around.before == "within" and around.tense() >= 0):
        return 1
    if around.before == "for":
        return 1 if around.reaches_ahead() and not around.reaches_now() else -1
    return None


def _floor(moment: datetime, unit: str | None) -> datetime:
    """Whole days but for hours and less; "the past two months" reaches to the day two months back."""
    return moment if unit in ("H", "m", "S") else datetime.combine(moment.date(), datetime.min.time())


def _shift(sense: Sense, anchors: Anchors, around: Around) -> Resolved | None:
    """So and so long before or after the publication, the story's time or a named day."""
    if sense.of == "named":
        named = resolve_date(sense.named(), anchors, around.tense)
        return None if named is None or named.period is None else _from(sense, named.period, None)
    if _quarterly(sense, anchors) and (told := anchors.quarter) is not None and told.start is not None:
        before = calendar.quarter(told.start.year - 1, (told.start.month + 2) // 3)
        return Resolved("DATE", before.value, sense.mod, before.start, before.end, "published", before)
    told, index = _told(sense, anchors)
    if sense.of == "story" and told is not None and told.start is not None and not _year_to_year(sense, anchors):
        return _before_print(_from(sense, told, index), anchors, around)
    found = _from_print(sense, anchors)
    lost = sense.of == "story" and sense.sign > 0 and anchors.day is not None and around.tense() < 0
    if lost and found.start is not None and anchors.day is not None and found.start.date() > anchors.day:
        return Resolved("DURATION", _value(sense), sense.mod)  # "three days later", after nothing the report dates
    return found


def _told(sense: Sense, anchors: Anchors) -> tuple[Period | None, int | None]:
    """What a length is counted from in the story: for days and less the last day told, unless a year came since."""
    by_day = sense.unit in ("D", "W", "F", "H", "m", "S")
    year_since = sense.sign > 0 and (anchors.told_index or 0) < (anchors.story_index or 0)
    if by_day and not year_since and (sense.sign < 0 or anchors.told_day is not None):
        return anchors.told_day, anchors.told_index
    return anchors.story, anchors.story_index


def _from_print(sense: Sense, anchors: Anchors) -> Resolved:
    """So and so long before or after the publication."""
    if anchors.day is None:
        return Resolved("DURATION", _value(sense), sense.mod)
    if anchors.moment is not None and sense.unit in ("H", "m"):
        return _by_clock(sense, anchors.moment)
    return _from(sense, calendar.day(anchors.day), None)


def _before_print(found: Resolved, anchors: Anchors, around: Around) -> Resolved:
    """“Hours later” in the past tense is not after the report."""
    if anchors.day is None or found.end is None or found.type != "DURATION" or around.tense() > 0:
        return found
    printed = datetime.combine(anchors.day, datetime.min.time()) + _DAY
    if found.start is not None and found.start < printed < found.end:
        found.end = printed
    return found


def _by_clock(sense: Sense, moment: datetime) -> Resolved:
    """“Three hours ago” in a report whose time of publication is known."""
    n = _amount(sense)
    half = _reach(sense.unit or "H", 0.5)
    try:
        if n is None:
            return _vaguely(sense, Period("", moment, moment + timedelta(minutes=1), "m"), "published")
        meant = moment + sense.sign * _reach(sense.unit or "H", n)
        value = meant.isoformat(timespec="minutes")
        period = Period(value, meant - half, meant + half, "m")
    except OverflowError:
        return Resolved("DURATION", _value(sense), sense.mod)
    return Resolved("TIME", value, sense.mod, period.start, period.end, "published", period)


def counted(sense: Sense, base: Period, index: int | None) -> Resolved:
    """So and so long after (``sense.sign`` 1) or before (-1) a period."""
    return _from(sense, base, index)


def _quarterly(sense: Sense, anchors: Anchors) -> bool:
    """Business news compares quarters: "a year earlier" is then that quarter of the year before."""
    return (anchors.by_quarter or sense.compare == 2) and sense.unit == "Y" and sense.n == 1 and sense.sign < 0


def _year_to_year(sense: Sense, anchors: Anchors) -> bool:
    """“A year earlier” after a figure of this or last year: a comparison with last year, not a step further back."""
    story, day = anchors.story, anchors.day
    if sense.unit != "Y" or sense.n != 1 or sense.sign > 0 or day is None:
        return False
    return story is None or story.first is None or (story.grain in "YQM" and story.first.year >= day.year - 1)


def _from(sense: Sense, base: Period, index: int | None) -> Resolved:
    unit, n = sense.unit or "D", _amount(sense)
    anchor: Literal["published"] | int = "published" if index is None else index
    finer = base.grain in _COARSE and unit in _COARSE[base.grain]
    if n is None or finer or unit in "HmS" or n != int(n) or base.start is None or base.end is None:
        return _vaguely(sense, base, anchor)
    if unit == "W" and n <= _WEEKS_BY_DAY:
        unit, n = "D", 7 * n  # "a week ago" is that day, or one close to it
    scale = {"F": 2, "E": 10, "C": 100, "L": 1000}.get(unit, 1)
    step = {"F": "W", "E": "Y", "C": "Y", "L": "Y"}.get(unit, unit)
    period = calendar.shifted(base.start.date(), step, sense.sign * int(n) * scale)
    if period is None:
        return Resolved("DURATION", _value(sense), sense.mod)
    start, end = period.start, period.end
    if start is not None and end is not None and sense.unit != "D":
        start, end = _around(sense, base, start, end)
    if start and end and sense.mod:
        slack = (end - start) / 2
        start, end = (start - slack, end + slack) if start.year > 10 else (start, end)
    return Resolved("DATE", period.value, sense.mod, start, end, anchor, period)


def _around(sense: Sense, base: Period, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """The calendar unit meant, and a good half unit either side of the exact distance."""
    assert base.start is not None
    half = _reach(sense.unit or "D", 0.6)
    try:
        return min(start, _exact(base.start, sense) - half), max(end, _exact(base.end or base.start, sense) + half)
    except (OverflowError, ValueError):
        return start, end


def _exact(base: datetime, sense: Sense) -> datetime:
    unit, n = sense.unit or "D", int(sense.n or 0) * sense.sign
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200, "L": 12000}.get(unit)
    if months is None:
        return base + (1 if n > 0 else -1) * _reach(unit, abs(n))
    year, month = calendar.month_after(base.year, base.month, n * months)
    return base.replace(year=year, month=month, day=min(base.day, 28))


def _vaguely(sense: Sense, base: Period, anchor: Literal["published"] | int) -> Resolved:
    """“Hours later”, "months ago": the length as value; bounds up to the longest the words allow."""
    most = _most(sense)
    found = Resolved("DURATION", _value(sense), sense.mod, anchor=anchor)
    if base.start is None or base.end is None:
        return found
    try:
        if sense.sign < 0:
            found.start = None if most is None else base.start - most
            found.end = base.end
        else:
            found.start = base.start
            found.end = None if most is None else base.end + most
    except OverflowError:
        found.start = found.end = None
    return found


def _set(sense: Sense) -> Resolved:
    if sense.weekday is not None:
        value = f"XXXX-WXX-{sense.weekday}" + (f"T{sense.part}" if sense.part else "")
    elif sense.month is not None:
        value = f"XXXX-{sense.month:02d}"
    elif sense.season is not None:
        value = f"XXXX-{sense.season}"
    elif sense.part is not None:
        value = f"XXXX-XX-XXT{sense.part}"
    else:
        value = calendar.duration(sense.n if sense.n is not None else sense.ord, sense.unit or "D")
    return Resolved("SET", value, sense.mod)


def _nth(sense: Sense, anchors: Anchors) -> Resolved | None:
    """“Day 2 of the invasion”, “a third straight day”: the day being told of, or so many days into what began on it."""
    now = None if anchors.day is None else calendar.day(anchors.day)
    story = anchors.told_day
    if story is not None and story.first is not None and now is not None and now.first is not None:
        later = story.first + (int(sense.n or sense.ord or 1) - 1) * _DAY
        if later == now.first:
            story = None
    period = story or now
    if period is None:
        return Resolved("DATE", "XXXX-XX-XX")
    anchor: Literal["published"] | int | None = anchors.told_index if story is not None else "published"
    start = period.start
    if story is None and sense.of is None and start is not None and start.date().toordinal() > 1:
        start -= _DAY  # of what it counts is not known: told on the day itself or on the next
    return Resolved("DATE", period.value, sense.mod, start, period.end, anchor, period)
