"""Reversals: one source against its own earlier claim or act.

Three kinds are told apart: a plan denied and then carried out; words a report itself says are over ("who had
promised", "until then it had refused"); and corrections an outlet or office makes of its own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.codebook.linking import marker_pattern
from dateline.link.happenings import Happening
from dateline.link.incidents import link_id
from dateline.link.statements import Statement, sentences
from dateline.records import Report, Reversal

__all__ = ["reversals"]

_DONE = ("happened", "ongoing")
_SHARED = 3  # content words by which an earlier report tells of the same promise
_OPENS = 3  # a marker so near the start opens its sentence: the act is in the one before
_OWN_WORDS = {"deny", "refuse", "promise"}  # acts of speech: what they are about is what is carried out

Told = Sequence[tuple[Report, Sequence[Statement]]]


class _Turn(NamedTuple):
    source: str
    before: str
    after: str
    about: str
    correction: bool = False


def reversals(found: Sequence[Happening], told: Told, copies: Mapping[str, str]) -> tuple[Reversal, ...]:
    """All reversals; of copies only the original's count."""
    own = [h for h in found if copies.get(h.report, h.report) == h.report]
    turns = list(_carried_out(own))
    for report, said in told:
        if copies.get(report.id, report.id) == report.id:
            here = [h for h in own if h.report == report.id]
            turns += _told_to_be_over(report, said, here, own)
            turns += _corrected(report, said, here)
    made = {
        link_id("reversal", t.before, t.after): Reversal(
            id=link_id("reversal", t.before, t.after),
            source=t.source,
            before=t.before,
            after=t.after,
            about=t.about,
            correction=t.correction,
        )
        for t in turns
    }
    first: dict[tuple[str, str], Reversal] = {}
    for one in sorted(made.values(), key=lambda r: (r.before, r.after)):
        first.setdefault((one.source, one.after), one)
    return tuple(sorted(first.values(), key=lambda r: r.id))


def _carried_out(found: Sequence[Happening]) -> Iterator[_Turn]:
    """Plans a side denied, each with the first act by which it carried them out."""
    done: dict[tuple[str, str], list[Happening]] = defaultdict(list)
    for happening in found:
        if happening.event.status in _DONE and happening.event.factuality > 0 and happening.kin not in _OWN_WORDS:
            for side in happening.initiators:
                done[side, happening.kin].append(happening)
    for denial in found:
        side = _planned_by(denial)
        acts = [
            act
            for act in done.get((side, denial.kin), ())
            if side and act.ref != denial.ref and act.published >= denial.published and act.voice is None
        ]
        if acts:
            first = min(acts, key=lambda act: (act.published, act.event.salience != "main", act.ref))
            name = denial.names.get(side) or (denial.voice.name if denial.voice else side)
            yield _Turn(name, denial.ref, first.ref, denial.clause)


def _planned_by(happening: Happening) -> str:
    """The side that denies its own plan in this event, or ""."""
    voice = happening.voice
    if voice is None or voice.side not in happening.initiators or happening.kin in _OWN_WORDS:
        return ""
    denied = happening.event.status == "denied" or voice.stance == "denies"
    return voice.side if denied and marker_pattern("plan").search(voice.text.lower()) else ""


def _told_to_be_over(
    report: Report, said: Sequence[Statement], here: Sequence[Happening], found: Sequence[Happening]
) -> Iterator[_Turn]:
    """Sentences such as "closed by X, who had promised …", "after denying he planned to invade, X …"."""
    previous: tuple[int, int] = (0, 0)
    for start, end in sentences(report.text):
        mark = marker_pattern("pre").search(report.text[start:end].lower())
        if mark:
            at = start + mark.start()
            before = _words_taken_back(here, said, at, end)
            within = (previous[0] if at - start < _OPENS else start, end)
            after = _act_against(before, here, found, within) if before else None
            if before and after:
                yield _Turn(_name_of(before), _earlier(before, found, report), after.ref, _clause(before))
        previous = (start, end)


def _words_taken_back(
    here: Sequence[Happening], said: Sequence[Statement], at: int, end: int
) -> Happening | Statement | None:
    """What was promised, denied or refused: the last event after the marker, else the claim that holds it."""
    events = [h for h in here if at <= h.event.trigger.start < end and h.kin not in _OWN_WORDS and h.initiators]
    claims = [s for s in said if s.sourced and s.start < end and s.end > at and s.stance in ("promises", "denies")]
    refused = [h for h in here if at <= h.event.trigger.start < end and h.kin in _OWN_WORDS and h.initiators]
    promised = [s for s in claims if s.stance == "promises" and not any(e.event.status == "denied" for e in s.events)]
    taken_back: list[Happening | Statement] = [*promised[:1], *events[:1], *claims[:1], *refused[:1]]
    return taken_back[0] if taken_back else None


def _act_against(
    before: Happening | Statement, here: Sequence[Happening], found: Sequence[Happening], within: tuple[int, int]
) -> Happening | None:
    """The act of the same side: in the sentence, or, of the kind denied, anywhere told as done."""
    sides = before.initiators if isinstance(before, Happening) else frozenset({before.side})
    start = before.event.trigger.start if isinstance(before, Happening) else before.start
    near = [
        h
        for h in here
        if within[0] <= h.event.trigger.start < min(within[1], start)
        and h.initiators & sides
        and h.kin not in _OWN_WORDS
        and h.event.factuality > 0
    ]
    if near:
        return near[0]
    if not isinstance(before, Happening):
        return None
    acts = [
        h for h in (*here, *found)
        if h.kin == before.kin and h.ref != before.ref and h.initiators & sides
        and h.event.status in _DONE and h.published >= before.published
    ]  # fmt: skip
    return min(acts, key=lambda h: (h.published, h.ref), default=None)


def _earlier(before: Happening | Statement, found: Sequence[Happening], report: Report) -> str:
    """Where an earlier report told of the promise or refusal itself, that; else the words of this one."""
    words = before.words
    own = before.ref or ""
    earlier = [
        h
        for h in found
        if h.published < (report.published or "")
        and h.report != report.id
        and h.event.factuality > -1
        and len(h.words & words) >= _SHARED
    ]
    best = max(earlier, key=lambda h: (len(h.words & words), h.ref), default=None)
    return best.ref if best and len(best.words & words) >= _SHARED else own


def _corrected(report: Report, said: Sequence[Statement], here: Sequence[Happening]) -> Iterator[_Turn]:
    """What an office says it got wrong, against what it says now."""
    pattern = marker_pattern("correction")
    for start, end in sentences(report.text):
        if pattern.search(report.text[start:end].lower()):
            wrong = next((s for s in said if s.ref and start <= s.start < end + 200 and s.stance != "doubts"), None)
            if wrong is None:
                continue
            right = [h for h in here if h.event.trigger.start < start and h.trigger in wrong.text.lower()]
            if right:
                yield _Turn(wrong.name, wrong.ref or "", right[0].ref, wrong.text, correction=True)


def _name_of(before: Happening | Statement) -> str:
    if isinstance(before, Statement):
        return before.name
    return before.names[min(before.initiators)]


def _clause(before: Happening | Statement) -> str:
    return before.text if isinstance(before, Statement) else before.clause
