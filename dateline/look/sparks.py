"""Sparklines: a row of figures as a row of bars, one character a figure (Tufte 2006)."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.records import Toll

__all__ = ["figures", "sparkline"]

_BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[float]) -> str:
    """Bars from nought to the largest value; nothing for fewer than two values, which show no course."""
    top = max(values, default=0.0)
    if len(values) < 2 or top <= 0:
        return ""
    return "".join(_BARS[round(value / top * (len(_BARS) - 1))] for value in values)


def figures(toll: Toll) -> list[float]:
    """The figures of a toll in the order they were given, copies left out; of an open range the bound there is."""
    own = (entry for entry in toll.entries if entry.copy_of is None)
    return [value for entry in own if (value := entry.low if entry.low is not None else entry.high) is not None]
