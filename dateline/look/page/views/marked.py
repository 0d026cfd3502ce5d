"""A report's text with its marks, as pieces that a template writes one after the other.

Marks overlap. An element cannot, so where two cross the later one is closed and opened again behind the edge: its
first piece carries its id, the others point to it. Text is never changed: joined, the pieces are the stored text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.look.page.views.voices import certainty_of
from dateline.records import Reading

__all__ = ["Laid", "Paragraph", "Piece", "laid_over", "paragraphs"]

_LINKS = frozenset({"event", "time", "place", "quantity"})  # words that are themselves the link to their record
_DEPTH = {"unknown": 0, "content": 1, "condition": 2, "source": 3, "cue": 4, "private": 5, "quantity": 6, "place": 7,
          "time": 8, "event": 9}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Laid:
    """One stretch of words with the kind of mark it wears; ``first``: it carries the record's id."""

    start: int
    end: int
    kind: str
    record: str
    style: str = ""
    number: int | None = None
    first: bool = True

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Outer marks before inner ones."""
        return (self.start, -self.end, _DEPTH[self.kind], self.record)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to write: ``do`` is open, close, text or gap (the empty lines between paragraphs).

    tag: a or span. classes, id, record: of what is opened. bracket: the number of a claim whose content begins.
    """

    do: str
    text: str = ""
    tag: str = "span"
    classes: str = ""
    id: str | None = None
    record: str = ""
    bracket: int | None = None
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph from ``start`` to ``end``, its following empty lines among the pieces."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


def laid_over(reading: Reading) -> list[Laid]:
    """All marks a reader sees, outer before inner."""
    found = [*_claims(reading), *_words(reading)]
    for actor in reading.actors:
        if not actor.public and actor.kind == "person":
            found += [Laid(s, e, "private", actor.id, first=False) for s, e, how in actor.mentions if how == "name"]
    return sorted(found, key=lambda laid: laid.order)


def _words(reading: Reading) -> Iterator[Laid]:
    for i, time in enumerate(reading.times):
        yield Laid(time.start, time.end, "time", f"t{i}")
    for i, place in enumerate(reading.places):
        yield Laid(place.start, place.end, "place", f"p{i}", place.kind)
    for i, quantity in enumerate(reading.quantities):
        yield Laid(quantity.start, quantity.end, "quantity", f"q{i}")
    for i, unknown in enumerate(reading.unknowns):
        yield Laid(unknown.start, unknown.end, "unknown", f"u{i}")
    for i, event in enumerate(reading.events):
        style = certainty_of(event.status, None if event.claim is None else "c")
        yield Laid(event.trigger.start, event.trigger.end, "event", f"e{i}", style)


def _claims(reading: Reading) -> Iterator[Laid]:
    for i, claim in enumerate(reading.claims):
        key = f"c{i}"
        for k, (start, end) in enumerate(claim.content):
            yield Laid(start, end, "content", key, number=i, first=k == 0)
        if claim.source_span:
            yield Laid(claim.source_span.start, claim.source_span.end, "source", key, first=False)
        if claim.cue_span:
            yield Laid(claim.cue_span.start, claim.cue_span.end, "cue", key, first=not claim.content)
        if claim.condition:
            yield Laid(claim.condition.start, claim.condition.end, "condition", key, first=False)


def paragraphs(text: str, laid: Sequence[Laid]) -> tuple[Paragraph, ...]:
    """Cut the text at its empty lines (at its line ends where it has none) and lay the marks over it."""
    opening: dict[int, list[Laid]] = {}
    cuts: set[int] = set()
    for mark in laid:
        opening.setdefault(mark.start, []).append(mark)
        cuts.update((mark.start, mark.end))
    edges = sorted(cuts | {0, len(text)})
    writer = _Writer(text)
    found = []
    at = 0
    for start, end, gap in _blocks(text):
        fresh: list[Laid] = []  # begun at the start of the paragraph or in the empty lines before it
        while at < len(edges) and edges[at] <= start:
            fresh += opening.get(edges[at], ())
            at += 1
        inner = []
        while at < len(edges) and edges[at] < end:
            inner.append(edges[at])
            at += 1
        pieces = writer.block([start, *inner, end], opening, fresh, gap)
        found.append(Paragraph(start, end, tuple(pieces)))
    return tuple(found)


def _blocks(text: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of each paragraph and where the next begins."""
    pattern = re.compile(r"\n[^\S\n]*\n\s*" if re.search(r"\n[^\S\n]*\n", text) else r"\n\s*")
    start = 0
    for found in pattern.finditer(text):
        if found.start() > start:
            yield start, found.start(), found.end()
            start = found.end()
    if start < len(text) or not text:
        yield start, len(text), len(text)


class _Writer:
    """Writes pieces, keeping the stack of open marks across paragraphs."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[Laid] = []
        self._begun: set[tuple[str, str]] = set()  # marks whose id was given out

    def block(
        self, edges: Sequence[int], opening: dict[int, list[Laid]], fresh: Sequence[Laid], gap: int
    ) -> Iterator[Piece]:
        """The pieces of one paragraph: marks still open from the one before are opened again, all are closed."""
        carried = [mark for mark in (*self._open, *fresh) if mark.end > edges[0]]
        self._open = []
        yield from self._opened(sorted(carried, key=lambda mark: mark.order))
        for start, end in pairwise(edges):
            if start != edges[0]:
                yield from self._turned(start, opening.get(start, ()))
            yield Piece("text", self._text[start:end])
        for mark in reversed(self._open):
            yield self._closed(mark, mark.end <= edges[-1])
        if gap > edges[-1]:
            yield Piece("gap", self._text[edges[-1] : gap])

    def _turned(self, at: int, fresh: Sequence[Laid]) -> Iterator[Piece]:
        """Close what ends here and open what begins; what is in the way is closed and opened again."""
        ending = [i for i, mark in enumerate(self._open) if mark.end <= at]
        again: list[Laid] = []
        if ending:
            for mark in reversed(self._open[ending[0] :]):
                yield self._closed(mark, mark.end <= at)
            again = [mark for mark in self._open[ending[0] :] if mark.end > at]
            del self._open[ending[0] :]
        yield from self._opened([*again, *fresh])

    def _opened(self, marks: Sequence[Laid]) -> Iterator[Piece]:
        for mark in marks:
            key = (mark.record, mark.kind)
            first = mark.first and key not in self._begun
            linked = mark.kind in _LINKS and not any(outer.kind in _LINKS for outer in self._open)
            begins = (mark.record, f"{mark.kind}{mark.start}")
            yield Piece(
                "open",
                tag="a" if linked else "span",
                classes=" ".join(filter(None, ("m", mark.kind, mark.style))),
                id=f"m-{mark.record}" if first else None,
                record=mark.record,
                bracket=mark.number if begins not in self._begun else None,
            )
            self._begun.update((key, begins) if mark.first else (begins,))
            self._open.append(mark)

    def _closed(self, mark: Laid, ends: bool) -> Piece:
        linked = mark.kind in _LINKS and not any(outer.kind in _LINKS for outer in self._open[: self._open.index(mark)])
        return Piece("close", tag="a" if linked else "span", ends=ends and mark.number is not None)
