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
from dateline.ledger.rows import reading_rows
from dateline.ledger.schema import READ, T
from dateline.ledger.texts import from_json, storable, to_json
from dateline.records import Actor, Reading, Report

__all__ = ["Correction", "correct", "corrections", "lay_over", "review", "undo", "write_rows"]

_LISTS = {name[0]: name for name in Reading.__struct_fields__}
_TABLES: dict[str, Table] = {table.name: table for table in READ}
_Place = tuple[str, int]  # which list of a reading, and where in it


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One change by a person.

    record: its reference when corrected; ``start``, ``end``, ``words``: where the machine read it.
    action: edit (``field`` from ``old`` to ``new``, JSON), accept or reject.
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
    action: Literal["edit", "accept", "reject"]
    who: str
    at: str
    why: str
    field: str | None = None
    old: str | None = None
    new: str | None = None
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
    now = _record(_current(connection, report.id), kind, position, record)
    plain = msgspec.to_builtins(now)
    for field, value in (seen or {}).items():
        if plain.get(field) != value:
            raise ConflictError(
                f"{record}: {field} is now {json.dumps(plain.get(field))}, no longer {json.dumps(value)}: look again"
            )
    _changed(now, change)
    made = []
    for field, value in change.items():
        what = {"action": "edit", "field": field, "old": json.dumps(plain[field]), "new": json.dumps(value)}
        made.append(_note(connection, report, record, what, who=who, why=why))
    try:
        lay_over(connection, report)
    except ValueError as error:  # offsets that lead out of the text
        raise LedgerError(f"That cannot be: {error}") from error
    return made


def review(
    connection: Connection, report: Report, record: str, verdict: Literal["accept", "reject"], *, who: str, why: str
) -> int:
    """Accept or reject a record; a rejected one stays in the tables, marked, and is left out everywhere else."""
    made = _note(connection, report, record, {"action": verdict}, who=who, why=why)
    lay_over(connection, report)
    return made


def undo(connection: Connection, report: Report, correction: int, *, who: str) -> None:
    """Take a correction back; it stays in the history."""
    c = T.corrections.c
    stands = (c.id == correction) & c.undone_at.is_(None) & (c.report == storable(report.id))
    done = connection.execute(
        update(T.corrections).where(stands).values(undone_by=who, undone_at=_now()).returning(c.id)
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
    machine = reading = _machine(connection, report.id)
    reviews: dict[_Place, str] = {}
    edits: dict[_Place, list[Correction]] = defaultdict(list)
    for correction in corrections(connection, report.id):
        if correction.undone_at is not None:
            continue
        position = _find(machine, correction)
        _mark(connection, [correction], lost=position is None)
        if position is not None and correction.action == "edit":
            edits[correction.kind, position].append(correction)
        elif position is not None:
            reviews[correction.kind, position] = f"{correction.action}ed"
    for (kind, position), made in edits.items():
        try:
            reading = _edited(reading, kind, position, {c.field or "": json.loads(c.new or "") for c in made})
        except LedgerError:  # the machine now reads something here that the correction does not fit
            _mark(connection, made, lost=True)
    _rewrite(connection, report, reading, corrected=reading != machine, reviews=reviews)


def _rewrite(
    connection: Connection, report: Report, reading: Reading, *, corrected: bool, reviews: Mapping[_Place, str]
) -> None:
    key = storable(report.id)
    kept = to_json(reading) if corrected else None
    connection.execute(update(T.readings).where(T.readings.c.report == key).values(corrected=kept))
    for table in READ:
        connection.execute(delete(table).where(table.c.report == key))
    write_rows(connection, report, reading, reviews)


def _mark(connection: Connection, changed: Iterable[Correction], *, lost: bool) -> None:
    for correction in changed:
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
    return sum(len(getattr(reading, name)) for name in Reading.__struct_fields__)


def _note(connection: Connection, report: Report, record: str, what: Mapping[str, str], *, who: str, why: str) -> int:
    kind, position = _parse(record)
    start, end = _span(_record(_machine(connection, report.id), kind, position, record))
    row = {
        "record": record, "report": storable(report.id), "kind": kind, "position": position, "start": start,
        "end": end, "words": storable(report.text[start:end]), "who": who, "at": _now(), "why": why, "lost": False,
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


def _span(record: msgspec.Struct) -> tuple[int, int]:
    """The words by which a record is found again; an actor's are its first mention."""
    if isinstance(record, Actor):
        return record.mentions[0][:2]
    start: int = record.start  # type: ignore[attr-defined]
    end: int = record.end  # type: ignore[attr-defined]
    return start, end


def _find(machine: Reading, correction: Correction) -> int | None:
    records: tuple[msgspec.Struct, ...] = getattr(machine, correction.kind)
    wanted = (correction.start, correction.end)
    at = [i for i, record in enumerate(records) if _span(record) == wanted]
    before = int(correction.record.rpartition(":")[2][1:])
    return before if before in at else next(iter(at), None)


def _edited(reading: Reading, kind: str, position: int, change: Mapping[str, object]) -> Reading:
    records: tuple[msgspec.Struct, ...] = getattr(reading, kind)
    new = _changed(records[position], change)
    return msgspec.structs.replace(reading, **{kind: (*records[:position], new, *records[position + 1 :])})


def _changed(record: msgspec.Struct, change: Mapping[str, object]) -> msgspec.Struct:
    """The record with other values; ``LedgerError`` where they do not make a record."""
    fields = [name for name in record.__struct_fields__ if name != "id"]
    if unknown := sorted(set(change) - set(fields)):
        raise LedgerError(f"{unknown[0]} cannot be changed: choose from {', '.join(fields)}")
    try:
        return msgspec.convert(msgspec.to_builtins(record) | dict(change), type(record))
    except ValueError as error:  # msgspec's are among them
        raise LedgerError(f"That cannot be: {error}") from error


def _correction(row: Row[tuple[object, ...]]) -> Correction:
    return msgspec.convert({name: getattr(row, name) for name in Correction.__struct_fields__}, Correction)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
