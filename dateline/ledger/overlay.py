"""How a reading is changed: records found by their words, fields set, records added, references kept right.

A record refers to others by their place in the reading's lists (``place: 2``, ``initiators: ["a0"]``). Another
reading of the same report counts differently, so a correction keeps the words that each reference stands for
(``pins``) and is turned to where these words are now (``turned``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dateline.ledger.errors import LedgerError
from dateline.records import Actor, Reading

__all__ = ["KINDS", "Pins", "added", "changed", "edited", "find", "pins", "span", "turned"]

KINDS: Mapping[str, type[msgspec.Struct]] = {
    field.name: field.type.__args__[0] for field in msgspec.structs.fields(Reading)
}
_REFERENCES: Mapping[str, Mapping[str, str]] = {
    "times": {"anchor": "times"},
    "claims": {"source": "actors", "addressee": "actors", "said_at": "times", "parent": "claims"},
    "events": {"place": "places", "time": "times", "claim": "claims", "quantities": "quantities",
               "initiators": "actors", "recipients": "actors"},
    "unknowns": {"claim": "claims"},
}  # fmt: skip
_Span = tuple[int, int]
Pins = Mapping[str, Sequence[int]]
"""Where the words stand that a value refers to: ``{"places 2": [17, 21]}``."""


def span(record: msgspec.Struct) -> _Span:
    """The words by which a record is found again; an actor's are its first mention."""
    if isinstance(record, Actor):
        return record.mentions[0][:2]
    start: int = record.start  # type: ignore[attr-defined]
    end: int = record.end  # type: ignore[attr-defined]
    return start, end


def find(reading: Reading, kind: str, wanted: _Span, before: int) -> int | None:
    """Which record of a kind stands on these words; of several, the one that stood at ``before``."""
    at = [i for i, record in enumerate(getattr(reading, kind)) if span(record) == wanted]
    return before if before in at else next(iter(at), None)


def changed(record: msgspec.Struct, change: Mapping[str, object]) -> msgspec.Struct:
    """The record with other values; ``LedgerError`` where they do not make a record."""
    fields = [name for name in record.__struct_fields__ if name != "id"]
    if unknown := sorted(set(change) - set(fields)):
        raise LedgerError(f"{unknown[0]} cannot be changed: choose from {', '.join(fields)}")
    return _converted(msgspec.to_builtins(record) | dict(change), type(record))


def edited(reading: Reading, kind: str, position: int, change: Mapping[str, object]) -> Reading:
    """The reading with fields of one record set."""
    records: tuple[msgspec.Struct, ...] = getattr(reading, kind)
    new = changed(records[position], change)
    return msgspec.structs.replace(reading, **{kind: (*records[:position], new, *records[position + 1 :])})


def added(reading: Reading, kind: str, values: Mapping[str, object]) -> Reading:
    """The reading with one record more: it comes last, so that no other changes its number."""
    records: tuple[msgspec.Struct, ...] = getattr(reading, kind)
    whole = dict(values) | ({"id": f"a{len(records)}"} if kind == "actors" else {})
    return msgspec.structs.replace(reading, **{kind: (*records, _converted(whole, KINDS[kind]))})


def pins(reading: Reading, kind: str, change: Mapping[str, object]) -> dict[str, list[int]]:
    """The words that the references among these values stand for; ``LedgerError`` for one to nothing."""
    found = {}
    for field, target in _REFERENCES.get(kind, {}).items():
        for number in _numbers(change.get(field)):
            records = getattr(reading, target)
            if number >= len(records):
                raise LedgerError(f"{field} names a record of {target} that is not there")
            found[f"{target} {number}"] = list(span(records[number]))
    return found


def turned(reading: Reading, kind: str, change: Mapping[str, object], pinned: Pins) -> dict[str, object]:
    """The values with each reference turned to where its words are in this reading.

    ``LedgerError`` where the words of one are no longer a record.
    """
    made = dict(change)
    for field, target in _REFERENCES.get(kind, {}).items():
        if field in made:
            made[field] = _turned(reading, target, made[field], pinned)
    return made


def _turned(reading: Reading, target: str, value: Any, pinned: Pins) -> object:  # noqa: ANN401  # as in JSON
    if isinstance(value, (list, tuple)):
        return [_turned(reading, target, one, pinned) for one in value]
    where = None if (number := _number(value)) is None else pinned.get(f"{target} {number}")
    if number is None or where is None:
        return value
    now = find(reading, target, (where[0], where[1]), number)
    if now is None:
        raise LedgerError(f"The words at {where[0]} that this refers to are no longer among the {target}")
    return f"a{now}" if isinstance(value, str) else now


def _numbers(value: object) -> list[int]:
    values = value if isinstance(value, (list, tuple)) else [value]
    return [number for one in values if (number := _number(one)) is not None]


def _number(value: object) -> int | None:
    """The place in a list that a value names: 3, or "a3" of an actor; None for what names none ("published")."""
    if isinstance(value, str):
        return int(value[1:]) if value[:1] == "a" and value[1:].isdecimal() else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _converted(values: Mapping[str, object], kind: type[msgspec.Struct]) -> msgspec.Struct:
    try:
        return msgspec.convert(values, kind)
    except ValueError as error:  # msgspec's are among them
        raise LedgerError(f"That cannot be: {error}") from error
