"""Disputes: claims that cannot all be true.

Four ways lead to one: the report itself sets two accounts against each other (``contradictions``), a voice denies
in other words what another asserts (``denials``), two sources give figures of one toll that do not meet, or two name
different doers of one deed. A later figure of the same source, a range that overlaps, a state that moved on and a
copy against its original are no disputes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dateline.link.accounts import Kind, differ_in, label
from dateline.link.contradictions import Contradiction, contradictions
from dateline.link.denials import denials
from dateline.link.happenings import Happening
from dateline.link.incidents import link_id
from dateline.link.likeness import HARM, family
from dateline.link.statements import Statement
from dateline.records import Dispute, Incident, Report, Side, Toll, TollEntry

__all__ = ["disputes"]

_SURE = 1.0  # factuality from here on is a commitment
_STATE_LIKE = 3  # letters of a country code: only states, their forces and officials are held to blame

_SHORT = 30  # a clause shorter than this says too little to name a dispute by

_Side = tuple[str, tuple[str, ...], tuple[str, ...]]
Told = Sequence[tuple[Report, Sequence[Statement]]]


@dataclass(frozen=True)
class _Found:
    """A dispute before it gets its id: sides as (label, records, sources)."""

    kind: Kind
    about: str
    sides: tuple[_Side, ...]


def disputes(
    found: Sequence[Happening], made: Sequence[Incident], told: Told, copies: Mapping[str, str]
) -> tuple[Dispute, ...]:
    """All disputes over the incidents and in the reports; ``told``: the statements of each report."""
    by_ref = {h.ref: h for h in found}
    home = {event: incident.id for incident in made for event in incident.events}
    originals = [(report, said) for report, said in told if copies.get(report.id, report.id) == report.id]
    every: list[_Found] = []
    for report, said in originals:
        for case in contradictions(report.text, said):
            every += _of_case(case)
    every += [_of_statements((a,), (b,), differ_in((a,), (b,), "")) for a, b in denials([s for _, s in originals])]
    for incident in made:
        members = [by_ref[r] for r in incident.events]
        every += _tolls(incident)
        every += _responsibility(incident, members)
    return tuple(sorted((_dispute(one, home) for one in _merged(every)), key=lambda d: (d.kind, d.id)))


def _of_case(case: Contradiction) -> Iterator[_Found]:
    """The dispute as a whole; and where the contradictor goes on to differ in something of its own, that."""
    rest = [(more, differ_in(case.first, (more,), "")) for more in case.second[1:]]
    plain = [case.second[0], *(more for more, kind in rest if kind == "occurrence")]
    whole: Kind = "occurrence" if case.second[0].sweeping else differ_in(case.first, plain, case.cue)
    plain += [more for more, kind in rest if kind == whole != "occurrence"]
    yield _of_statements(case.first, plain, whole)
    for more, kind in rest:
        if kind not in (whole, "occurrence"):
            yield _of_statements(case.first, (more,), kind)


def _of_statements(first: Sequence[Statement], second: Sequence[Statement], kind: Kind) -> _Found:
    clauses = [e.clause for s in first for e in s.events if e.event.salience != "background"]
    about = next((c for c in clauses if len(c) >= _SHORT), max((s.text for s in first), key=len))
    return _Found(kind, about, (_statement_side(kind, first, second=False), _statement_side(kind, second, second=True)))


def _statement_side(kind: Kind, side: Sequence[Statement], *, second: bool) -> _Side:
    records = tuple(sorted({r for s in side for r in s.records}))
    return label(kind, side, second=second), records, tuple(sorted({s.name for s in side}))


def _tolls(incident: Incident) -> Iterator[_Found]:
    """Figures of one kind of harm to one group that exclude each other, each source's last word taken."""
    for toll in incident.tolls:
        apart = [(a, b) for a, b in combinations(_last_words(toll), 2) if _exclude(a, b)]
        if apart:
            entries = sorted({e.quantity: e for pair in apart for e in pair}.values(), key=lambda e: e.quantity)
            sides = tuple((_range(e), tuple(sorted({e.claim or e.quantity, e.quantity})), (e.source,)) for e in entries)
            of = f"{toll.kind} ({toll.victims})" if toll.victims else toll.kind
            yield _Found("toll", f"{of}: {incident.title}", sides)


def _last_words(toll: Toll) -> list[TollEntry]:
    """Each source's latest figure: what it said before, it has itself replaced."""
    last = {entry.source: entry for entry in toll.entries if entry.copy_of is None}
    return [last[source] for source in sorted(last)]


