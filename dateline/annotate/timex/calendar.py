"""Periods of the calendar as TIMEX3 values and naive half-open bounds.

A period outside the years 1 to 9999 keeps its value and has no bounds.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

__all__ = [
    "Period",
    "by_ordinal",
    "century",
    "clock",
    "day",
    "decade",
    "duration",
    "hours",
    "month",
    "month_after",
    "quarter",
    "season",
    "shifted",
    "week",
    "weekend",
    "year",
]

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_SEASONS = {"SP": ((0, 3, 1), (0, 6, 22)), "SU": ((0, 6, 1), (0, 9, 23)), "FA": ((0, 9, 1), (0, 12, 22))}
_WINTER = ((0, 12, 1), (1, 3, 22))
_ISO_UNIT = {"m": "M", "F": "W", "E": "Y", "C": "Y", "L": "Y"}
_DAYS = {"D": 1, "W": 7, "F": 14}
_TIMES = {"F": 2, "E": 10, "C": 100, "L": 1000}
_BELOW = {"Y": (12, "M"), "H": (60, "m"), "m": (60, "S"), "D": (24, "H")}


class Period(NamedTuple):
    """A stretch of the calendar: its TIMEX3 value, ``[start, end)`` in local time, and its grain (TIMEX3 unit)."""

    value: str
    start: datetime | None
    end: datetime | None
    grain: str

    @property
    def first(self) -> date | None:
        """Its first day."""
        return None if self.start is None else self.start.date()


def _moment(year: int, month: int = 1, day: int = 1) -> datetime | None:
    return datetime(year, month, day) if 1 <= year <= 9999 else None  # noqa: DTZ001  # local time; zoned at the end


def year(y: int) -> Period:
    """The calendar year ``y``; as astronomers count, 0 is 1 BC."""
    value = f"{y:04d}" if y > 0 else f"BC{1 - y:04d}"
    return Period(value, _moment(y), _moment(y + 1), "Y")


def decade(d: int) -> Period:
    """The ten years that begin with ``d`` × 10; TIMEX3 writes the first three digits."""
    return Period(f"{d:03d}", _moment(d * 10), _moment(d * 10 + 10), "E")


def century(n: int) -> Period:
    """The ``n``-th century; TIMEX3 writes the first two digits of its years."""
    return Period(f"{n - 1:02d}", _moment(n * 100 - 100), _moment(n * 100 + 1), "C")


def quarter(y: int, q: int) -> Period:
    """Quarter ``q`` of the year ``y``."""
    start = month(y, q * 3 - 2)
    return Period(f"{y:04d}-Q{q}", start.start, month(*month_after(y, q * 3 - 2, 3)).start, "Q")


def half(y: int, h: int) -> Period:
    """Half ``h`` of the year ``y``."""
    return Period(f"{y:04d}-H{h}", _moment(y, h * 6 - 5), _moment(y + h - 1, 7 if h == 1 else 1), "H")


def season(y: int, name: str) -> Period:
    """A northern season by the widest of its usual bounds; winter begins in the year ``y``."""
    (y1, m1, d1), (y2, m2, d2) = _SEASONS.get(name, _WINTER)
    return Period(f"{y:04d}-{name}", _moment(y + y1, m1, d1), _moment(y + y2, m2, d2), "S")


def month(y: int, m: int) -> Period:
    """Month ``m`` of the year ``y``."""
    after_year, after = month_after(y, m, 1)
    return Period(f"{y:04d}-{m:02d}", _moment(y, m), _moment(after_year, after), "M")


def month_after(y: int, m: int, n: int) -> tuple[int, int]:
    """Year and month ``n`` months after month ``m`` of ``y``."""
    total = y * 12 + m - 1 + n
    return total // 12, total % 12 + 1


def _plus(start: datetime | None, length: timedelta) -> datetime | None:
    try:
        return None if start is None else start + length
    except OverflowError:
        return None


def week(any_day: date) -> Period:
    """The ISO week that holds a day."""
    iso = any_day.isocalendar()
    monday = _plus(datetime.combine(any_day, datetime.min.time()), -(iso.weekday - 1) * _DAY)
    return Period(f"{iso.year:04d}-W{iso.week:02d}", monday, _plus(monday, 7 * _DAY), "W")


def weekend(any_day: date) -> Period:
    """Saturday and Sunday of the ISO week that holds a day."""
    whole = week(any_day)
    return Period(whole.value + "-WE", _plus(whole.start, 5 * _DAY), whole.end, "WE")


def day(d: date) -> Period:
    """One day."""
    start = datetime.combine(d, datetime.min.time())
    return Period(d.isoformat(), start, _plus(start, _DAY), "D")


def by_ordinal(y: int, m: int, d: int) -> Period | None:
    """The day ``d`` of a month, or None where there is none such."""
    try:
        return day(date(y, m, d))
    except ValueError:
        return None


def clock(of: Period, hour: int, minute: int | None) -> Period:
    """A clock time on a day; hour 24 is the midnight at the day's end."""
    value = f"{of.value}T{hour:02d}:{minute or 0:02d}"
    start = _plus(of.start, hour * _HOUR + timedelta(minutes=minute or 0))
    return Period(value, start, _plus(start, _HOUR if minute is None else timedelta(minutes=1)), "m")


def hours(of: Period, part: str, first: int, last: int) -> Period:
    """A part of a day: its value's ending and the hours, from the day's midnight, that hold it."""
    return Period(of.value + part, _plus(of.start, first * _HOUR), _plus(of.start, last * _HOUR), "P")


def duration(n: float | None, unit: str) -> str:
    """A TIMEX3 duration: ``P2D``, ``PT5H30M``, ``PXW`` where the number is vague."""
    iso = _ISO_UNIT.get(unit, unit)
    prefix = "PT" if unit in "HmS" else "P"
    if n is None:
        return f"{prefix}X{'C' if unit == 'C' else iso}"
    n *= _TIMES.get(unit, 1)
    whole = int(n)
    if n == whole or unit not in _BELOW:
        return f"{prefix}{n:g}{iso}" if n < 1e6 else f"{prefix}{whole}{iso}"
    times, smaller = _BELOW[unit]
    rest = round((n - whole) * times)
    head = f"{prefix}{whole}{iso}" if whole else prefix
    return head + ("T" if unit == "D" else "") + f"{rest}{_ISO_UNIT.get(smaller, smaller)}"


def shifted(d: date, unit: str, n: int) -> Period | None:
    """The calendar unit that lies ``n`` units from the one holding the day; None beyond the calendar."""
    try:
        if unit in _DAYS:
            moved = d + n * _DAYS[unit] * _DAY
            return day(moved) if unit == "D" else week(moved)
        if unit in ("M", "Q"):
            y, m = month_after(d.year, d.month, n if unit == "M" else 3 * n)
            return month(y, m) if unit == "M" else quarter(y, (m + 2) // 3)
    except (OverflowError, ValueError):
        return None
    if unit == "Y":
        return year(d.year + n)
    return decade(d.year // 10 + n) if unit == "E" else century((d.year + n * _TIMES.get(unit, 1)) // 100 + 1)
