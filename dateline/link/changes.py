"""Changes: what one set of links has that an earlier one had not, for "what is new since yesterday, six o'clock?".

Both sets are linked whole, so that the list says what a reader who linked at either moment would have seen. Records
are recognised by what they stand on (events, claims, moves), not by their ids: an incident that gained an event, or
was joined with another, is still that incident.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from dateline.records import Change, Dispute, Incident, Linked, OpenQuestion, Reversal, Thread, Toll

__all__ = ["changes"]

R = TypeVar("R", Incident, Dispute, Thread, OpenQuestion)
_ORDER = ("corrected", "reversed", "disputed", "settled", "moved", "new")


def changes(before: Linked, now: Linked, published: Mapping[str, str | None]) -> tuple[Change, ...]:
    """What changed from one set of links to a later one, the most telling first.

    published: the publication of each report by id, for the moment a change came about.
    """
    when = _Calendar(published)
    found = [
        *_incidents(before, now, when),
        *_disputes(before, now, when),
        *_reversals(before, now, when),
        *_threads(before, now, when),
        *_questions(before, now, when),
    ]
    return tuple(sorted(found, key=lambda c: (_ORDER.index(c.change), -c.sources, c.at or "", c.kind, c.id)))


class _Calendar:
    """When records became known."""

    def __init__(self, published: Mapping[str, str | None]) -> None:
        self._published = published

    def first(self, records: Iterable[str]) -> str | None:
        """The publication of the first report that any of these references stands in."""
        return min((day for r in records if (day := self._published.get(r.partition(":")[0]))), default=None)


def _incidents(before: Linked, now: Linked, when: _Calendar) -> Iterator[Change]:
    earlier = _holders(before.incidents, lambda i: i.events)
    for incident in now.incidents:
        was = _chief(incident.events, earlier)
        if was is None:
            yield Change(
                change="new", kind="incident", id=incident.id, about=incident.title, sources=incident.sources,
                at=when.first(incident.events), records=incident.events,
            )  # fmt: skip
        else:
            yield from _moved(was, incident, when)


def _moved(was: Incident, incident: Incident, when: _Calendar) -> Iterator[Change]:
    """Figures, place and number of sources that are not what they were."""
    known = {(toll.kind, toll.victims): toll for toll in was.tolls}
    for toll in incident.tolls:
        old = known.get((toll.kind, toll.victims))
        if old is None or (old.low, old.best, old.high) != (toll.low, toll.best, toll.high):
            fresh = tuple(e.quantity for e in toll.entries if old is None or e not in old.entries)
            yield Change(
                change="moved", kind="toll", id=incident.id, about=f"{_counted(toll)}: {incident.title}",
                before=_range(old) if old else None, after=_range(toll), at=when.first(fresh),
                sources=incident.sources, records=fresh,
            )  # fmt: skip
    fresh = tuple(event for event in incident.events if event not in was.events)
    told = ((_where(was), _where(incident)), (_told(was.sources), _told(incident.sources)))
    turns = [(a, b) for a, b in told if a != b]
    if turns and fresh:
        yield Change(
            change="moved", kind="incident", id=incident.id, about=incident.title, sources=incident.sources,
            before=", ".join(a for a, _ in turns), after=", ".join(b for _, b in turns), at=when.first(fresh),
            records=fresh,
        )  # fmt: skip


def _disputes(before: Linked, now: Linked, when: _Calendar) -> Iterator[Change]:
    earlier, later = _holders(before.disputes, _on), _holders(now.disputes, _on)
    for dispute in now.disputes:
        was = _chief(_on(dispute), earlier)
        sides = " / ".join(f"{side.label} ({', '.join(side.sources)})" for side in dispute.sides)
        if was is None or (was.kind, len(was.sides)) != (dispute.kind, len(dispute.sides)):
            yield _of_dispute("disputed", dispute, when, after=sides)
        elif was.sources < dispute.sources:
            yield _of_dispute("moved", dispute, when, before=_told(was.sources), after=_told(dispute.sources))
    for dispute in before.disputes:
        if _chief(_on(dispute), later) is None:
            sides = " / ".join(side.label for side in dispute.sides)
            yield _of_dispute("settled", dispute, when, before=sides, after="no longer held")


def _of_dispute(
    change: str, dispute: Dispute, when: _Calendar, *, before: str | None = None, after: str | None = None
) -> Change:
    return Change(
        change=change,  # type: ignore[arg-type]
        kind="dispute", id=dispute.id, about=f"{dispute.kind}: {dispute.about}", before=before, after=after,
        at=when.first(_on(dispute)), sources=dispute.sources, records=_on(dispute),
    )  # fmt: skip


def _reversals(before: Linked, now: Linked, when: _Calendar) -> Iterator[Change]:
    known = {(r.before, r.after) for r in before.reversals}
    for reversal in now.reversals:
        if (reversal.before, reversal.after) not in known:
            yield _of_reversal(reversal, when)


def _of_reversal(reversal: Reversal, when: _Calendar) -> Change:
    return Change(
        change="corrected" if reversal.correction else "reversed", kind="reversal", id=reversal.id,
        about=f"{reversal.source}: {reversal.about}", at=when.first([reversal.after]), sources=1,
        records=(reversal.before, reversal.after),
    )  # fmt: skip


def _threads(before: Linked, now: Linked, when: _Calendar) -> Iterator[Change]:
    earlier = _holders(before.threads, _steps)
    for thread in now.threads:
        was = _chief(_steps(thread), earlier)
        fresh = tuple(r for r in _steps(thread) if was is None or r not in _steps(was))
        if fresh:
            yield Change(
                change="new" if was is None else "moved", kind="thread", id=thread.id,
                about=f"{' – '.join(thread.parties)}: {thread.matter}", before=was.state if was else None,
                after=thread.state, at=when.first(fresh), sources=1, records=fresh,
            )  # fmt: skip


def _questions(before: Linked, now: Linked, when: _Calendar) -> Iterator[Change]:
    earlier = _holders(before.questions, lambda q: q.unknowns)
    for question in now.questions:
        was = _chief(question.unknowns, earlier)
        told = len({unknown.partition(":")[0] for unknown in question.unknowns})
        if question.answer and not (was and was.answer):
            yield Change(
                change="settled", kind="question", id=question.id, about=question.words, before="open",
                after="answered", at=question.answered, sources=told, records=(*question.unknowns, question.answer),
            )  # fmt: skip
        elif was is None:
            yield Change(
                change="new", kind="question", id=question.id, about=question.words, sources=told,
                at=when.first(question.unknowns), records=question.unknowns,
            )  # fmt: skip


def _holders(records: Iterable[R], of: Callable[[R], tuple[str, ...]]) -> dict[str, list[R]]:
    held: dict[str, list[R]] = defaultdict(list)
    for record in records:
        for ref in of(record):
            held[ref].append(record)
    return held


def _chief(refs: Iterable[str], held: Mapping[str, list[R]]) -> R | None:
    """The record that stands on most of these references; of equal ones the first by id."""
    count: dict[str, int] = defaultdict(int)
    by_id: dict[str, R] = {}
    for ref in refs:
        for record in held.get(ref, ()):
            count[record.id] += 1
            by_id[record.id] = record
    best = min(count, key=lambda key: (-count[key], key), default=None)
    return None if best is None else by_id[best]


def _on(dispute: Dispute) -> tuple[str, ...]:
    return tuple(sorted({record for side in dispute.sides for record in side.records}))


def _steps(thread: Thread) -> tuple[str, ...]:
    return tuple(move.record for move in thread.moves)


def _counted(toll: Toll) -> str:
    return f"{toll.kind} ({toll.victims})" if toll.victims else toll.kind


def _range(toll: Toll) -> str:
    return f"{toll.best:,}" if toll.low == toll.high else f"{toll.best:,} ({toll.low:,}–{toll.high:,})"


def _where(incident: Incident) -> str:
    return f"at {incident.place}" if incident.place else "no place"


def _told(sources: int) -> str:
    return f"{sources} source{'' if sources == 1 else 's'}"
