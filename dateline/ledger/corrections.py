"""What people change: kept with who, when and why, laid over what the machine read, undone at will.

The machine's reading is never edited. A correction names its record by the words it stands on;
whenever a reading or its corrections change, the reading's rows are made anew from the machine's
reading with the corrections that stand laid over it, in the order they were made. So a correction
survives a re-reading with another version, codebook or model, and where its words are gone it is
marked as lost, not dropped.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Literal

import msgspec
from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from dateline.ledger.errors import ConflictError, LedgerError
from dateline.ledger.names import know
from dateline.ledger.overlay import KINDS, Pins, added, changed, edited, find, pins, span, turned
from dateline.ledger.rows import reading_rows
from dateline.ledger.schema import READ, T
from dateline.ledger.texts import from_json, storable, to_json
from dateline.records import Reading, Report

__all__ = ["Correction", "add", "correct", "corrections", "lay_over", "now", "review", "review_many", "undo",
           "write_rows"]  # fmt: skip

_LISTS = {name[0]: name for name in Reading.__struct_fields__}
_TABLES: dict[str, Table] = {table.name: table for table in READ}
_Place = tuple[str, int]  # which list of a reading, and where in it


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One change by a person.

    record: its reference when corrected; ``start``, ``end``, ``words``: where the machine read it.
    action: edit (``field`` from ``old`` to ``new``, JSON), add (``new``: the record), accept or reject; of an
    incident merge or split (``new``: the words of the events meant, see ``joins``).
    refs: the words that references in ``new`` stand for, JSON.
    at: when, ISO 8601 in UTC. undone_by, undone_at: None while it stands.
    lost: its words are no longer a record of that kind in the newest reading.
    """

    id: int
    record: str
    report: str
    kind: str
    start: int
    end: int
    words: str
    action: Literal["edit", "add", "accept", "reject", "merge", "split"]
    who: str
    at: str
    why: str
    field: str | None = None
    old: str | None = None
    new: str | None = None
    refs: str | None = None
    undone_by: str | None = None
    undone_at: str | None = None
    lost: bool = False


def correct(
    connection: Connection, report: Report, record: str, change: Mapping[str, object], *, who: str, why: str,
    seen: Mapping[str, object] | None = None,
) -> list[int]:  # fmt: skip
    """Set fields of a record; return the ids of the corrections.

    change: new values by field, as in JSON. seen: the values the person had before their eyes; if
    another has changed one of them meanwhile, nothing is written and ``ConflictError`` says so.
    """
    kind, position = _parse(record)
    reading = _current(connection, report.id)
    old = _record(reading, kind, position, record)
    plain = json.loads(msgspec.json.encode(old))
    for field, value in (seen or {}).items():
        if plain.get(field) != value:
            raise ConflictError(
                f"{record}: {field} is now {json.dumps(plain.get(field))}, no longer {json.dumps(value)}: look again"
            )
    changed(old, change)
    made = []
    for field, value in change.items():
        what = {"action": "edit", "field": field, "old": json.dumps(plain[field]), "new": json.dumps(value),
                "refs": json.dumps(pins(reading, kind, {field: value}))}  # fmt: skip
        made.append(_note(connection, report, record, what, who=who, why=why))
    _laid(connection, report)
    return made


def add(
    connection: Connection, report: Report, kind: str, values: Mapping[str, object], *, who: str, why: str
) -> tuple[str, int]:
    """Add a record the machine did not find; return its reference and the id of the correction.

    kind: the list it belongs to (``claims``). values: its fields, as in JSON; an actor needs no ``id``.
    """
    if kind not in KINDS:
        raise LedgerError(f"There are no {kind}: choose from {', '.join(KINDS)}")
    reading = _current(connection, report.id)
    whole = added(reading, kind, values)
    start, end = span(getattr(whole, kind)[-1])
    record = f"{report.id}:{kind[0]}{len(getattr(reading, kind))}"
    what = {"action": "add", "new": json.dumps(dict(values)), "refs": json.dumps(pins(reading, kind, values))}
    made = _write(connection, report, record, (start, end), what, who=who, why=why)
    _laid(connection, report)
    return record, made


