"""Tolls: who gave which figure when, for each incident and kind of harm, and UCDP's low, best, high."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import get_args

from dateline.link.accounts import disjoint
from dateline.link.happenings import Happening
from dateline.link.statements import sentences
from dateline.link.victims import is_part, victims_of
from dateline.records import Quantity, Reading, Report, Toll, TollEntry, ref
from dateline.records.linked import TollKind

__all__ = ["differ", "incompatible", "stated", "tolls"]

_VAGUE = frozenset(
    ["several", "dozens", "scores", "hundreds", "thousands", "tens_of_thousands", "hundreds_of_thousands", "millions"]
)
_NOT_YET = ("possible", "planned")
_SINGLE = 0.1  # what "a man was killed" counts beside "three were killed"
_OPENING = 300  # characters in which a report that has a toll gives it
_KINDS: tuple[TollKind, ...] = get_args(TollKind)


def tolls(
    members: Iterable[Happening], readings: Mapping[str, tuple[Report, Reading]], copies: Mapping[str, str]
) -> tuple[Toll, ...]:
    """The tolls of one incident out of the quantities bound to its events."""
    entries: dict[tuple[TollKind, str], dict[str, TollEntry]] = defaultdict(dict)
    for happening in members:
        if happening.event.status in _NOT_YET:
            continue  # what could happen to people has not happened to them
        report, reading = readings[happening.report]
        for index in happening.event.quantities:
            quantity = reading.quantities[index]
            if quantity.unit in _KINDS and not is_part(report.text, quantity):
                entry = _entry(report, quantity, index, happening, copies)
                entries[quantity.unit, victims_of(reading, quantity, happening)][entry.quantity] = entry
    return tuple(
        _toll(kind, victims, list(entries[kind, victims].values()))
        for kind, victims in sorted(entries, key=lambda key: (_KINDS.index(key[0]), key[1]))
    )


def _entry(report: Report, quantity: Quantity, index: int, told: Happening, copies: Mapping[str, str]) -> TollEntry:
    original = copies.get(report.id, report.id)
    return TollEntry(
        quantity=ref(report.id, "quantities", index),
        report=report.id,
        published=report.published,
        source=told.voice.name if told.voice else told.outlet,
        low=quantity.low,
        high=quantity.high,
        claim=told.voice.ref if told.voice else None,
        copy_of=original if original != report.id else None,
    )


def _toll(kind: TollKind, victims: str, entries: list[TollEntry]) -> Toll:
    """UCDP's numbers: low and high over all sources, best as the figure of the latest report that is not a copy."""
    entries.sort(key=_order)
    own = [e for e in entries if e.copy_of is None] or entries
    lows = [int(e.low) for e in own if e.low is not None] or [0]
    highs = [int(e.high) for e in own if e.high is not None]
    last = next((e.report for e in reversed(own) if e.low is not None), own[-1].report)
    figures = [int(e.low if e.low is not None else e.high or 0) for e in own if e.report == last]
    return Toll(
        kind=kind,
        low=min(lows),
        best=_main_figure(figures),
        high=max([*highs, *lows]),
        entries=tuple(entries),
        victims=victims,
    )


def _order(entry: TollEntry) -> tuple[str, str, int]:
    """By publication, report and place in it."""
    report, _, number = entry.quantity.rpartition(":q")
    return entry.published or "", report, int(number)


def _main_figure(values: Sequence[int]) -> int:
    """Of the figures of one report its own: the one it gives most often, its first counting twice.

    One person told of is the whole toll only where nothing larger is given, since tales of single victims are many.
    """
    weight = {v: values.count(v) * (1.0 if v > 1 else _SINGLE) + (v == values[0]) for v in values}
    return max(values, key=lambda v: (weight[v], -values.index(v)))


def stated(report: Report, reading: Reading, unit: str) -> int | None:
    """The figure a report itself gives for one kind of harm; vague words ("dozens") and parts of a whole are none."""
    values = [int(q.low or 0) for q in _not_summed(report, _whole(report, reading, unit))]
    return _main_figure(values) if values else None


def differ(told: Iterable[tuple[Report, Reading]], unit: str) -> bool:
    """Whether reports of one incident give different figures."""
    return len({figure.low for figure in _given(told, unit)}) > 1


def incompatible(told: Iterable[tuple[Report, Reading]], unit: str) -> bool:
    """Whether their figures cannot all be true: "at least 50" and 51 can."""
    return any(disjoint(one, other) for one, other in combinations(_given(told, unit), 2))


def _given(told: Iterable[tuple[Report, Reading]], unit: str) -> list[Quantity]:
    """The figure each report states, as told first; nobody or one person counts only where the opening tells it."""
    found = []
    for report, reading in told:
        figure = stated(report, reading, unit)
        telling = next((q for q in _whole(report, reading, unit) if q.low == figure), None)
        if telling and figure is not None and (figure > 1 or telling.start < _OPENING):
            found.append(telling)
    return found


def _not_summed(report: Report, figures: Sequence[Quantity]) -> list[Quantity]:
    """Figures without those of one sentence that add up to another ("killed two adults, two teens": four)."""
    given = {q.low for q in figures}
    cuts = [start for start, _ in sentences(report.text)]
    told: dict[int, list[Quantity]] = defaultdict(list)
    for figure in figures:
        told[bisect_right(cuts, figure.start)].append(figure)
    sums = (sum(q.low or 0 for q in together) for together in told.values())
    parts = [q for q, n in zip(told.values(), sums, strict=True) if len(q) > 1 and n in given]
    return [q for q in figures if not any(q in part for part in parts)]


def _whole(report: Report, reading: Reading, unit: str) -> list[Quantity]:
    return [
        q
        for q in reading.quantities
        if q.unit == unit and q.low is not None and q.precision not in _VAGUE and not is_part(report.text, q)
    ]