def _exclude(a: TollEntry, b: TollEntry) -> bool:
    """Two ranges of different reports that do not meet: of one day, or the later says nobody died after all.

    Within a report figures are set against each other by its own words alone (``contradictions``).
    """
    if a.report == b.report:
        return False
    later = max(a, b, key=lambda entry: entry.published or "")
    if (a.published or "")[:10] != (b.published or "")[:10] and later.high != 0:
        return False
    above = a.low is not None and b.high is not None and a.low > b.high
    return above or (b.low is not None and a.high is not None and b.low > a.high)


def _responsibility(incident: Incident, members: Sequence[Happening]) -> Iterator[_Found]:
    """Two voices that blame different states for one deed of harm."""
    blamed: dict[str, list[Happening]] = defaultdict(list)
    for member in members:
        states = [i for i in member.initiators if len(i) == _STATE_LIKE and i.isupper()]
        if family(member) == HARM and len(states) == 1 and states[0] != member.side and _sure(member):
            blamed[states[0]].append(member)
    for one, other in combinations(sorted(blamed), 2):
        first = [m for m in blamed[one] if m.kin in {h.kin for h in blamed[other]}]
        second = [m for m in blamed[other] if m.kin in {h.kin for h in blamed[one]}]
        if first and second and not {m.side for m in first} & {m.side for m in second}:
            yield _Found("responsibility", incident.title, (_member_side(first, one), _member_side(second, other)))


def _sure(member: Happening) -> bool:
    return member.event.factuality >= _SURE


def _member_side(members: Sequence[Happening], side: str) -> _Side:
    names = sorted({m.names[side] for m in members if side in m.names})
    sources = tuple(sorted({m.voice.name if m.voice else m.outlet for m in members}))
    return ", ".join(names), tuple(sorted(m.ref for m in members)), sources


def _merged(every: Iterable[_Found]) -> list[_Found]:
    """Join what says again what was found already: the same kind over the same records of two sides."""
    kept: list[_Found] = []
    seen: dict[tuple[Kind, str], list[int]] = defaultdict(list)
    for one in sorted(every, key=lambda f: (f.kind, f.about, f.sides)):
        records = [record for _, side, _ in one.sides for record in side]
        near = sorted({i for record in records for i in seen[one.kind, record]})
        twin = next((i for i in near if _same(one, kept[i])), None)
        if twin is None:
            twin = len(kept)
            kept.append(one)
        elif kept[twin].sides != one.sides:
            kept[twin] = _joined(kept[twin], one)
        for record in records:
            seen[one.kind, record].append(twin)
    return kept


def _joined(kept: _Found, more: _Found) -> _Found:
    """One dispute with the records and sources of both; each side of ``more`` goes to the one it is most like."""
    sides = list(kept.sides)
    for side in more.sides:
        alike = [len(set(side[1]) & set(own[1])) * 2 + (side[2] == own[2]) for own in sides]
        at = alike.index(max(alike)) if any(alike) else more.sides.index(side) % len(sides)
        label, records, sources = sides[at]
        sides[at] = (label, tuple(sorted({*records, *side[1]})), tuple(sorted({*sources, *side[2]})))
    return _Found(kept.kind, kept.about, tuple(sides))


def _same(one: _Found, other: _Found) -> bool:
    """Sides that share records, or are of the same sources where the other sides do."""
    (a, b), (c, d) = one.sides[:2], other.sides[:2]
    return (_meet(a, c) and _alike(b, d)) or (_meet(b, d) and _alike(a, c)) or (_meet(a, d) and _meet(b, c))


def _meet(a: _Side, b: _Side) -> bool:
    return not set(a[1]).isdisjoint(b[1])


def _alike(a: _Side, b: _Side) -> bool:
    return _meet(a, b) or a[2] == b[2]


def _range(entry: TollEntry) -> str:
    low = "?" if entry.low is None else f"{entry.low:g}"
    if entry.low == entry.high:
        return low
    return f"{low} or more" if entry.high is None else f"{low}–{entry.high:g}"


def _dispute(one: _Found, home: Mapping[str, str]) -> Dispute:
    records = sorted({r for _, side, _ in one.sides for r in side})
    over = sorted({home[r] for r in records if r in home})
    sides = tuple(Side(label=name, records=refs, sources=sources) for name, refs, sources in one.sides)
    told = len({record.partition(":")[0] for record in records})
    return Dispute(
        id=link_id(one.kind, *records), kind=one.kind, about=one.about, sides=sides,
        incident=over[0] if over else None, sources=told,
    )  # fmt: skip
