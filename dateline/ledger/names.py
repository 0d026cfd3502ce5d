"""The index of names: which records a name speaks in, acts in or is the place of, in order of time.

The views know names through joins; a filter by name would go through every row. This table has one row for a
name and a record, ordered as lists are shown, so that "what Ukraine said" is read off from its first row on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from sqlalchemy import Connection, Table, text

from dateline.ledger.schema import T

__all__ = ["Part", "fill_names", "name_rows", "walk"]

Part = Literal["speaker", "actor", "place"]
"""speaker: of a claim or of the claim an event stands in. actor: of an event. place: of an event."""

Row = dict[str, object]
_FILL = (
    """SELECT DISTINCT 'speaker', a.folded, coalesce(c.filed_at, ''), c.id, c.report
       FROM claims c JOIN actors a ON a.id = c.source""",
    """SELECT DISTINCT 'speaker', a.folded, coalesce(e.filed_at, ''), e.id, e.report
       FROM events e JOIN claims c ON c.id = e.claim JOIN actors a ON a.id = c.source""",
    """SELECT DISTINCT 'actor', a.folded, coalesce(e.filed_at, ''), e.id, e.report
       FROM event_actors x JOIN events e ON e.id = x.event JOIN actors a ON a.id = x.actor""",
    """SELECT DISTINCT 'place', p.folded, coalesce(e.filed_at, ''), e.id, e.report
       FROM events e JOIN places p ON p.id = e.place""",
)


def name_rows(rows: Mapping[Table, Sequence[Row]]) -> list[Row]:
    """The rows of ``names`` that go with the other rows of a reading."""
    actors = {row["id"]: row["folded"] for row in rows.get(T.actors, ())}
    places = {row["id"]: row["folded"] for row in rows.get(T.places, ())}
    sources = {row["id"]: row["source"] for row in rows.get(T.claims, ())}
    events = {row["id"]: row for row in rows.get(T.events, ())}

    def found() -> Iterator[tuple[str, object, Row]]:
        for claim in rows.get(T.claims, ()):
            yield "speaker", actors.get(claim["source"]), claim
        for event in events.values():
            yield "speaker", actors.get(sources.get(event["claim"])), event
            yield "place", places.get(event["place"]), event
        for part in rows.get(T.event_actors, ()):
            yield "actor", actors.get(part["actor"]), events[part["event"]]

    made = {
        (part, name, str(row["filed_at"] or ""), row["id"]): row["report"] for part, name, row in found() if name
    }  # fmt: skip
    columns = ("part", "folded", "filed_at", "record")
    return [dict(zip(columns, key, strict=True)) | {"report": report} for key, report in made.items()]


def fill_names(connection: Connection) -> None:
    """Make all rows anew out of the tables, as an upgrade does."""
    for rows in _FILL:
        connection.execute(text(f"INSERT INTO names (part, folded, filed_at, record, report) {rows}"))


def walk(connection: Connection, part: Part, *, after: str = "", until: str | None = None, limit: int) -> list[str]:
    """The distinct names of a part in order, from one behind ``after`` on; steps from name to name by the index.

    until: names before this one only.
    """
    before = "" if until is None else " AND folded < :until"
    step = f"SELECT min(folded) FROM names WHERE part = :part AND folded > %s{before}"
    every = text(
        f"WITH RECURSIVE walk(name) AS ({step % ':after'} UNION ALL "
        f"SELECT ({step % 'walk.name'}) FROM walk WHERE walk.name IS NOT NULL) "
        "SELECT name FROM walk WHERE name IS NOT NULL LIMIT :limit"
    )
    values = {"part": part, "after": after, "limit": limit} | ({} if until is None else {"until": until})
    return [row.name for row in connection.execute(every, values)]
