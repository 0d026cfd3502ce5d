"""Tolls as charts: each source's figure where it was reported, as exact or as vague as its words.

A dot is exact, an arrow "at least", a bar from nought "at most", a broken range a word ("dozens" is 24 to 99),
a cross a source that gave no figure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dateline.look.page.views.axis import Tick, axis_of
from dateline.look.page.wording import figure, number
from dateline.records import Toll, TollEntry

__all__ = ["TollChart", "TollPoint", "toll_chart"]

_TOP, _BASE = 46, 170  # pixels
_LEFT = 8  # per cent, for the numbers beside the grid
_LABEL = 36  # per cent that a label takes
_DAY, _HOUR = 22, 12  # and one of a day and of an hour under the axis, on a phone
_ROW = 30  # pixels a label of two lines takes
_MOST = 14  # figures on one chart
_LOG = 40  # how many times the smallest figure the largest must be for a logarithmic scale


@dataclass(frozen=True, slots=True)
class TollPoint:
    """One figure: x in per cent, y in pixels of its low and high end; ``label_y``: where its words stand."""

    x: float
    y: float
    y_high: float
    shape: str
    label: str
    source: str
    anchor: str
    label_y: float


@dataclass(frozen=True, slots=True)
class TollChart:
    """Figures of one kind of harm over time; UCDP's low, best and high beside it."""

    head: str
    kind: str
    victims: str
    low: int
    best: int
    high: int
    grid: tuple[tuple[float, str], ...]
    ticks: tuple[Tick, ...]
    points: tuple[TollPoint, ...]
    left_out: int
    logarithmic: bool


def toll_chart(toll: Toll, zone: ZoneInfo) -> TollChart | None:
    """The chart of one toll; None where no figure is dated. Copies of a wire text are left out."""
    own = [e for e in toll.entries if e.copy_of is None and e.published]
    shown = sorted(own, key=lambda e: (_moment(e), e.source))[-_MOST:]
    if not shown:
        return None
    moments = [_moment(entry) for entry in shown]
    pad = max((moments[-1] - moments[0]) / 12, timedelta(hours=4))
    axis = axis_of(moments[0] - pad, moments[-1] + pad, zone)
    scale = _Scale([v for e in shown for v in (e.low, e.high) if v is not None])
    points: list[TollPoint] = []
    for entry, moment in zip(shown, moments, strict=True):
        x = round(_LEFT + axis.x(moment) * (100 - _LEFT) / 100, 2)
        points.append(_point(entry, x, scale, points))
    victims = f", {toll.victims}" if toll.victims else ""
    ticks = tuple(Tick(round(_LEFT + t.x * (100 - _LEFT) / 100, 2), t.label, t.strong) for t in axis.ticks)
    return TollChart(
        f"{toll.kind.capitalize()}{victims}", toll.kind, toll.victims, toll.low, toll.best, toll.high, scale.grid,
        _spaced(ticks), tuple(points), len(own) - len(shown), scale.logarithmic,
    )  # fmt: skip


class _Scale:
    """Figures to pixels, linear or logarithmic."""

    def __init__(self, values: Sequence[float]) -> None:
        self.most = max([*values, 1.0])
        least = min([v for v in values if v > 0], default=1.0)
        self.logarithmic = self.most / least > _LOG
        steps = _decades(least, self.most) if self.logarithmic else _even(self.most)
        self._bottom, self._top = steps[0], steps[-1]
        self.grid = tuple((self.y(step), number(step)) for step in steps)

    def y(self, value: float) -> float:
        """Where a figure stands."""
        if self.logarithmic:
            span = math.log10(self._top) - math.log10(self._bottom)
            share = (math.log10(max(value, self._bottom)) - math.log10(self._bottom)) / span
        else:
            share = value / self._top
        return round(_BASE - share * (_BASE - _TOP), 1)


def _even(most: float) -> list[float]:
    """Two or three steps of a round size."""
    size = 10 ** math.floor(math.log10(most))
    step = next(s for s in (size / 5, size / 2, size, 2 * size, 5 * size) if most / s <= 3.0)
    step = max(1.0, step)
    return [i * step for i in range(math.ceil(most / step) + 1)]


def _decades(least: float, most: float) -> list[float]:
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(most))
    return [10.0**power for power in range(first, max(last, first + 1) + 1)]


def _point(entry: TollEntry, x: float, scale: _Scale, before: Sequence[TollPoint]) -> TollPoint:
    low, high = entry.low, entry.high
    y = y_high = float(_BASE)
    if low is None and high is None:
        shape = "none"
    elif high is None:
        shape, y = "least", scale.y(low or 0)
        y_high = y
    elif low == high:
        shape, y = "exact", scale.y(high)
        y_high = y
    else:
        shape = "most" if not low else "range"
        y, y_high = scale.y(low or 0), scale.y(high)
    anchor = "end" if x > 62 else "start"
    return TollPoint(
        x, y, y_high, shape, figure(low, high), entry.source, anchor, _free((y + y_high) / 2, x, anchor, before)
    )


def _free(y: float, x: float, anchor: str, before: Sequence[TollPoint]) -> float:
    """The height nearest to a mark where its label covers no other."""
    left, right = _reach(x, anchor)
    taken = [p.label_y for p in before if _reach(p.x, p.anchor)[0] < right and _reach(p.x, p.anchor)[1] > left]
    for away in range(0, 200, 6):
        for at in (y - away, y + away):
            if 14 <= at <= _BASE - 16 and all(abs(at - other) >= _ROW for other in taken):
                return round(at, 1)
    return round(max(14.0, min(y, _BASE - 16.0)), 1)


def _reach(x: float, anchor: str) -> tuple[float, float]:
    """From where to where a label's words run, in per cent."""
    return (x, x + _LABEL) if anchor == "start" else (x - _LABEL, x)


def _spaced(ticks: Sequence[Tick]) -> tuple[Tick, ...]:
    """Labels that have room: a day's before an hour's."""
    kept: list[Tick] = []
    for tick in sorted((tick for tick in ticks if tick.x < 92), key=lambda t: (not t.strong, t.x)):
        if all(abs(tick.x - other.x) >= (_DAY if tick.strong or other.strong else _HOUR) for other in kept):
            kept.append(tick)
    return tuple(sorted(kept, key=lambda t: t.x))


def _moment(entry: TollEntry) -> datetime:
    moment = datetime.fromisoformat(entry.published or "1970-01-01")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
