"""Derived records to rows and back: incidents, disputes, reversals, threads, questions.

Each is kept twice: in readable columns for people and queries, and as JSON, from which the very
same record comes back. The JSON also tells which records changed, so that linking anew writes
only those. ``filed_at`` is the moment a list of them goes by (stored text, UTC): of an incident when it
may first have happened, else when it was first told; of the others when the last of what makes
them was published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, insert, select

from dateline.ledger.names import INCIDENT_PARTS, incident_name_rows, know
from dateline.ledger.rows import LIST, Row
from dateline.ledger.schema import T
from dateline.ledger.staleness import state, unlink
from dateline.ledger.sums import keep_sums
from dateline.ledger.texts import from_json, moment, storable, to_json
from dateline.records import Dispute, Incident, Linked, OpenQuestion, Reversal, Thread
from dateline.records.dates import date_prec, interval

__all__ = ["AnyLinked", "linked_records", "replace_all", "replace_table"]

AnyLinked = Incident | Dispute | Reversal | Thread | OpenQuestion
_KEYS = 500  # ids looked up at a time
L = TypeVar("L", Incident, Dispute, Reversal, Thread, OpenQuestion)


def replace_all(connection: Connection, found: Linked, only: Collection[str] | None) -> None:
    """Make the derived tables hold what linking found, in place of all else or of records with ids in ``only``."""
    replace_table(connection, T.incidents, found.incidents, only)
    replace_table(connection, T.disputes, found.disputes, only)
    replace_table(connection, T.reversals, found.reversals, only)
    replace_table(connection, T.threads, found.threads, only)
    replace_table(connection, T.questions, found.questions, only)
    unlink(connection)
    connection.execute(insert(T.about), {"name": "linked", "value": state(connection)})
    keep_sums(connection)


def replace_table(
    connection: Connection, table: Table, records: Iterable[AnyLinked], only: Collection[str] | None
) -> None:
    """Make a table (``incidents``, …) hold these records, in place of all others or of those with ids in ``only``."""
    new = {record.id: (record, to_json(record)) for record in records}
    old = _kept(connection, table, None if only is None else {*only, *new})
    gone = {key for key in old if key not in new}
    changed = {key for key, (_, json) in new.items() if old.get(key, json) != json}
    if gone or changed:
        # Rows of the child tables go with them: the foreign keys say ON DELETE CASCADE.
        rows = [{"gone": key} for key in sorted(gone | changed)]
        connection.execute(delete(table).where(table.c.id == bindparam("gone")), rows)
    fresh = [new[key] for key in sorted(new) if key in changed or key not in old]
    told = _published(connection, fresh)
    for of, written in _rows(table, fresh, told).items():
        if written:  # no row of a child table may be new
            connection.execute(insert(of), written)
        if of is T.incident_names:
            know(connection, ((INCIDENT_PARTS[str(row["part"])], str(row["folded"])) for row in written))


def _kept(connection: Connection, table: Table, ids: Collection[str] | None) -> dict[str, str]:
    """What a table holds, as JSON by id; ``ids``: only these."""
    wanted = select(table.c.id, table.c.json)
    if ids is None:
        return {row.id: row.json for row in connection.execute(wanted)}
    keys, found = iter(sorted(ids)), {}
    while some := list(islice(keys, _KEYS)):
        found.update({row.id: row.json for row in connection.execute(wanted.where(table.c.id.in_(some)))})
    return found


def linked_records(connection: Connection, table: Table, kind: type[L]) -> Iterator[L]:
    """Yield the records of a table, ordered by id."""
    for row in connection.execute(select(table.c.json).order_by(table.c.id)):
        yield from_json(row.json, kind)


def _published(connection: Connection, records: Iterable[tuple[AnyLinked, str]]) -> dict[str, str]:
    """When the reports were published that these records rest on, by id; those without a date are left out."""
    wanted = iter(sorted({storable(report) for record, _ in records for report in _reports(record)}))
    c, found = T.reports.c, {}
    while some := list(islice(wanted, _KEYS)):
        rows = connection.execute(select(c.id, c.published_at).where(c.id.in_(some), c.published_at.is_not(None)))
        found.update({row.id: row.published_at for row in rows})
    return found


def _reports(record: AnyLinked) -> list[str]:
    """The reports a derived record rests on."""
    refs: Iterable[str]
    match record:
        case Incident():
            return list(record.reports)
        case Dispute():
            refs = (r for side in record.sides for r in side.records)
        case Reversal():
            refs = (record.before, record.after)
        case Thread():
            refs = (move.record for move in record.moves)
        case OpenQuestion():
            refs = (*record.unknowns, *((record.answer,) if record.answer else ()))
    return [reference.rpartition(":")[0] for reference in refs]


def _filed_at(record: AnyLinked, told: dict[str, str]) -> str | None:
    moments = [told[key] for report in _reports(record) if (key := storable(report)) in told]
    if isinstance(record, Incident):
        return moment(record.earliest) or moment(record.latest) or min(moments, default=None)
    return max(moments, default=None)


def _rows(table: Table, records: Iterable[tuple[AnyLinked, str]], told: dict[str, str]) -> dict[Table, list[Row]]:
    rows: dict[Table, list[Row]] = defaultdict(list)
    for record, json in records:
        filed_at = _filed_at(record, told)
        rows[table].append(_own_row(record, json) | {"filed_at": filed_at})
        match record:
            case Incident():
                _incident(record, rows)
                rows[T.incident_names] += incident_name_rows(record, filed_at)
            case Dispute():
                _dispute(record, rows)
            case Thread():
                _thread(record, rows)
            case OpenQuestion():
                rows[T.question_unknowns] += [{"question": record.id, "unknown": u} for u in _once(record.unknowns)]
            case Reversal():
                pass
    for written in rows.values():
        for row in written:
            row.update({k: storable(v) for k, v in row.items() if isinstance(v, str) and not v.isprintable()})
    return dict(rows)


def _own_row(record: AnyLinked, json: str) -> Row:
    fields: tuple[str, ...]
    match record:
        case Incident():
            return {
                "id": record.id, "type": record.type, "title": record.title, "earliest": moment(record.earliest),
                "latest": moment(record.latest), "edtf": interval(record.earliest, record.latest),
                "date_prec": date_prec(record.earliest, record.latest),
                "place": record.place, "lat": record.lat, "lon": record.lon, "radius_km": record.radius_km,
                "country": record.country, "initiators": LIST.join(record.initiators),
                "recipients": LIST.join(record.recipients), "sources": record.sources, "json": json,
            }  # fmt: skip
        case Dispute():
            fields = ("id", "kind", "about", "incident", "sources")
        case Reversal():
            fields = ("id", "source", "before", "after", "about", "correction")
        case Thread():
            parties = LIST.join(record.parties)
            return {"id": record.id, "matter": record.matter, "parties": parties, "state": record.state, "json": json}
        case OpenQuestion():
            fields = ("id", "words", "asked", "answer", "answered")
    return {name: getattr(record, name) for name in fields} | {"json": json}


def _incident(incident: Incident, rows: dict[Table, list[Row]]) -> None:
    key: Row = {"incident": incident.id}
    rows[T.incident_events] += [key | {"event": event} for event in _once(incident.events)]
    rows[T.incident_reports] += [key | {"report": report} for report in _once(incident.reports)]
    for toll in incident.tolls:
        of = key | {"kind": toll.kind, "victims": toll.victims}
        rows[T.tolls].append(of | {"low": toll.low, "best": toll.best, "high": toll.high})
        for position, entry in enumerate(toll.entries):
            fields = {name: getattr(entry, name) for name in entry.__struct_fields__}
            rows[T.toll_entries].append(of | {"position": position} | fields)


def _dispute(dispute: Dispute, rows: dict[Table, list[Row]]) -> None:
    for position, side in enumerate(dispute.sides):
        key: Row = {"dispute": dispute.id, "position": position}
        rows[T.dispute_sides].append(key | {"label": side.label, "sources": LIST.join(side.sources)})
        rows[T.dispute_records] += [key | {"record": record} for record in _once(side.records)]


def _thread(thread: Thread, rows: dict[Table, list[Row]]) -> None:
    for position, move in enumerate(thread.moves):
        fields = {name: getattr(move, name) for name in move.__struct_fields__}
        rows[T.thread_moves].append({"thread": thread.id, "position": position} | fields)


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
