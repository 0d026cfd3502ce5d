"""Incidents: events of different reports that are the same happening.

Pairs that may be one are scored (``likeness``) and joined from the strongest down; two groups become one when
their members are alike on average and no two of them contradict each other in place, time or victims.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations

import numpy as np

from dateline.link.groups import apart_at_first, groups_of, merge
from dateline.link.happenings import Happening
from dateline.link.likeness import Frames, apart, same_incident, score_pairs
from dateline.link.pairs import candidates
from dateline.link.sets import Ints
from dateline.link.tellings import Tellings
from dateline.link.verdicts import judged
from dateline.records import Incident, Verdict

__all__ = ["explain", "grouped", "in_time", "incidents", "link_id"]

_TOGETHER = 400  # happenings tied to each other, of which all pairs are scored at once
_AT_ONCE = 50_000  # pairs scored in one step, to bound memory
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


def grouped(found: Iterable[Happening]) -> list[list[Happening]]:
    """The groups of the happenings of a matter, each sorted by reference: average link over the scored pairs."""
    ordered = sorted(found, key=lambda h: h.ref)
    scores = _Scores(ordered)
    group = apart_at_first(range(len(ordered)))
    for a, b in scores.likely:
        if group[a] is not group[b] and scores.fit(group[a], group[b]):
            merge(group, a, b)
    return [[ordered[number] for number in members] for members in groups_of(group)]


def explain(members: Sequence[Happening], found: Iterable[Happening]) -> list[tuple[str, str, dict[str, float]]]:
    """Why these events are one incident: each with the member most like it, and the parts of that score.

    found: all happenings of their matter.
    """
    ordered = sorted(found, key=lambda h: h.ref)
    number = {h.ref: i for i, h in enumerate(ordered)}
    pairs = np.array(list(combinations(sorted(number[one.ref] for one in members), 2)), np.int64).reshape(-1, 2)
    if not len(pairs):
        return []
    score, why = same_incident(Tellings(ordered), Frames(ordered), pairs[:, 0], pairs[:, 1])
    out = []
    for one in members:
        own = np.flatnonzero((pairs == number[one.ref]).any(axis=1))
        others = pairs[own].sum(axis=1) - number[one.ref]
        best = max(range(len(own)), key=lambda at: (score[own[at]], others[at]))
        parts = {name: float(part[own[best]]) for name, part in why.items()}
        out.append((one.ref, ordered[others[best]].ref, {name: part for name, part in parts.items() if part}))
    return out


class _Scores:
    """The scores of pairs of a matter's happenings, given by number, the smaller first.

    likely: the pairs that blocks propose and that are rather one happening, the surest first.
    """

    def __init__(self, found: Sequence[Happening]) -> None:
        self._found = found
        self._tellings, self._frames = Tellings(found), Frames(found)
        self._known: dict[tuple[int, int], float] = {}
        self._score(*candidates(found))
        self.likely = sorted((p for p, score in self._known.items() if score > 0), key=lambda p: (-self._known[p], p))
        tied = apart_at_first(range(len(found)))
        for a, b in self.likely:
            merge(tied, a, b)
        # What average link will ask for is scored at once: a pair alone costs as much as thousands together.
        self._ensure(p for members in groups_of(tied) if len(members) <= _TOGETHER for p in combinations(members, 2))

    def fit(self, first: Sequence[int], second: Sequence[int]) -> bool:
        """Whether two groups are alike on average, and nowhere apart; judged by a few members of each."""
        some, others = sorted(first)[:_DETERMINING], sorted(second)[:_DETERMINING]
        pairs = [(a, b) if a < b else (b, a) for a in some for b in others]
        if any(apart(self._found[a], self._found[b]) for a, b in pairs):
            return False
        self._ensure(pairs)
        return math.fsum(self._known[pair] for pair in pairs) > 0

    def _ensure(self, pairs: Iterable[tuple[int, int]]) -> None:
        missing = np.array([pair for pair in pairs if pair not in self._known], np.int64).reshape(-1, 2)
        self._score(missing[:, 0], missing[:, 1])

    def _score(self, i: Ints, j: Ints) -> None:
        for first in range(0, len(i), _AT_ONCE):
            some, others = i[first : first + _AT_ONCE], j[first : first + _AT_ONCE]
            score = score_pairs(self._tellings, self._frames, some, others)
            self._known.update(zip(zip(some.tolist(), others.tolist(), strict=True), score.tolist(), strict=True))


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
