"""A time axis: moments to per cent of its width, and the lines and labels under them.

x is in per cent and y in pixels everywhere, so that a chart takes the width it gets and its text never shrinks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

__all__ = ["Axis", "Bar", "Tick", "axis_of", "bar_of"]

_LEAST = 0.25  # per cent: a bar that is a moment can still be seen
_ROOM = 12  # per cent that a label takes
_LITTLE = 3  # and one of two figures
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# Up to this length of axis: step of the lines, step of the strong lines with a label over them.
_STEPS = (
    (timedelta(hours=13), "hour", 1), (timedelta(hours=40), "hour", 3), (timedelta(days=5), "hour", 6),
    (timedelta(days=21), "day", 1), (timedelta(days=100), "day", 7), (timedelta(days=900), "month", 1),
    (timedelta(days=6000), "year", 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid: ``strong`` where a day (month, year) begins; ``label`` may be empty."""

    x: float
    label: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of time with its grid."""

    start: datetime
    end: datetime
    ticks: tuple[Tick, ...]

    def x(self, moment: datetime) -> float:
        """Where a moment stands, in per cent; outside of 0 to 100 it is off the chart."""
        return round(100 * (moment - self.start) / (self.end - self.start), 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """From the earliest to the latest possible time; an open side fades out at the edge of what is known."""

    x: float
    width: float
    open_start: bool
    open_end: bool
    reports: tuple[float, ...]


def axis_of(start: datetime, end: datetime, zone: ZoneInfo) -> Axis:
    """An axis with as many lines as a reader can tell apart; lines stand at the zone's own hours and days."""
    start, end = start.astimezone(zone), end.astimezone(zone)
    unit, step = next(((u, s) for most, u, s in _STEPS if end - start <= most), ("year", 10))
    axis = Axis(start, end, ())
    ticks = tuple(
        Tick(axis.x(at), label if axis.x(at) <= 100 - (_ROOM if strong else _LITTLE) else "", strong)
        for at in _moments(start, end, unit, step)
        for label, strong in [_label(at, unit, at - start < _step(unit, step))]
    )  # fmt: skip
    head = next((tick.x for tick in ticks if tick.strong), 100.0)
    if unit == "hour" and head > _ROOM:  # say on which day the axis begins
        ticks = (Tick(0.0, f"{start:%a} {start.day} {start:%b}", True), *ticks)
    return Axis(start, end, ticks)


def _step(unit: str, step: int) -> timedelta:
    return {"hour": _HOUR, "day": _DAY, "month": 28 * _DAY, "year": 365 * _DAY}[unit] * step


def _moments(start: datetime, end: datetime, unit: str, step: int) -> list[datetime]:
    """The moments of the grid: whole hours, days, months or years of the zone."""
    at = start.replace(minute=0, second=0, microsecond=0)
    if unit != "hour":
        at = at.replace(hour=0)
    if unit in ("month", "year"):
        at = at.replace(day=1)
    if unit == "year":
        at = at.replace(month=1, year=max(1, at.year - at.year % step))
    found = []
    while at < end:
        if at >= start and (unit != "hour" or at.hour % step == 0):
            found.append(at)
        at = _next(at, unit, step)
    return found


def _next(at: datetime, unit: str, step: int) -> datetime:
    if unit == "hour":
        return (at.astimezone(UTC) + _HOUR).astimezone(at.tzinfo)
    if unit == "day":
        return at + step * _DAY
    if unit == "month":
        return at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
    return at.replace(year=min(9999, at.year + step)) if at.year + step <= 9999 else at + 9999 * _DAY


def _label(at: datetime, unit: str, first: bool) -> tuple[str, bool]:
    if unit == "hour":
        return (f"{at:%a} {at.day} {at:%b}", True) if at.hour == 0 else (f"{at:%H}", False)
    if unit == "day":
        return (f"{at.day} {at:%b}" if first or at.day <= 7 else str(at.day)), at.weekday() == 0
    if unit == "month":
        return (f"{at:%b %Y}" if first or at.month == 1 else f"{at:%b}"), at.month == 1
    return str(at.year), at.year % 10 == 0


def bar_of(axis: Axis, earliest: datetime | None, latest: datetime | None, published: list[datetime]) -> Bar | None:
    """The bar of a happening: one without an earliest time ends at its latest, or at the first report, and is open.

    None where nothing dates it or it lies outside of the axis.
    """
    known = [moment for moment in (earliest, latest, *published[:1]) if moment is not None]
    if not known:
        return None
    first = earliest or min(known) - (axis.end - axis.start) / 50
    last = latest or max([first, *published[:1]])
    if first >= axis.end or last < axis.start:
        return None
    left, right = max(0.0, axis.x(first)), min(100.0, axis.x(last))
    ticks = tuple(x for x in map(axis.x, published) if 0 <= x <= 100)
    return Bar(left, round(max(_LEAST, right - left), 2), earliest is None, latest is None, ticks)
