"""The index of names: which records a name speaks in, acts in or is the place of, in order of time.

The views know names through joins; a filter by name would go through every row. This table has one row for a
name and a record, ordered as lists are shown, so that "what Ukraine said" is read off from its first row on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from sqlalchemy import Connection, Table, select, text

from dateline.ledger.schema import T
from dateline.ledger.texts import fold

__all__ = ["Part", "fill_names", "name_rows", "names_like"]

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


def names_like(connection: Connection, part: Part, words: str, *, limit: int) -> list[str]:
    """The folded names that hold these words, whatever their case and accents, the shortest first.

    Walks from name to name, not from row to row: a ledger has far fewer names than records.
    """
    c = T.names.c
    wanted, last = fold(words), ""
    found: list[str] = []
    while True:
        after = select(c.folded).where(c.part == part, c.folded > last).order_by(c.folded).limit(1)
        name = connection.scalar(after)
        if name is None:
            return sorted(found, key=lambda name: (len(name), name))[:limit]
        if wanted in name:
            found.append(name)
        last = name
