"""Denials: a voice denies in its own words what another asserts.

Two statements are set against each other when the denial's content is, kin words made one, mostly said by the other
("denied that it had refused to negotiate" against "accused Kyiv of rejecting talks"), when both are of one day, and
when they are of different sides.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from dateline.codebook.linking import load_markers
from dateline.link.happenings import Happening
from dateline.link.likeness import HARM, family
from dateline.link.statements import Statement

__all__ = ["denials"]

_SAID = 0.55  # of the denial's weight of words
_FIRST = 3  # statements of the party said to have refused that are looked at
_LEAST = 2  # words two statements on one matter share
_SPEAKS = ("asserts", "accuses", "admits")
_WAR = {"invade", "fight"}
_COMMON = 200  # a word in more statements than this proposes no pair


def denials(told: Sequence[Sequence[Statement]]) -> Iterator[tuple[Statement, Statement]]:
    """Pairs (asserted, denied) over all reports; each denial with the assertion closest to it."""
    said = [s for report in told for s in report if s.ref and s.stance in _SPEAKS and not _negated(s)]
    rarity = _rarity(told)
    holders: dict[str, list[Statement]] = defaultdict(list)
    for statement in said:
        for word in statement.words:
            holders[word].append(statement)
    for report in told:
        for denial in report:
            if _denies(denial):
                best = _closest(denial, holders, rarity)
                if best is None:
                    best = _accuser(denial, report)
                if best is not None:
                    yield best, denial
        yield from _refusals(report)


def _refusals(report: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """One side says that another refused; in the same report the other says it is willing and denies nothing."""
    refused = [s for s in report if s.ref and any(e.kin == "refuse" and e.event.factuality > 0 for e in s.events)]
    for told in refused:
        parties = {i for e in told.events if e.kin == "refuse" for i in e.initiators} - {told.side}
        own = [s for s in report if s.ref and s.side in parties and s.stance in ("asserts", "offers", "denies")]
        own = [s for s in own if s.end <= told.start or told.end <= s.start]
        if not any(s.stance == "denies" for s in own if s.text):
            yield from ((told, s) for s in own[:_FIRST] if any(e.kin == "willing" for e in s.events))


def _denies(statement: Statement) -> bool:
    """Denied in so many words, or told as not having happened, with enough said to compare."""
    if not statement.ref or statement.words <= load_markers()["no_answer"]:
        return False
    return statement.stance == "denies" or (statement.stance == "asserts" and _negated(statement))


def _negated(statement: Statement) -> bool:
    """It opens with a negative, or its chief event is told as not having happened."""
    opening = statement.text.lower().removeprefix("that ").split(maxsplit=1)
    if opening and opening[0] in load_markers()["negative"]:
        return True
    chief = [e for e in statement.events if e.event.salience == "main"]
    return bool(chief) and all(e.event.status == "denied" for e in chief)


def _closest(
    denial: Statement, holders: Mapping[str, Sequence[Statement]], rarity: Mapping[str, float]
) -> Statement | None:
    words = denial.words
    weight = math.fsum(rarity[w] for w in sorted(words))
    proposed = {
        (s.ref or "", s.report == denial.report): s
        for w in words
        if len(holders.get(w, ())) <= _COMMON
        for s in holders.get(w, ())
    }
    best, most = None, _SAID * weight
    for _, other in sorted(proposed.items(), key=lambda item: item[0]):
        shared = words & other.words
        if other.side == denial.side or len(shared) < _LEAST or not _one_event(denial, other):
            continue
        near = math.fsum(rarity[w] for w in sorted(shared)) * (1.0 if other.report == denial.report else 0.9)
        if near > most:
            best, most = other, near
    return best


def _one_event(denial: Statement, other: Statement) -> bool:
    """What is denied is what is asserted: an event of one kind in both, within a day of each other."""
    denied = [e for e in denial.events if e.event.status == "denied"]
    asserted = [e for e in other.events if e.event.factuality > 0]
    return any(_matches(d, a) for d in denied for a in asserted)


def _matches(denied: Happening, asserted: Happening) -> bool:
    doers = not denied.initiators or not asserted.initiators or denied.initiators & asserted.initiators
    return bool(denied.kin == asserted.kin and doers and denied.published[:10] == asserted.published[:10])


def _accuser(denial: Statement, report: Sequence[Statement]) -> Statement | None:
    """A side denies harm by its own forces: whoever in the same report lays such harm to them, nearest first."""
    own = any(family(e) == HARM and denial.side in e.initiators for e in denial.events)
    said = any(word in load_markers()["harming"] for word in denial.text.lower().split())
    if denial.stance != "denies" or not (own or (said and not denial.events)):
        return None
    accusers = [
        s for s in report if s.ref and s.side != denial.side and s.stance in _SPEAKS and _blames(s, denial.side)
    ]
    return min(accusers, key=lambda s: (abs(s.start - denial.start), s.start), default=None)


def _blames(statement: Statement, side: str) -> bool:
    """It lays a strike, or what a strike does, to a side; that there is a war is another matter."""
    done = any(family(e) == HARM and e.kin not in _WAR and side in e.initiators for e in statement.events)
    return done or (side in statement.blamed and not statement.events)


def _rarity(told: Sequence[Sequence[Statement]]) -> dict[str, float]:
    count: Counter[str] = Counter()
    total = 0
    for report in told:
        for statement in report:
            count.update(statement.words)
            total += 1
    return {word: math.log((1 + total) / n) for word, n in count.items()}
