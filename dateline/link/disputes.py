"""Disputes: claims that cannot all be true.

A later figure of the same source, a range that overlaps and a state that moved on are no
disputes; neither is a copy against its original.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Literal

from dateline.link.happenings import Happening
from dateline.link.incidents import link_id
from dateline.records import Dispute, Incident, Side, Toll, TollEntry

__all__ = ["disputes"]

_GIVING_WAY = {"AGREE", "CONSULT", "CONCEDE"}
_HARM = {"ASSAULT", "CASUALTIES", "DAMAGE"}
_SURE = 1.0  # factuality from here on, and from minus this on, is a commitment
_SAME_MATTER = 2  # rare words two statements share

Kind = Literal["toll", "occurrence", "responsibility", "place", "time", "control"]


def disputes(found: Sequence[Happening], made: Sequence[Incident]) -> tuple[Dispute, ...]:
    """All disputes over the incidents, and over moves one party ascribes to another that denies them."""
    by_ref = {h.ref: h for h in found}
    out: list[Dispute] = []
    for incident in made:
        members = [by_ref[r] for r in incident.events]
        out += _tolls(incident)
        out += _occurrence(incident, members)
        out += _responsibility(incident, members)
        out += _control(incident, members)
    out += _refusals(found)
    return tuple(sorted({d.id: d for d in out}.values(), key=lambda d: (d.kind, d.id)))


def _tolls(incident: Incident) -> Iterable[Dispute]:
    for toll in incident.tolls:
        last = _last_words(toll)
        apart = [(a, b) for a, b in combinations(last, 2) if _exclude(a, b)]
        if apart:
            entries = sorted({e.quantity: e for pair in apart for e in pair}.values(), key=lambda e: e.quantity)
            sides = tuple(_side(_range(e), [e.claim or e.quantity], [e.source]) for e in entries)
            yield _dispute("toll", f"{toll.kind}: {incident.title}", sides, incident.id)


def _last_words(toll: Toll) -> list[TollEntry]:
    """Each source's latest figure: what it said before, it has itself replaced."""
    last = {entry.source: entry for entry in toll.entries if entry.copy_of is None}
    return [last[source] for source in sorted(last)]


def _exclude(a: TollEntry, b: TollEntry) -> bool:
    """Two ranges given for the same day that do not meet; on another day a figure is an update."""
    if (a.published or "")[:10] != (b.published or "")[:10]:
        return False
    above = a.low is not None and b.high is not None and a.low > b.high
    return above or (b.low is not None and a.high is not None and b.low > a.high)


def _occurrence(incident: Incident, members: Sequence[Happening]) -> Iterable[Dispute]:
    yes = [m for m in members if m.event.factuality >= _SURE and m.event.status in ("happened", "ongoing")]
    no = [m for m in members if m.event.status == "denied" or m.event.factuality <= -_SURE]
    deniers = {_speaker(m) for m in no}
    if yes and no and {_speaker(m) for m in yes} - deniers:
        sides = (_side_of_members("happened", yes), _side_of_members("denied", no))
        yield _dispute("occurrence", incident.title, sides, incident.id)


def _responsibility(incident: Incident, members: Sequence[Happening]) -> Iterable[Dispute]:
    if incident.type not in _HARM:
        return
    blamed: dict[frozenset[str], list[Happening]] = defaultdict(list)
    for member in members:
        if member.initiators and member.event.factuality >= _SURE:
            blamed[member.initiators].append(member)
    groups = sorted(blamed.items(), key=lambda item: sorted(item[0]))
    for (one, first), (other, second) in combinations(groups, 2):
        if not one & other and {_speaker(m) for m in first} != {_speaker(m) for m in second}:
            sides = (_side_of_members(_names(first), first), _side_of_members(_names(second), second))
            yield _dispute("responsibility", incident.title, sides, incident.id)


def _control(incident: Incident, members: Sequence[Happening]) -> Iterable[Dispute]:
    """Who holds a place, on the same day: the holder named differs."""
    if incident.type != "CONTROL":
        return
    holders: dict[tuple[str, frozenset[str]], list[Happening]] = defaultdict(list)
    for member in members:
        if member.initiators and member.event.factuality >= _SURE:
            holders[member.published[:10], member.initiators].append(member)
    groups = sorted(holders.items(), key=lambda item: (item[0][0], sorted(item[0][1])))
    for ((day, one), first), ((other_day, other), second) in combinations(groups, 2):
        if day == other_day and not one & other:
            sides = (_side_of_members(_names(first), first), _side_of_members(_names(second), second))
            yield _dispute("control", incident.title, sides, incident.id)


def _refusals(found: Sequence[Happening]) -> Iterable[Dispute]:
    """One party says another refused or was unwilling; the other says it is willing."""
    refused = [h for h in found if h.type == "REJECT" and h.voice and h.event.factuality >= _SURE]
    willing = [h for h in found if h.type in _GIVING_WAY and h.event.factuality > -_SURE]
    common = _common_words(found)
    for told in refused:
        for party in sorted(told.initiators):
            if told.voice is None or told.voice.side == party:
                continue
            own = [
                w for w in willing if _says_so_itself(w, party) and len((w.words & told.words) - common) >= _SAME_MATTER
            ]
            if own:
                sides = (_side_of_members("refused", [told]), _side_of_members("willing", own))
                yield _dispute("occurrence", told.clause, sides, None)


def _common_words(found: Sequence[Happening]) -> frozenset[str]:
    """Words in more than a third of all events tell no matter from another."""
    count: dict[str, int] = defaultdict(int)
    for happening in found:
        for word in happening.words:
            count[word] += 1
    return frozenset(w for w, n in count.items() if 3 * n > max(12, len(found)))


def _says_so_itself(happening: Happening, party: str) -> bool:
    if happening.voice is not None and happening.voice.side == party:
        return True
    return party in happening.initiators and happening.voice is None


def _speaker(happening: Happening) -> str:
    return happening.voice.side if happening.voice else happening.outlet


def _names(members: Sequence[Happening]) -> str:
    return ", ".join(sorted({m.names[s] for m in members for s in m.initiators}))


def _side_of_members(label: str, members: Sequence[Happening]) -> Side:
    return _side(label, [m.ref for m in members], [m.voice.name if m.voice else m.outlet for m in members])


def _side(label: str, records: Iterable[str], sources: Iterable[str]) -> Side:
    return Side(label=label, records=tuple(sorted(set(records))), sources=tuple(sorted(set(sources))))


def _range(entry: TollEntry) -> str:
    low = "?" if entry.low is None else f"{entry.low:g}"
    high = "or more" if entry.high is None else f"–{entry.high:g}"
    return low if entry.low == entry.high else f"{low} {high}" if entry.high is None else low + high


def _dispute(kind: Kind, about: str, sides: tuple[Side, ...], incident: str | None) -> Dispute:
    records = sorted(r for side in sides for r in side.records)
    return Dispute(id=link_id(kind, *records), kind=kind, about=about, sides=sides, incident=incident)
