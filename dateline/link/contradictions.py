"""Contradictions a report sets out itself: "Not so, said …", "denied all of it", "accounts differ".

The words by which it does so are in ``codebook/link/markers.tsv``. The one who contradicts is the voice of the
marker's own sentence, the one contradicted the nearest other voice before it; of passages that open with
"accounts differ", the first two voices after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dateline.codebook.linking import marker_pattern
from dateline.link.statements import Statement, kin_words, sentences

__all__ = ["Contradiction", "contradictions"]

_AFTER = 200  # characters after the marker's sentence in which its speaker comes, at the latest
_PASSAGE = 600
_PARAGRAPHS = 4  # lines, empty ones counted, in which the one contradicted is looked for
_MATTER = 2  # content words two accounts of one thing share
_NEXT = 8  # statements after one that are compared with it
_STILL = frozenset({"hold", "surround"})
_BACK = 3  # statements before a marker among which the one contradicted is looked for
_CLAIMED = ("asserts", "accuses", "admits", "denies")
_SPEAKS = ("asserts", "accuses", "admits")


class Contradiction(NamedTuple):
    """Statements of one voice against those of another; ``cue``: the marker's sentence."""

    first: tuple[Statement, ...]
    second: tuple[Statement, ...]
    cue: str


def contradictions(text: str, told: Sequence[Statement]) -> Iterator[Contradiction]:
    """The contradictions one report sets out, in order; ``told``: its statements, by start."""
    against, apart, mild = marker_pattern("against"), marker_pattern("apart"), marker_pattern("but")
    for start, end in sentences(text):
        lower = text[start:end].lower()
        if apart.search(lower):
            yield from _after(told, end, lower)
        elif found := against.search(lower):
            yield from _against(told, start, end, start + found.start(), lower)
        elif found := mild.search(lower):
            pairs = _against(told, start, end, start + found.start(), lower, mild=True)
            yield from (c for c in pairs if _one_matter(c))
    yield from _denials(text, told)
    yield from _holders(told)
    yield from _blames(told)
    yield from _rumours(text, told)


def _after(told: Sequence[Statement], end: int, cue: str) -> Iterator[Contradiction]:
    """The first two voices in the paragraph after a sentence that says accounts differ."""
    here = [s for s in told if end <= s.start < end + _PASSAGE and s.ref and s.stance in _CLAIMED]
    if here:
        first = here[0]
        other = next((s for s in here if s.name != first.name), None)
        if other is not None:
            yield Contradiction((first,), (other,), cue)


def _against(
    told: Sequence[Statement], start: int, end: int, at: int, cue: str, *, mild: bool = False
) -> Iterator[Contradiction]:
    here = [s for s in told if s.ref and s.start < end and s.end > start and s.stance in _CLAIMED]
    after = [s for s in told if s.ref and end <= s.start < end + _AFTER and s.stance in _CLAIMED and not mild]
    speaker = next((s for s in (*(s for s in here if s.end > at), *after)), None)
    if speaker is None:
        return
    before = [s for s in told if s.start < min(speaker.start, at) and s.paragraph >= speaker.paragraph - _PARAGRAPHS]
    before = [s for s in before if s.name != speaker.name and not _overlap(s, speaker)]
    opening = all(s.start >= start for s in told if s.paragraph == speaker.paragraph)
    first = _contradicted(before, speaker, cue, back=_PARAGRAPHS if opening else 0)
    if first is not None:
        reach = _PARAGRAPHS if "all" in cue.split() else 0
        same = [s for s in before if s.ref and s.side == first.side and s.paragraph >= first.paragraph - reach]
        second = [s for s in told if _goes_on(s, speaker)]
        yield Contradiction(tuple(same or (first,)), tuple(second), cue)


def _contradicted(before: Sequence[Statement], speaker: Statement, cue: str, *, back: int) -> Statement | None:
    """Whose account it is: one named in the marker's sentence, else the nearest source, else the outlet itself.

    back: how many lines up those not named may stand; a marker within a paragraph takes up what stands there.
    """
    sourced = [s for s in before if s.ref and s.stance in _SPEAKS and s.sourced]
    named = [s for s in sourced if s.name.lower().split()[-1] in cue]
    claimed = [s for s in sourced if s.paragraph >= speaker.paragraph - back][-_BACK:]
    others = [s for s in claimed if s.side != speaker.side] or claimed
    plain = [s for s in before[-1:] if s.ref is None and s.paragraph == speaker.paragraph and _tells(s)]
    best = named or others or plain
    return best[-1] if best else None


def _tells(statement: Statement) -> bool:
    """The outlet tells of a happening there, not only of a denial."""
    return any(e.kin != "deny" for e in statement.events)


def _goes_on(statement: Statement, speaker: Statement) -> bool:
    """The same voice in the same paragraph, from the contradiction on."""
    return (
        bool(statement.ref)
        and (statement.side == speaker.side or statement.name == speaker.name)
        and statement.start >= speaker.start
        and statement.paragraph == speaker.paragraph
    )


