"""Frames: which year, quarter, month, week or day the words mean, before parts of the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from dateline.annotate.timex import calendar
from dateline.annotate.timex.calendar import Period
from dateline.annotate.timex.holidays import holiday
from dateline.annotate.timex.sense import Anchors, Sense

__all__ = ["Tense", "base_of", "frame_of", "is_time_only", "story_of"]

Tense = Callable[[], float]
"""Whether the words round an expression tell of what was (-1), is to come (1), or do not say (0)."""

_DAY = timedelta(days=1)
_AHEAD = {-1: 8.0, -0.5: 2.0, 0: 1.5, 1: 0.15}
_PAST_MONTH = 1000.0
"""How much further a day to come counts than one gone by, by tense; set on the training half of TimeBank;
what was "in January", without a day, is hardly ever the January to come."""


def story_of(sense: Sense, anchors: Anchors, tense: Tense | None = None) -> tuple[Period, int | None] | None:
    """The period told of before that the words count from, with its index among the times.

    A clock time or part of a day alone is not on a day to come if its verb is in the past.
    """
    time_only = is_time_only(sense)
    by_day = time_only or (sense.of is not None and (sense.unit in ("D", "W") or sense.weekday is not None))
    if not (time_only or sense.of == "story" or by_day):
        return None
    period, index = (anchors.told_day, anchors.told_index) if by_day else (anchors.story, anchors.story_index)
    if period is None or period.first is None or (time_only and not anchors.fresh):
        return None
    ahead = time_only and anchors.day is not None and period.first > anchors.day
    return None if ahead and tense is not None and tense() < 0 else (period, index)


def is_time_only(sense: Sense) -> bool:
    """Whether a sense is a clock time or part of a day without its day."""
    bare = (sense.unit or sense.weekday or sense.month or sense.holiday or sense.overnight) is None
    return bare and (sense.part is not None or sense.hour is not None)


def base_of(sense: Sense, anchors: Anchors, tense: Tense | None = None) -> date | None:
    """The day that the words count from: of the story, else of publication."""
    story = story_of(sense, anchors, tense)
    return anchors.day if story is None else story[0].first


def frame_of(sense: Sense, anchors: Anchors, tense: Tense) -> Period | None:
    """The period of the calendar; None where the words name none ("at dawn") or none such exists (31 June)."""
    whole = _whole(sense, anchors)
    for said, find in (
        (sense.sub, _numbered),
        (sense.season, _season),
        (sense.holiday, _holiday),
        (sense.month or sense.day, _date),
        (sense.weekend, _weekend),
        (sense.weekday, _weekday),
    ):
        if said is not None:
            return find(sense, anchors, whole, tense)
    if whole is not None and whole.start is not None:
        return _told(sense, anchors, whole, tense)
    return whole


def _whole(sense: Sense, anchors: Anchors) -> Period | None:
    """The year, decade or calendar unit that the words name or count to."""
    if sense.year is not None:
        return calendar.year(sense.year)
    if sense.era is not None:
        return calendar.year(1 - int(sense.n or 1) if sense.era == "BC" else int(sense.n or 1))
    if sense.decade is not None:
        return calendar.decade(sense.decade)
    if sense.tens is not None:
        return calendar.decade(190 + sense.tens)
    if sense.unit is None:
        return None
    base = base_of(sense, anchors)
    return None if base is None else calendar.shifted(base, sense.unit, sense.shift or 0)


def _told(sense: Sense, anchors: Anchors, whole: Period, tense: Tense) -> Period | None:
    """A period the report is about ("the quarter", "the full year"), or one like it in another year."""
    year = whole.first.year if whole.first else 1
    if sense.period:
        like = anchors.quarter if anchors.by_quarter else anchors.story
        if like is None or like.start is None or like.grain not in ("Q", "M"):
            return whole
        month = like.start.month
        return calendar.quarter(year, (month + 2) // 3) if like.grain == "Q" else calendar.month(year, month)
    if sense.of == "told" and sense.unit == "Q":
        return anchors.quarter or (anchors.day and calendar.shifted(anchors.day, "Q", -1)) or None
    if sense.of == "told" and sense.unit == "Y":
        told = anchors.story
        return calendar.year(told.start.year) if told and told.grain == "Q" and told.start else whole
    if sense.yearend:
        last_one = tense() < 0 and anchors.day is not None and year == anchors.day.year
        return calendar.by_ordinal(year - last_one, 12, 31)
    return whole


def _numbered(sense: Sense, anchors: Anchors, whole: Period | None, tense: Tense) -> Period | None:
    """The n-th quarter, half, week or century."""
    n = sense.ord or 1
    if sense.sub == "C":
        return calendar.century(n)
    if sense.sub == "W":
        return _nth_week(_date(sense, anchors, whole, tense) if sense.month is not None else whole, n)
    count, make = (4, calendar.quarter) if sense.sub == "Q" else (2, calendar.half)
    if n > count:
        return None
    if whole is not None and whole.start is not None:
        return make(whole.start.year, n if n > 0 else count)
    base = anchors.day
    if base is None or n < 0:
        return calendar.shifted(base, "Q", -1) if base and sense.sub == "Q" else None
    this_year = make(base.year, n)
    ahead = this_year.first is not None and this_year.first > base
    return make(base.year - 1, n) if ahead and tense() <= 0 else this_year


def _nth_week(of: Period | None, n: int) -> Period | None:
    """Weeks belong to the month or year that has their Thursday, as in ISO 8601."""
    if of is None or of.start is None or of.end is None:
        return None
    return calendar.week((of.end - 4 * _DAY if n < 0 else of.start + (3 + (n - 1) * 7) * _DAY).date())


def _season(sense: Sense, anchors: Anchors, whole: Period | None, tense: Tense) -> Period | None:
    name, base = sense.season or "", anchors.day
    if whole is not None and whole.start is not None:
        return calendar.season(whole.start.year, name)
    if base is None:
        return None
    return _chosen([calendar.season(base.year + k, name) for k in (-2, -1, 0, 1)], base, sense.shift or None, tense)


def _holiday(sense: Sense, anchors: Anchors, whole: Period | None, tense: Tense) -> Period | None:
    name, base = sense.holiday or "", anchors.day
    if whole is not None and whole.start is not None:
        return next(iter(holiday(name, whole.start.year)), None)
    if base is None:
        return None
    return _chosen([p for k in (-1, 0, 1) for p in holiday(name, base.year + k)], base, sense.shift, tense)


def _date(sense: Sense, anchors: Anchors, whole: Period | None, tense: Tense) -> Period | None:
    """A month, or a day of one; "the 24th" is of the nearest month."""
    if whole is not None:
        year = int(whole.value) if whole.start is None else whole.start.year
        found = _of_year(sense, year)
    elif anchors.day is None:
        return None
    else:
        found = _chosen(_dates(sense, anchors.day), anchors.day, sense.shift, tense)
    return calendar.week(found.start.date()) if sense.weekof and found and found.start else found


def _of_year(sense: Sense, year: int) -> Period | None:
    if sense.month is None:
        return None
    return calendar.month(year, sense.month) if sense.day is None else calendar.by_ordinal(year, sense.month, sense.day)


def _dates(sense: Sense, base: date) -> list[Period]:
    """What a date without its year, or a day without its month, may mean."""
    if sense.month is None:
        months = [calendar.month_after(base.year, base.month, k) for k in (-2, -1, 0, 1, 2)]
        made = [calendar.by_ordinal(y, m, sense.day or 1) for y, m in months]
    else:
        reach = 8 if (sense.month, sense.day) == (2, 29) else 1
        made = [_of_year(sense, base.year + k) for k in range(-reach, reach + 1)]
    dates = [p for p in made if p is not None]
    if sense.day is not None and sense.weekday is not None:
        dates = [p for p in dates if p.start and p.start.isoweekday() == sense.weekday] or dates
    return dates


def _chosen(options: list[Period], base: date, shift: int | None, tense: Tense) -> Period | None:
    """Of the same period in several years the one meant: by "last", "next", else the nearest, weighed by tense."""
    held = [(p.start, p.end, p) for p in options if p.start is not None and p.end is not None]
    if shift == -1:
        return next((p for _, end, p in reversed(held) if end.date() <= base), None)
    if shift == 1:
        return next((p for start, _, p in held if start.date() > base), None)
    if shift == 0 and (same := [p for start, _, p in held if start.year == base.year]):
        return same[0]
    here, way = datetime.combine(base, datetime.min.time()), tense()
    by_month = bool(held) and held[0][2].grain == "M"
    weight = _PAST_MONTH if by_month and way == -1 else _AHEAD[way]

    def distance(option: tuple[datetime, datetime, Period]) -> float:
        start, end, _ = option
        if start <= here < end:
            return 0
        return (here - start) / _DAY if start < here else (start - here) / _DAY * weight

    return min(held, key=distance)[2] if held else None


def _weekend(sense: Sense, anchors: Anchors, _: Period | None, tense: Tense) -> Period | None:
    base = base_of(sense, anchors)
    if base is None:
        return None
    if sense.weekday is not None:
        of = _weekday(sense, anchors, None, tense)
        return calendar.weekend(of.first) if of and of.first else None
    shift = sense.shift
    if shift is None:
        shift = -1 if tense() < 0 and base.isoweekday() < 6 else 0
    elif shift == 0 and tense() < 0 and base.isoweekday() < 4:
        shift = -1
    return _moved(base, 7 * shift, calendar.weekend)


def _weekday(sense: Sense, anchors: Anchors, whole: Period | None, tense: Tense) -> Period | None:
    """A day of the week: of the week named, else the last one up to, or the first one from, the day counted from."""
    wanted = sense.weekday or 1
    if whole is not None and whole.first is not None:
        return _moved(whole.first, wanted - whole.first.isoweekday(), calendar.day)
    base = base_of(sense, anchors)
    if base is None:
        return None
    back, on = (base.isoweekday() - wanted) % 7, (wanted - base.isoweekday()) % 7
    if sense.shift in (-1, 1):
        least = 1 if sense.near or sense.of else 2  # "last Tuesday" on a Wednesday is not yesterday
        days, way = (back, -1) if sense.shift < 0 else (on, 1)
        return _moved(base, way * (days if days >= least else days + 7), calendar.day)
    forward = tense() > 0 or (sense.shift == 0 and tense() == 0)
    return _moved(base, on if forward else -back, calendar.day)


def _moved(base: date, days: int, make: Callable[[date], Period]) -> Period | None:
    try:
        return make(base + days * _DAY)
    except OverflowError:
        return None