def review(
    connection: Connection, report: Report, record: str, verdict: Literal["accept", "reject"], *, who: str, why: str
) -> int:
    """Accept or reject a record; a rejected one stays in the tables, marked, and is left out everywhere else."""
    made = _note(connection, report, record, {"action": verdict}, who=who, why=why)
    lay_over(connection, report)
    return made


def review_many(
    connection: Connection, report: Report, records: Iterable[str], verdict: Literal["accept", "reject"], *,
    who: str, why: str,
) -> list[int]:  # fmt: skip
    """Accept or reject many records of one report at once."""
    made = [_note(connection, report, record, {"action": verdict}, who=who, why=why) for record in records]
    lay_over(connection, report)
    return made


def undo(connection: Connection, report: Report, correction: int, *, who: str) -> None:
    """Take a correction back; it stays in the history."""
    c = T.corrections.c
    stands = (c.id == correction) & c.undone_at.is_(None) & (c.report == storable(report.id))
    done = connection.execute(
        update(T.corrections).where(stands).values(undone_by=who, undone_at=now()).returning(c.id)
    ).all()
    if not done:
        raise ConflictError(f"Correction {correction} is not there or has been undone already")
    lay_over(connection, report)


def corrections(connection: Connection, report: str | None = None, record: str | None = None) -> Iterator[Correction]:
    """Yield corrections in the order they were made, those undone too."""
    wanted = select(T.corrections).order_by(T.corrections.c.id)
    if report is not None:
        wanted = wanted.where(T.corrections.c.report == storable(report))
    if record is not None:
        wanted = wanted.where(T.corrections.c.record == record)
    for row in connection.execute(wanted):
        yield _correction(row)


def lay_over(connection: Connection, report: Report) -> None:
    """Make the rows of a report anew: the machine's reading under the corrections that stand."""
    standing = list(_standing(connection, report))
    machine = _machine(connection, report.id)
    reading, lost = _with_added(machine, standing)
    at = {c.id: find(reading, c.kind, (c.start, c.end), _parse(c.record)[1]) for c in standing if c.id not in lost}
    lost.update(key for key, position in at.items() if position is None)
    there = [(c, (c.kind, position)) for c in standing if (position := at.get(c.id)) is not None]
    edits: dict[_Place, list[Correction]] = defaultdict(list)  # fields may only make sense together
    for c, place in there:
        if c.action == "edit":
            edits[place].append(c)
    whole = reading
    for (kind, position), made in edits.items():
        try:
            reading = edited(reading, kind, position, _change(whole, made))
        except LedgerError:  # the machine now reads something here that the correction does not fit
            lost.update(c.id for c in made)
    for c in standing:
        _mark(connection, c, lost=c.id in lost)
    reviews = {place: f"{c.action}ed" for c, place in there if c.action in ("accept", "reject")}
    _rewrite(connection, report, reading, corrected=reading != machine, reviews=reviews)


def _standing(connection: Connection, report: Report) -> Iterator[Correction]:
    """The corrections of a report's records that were not undone; those of incidents are ``joins``'s."""
    return (c for c in corrections(connection, report.id) if c.undone_at is None and c.kind in KINDS)


def _change(reading: Reading, edits: Iterable[Correction]) -> dict[str, object]:
    change: dict[str, object] = {}
    for c in edits:
        change |= turned(reading, c.kind, {c.field or "": json.loads(c.new or "")}, _refs(c))
    return change


def _laid(connection: Connection, report: Report) -> None:
    try:
        lay_over(connection, report)
    except ValueError as error:  # offsets that lead out of the text
        raise LedgerError(f"That cannot be: {error}") from error


