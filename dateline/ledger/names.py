"""The index of names: which records a name speaks in, is spoken to in, acts in, is the place or the outlet of.

The views know names through joins; a filter by name would go through every row. ``names`` has one row for a
name and a record, ordered as lists are shown, so that "what Ukraine said" is read off from its first row on;
``incident_names`` is the same for incidents. ``known_names`` has each name once, to look through them for letters;
one whose records are gone stays there and finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from sqlalchemy import Connection, Table, text

from dateline.ledger.schema import T
from dateline.ledger.texts import fold
from dateline.records import Incident

__all__ = ["INCIDENT_PARTS", "Part", "fill_names", "incident_name_rows", "know", "name_rows"]

Part = Literal["speaker", "hearer", "actor", "place", "country", "outlet"]
"""speaker: of a claim, or of the claim that an event or unknown stands in. hearer: who a claim is addressed to. actor:
of an event. place, country: of an event. outlet: of the report."""

INCIDENT_PARTS: Mapping[str, str] = {part: f"incident {part}" for part in ("actor", "place", "country")}
"""What the parts of ``incident_names`` are called among the known names."""

Row = dict[str, object]
_SPEAKER = "JOIN claims c ON c.id = o.claim JOIN actors a ON a.id = c.source"
_FILL = (
    ("claims", "speaker", "a.folded", "JOIN actors a ON a.id = o.source"),
    ("claims", "hearer", "a.folded", "JOIN actors a ON a.id = o.addressee"),
    ("events", "speaker", "a.folded", _SPEAKER),
    ("unknowns", "speaker", "a.folded", _SPEAKER),
    ("events", "actor", "a.folded", "JOIN event_actors x ON x.event = o.id JOIN actors a ON a.id = x.actor"),
    ("events", "place", "p.folded", "JOIN places p ON p.id = o.place"),
    ("events", "country", "p.country", "JOIN places p ON p.id = o.place"),
    *((kind, "outlet", "r.outlet_folded", "JOIN reports r ON r.id = o.report")
      for kind in ("claims", "events", "unknowns")),
)  # fmt: skip


def name_rows(rows: Mapping[Table, Sequence[Row]], outlet: str | None) -> list[Row]:
    """The rows of ``names`` that go with the other rows of a reading; ``outlet``: of its report, folded."""
    made = {
        (table.name, part, name, str(row["filed_at"] or ""), row["report"], row["start"], row["id"])
        for table, part, name, row in _named(rows, outlet) if name
    }  # fmt: skip
    return [dict(zip(T.names.c.keys(), key, strict=True)) for key in made]


def _named(rows: Mapping[Table, Sequence[Row]], outlet: str | None) -> Iterator[tuple[Table, Part, object, Row]]:
    actors = {row["id"]: row["folded"] for row in rows.get(T.actors, ())}
    places = {row["id"]: row for row in rows.get(T.places, ())}
    sources = {row["id"]: row["source"] for row in rows.get(T.claims, ())}
    events = {row["id"]: row for row in rows.get(T.events, ())}
    for claim in rows.get(T.claims, ()):
        yield T.claims, "speaker", actors.get(claim["source"]), claim
        yield T.claims, "hearer", actors.get(claim["addressee"]), claim
    for part in rows.get(T.event_actors, ()):
        yield T.events, "actor", actors.get(part["actor"]), events[part["event"]]
    for event in events.values():
        place = places.get(event["place"], {})
        yield T.events, "place", place.get("folded"), event
        yield T.events, "country", place.get("country"), event
    for table in (T.events, T.unknowns):
        for row in rows.get(table, ()):
            yield table, "speaker", actors.get(sources.get(row["claim"])), row
    for table in (T.claims, T.events, T.unknowns):
        for row in rows.get(table, ()):
            yield table, "outlet", outlet, row


def incident_name_rows(incident: Incident, filed_at: str | None) -> list[Row]:
    """The rows of ``incident_names`` for an incident."""
    named = {("actor", fold(name)) for name in (*incident.initiators, *incident.recipients)}
    named.add(("place", fold(incident.place or "")))
    named.add(("country", incident.country or ""))
    key = {"filed_at": filed_at or "", "incident": incident.id}
    return [{"part": part, "folded": name, **key} for part, name in sorted(named) if name]


def know(connection: Connection, names: Iterable[tuple[str, str]]) -> None:
    """Keep these parts and names among the known ones."""
    rows = [{"part": part, "folded": name} for part, name in sorted(set(names))]  # in order: writers cannot lock up
    if rows:
        insert = "INSERT INTO known_names (part, folded) VALUES (:part, :folded) ON CONFLICT DO NOTHING"
        connection.execute(text(insert), rows)


def fill_names(connection: Connection) -> None:
    """Make all rows of ``names`` and the known names out of the tables, as an upgrade does."""
    for kind, part, name, joins in _FILL:
        rows = f"SELECT DISTINCT '{kind}', '{part}', {name}, coalesce(o.filed_at, ''), o.report, o.start, o.id"
        given = f"FROM {kind} o {joins} WHERE {name} IS NOT NULL AND {name} <> ''"
        connection.execute(text(f"INSERT INTO names {rows} {given}"))
    connection.execute(text("INSERT INTO known_names SELECT DISTINCT part, folded FROM names"))
