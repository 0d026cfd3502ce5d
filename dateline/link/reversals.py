"""Reversals: one source against its own earlier claim or act.

Three kinds are told apart: a plan denied and then carried out; words a report itself says are over ("who had
promised", "until then it had refused"); and corrections an outlet or office makes of its own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.codebook.linking import kin_of, marker_pattern
from dateline.link.accounts import disjoint
from dateline.link.happenings import Happening
from dateline.link.incidents import link_id
from dateline.link.statements import Statement, kin_words, sentences
from dateline.records import Quantity, Report, Reversal

__all__ = ["reversals"]

_DONE = ("happened", "ongoing")
_REACH = 200  # characters before or after a marker in which the words put right stand
_OPENS = 3  # a marker so near the start opens its sentence: the act is in the one before
_OWN_WORDS = {"deny", "refuse", "promise"}  # acts of speech: what they are about is what is carried out

_POSSESSIVES = {"his", "her", "its", "their", "our"}
_STANCES = {"promise": ("promises", "offers"), "deny": ("denies",), "refuse": ("denies",)}

_Deeds = dict[tuple[str, str], list[Happening]]
_Taken = dict[tuple[str, str], list[tuple[str, str, frozenset[str]]]]
Told = Sequence[tuple[Report, Sequence[Statement]]]


class _Turn(NamedTuple):
    source: str
    before: str
    after: str
    about: str
    correction: bool = False


def reversals(
    found: Sequence[Happening],
    told: Told,
    copies: Mapping[str, str],
    measures: Mapping[str, Sequence[tuple[str, Quantity]]],
) -> tuple[Reversal, ...]:
    """All reversals; of copies only the original's count. measures: the quantities of each report, by reference."""
    own = [h for h in found if copies.get(h.report, h.report) == h.report]
    of: dict[str, list[Happening]] = defaultdict(list)
    for happening in own:
        of[happening.report].append(happening)
    done, taken = _deeds(own), _index(told)
    turns = list(_carried_out(own, done))
    for report, said in told:
        if copies.get(report.id, report.id) == report.id:
            here = of[report.id]
            turns += _told_to_be_over(report, said, here, done, taken)
            turns += _corrected(report, said, here, measures.get(report.id, ()))
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


def _deeds(found: Sequence[Happening]) -> _Deeds:
    """What each side did, by kin."""
    done: _Deeds = defaultdict(list)
    for happening in found:
        if happening.event.status in _DONE and happening.event.factuality > 0 and happening.kin not in _OWN_WORDS:
            for side in happening.initiators:
                done[side, happening.kin].append(happening)
    return done


def _carried_out(found: Sequence[Happening], done: _Deeds) -> Iterator[_Turn]:
    """Plans a side denied, each with the first act by which it carried them out."""
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
    report: Report, said: Sequence[Statement], here: Sequence[Happening], done: _Deeds, taken: _Taken
) -> Iterator[_Turn]:
    """Sentences such as "closed by X, who had promised …", "after denying he planned to invade, X …"."""
    previous: tuple[int, int] = (0, 0)
    for start, end in sentences(report.text):
        mark = marker_pattern("pre").search(report.text[start:end].lower())
        if mark and not _denied(mark[0], said, start, end):
            at = start + mark.start()
            before = _words_taken_back(here, said, at, end)
            within = (previous[0] if at - start < _OPENS else start, end)
            after = _act_against(before, here, done, within) if before else None
            if before and after:
                own = next((k for w in report.text[at:end].lower().split() if (k := kin_of(w)) in _OWN_WORDS), "")
                first = _earlier(before, after, own, taken, report)
                yield _Turn(_known_as(before, after), first, after.ref, _clause(before))
        previous = (start, end)