def _with_added(reading: Reading, standing: Iterable[Correction]) -> tuple[Reading, set[int]]:
    """The reading with the records people added, and the ids of those that no longer fit."""
    lost = set()
    for c in standing:
        if c.action == "add":
            try:
                reading = added(reading, c.kind, turned(reading, c.kind, json.loads(c.new or ""), _refs(c)))
            except LedgerError:
                lost.add(c.id)
    return reading, lost


def _refs(correction: Correction) -> Pins:
    refs: Pins = json.loads(correction.refs or "{}")
    return refs


def _rewrite(
    connection: Connection, report: Report, reading: Reading, *, corrected: bool, reviews: Mapping[_Place, str]
) -> None:
    key = storable(report.id)
    kept = to_json(reading) if corrected else None
    connection.execute(update(T.readings).where(T.readings.c.report == key).values(corrected=kept))
    for table in READ:
        connection.execute(delete(table).where(table.c.report == key))
    write_rows(connection, report, reading, reviews)


def _mark(connection: Connection, correction: Correction, *, lost: bool) -> None:
    if correction.lost != lost:
        this = T.corrections.c.id == correction.id
        connection.execute(update(T.corrections).where(this).values(lost=lost))


def write_rows(
    connection: Connection, report: Report, reading: Reading, reviews: Mapping[_Place, str] | None = None
) -> int:
    """Write the rows of a reading; return how many records it has."""
    made = reading_rows(report, reading)
    for (kind, position), verdict in (reviews or {}).items():
        made[_TABLES[kind]][position]["review"] = verdict
    for table, rows in made.items():
        connection.execute(insert(table), rows)
    know(connection, ((str(row["part"]), str(row["folded"])) for row in made.get(T.names, ())))
    return sum(len(getattr(reading, name)) for name in Reading.__struct_fields__)


def _note(connection: Connection, report: Report, record: str, what: Mapping[str, str], *, who: str, why: str) -> int:
    kind, position = _parse(record)
    whole, _ = _with_added(_machine(connection, report.id), _standing(connection, report))
    return _write(connection, report, record, span(_record(whole, kind, position, record)), what, who=who, why=why)


def _write(
    connection: Connection, report: Report, record: str, at: tuple[int, int], what: Mapping[str, str], *,
    who: str, why: str,
) -> int:  # fmt: skip
    kind, position = _parse(record)
    start, end = at
    row = {
        "record": record, "report": storable(report.id), "kind": kind, "position": position, "start": start,
        "end": end, "words": storable(report.text[start:end]), "who": who, "at": now(), "why": why, "lost": False,
    }  # fmt: skip
    made: int = connection.execute(insert(T.corrections).returning(T.corrections.c.id), row | dict(what)).scalar_one()
    return made


def _machine(connection: Connection, report: str) -> Reading:
    kept = select(T.readings.c.reading).where(T.readings.c.report == storable(report))
    return from_json(connection.execute(kept).scalar_one(), Reading)


def _current(connection: Connection, report: str) -> Reading:
    row = connection.execute(select(T.readings).where(T.readings.c.report == storable(report))).one()
    return from_json(row.corrected or row.reading, Reading)


def _parse(record: str) -> tuple[str, int]:
    kind, index = record.rpartition(":")[2][:1], record.rpartition(":")[2][1:]
    if kind not in _LISTS or not index.isdecimal():
        raise LedgerError(f"{record} names no record: write <report id>:<t p a q c e u><number>")
    return _LISTS[kind], int(index)


def _record(reading: Reading, kind: str, position: int, name: str) -> msgspec.Struct:
    records: tuple[msgspec.Struct, ...] = getattr(reading, kind)
    if position >= len(records):
        raise LedgerError(f"There is no record {name}: its report has {len(records)} {kind}")
    return records[position]


def _correction(row: Row[tuple[object, ...]]) -> Correction:
    return msgspec.convert({name: getattr(row, name) for name in Correction.__struct_fields__}, Correction)


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