def _overlap(a: Statement, b: Statement) -> bool:
    return a.start < b.end and b.start < a.end


def _one_matter(contradiction: Contradiction) -> bool:
    """Mild words ("however") set accounts apart only where both are about the same."""
    one = frozenset().union(*(s.words for s in contradiction.first))
    other = frozenset().union(*(s.words for s in contradiction.second))
    sides = {side for s in contradiction.second for e in s.events for side in e.initiators}
    return len(one & other) >= _MATTER or any(s.side in sides for s in contradiction.first)


def _denials(text: str, told: Sequence[Statement]) -> Iterator[Contradiction]:
    """Denials that only take up what was told ("denied it", "denied that any such decision had been taken")."""
    for statement in told:
        if statement.sweeping:
            at = statement.start
            yield from _against(told, at, statement.end, at, text[at : statement.end].lower())


def _holders(told: Sequence[Statement]) -> Iterator[Contradiction]:
    """One voice says a side took a place; another, soon after, that it is contested or in other hands."""
    own = [s for s in told if s.ref is None and any(e.kin == "contest" for e in s.events)]
    for first, second in (*_soon_after(told), *_beside(told, own)):
        takers = {i for e in first.events if e.kin == "take" and e.event.factuality > 0 for i in e.initiators}
        taken = any(e.kin == "take" and e.type == "CONTROL" and e.event.factuality > 0 for e in first.events)
        words = second.words
        still = words & _STILL and _one_place(first, second) and takers.isdisjoint(_holder(second))
        if taken and ("contest" in words or still):
            yield Contradiction((first,), (second,), "")


def _blames(told: Sequence[Statement]) -> Iterator[Contradiction]:
    """Two voices lay one strike to the arms of two states."""
    for first, second in _soon_after(told):
        one_each = len(first.blamed) == len(second.blamed) == 1 and first.blamed != second.blamed
        if one_each and "strike" in first.words & second.words and not _elsewhere(first, second):
            yield Contradiction((first,), (second,), "")


def _beside(told: Sequence[Statement], own: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Claims, and what the outlet itself tells in one of the next paragraphs."""
    for second in own:
        for first in told:
            if first.ref and first.sourced and 0 <= second.paragraph - first.paragraph <= _PARAGRAPHS:
                yield first, second


def _rumours(text: str, told: Sequence[Statement]) -> Iterator[Contradiction]:
    """A rumour a report tells, and whoever it says ends it, in the same paragraph."""
    rumour, ended = marker_pattern("rumour"), marker_pattern("ended")
    for match in rumour.finditer(text.lower()):
        start, end = next((a, b) for a, b in sentences(text) if a <= match.start() < b)
        here = [s for s in told if s.ref and s.sourced and s.stance in _CLAIMED]
        line = next((s.paragraph for s in told if start <= s.start < end), text.count("\n", 0, start))
        enders = [s for s in here if s.paragraph == line or start <= s.start < end]
        if enders and ended.search(text[start:end].lower()):
            first = _rumour(enders[-1], told, text, match.end(), end)
            second = tuple(s for s in enders if s.ref != first.ref)
            if first.records and second:
                yield Contradiction((first,), second, "")


def _rumour(beside: Statement, told: Sequence[Statement], text: str, start: int, end: int) -> Statement:
    """What the rumour says, as a statement of nobody's: the events told after its "that"."""
    ended = marker_pattern("ended")
    inside = {
        e.ref: e for s in told for e in s.events
        if start <= e.event.trigger.start < end and not ended.fullmatch(e.trigger)
    }  # fmt: skip
    events = tuple(sorted(inside.values(), key=lambda e: (e.event.trigger.start, e.ref)))
    holder = next((s for s in told if s.ref and s.start <= start < s.end), None)
    return replace(
        beside, start=start, end=end, side="", name="rumour", stance="asserts", sourced=False, text=text[start:end],
        words=kin_words(text[start:end]),
        ref=holder.ref if holder and not events else None, events=events, quantities=(), times=(), places=(),
        blamed=frozenset(), peoples=frozenset(),
    )  # fmt: skip


def _holder(statement: Statement) -> frozenset[str]:
    return statement.peoples | {statement.side}


def _soon_after(told: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of statements of two sides, the second in the first's paragraph or one of the next two."""
    said = [s for s in told if s.ref and s.stance in _SPEAKS]
    for i, first in enumerate(said):
        for second in said[i + 1 : i + 1 + _NEXT]:
            near = second.paragraph - first.paragraph <= _PARAGRAPHS
            if near and first.side != second.side and not _overlap(first, second):
                yield first, second


def _one_place(first: Statement, second: Statement) -> bool:
    """Of one place: in one paragraph and not of different towns, or naming the same one."""
    named = {p.name for p in first.places} & {p.name for p in second.places}
    return bool(named) or (first.paragraph == second.paragraph and not _elsewhere(first, second))


def _elsewhere(first: Statement, second: Statement) -> bool:
    """Both name places, and none in common."""
    one, other = {p.name for p in first.places}, {p.name for p in second.places}
    return bool(one and other and not one & other)
