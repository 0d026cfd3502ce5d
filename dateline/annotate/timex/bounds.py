"""Bounds: the stretch that the words leave of a period, drawn so that it contains what is meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from dateline.annotate.timex.calendar import Period
from dateline.annotate.timex.sense import Sense

__all__ = ["Bounds", "bounds_of", "narrowed"]

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
Bounds = tuple[datetime | None, datetime | None]
_BESIDE: dict[str, Callable[[datetime, datetime], Bounds]] = {
    "BEFORE": lambda start, _: (None, start),
    "AFTER": lambda _, end: (end, None),
    "ON_OR_AFTER": lambda start, _: (start, None),
}
"""What "pre-2014", "post-2014" and "2014 or later" leave of the year."""


def bounds_of(sense: Sense, period: Period, now: date | None, base: date | None) -> Bounds:
    """The bounds of a date; ``now``: the day of publication, ``base``: the day the words count from."""
    start, end = period.start, period.end
    if start is None or end is None:
        return start, end
    try:
        if period.grain in "YMQE" and sense.mod in _BESIDE:
            return _BESIDE[sense.mod](start, end)
        if sense.clip:
            return _clipped(sense, start, end, base)
        if period.grain != "P":  # of "early Tuesday morning" the part itself is drawn wide
            start, end = narrowed(start, end, sense.mod, period.grain)
        if sense.noon and sense.mod is None:
            start, end = start - _HOUR / 2, end + _HOUR / 2
        if period.grain == "m" and _half_day_open(sense):
            end += 12 * _HOUR
        if (
            sense.weekday is not None
            and sense.shift in (-1, 1)
            and not (sense.month or sense.unit or sense.of or sense.near)
        ):
            start, end = _either_week(sense.shift, now, start, end)
    except OverflowError:
        return None, None
    return start, end


def narrowed(start: datetime, end: datetime, mod: str | None, grain: str) -> tuple[datetime, datetime]:
    """What "early", "mid", "late", "about" leave of a period, generously."""
    length = end - start
    if grain == "m":
        around = {"APPROX": (start - _HOUR, end + _HOUR), "BEFORE": (start - _HOUR, end), "AFTER": (start, end + _HOUR)}
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


def _half_day_open(sense: Sense) -> bool:
    """“At 5:30” without a.m. or p.m. may be morning or evening."""
    return not (sense.ampm or sense.zone or sense.part or sense.exact) and 0 < (sense.hour or 0) < 12


def _clipped(sense: Sense, start: datetime, end: datetime, base: date | None) -> tuple[datetime, datetime]:
    """“Earlier this week” ends, "later this week" begins, with the day the words count from."""
    if base is None or not start.date() <= base < end.date() + _DAY:
        return start, end
    here = datetime.combine(base, datetime.min.time())
    return (start, min(end, here + _DAY)) if sense.mod == "START" else (max(start, here), end)


def _either_week(shift: int, now: date | None, start: datetime, end: datetime) -> tuple[datetime, datetime]:
    """“Next Friday” on a Monday may be the coming one or that of the next week; "last Friday" likewise."""
    if now is None or start.date().isocalendar()[:2] != now.isocalendar()[:2]:
        return start, end
    return (start, end + 7 * _DAY) if shift > 0 else (start - 7 * _DAY, end)
