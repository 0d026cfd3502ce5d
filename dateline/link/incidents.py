"""Incidents: events of different reports that are the same happening.

Pairs are proposed by type and day, scored by a sum of weights that can be read and told,
and joined from the strongest down unless two members contradict each other in place or time.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations

from dateline.link.happenings import Happening
from dateline.records import Incident, Place

__all__ = ["FAMILIES", "distance_km", "incidents", "link_id", "same_incident"]

# Types that describe one happening from different ends are compared with each other.
FAMILIES = {"DAMAGE": "ASSAULT", "CASUALTIES": "ASSAULT", "RETREAT": "CONTROL", "AGREE": "TALKS", "REJECT": "TALKS"}
_THRESHOLD = 2.5
_MAX_DAYS = 4  # a longer stretch says too little to propose a pair
_BLOCK = 400  # the members of a block compared with each other; larger blocks go by shared rare words


def link_id(*parts: str) -> str:
    """A derived record's id: 12 hexadecimal digits of what it is made of."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=6).hexdigest()


def same_incident(a: Happening, b: Happening, rarity: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """Score whether two events are one happening; the parts of the sum say why."""
    why = {
        "type": 0.9 if a.type == b.type else 0.2,
        "trigger": 0.4 if a.trigger == b.trigger else 0.0,
        "story": 1.3 if a.story == b.story else 0.0,
        "place": _place_weight(a.place, b.place),
        "time": 0.5 if a.day and b.day and a.day.date() == b.day.date() else 0.0,
        "actors": 0.6 * _overlap(a.initiators, b.initiators) + 0.6 * _overlap(a.recipients, b.recipients),
        "words": 2.0 * _cosine(a.words, b.words, rarity),
    }
    return sum(why.values()), why


def incidents(found: Sequence[Happening], copies: Mapping[str, str]) -> tuple[Incident, ...]:
    """Group events into incidents; a group within one report counts too. ``copies``: see ``copy_groups``."""
    rarity = _rarity(found)
    pairs = sorted(
        (-score, a.ref, b.ref)
        for a, b in _candidates(found, rarity)
        if (score := same_incident(a, b, rarity)[0]) >= _THRESHOLD
    )
    by_ref = {h.ref: h for h in found}
    group = {h.ref: [h.ref] for h in found}
    for _, a, b in pairs:
        first, second = group[a], group[b]
        if first is not second and not _contradict(first, second, by_ref):
            first.extend(second)
            for member in second:
                group[member] = first
    groups = {id(members): members for members in group.values()}
    made = (_incident([by_ref[m] for m in sorted(members)], copies) for members in groups.values())
    return tuple(sorted(made, key=lambda i: (i.earliest or datetime.max.replace(tzinfo=UTC), i.id)))


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance by the haversine formula, on a sphere of 6,371 km radius."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def _family(happening: Happening) -> str:
    return FAMILIES.get(happening.type, happening.type)


def _candidates(found: Sequence[Happening], rarity: Mapping[str, float]) -> Iterable[tuple[Happening, Happening]]:
    blocks: dict[tuple[str, str], list[Happening]] = defaultdict(list)
    for happening in found:
        for day in _days(happening):
            blocks[_family(happening), day].append(happening)
    seen: set[tuple[str, str]] = set()
    for members in blocks.values():
        for a, b in _pairs(members, rarity):
            pair = (a.ref, b.ref) if a.ref < b.ref else (b.ref, a.ref)
            if pair not in seen:
                seen.add(pair)
                yield a, b


def _pairs(members: list[Happening], rarity: Mapping[str, float]) -> Iterable[tuple[Happening, Happening]]:
    """All pairs of a small block; of a large one those that share one of their three rarest words."""
    if len(members) <= _BLOCK:
        yield from combinations(members, 2)
        return
    holders: dict[str, list[Happening]] = defaultdict(list)
    for member in members:
        for word in sorted(member.words, key=lambda w: (-rarity[w], w))[:3]:
            holders[word].append(member)
    for sharing in holders.values():
        if len(sharing) <= _BLOCK:
            yield from combinations(sharing, 2)


def _days(happening: Happening) -> list[str]:
    """The days an event may have been on, else the day it was published and the one before."""
    event = happening.event
    if happening.day and event.earliest and event.latest:
        length = max(1, min(_MAX_DAYS, (event.latest - event.earliest).days + 1))
        return [(event.earliest + timedelta(days=k)).date().isoformat() for k in range(length)]
    if not happening.published:
        return [""]
    told = datetime.fromisoformat(happening.published[:10]).date()
    return [told.isoformat(), (told - timedelta(days=1)).isoformat()]


def _contradict(first: list[str], second: list[str], by_ref: Mapping[str, Happening]) -> bool:
    return any(_apart(by_ref[a], by_ref[b]) for a in first for b in second)


def _apart(a: Happening, b: Happening) -> bool:
    """Two events that cannot be one: far apart, or on days that do not meet."""
    if a.place and b.place and a.place.geonames_id != b.place.geonames_id and _place_weight(a.place, b.place) < 0:
        return True
    if not (a.day and b.day and a.event.latest and b.event.latest):
        return False
    return a.event.latest <= b.day or b.event.latest <= a.day


def _place_weight(a: Place | None, b: Place | None) -> float:
    if a is None or b is None or a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return 0.0
    reach = 10 + (a.radius_km or 0) + (b.radius_km or 0)
    return 0.9 if distance_km(a.lat, a.lon, b.lat, b.lon) <= reach else -1.0


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    if not a or not b:
        return 0.0
    return 1.0 if a & b else -1.0


def _rarity(found: Iterable[Happening]) -> dict[str, float]:
    """Inverse document frequency of each word over the events."""
    count: Counter[str] = Counter()
    total = 0
    for happening in found:
        count.update(happening.words)
        total += 1
    return {word: math.log((1 + total) / n) for word, n in count.items()}


def _cosine(a: frozenset[str], b: frozenset[str], rarity: Mapping[str, float]) -> float:
    shared = sum(rarity[w] ** 2 for w in sorted(a & b))
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(rarity[w] ** 2 for w in sorted(a)) * sum(rarity[w] ** 2 for w in sorted(b)))


def _incident(members: list[Happening], copies: Mapping[str, str]) -> Incident:
    """One record out of events sorted by reference."""
    best = min(members, key=lambda h: (h.event.salience != "main", h.voice is not None, h.published, h.ref))
    placed = sorted(
        (m for m in members if m.place), key=lambda h: (h.place.radius_km or 0.0 if h.place else 0.0, h.ref)
    )
    place = placed[0].place if placed else None
    timed = [m for m in members if m.day]
    names = {side: name for m in reversed(members) for side, name in m.names.items()}
    return Incident(
        id=link_id("incident", members[0].ref),
        type=best.type,
        title=best.clause,
        events=tuple(m.ref for m in members),
        reports=tuple(sorted({m.report for m in members})),
        sources=len({copies.get(m.report, m.report) for m in members}),
        earliest=max((m.day for m in timed if m.day), default=None),
        latest=_latest(timed),
        place=place.name if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=place.radius_km if place else None,
        country=place.country if place else None,
        initiators=tuple(sorted({names[s] for m in members for s in m.initiators})),
        recipients=tuple(sorted({names[s] for m in members for s in m.recipients})),
    )


def _latest(timed: list[Happening]) -> datetime | None:
    """The end of the stretch all timed members share: they are one happening, so it lies in each."""
    return min((m.event.latest for m in timed if m.event.latest), default=None)
