"""Incidents: events of different reports that are the same happening.

Pairs that may be one are scored (``likeness``) and joined from the strongest down; two groups become one when
their members are alike on average and no two of them contradict each other in place, time or victims.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from dateline.link.happenings import Happening
from dateline.link.likeness import Tellings, apart, same_incident
from dateline.link.pairs import candidates
from dateline.link.verdicts import judged
from dateline.records import Incident, Verdict

__all__ = ["explain", "grouped", "in_time", "incidents", "link_id"]

_DETERMINING = 12  # of each group, the members a merge is judged by: the work stays bounded however large it grows


def link_id(*parts: str) -> str:
    """A derived record's id: 12 hexadecimal digits of what it is made of."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=6).hexdigest()


def incidents(
    found: Sequence[Happening], copies: Mapping[str, str], verdicts: Sequence[Verdict] = ()
) -> tuple[Incident, ...]:
    """Group events into incidents; a group within one report counts too. ``copies``: see ``copy_groups``.

    verdicts: what people said of them, laid over the groups.
    """
    groups = grouped(found)
    if verdicts:
        by_ref = {h.ref: h for h in found}
        groups = [[by_ref[ref] for ref in group] for group in judged([[h.ref for h in g] for g in groups], verdicts)]
    return tuple(sorted((_incident(members, copies) for members in groups), key=in_time))


def in_time(incident: Incident) -> tuple[datetime, str]:
    """What incidents are sorted by: when they began, those without a time last."""
    return incident.earliest or datetime.max.replace(tzinfo=UTC), incident.id


def grouped(found: Sequence[Happening]) -> list[list[Happening]]:
    """The groups, each sorted by reference: average-link clustering of the scored pairs."""
    tellings = Tellings(found)
    by_ref = {h.ref: h for h in found}
    score = {(a.ref, b.ref): same_incident(a, b, tellings)[0] for a, b in candidates(found)}
    group = {h.ref: [h.ref] for h in found}
    for _, a, b in sorted((-value, a, b) for (a, b), value in score.items() if value > 0):
        first, second = group[a], group[b]
        if first is not second and _fits(first, second, score, by_ref, tellings):
            first.extend(second)
            for member in second:
                group[member] = first
    groups = {id(members): sorted(members) for members in group.values()}
    return sorted(([by_ref[m] for m in members] for members in groups.values()), key=lambda g: g[0].ref)


def explain(members: Sequence[Happening], tellings: Tellings) -> list[tuple[str, str, dict[str, float]]]:
    """Why these events are one incident: each with the member most like it, and the parts of that score."""
    out = []
    for one in members:
        scored = [(same_incident(*_ordered(one, other), tellings), other) for other in members if other.ref != one.ref]
        if scored:
            (_, why), best = max(scored, key=lambda item: (item[0][0], item[1].ref))
            out.append((one.ref, best.ref, {name: part for name, part in why.items() if part}))
    return out


def _ordered(a: Happening, b: Happening) -> tuple[Happening, Happening]:
    return (a, b) if a.ref < b.ref else (b, a)


def _fits(
    first: list[str],
    second: list[str],
    score: dict[tuple[str, str], float],
    by_ref: Mapping[str, Happening],
    tellings: Tellings,
) -> bool:
    """Alike on average, and nowhere apart. Pairs that no block proposed are scored when first needed."""
    total, count = 0.0, 0
    for a in sorted(first)[:_DETERMINING]:
        for b in sorted(second)[:_DETERMINING]:
            pair = (a, b) if a < b else (b, a)
            one, other = by_ref[pair[0]], by_ref[pair[1]]
            if apart(one, other):
                return False
            if pair not in score:
                score[pair] = same_incident(one, other, tellings)[0]
            total += score[pair]
            count += 1
    return total > 0 and count > 0


def _incident(members: list[Happening], copies: Mapping[str, str]) -> Incident:
    """One record out of events sorted by reference."""
    best = min(members, key=lambda h: (h.event.salience != "main", h.voice is not None, h.published, h.ref))
    placed = sorted((m for m in members if m.place), key=_precision)
    place = placed[0].place if placed else None
    timed = [m for m in members if m.day]
    names: dict[str, str] = {}
    for member in members:
        names = member.names | names
    return Incident(
        id=link_id("incident", members[0].ref),
        type=_type(members),
        title=best.clause,
        events=tuple(m.ref for m in members),
        reports=tuple(sorted({m.report for m in members})),
        sources=len({copies.get(m.report, m.report) for m in members}),
        earliest=max((m.day for m in timed if m.day), default=None),
        latest=min((m.event.latest for m in timed if m.event.latest), default=None),
        place=place.name if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=place.radius_km if place else None,
        country=place.country if place else None,
        initiators=tuple(sorted({names[s] for m in members for s in m.initiators})),
        recipients=tuple(sorted({names[s] for m in members for s in m.recipients})),
    )


def _precision(happening: Happening) -> tuple[bool, float, str]:
    """A place its own words state comes before one carried over from the story; then the smaller radius."""
    radius = (happening.place.radius_km or 0.0) if happening.place else 0.0
    return happening.event.place_basis == "story", radius, happening.ref


def _type(members: Sequence[Happening]) -> str:
    """The type most of its events have; of equal ones the first by name."""
    count: dict[str, int] = defaultdict(int)
    for member in members:
        count[member.type] += 1
    return min(count, key=lambda t: (-count[t], t))
