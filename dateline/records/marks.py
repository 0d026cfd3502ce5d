"""Marks: a reading laid over its text, overlaps handled, for terminal, notebook and page."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dateline.records.reading import Reading, Span

__all__ = ["Mark", "Segment", "TextReading", "marks", "segments"]


class Mark(NamedTuple):
    """Words that carry a record: ``kind`` source, cue, content, event, time, place, actor, quantity or unknown."""

    start: int
    end: int
    kind: str
    record: str
    label: str


class Segment(NamedTuple):
    """A stretch of text under the same marks, outermost first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def marks(reading: Reading) -> list[Mark]:
    """All marks of a reading, by start, the longest first."""
    return sorted(_marks(reading), key=lambda m: (m.start, -m.end, m.kind, m.record))


def segments(length: int, laid: Sequence[Mark]) -> Iterator[Segment]:
    """Cut ``[0, length)`` wherever a mark opens or closes; together the segments are the whole text."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in laid:
        opening.setdefault(mark.start, []).append(mark)
        closing.setdefault(mark.end, []).append(mark)
    edges = sorted({0, length, *opening, *closing})
    active: dict[Mark, None] = {}
    for start, end in pairwise(edges):
        for mark in closing.get(start, ()):
            active.pop(mark, None)
        for mark in opening.get(start, ()):
            active[mark] = None
        yield Segment(start, end, tuple(sorted(active, key=lambda m: (m.start, -m.end, m.kind, m.record))))


class TextReading(Reading, frozen=True, kw_only=True):
    """A reading together with its text, as ``dateline.read`` gives it; a notebook shows it marked up."""

    text: str

    def words(self, span: Span | tuple[int, int]) -> str:
        """The exact words of a span."""
        start, end = (span.start, span.end) if isinstance(span, Span) else span
        return self.text[start:end]

    def _repr_html_(self) -> str:
        """The text with its records marked at their words."""
        parts = [_html(self.text[s.start : s.end], s.marks) for s in segments(len(self.text), marks(self))]
        return f'<div style="white-space: pre-wrap; line-height: 1.7">{"".join(parts)}</div>'


def _marks(reading: Reading) -> Iterator[Mark]:
    for i, time in enumerate(reading.times):
        yield Mark(time.start, time.end, "time", f"t{i}", time.value)
    for i, place in enumerate(reading.places):
        yield Mark(place.start, place.end, "place", f"p{i}", f"{place.name}, {place.kind}")
    for actor in reading.actors:
        for start, end, how in actor.mentions:
            yield Mark(start, end, "actor", actor.id, f"{actor.name}, {how}")
    for i, quantity in enumerate(reading.quantities):
        yield Mark(quantity.start, quantity.end, "quantity", f"q{i}", f"{quantity.unit}, {quantity.precision}")
    for i, unknown in enumerate(reading.unknowns):
        yield Mark(unknown.start, unknown.end, "unknown", f"u{i}", "not known")
    for i, event in enumerate(reading.events):
        yield Mark(event.trigger.start, event.trigger.end, "event", f"e{i}", f"{event.type}, {event.status}")
    yield from _claim_marks(reading)


def _claim_marks(reading: Reading) -> Iterator[Mark]:
    for i, claim in enumerate(reading.claims):
        if claim.source_span:
            yield Mark(claim.source_span.start, claim.source_span.end, "source", f"c{i}", "source")
        if claim.cue_span:
            yield Mark(claim.cue_span.start, claim.cue_span.end, "cue", f"c{i}", claim.stance)
        for start, end in claim.content:
            yield Mark(start, end, "content", f"c{i}", f"{claim.mode}, {claim.stance}")


# Shape says the kind, so that the marks survive printing in black and white.
_STYLES = {
    "source": "font-weight: bold; text-decoration: underline",
    "cue": "font-style: italic",
    "content": "background: rgba(120, 150, 200, .18)",
    "event": "outline: 1px solid",
    "time": "border-bottom: 3px double",
    "place": "border-bottom: 3px solid",
    "quantity": "border-top: 1px solid; border-bottom: 1px solid",
    "unknown": "text-decoration: underline wavy",
}


def _html(words: str, laid: tuple[Mark, ...]) -> str:
    shown = [m for m in laid if m.kind in _STYLES]
    text = html.escape(words)
    if not shown:
        return text
    style = "; ".join(dict.fromkeys(_STYLES[m.kind] for m in shown))
    title = html.escape("; ".join(f"{m.record} {m.kind}: {m.label}" for m in shown), quote=True)
    return f'<span style="{style}" title="{title}">{text}</span>'