def _denied(mark: str, said: Sequence[Statement], start: int, end: int) -> bool:
    """Somebody denies the very refusal or promise ("denied that it had refused")."""
    return any(s.stance == "denies" and start <= s.start < end and mark in s.text.lower() for s in said)


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
    before: Happening | Statement, here: Sequence[Happening], done: _Deeds, within: tuple[int, int]
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
        h for side in sorted(sides) for h in done.get((side, before.kin), ())
        if h.ref != before.ref and h.published >= before.published
    ]  # fmt: skip
    return min(acts, key=lambda h: (h.published, h.ref), default=None)


def _earlier(before: Happening | Statement, after: Happening, own: str, taken: _Taken, report: Report) -> str:
    """Where an earlier report told of the promise, denial or refusal itself, that; else the words of this one."""
    sides = before.initiators if isinstance(before, Happening) else frozenset({before.side})
    parties = frozenset(word for name in (*after.names.values(), _name_of(before)) for word in kin_words(name))
    matter = frozenset(kin_of(w) for w in before.words | after.words) - _OWN_WORDS - parties
    best = (0, False, before.ref or "")
    for side in sorted(sides):
        for published, ref, words in taken.get((side, own), ()):
            if published < (report.published or ""):
                best = max(best, (len(words & matter), ":c" in ref, ref))
    return best[2] if best[0] else before.ref or ""


def _index(told: Told) -> _Taken:
    """What each side promised, denied or refused, when: claims of that stance, and events of that kin."""
    taken: _Taken = defaultdict(list)
    for report, said in told:
        spoken = [(s.start, s.end, s.stance) for s in said if s.ref]
        for statement in said:
            for own, stances in _STANCES.items():
                if statement.ref and statement.stance in stances:
                    taken[statement.side, own].append((report.published or "", statement.ref, statement.words))
            for event in statement.events:
                at, held = event.event.trigger.start, _STANCES.get(event.kin, ())
                own_claim = any(a <= at < b and stance in held for a, b, stance in spoken)
                if event.kin in _OWN_WORDS and event.event.factuality > 0 and not own_claim:
                    words = frozenset(kin_of(word) for word in event.words)
                    for side in sorted(event.initiators):
                        taken[side, event.kin].append((report.published or "", event.ref, words))
    return taken


def _corrected(
    report: Report, said: Sequence[Statement], here: Sequence[Happening], measures: Sequence[tuple[str, Quantity]]
) -> Iterator[_Turn]:
    """What an office or the outlet says it got wrong, against what it says now: a claim, or a figure of one measure."""
    pattern = marker_pattern("correction")
    for start, end in sentences(report.text):
        if not pattern.search(report.text[start:end].lower()):
            continue
        wrong = next((s for s in said if s.ref and start <= s.start < end + _REACH and s.stance != "doubts"), None)
        right = [h for h in here if wrong and h.event.trigger.start < start and h.trigger in wrong.text.lower()]
        if wrong and right:
            yield _Turn(wrong.name, wrong.ref or "", right[0].ref, wrong.text, correction=True)
        for ref, figure in measures:
            if start <= figure.start < end:
                old = [(r, q) for r, q in measures if start - _REACH <= q.start < start and _another(q, figure)]
                for before, _ in old[-1:]:
                    words = report.text[start:end]
                    yield _Turn(report.outlet or "the report", before, ref, words, correction=True)


def _another(one: Quantity, other: Quantity) -> bool:
    """Another figure of the same measure."""
    return one.unit == other.unit and one.of == other.of and disjoint(one, other)


def _name_of(before: Happening | Statement) -> str:
    if isinstance(before, Statement):
        return before.name
    return before.names[min(before.initiators)]


def _known_as(before: Happening | Statement, after: Happening) -> str:
    """The source's name; "his government" goes by the name the act gives it."""
    name = _name_of(before)
    if name.partition(" ")[0].lower() not in _POSSESSIVES:
        return name
    sides = before.initiators if isinstance(before, Happening) else frozenset({before.side})
    return next((after.names[side] for side in sorted(sides) if side in after.names), name)


def _clause(before: Happening | Statement) -> str:
    return before.text if isinstance(before, Statement) else before.clause
