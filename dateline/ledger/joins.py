"""What people say of incidents: that several are one, or that one is two.

Kept among the corrections, with the words of the events meant, so that a verdict outlives another reading and another
linking; ``verdicts`` gives those that stand, for linking to lay over its groups.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, insert, select, update

from dateline.ledger.corrections import corrections, now
from dateline.ledger.errors import LedgerError
from dateline.ledger.schema import T
from dateline.ledger.texts import storable
from dateline.records import Verdict

__all__ = ["INCIDENTS", "merge", "split", "verdicts"]

INCIDENTS = "incidents"
_Anchor = tuple[str, int, int]  # report, start, end of an event's words


def merge(connection: Connection, incidents: Sequence[str], *, who: str, why: str) -> int:
    """Note that these incidents are one; return the id of the correction."""
    if len(set(incidents)) < 2:
        raise LedgerError("Merging takes two incidents or more")
    together = [event for incident in incidents for event in _events(connection, incident)]
    return _note(connection, incidents[0], "merge", together, [], who=who, why=why)


def split(connection: Connection, incident: str, events: Sequence[str], *, who: str, why: str) -> int:
    """Note that these events are another incident than the rest of theirs; return the id of the correction."""
    whole = _events(connection, incident)
    if strange := sorted(set(events) - set(whole)):
        raise LedgerError(f"{strange[0]} is no event of incident {incident}")
    rest = [event for event in whole if event not in events]
    if not (events and rest):
        raise LedgerError("Splitting takes some of the events, not all and not none")
    return _note(connection, incident, "split", events, rest, who=who, why=why)


def verdicts(connection: Connection) -> list[Verdict]:
    """What stands, oldest first, by the references events have now; a verdict whose words are gone is marked lost."""
    found = []
    for c in corrections(connection):
        if c.kind != INCIDENTS or c.undone_at is not None:
            continue
        sides = json.loads(c.new or "{}")
        one, other = (tuple(_there(connection, sides.get(side, ()))) for side in ("one", "other"))
        lost = not one or (c.action == "split" and not other) or (c.action == "merge" and len(one) < 2)
        if c.lost != lost:
            connection.execute(update(T.corrections).where(T.corrections.c.id == c.id).values(lost=lost))
        if not lost:
            found.append(Verdict(one=one, other=other))
    return found


def _events(connection: Connection, incident: str) -> list[str]:
    of = T.incident_events.c
    found = list(connection.scalars(select(of.event).where(of.incident == incident).order_by(of.event)))
    if not found:
        raise LedgerError(f"There is no incident {incident}")
    return found


def _note(
    connection: Connection, incident: str, action: str, one: Sequence[str], other: Sequence[str], *, who: str, why: str
) -> int:
    anchors = {"one": _anchors(connection, one), "other": _anchors(connection, other)}
    (report, start, end), e = anchors["one"][0], T.events.c
    words = connection.scalar(select(e.words).where(e.report == report, e.start == start, e.end == end).limit(1))
    row = {
        "record": incident, "report": report, "kind": INCIDENTS, "position": 0, "start": start, "end": end,
        "words": words, "action": action, "new": json.dumps(anchors), "who": who, "why": why,
        "at": now(), "lost": False,
    }  # fmt: skip
    made: int = connection.execute(insert(T.corrections).returning(T.corrections.c.id), row).scalar_one()
    return made


def _anchors(connection: Connection, events: Iterable[str]) -> list[_Anchor]:
    e = T.events.c
    wanted = [select(e.report, e.start, e.end).where(e.id == storable(event)) for event in events]
    rows = [connection.execute(one).one() for one in wanted]
    return [(row.report, row.start, row.end) for row in rows]


def _there(connection: Connection, anchors: Iterable[Sequence[object]]) -> Iterator[str]:
    e = T.events.c
    for report, start, end in anchors:
        where = (e.report == report) & (e.start == start) & (e.end == end)
        yield from connection.scalars(select(e.id).where(where).order_by(e.id))
