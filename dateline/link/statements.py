"""Statements: what one voice says in one stretch of a report, with all its records, in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.codebook.linking import kin_of, load_markers, marker_pattern
from dateline.link.happenings import Happening, Voice, content_words, voices
from dateline.link.likeness import HARM, family
from dateline.link.victims import is_part, victims_of
from dateline.records import Place, Quantity, Reading, Report, Span, TimeExpression, ref

__all__ = ["Statement", "kin_words", "sentences", "statements"]

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')]*\s+(?=[A-Z“\"‘'(])|\n+")
_STATE = 3  # letters of a country's code
_NEXT_WORDS = 24  # characters after a people's name in which its arms are named
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Sgt|Lt|Capt|Rep|Sen|Gov|No|[A-Z])\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim, or one sentence of the outlet's own, and what it holds.

    start, end: where it stands; ``words``: the content words of ``text``, each as the kind of happening it names, if it
    names one; ``events``: the happenings told in it. ``voice`` is None
    where the outlet tells it.
    """

    report: str
    start: int
    end: int
    paragraph: int
    side: str
    name: str
    stance: str
    ref: str | None
    sourced: bool
    text: str
    words: frozenset[str]
    events: tuple[Happening, ...]
    quantities: tuple[tuple[str, Quantity, str], ...]
    times: tuple[TimeExpression, ...]
    places: tuple[Place, ...]
    blamed: frozenset[str]
    peoples: frozenset[str]

    @property
    def sweeping(self) -> bool:
        """A denial of nothing in particular ("all of it", "anything was amiss")."""
        words = {w.strip("“”\"'’‘.,").lower() for w in self.text.split()}
        return self.stance == "denies" and words <= load_markers()["all_of_it"]

    @property
    def records(self) -> tuple[str, ...]:
        """All its records: the claim, the events and the tolls."""
        own = (self.ref,) if self.ref else ()
        return (*own, *(e.ref for e in self.events), *(r for r, q, _ in self.quantities if q.unit != "other"))


def kin_words(text: str) -> frozenset[str]:
    """The content words of a text with kin words made one ("rejecting talks", "refused to negotiate")."""
    return frozenset(kin_of(word) for word in content_words(text))


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences at full stops before a capital, and at line ends."""
    cuts = [0]
    for match in _SENTENCE_END.finditer(text):
        if "\n" in match[0] or not _ABBREVIATED.search(text, cuts[-1], match.start()):
            cuts.append(match.end())
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True) if text[a:b].strip()]


def statements(report: Report, reading: Reading, told: Sequence[Happening]) -> list[Statement]:
    """All statements of a report, by start: its claims, and sentences with events that no claim holds."""
    page = _Page(report, reading)
    of: dict[int, list[Happening]] = defaultdict(list)
    own: dict[tuple[int, int], list[Happening]] = defaultdict(list)
    for happening in told:
        if happening.event.claim is None:
            own[happening.event.sentence.start, happening.event.sentence.end].append(happening)
        else:
            of[happening.event.claim].append(happening)
    made = [
        _statement(page, Span(claim.start, claim.end), voice, of[index], claim.content)
        for index, (claim, voice) in enumerate(zip(reading.claims, voices(report, reading), strict=True))
        if claim.content
    ]
    made += [_statement(page, Span(start, end), None, inner) for (start, end), inner in own.items()]
    return sorted(made, key=lambda s: (s.start, s.end, s.ref or ""))


class _Page:
    """One report's records by where they start, so that those within a stretch are found without a walk."""

    def __init__(self, report: Report, reading: Reading) -> None:
        self.report, self.reading = report, reading
        self._lines = [i for i, letter in enumerate(report.text) if letter == "\n"]
        self._quantities = [q.start for q in reading.quantities]
        self._times = [t.start for t in reading.times]
        self._places = [p.start for p in reading.places]

    def line(self, at: int) -> int:
        return bisect_left(self._lines, at)

    def quantities(self, span: Span) -> list[tuple[int, Quantity]]:
        first, end = bisect_left(self._quantities, span.start), bisect_left(self._quantities, span.end)
        return [(i, self.reading.quantities[i]) for i in range(first, end)]

    def times(self, span: Span) -> tuple[TimeExpression, ...]:
        return self.reading.times[bisect_left(self._times, span.start) : bisect_left(self._times, span.end)]

    def places(self, span: Span) -> tuple[Place, ...]:
        return self.reading.places[bisect_left(self._places, span.start) : bisect_left(self._places, span.end)]


def _blamed(text: str, places: Sequence[Place], events: Sequence[Happening]) -> frozenset[str]:
    """The states that do harm by the events, or by words such as "a Russian missile"."""
    told = [e for e in events if family(e) == HARM and e.event.factuality > 0]
    found = {i for e in told for i in e.initiators if len(i) == _STATE and i.isupper()}
    arms = marker_pattern("arms")
    for place in places:
        after = text[place.end : place.end + _NEXT_WORDS].lower().removeprefix("’s").removeprefix("'s").lstrip()
        if place.country and arms.match(after):
            found.add(place.country)
    return frozenset(found)


def _is_town(place: Place) -> bool:
    """Names a place smaller than a country, whoever speaks for it."""
    return place.kind != "demonymic" and not (place.feature or "").startswith("A.PCL")


def _counted(events: Sequence[Happening], quantity: int) -> Happening | None:
    return next((h for h in events if quantity in h.event.quantities), None)


def _statement(
    page: _Page,
    span: Span,
    voice: Voice | None,
    inner: Sequence[Happening],
    content: Sequence[tuple[int, int]] = (),
) -> Statement:
    """Its times are those of its content: when something was said is not when it happened."""
    report, outlet = page.report, page.report.outlet or "the report"
    places = page.places(span)
    text = voice.text if voice else report.text[span.start : span.end]
    return Statement(
        report=report.id,
        start=span.start,
        end=span.end,
        paragraph=page.line(span.start),
        side=voice.side if voice else outlet,
        name=voice.name if voice else outlet,
        stance=voice.stance if voice else "asserts",
        ref=voice.ref if voice else None,
        sourced=voice is not None and voice.sourced,
        text=text,
        words=kin_words(text),
        events=tuple(inner),
        quantities=tuple(
            (ref(report.id, "quantities", i), q, victims_of(page.reading, q, _counted(inner, i)))
            for i, q in page.quantities(span)
            if not is_part(report.text, q)
        ),
        times=tuple(t for piece in content or ((span.start, span.end),) for t in page.times(Span(*piece))),
        places=tuple(p for p in places if _is_town(p)),
        peoples=frozenset(p.country for p in places if p.kind == "demonymic" and p.country),
        blamed=_blamed(report.text, places, inner),
    )
