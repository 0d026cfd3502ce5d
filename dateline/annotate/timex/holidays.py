"""Holidays: the days that the rules of ``codebook/time/holidays.tsv`` give in a year.

Methods: western Easter after Butcher, orthodox after Meeus (*Astronomical Algorithms*, 1991); the tabular Islamic
calendar and the Hebrew one by its molad and postponements after Reingold & Dershowitz, *Calendrical Calculations*.
"""

from __future__ import annotations

from datetime import date, timedelta

from dateline.annotate.timex import calendar
from dateline.annotate.timex.calendar import Period
from dateline.codebook.times import HolidayRule, time_tables

__all__ = ["easter", "holiday"]

_DAY = timedelta(days=1)
_ISLAMIC_EPOCH = 227_015  # ordinal of 16 July 622 (Julian)
_HEBREW_EPOCH = -1_373_427  # ordinal of 1 Tishri of the year 1


def holiday(name: str, year: int) -> list[Period]:
    """A holiday in a Gregorian year: none, one or, by a lunar calendar, two; several days as an interval."""
    rule = time_tables().holidays[name]
    found = []
    for first in _first_days(rule, year):
        try:
            found.append(_period(rule, first))
        except (ValueError, OverflowError):
            continue
    return found


def _period(rule: HolidayRule, first: date) -> Period:
    one, last = calendar.day(first), calendar.day(first + (rule.days - 1) * _DAY)
    if rule.days == 1 and rule.calendar != "islamic":
        return one
    value = one.value if rule.days == 1 else f"{one.value}/{last.value}"
    start, end = one.start, last.end
    if rule.calendar == "islamic" and start is not None and end is not None:
        start, end = start - _DAY, end + _DAY  # begins when the moon is seen, a day apart from land to land
    return Period(value, start, end, "D" if rule.days == 1 else "I")


def _first_days(rule: HolidayRule, year: int) -> list[date]:
    try:
        if rule.calendar == "islamic":
            first = int((year - 622) * 33 / 32)
            days = [_islamic(y, rule.month, rule.day) for y in (first - 1, first, first + 1, first + 2)]
            return [day for day in days if day.year == year]
        if rule.calendar == "hebrew":
            days = [_hebrew(y, rule.month, rule.day) for y in (year + 3760, year + 3761)]
            return [day for day in days if day.year == year]
        if rule.easter:
            return [easter(year, orthodox=rule.easter == "orthodox") + rule.shift * _DAY]
        return [_nth_weekday(year, rule) if rule.nth else date(year, rule.month, rule.day)]
    except (ValueError, OverflowError):
        return []


def _nth_weekday(year: int, rule: HolidayRule) -> date:
    first = date(year, rule.month, 1)
    if rule.nth > 0:
        return first + ((rule.weekday - first.isoweekday()) % 7 + 7 * (rule.nth - 1)) * _DAY
    last = date(*calendar.month_after(year, rule.month, 1), 1) - _DAY
    return last - (last.isoweekday() - rule.weekday) % 7 * _DAY


def easter(year: int, *, orthodox: bool = False) -> date:
    """Easter Sunday of the western or the orthodox churches, in the Gregorian calendar."""
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        julian = date(year, (d + e + 114) // 31, (d + e + 114) % 31 + 1)
        return julian + (year // 100 - year // 400 - 2) * _DAY
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    return date(year, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1)


def _islamic(year: int, month: int, day: int) -> date:
    before = (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return date.fromordinal(_ISLAMIC_EPOCH - 1 + before + day)


def _hebrew(year: int, month: int, day: int) -> date:
    """A day of a Hebrew month counted from Tishri (1) in a year; Adar I of leap years is left out of the count."""
    start = _hebrew_new_year(year)
    length = _hebrew_new_year(year + 1) - start
    leap = (7 * year + 1) % 19 < 7
    lengths = [30, 30 if length % 10 == 5 else 29, 29 if length % 10 == 3 else 30, 29, 30]
    lengths += [30, 29] if leap else [29]
    lengths += [30, 29, 30, 29, 30, 29]
    months = month - 1 + (1 if leap and month >= 6 else 0)
    return date.fromordinal(start + sum(lengths[:months]) + day - 1)


def _hebrew_new_year(year: int) -> int:
    months = (235 * year - 234) // 19
    parts = 12_084 + 13_753 * months
    days = 29 * months + parts // 25_920
    if 3 * (days + 1) % 7 < 3:
        days += 1
    return _HEBREW_EPOCH + days + _postponed(year)


def _postponed(year: int) -> int:
    """Days by which a year's start is put off so that no year is too long or too short."""

    def elapsed(y: int) -> int:
        months = (235 * y - 234) // 19
        days = 29 * months + (12_084 + 13_753 * months) // 25_920
        return days + 1 if 3 * (days + 1) % 7 < 3 else days

    before, here, after = elapsed(year - 1), elapsed(year), elapsed(year + 1)
    if after - here == 356:
        return 2
    return 1 if here - before == 382 else 0
