"""Tolls: who gave which figure when, for each incident and kind of harm, and UCDP's low, best, high."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import get_args

from dateline.link.happenings import Happening
from dateline.link.victims import is_part, victims_of
from dateline.records import Quantity, Reading, Report, Toll, TollEntry, ref
from dateline.records.linked import TollKind

__all__ = ["differ", "stated", "tolls"]

_VAGUE = frozenset(
    ["several", "dozens", "scores", "hundreds", "thousands", "tens_of_thousands", "hundreds_of_thousands", "millions"]
)
_SINGLE = 0.1  # what "a man was killed" counts beside "three were killed"
_OPENING = 300  # characters in which a report that has a toll gives it
_KINDS: tuple[TollKind, ...] = get_args(TollKind)


def tolls(
    members: Iterable[Happening], readings: Mapping[str, tuple[Report, Reading]], copies: Mapping[str, str]
) -> tuple[Toll, ...]:
    """The tolls of one incident out of the quantities bound to its events."""
    entries: dict[tuple[TollKind, str], dict[str, TollEntry]] = defaultdict(dict)
    for happening in members:
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
    """UCDP's numbers: low and high over all sources, best as the latest figure that is not a copy."""
    entries.sort(key=lambda e: (e.published or "", e.quantity))
    own = [e for e in entries if e.copy_of is None] or entries
    lows = [int(e.low) for e in own if e.low is not None] or [0]
    highs = [int(e.high) for e in own if e.high is not None]
    latest = next((e for e in reversed(own) if e.low is not None), own[-1])
    return Toll(
        kind=kind,
        low=min(lows),
        best=int(latest.low or 0),
        high=max([*highs, *lows]),
        entries=tuple(entries),
        victims=victims,
    )


def stated(report: Report, reading: Reading, unit: str) -> int | None:
    """The figure a report itself gives for one kind of harm: the one it gives most often, its first counting twice.

    Parts of a whole and vague words ("dozens") are no such figure; one person told of is the whole toll only where
    nothing larger is given, since tales of single victims are many.
    """
    values = [int(q.low or 0) for q in _whole(report, reading, unit)]
    if not values:
        return None
    weight = {v: values.count(v) * (1.0 if v > 1 else _SINGLE) + (v == values[0]) for v in values}
    return max(values, key=lambda v: (weight[v], -values.index(v)))


def differ(told: Iterable[tuple[Report, Reading]], unit: str) -> bool:
    """Whether reports of one incident give different figures; one person counts only where the opening tells it."""
    given = set()
    for report, reading in told:
        figure = stated(report, reading, unit)
        opening = any(q.start < _OPENING for q in _whole(report, reading, unit) if q.low == figure)
        if figure is not None and (figure != 1 or opening):
            given.add(figure)
    return len(given) > 1


def _whole(report: Report, reading: Reading, unit: str) -> list[Quantity]:
    return [
        q
        for q in reading.quantities
        if q.unit == unit and q.low is not None and q.precision not in _VAGUE and not is_part(report.text, q)
    ]
