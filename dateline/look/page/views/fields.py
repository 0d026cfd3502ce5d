"""The fields of a record as a form: what the machine read, what may stand in its place, and values out of it."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from dateline.codebook.plover import event_tables
from dateline.ledger.overlay import KINDS
from dateline.records import Claim, Place, Reading, Report

__all__ = ["Field", "FormError", "Option", "change_of", "empty", "fields_of"]

_FORMS: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "events": (("type", "Type", "type"), ("mode", "Mode", "text"), ("claim", "Who says so", "claims"),
               ("status", "Status", "choice"), ("factuality", "Factuality", "scale"), ("initiators", "Who", "+actors"),
               ("recipients", "To whom", "+actors"), ("place", "Place", "places"), ("earliest", "Earliest", "text"),
               ("latest", "Latest", "text"), ("quantities", "Quantities", "+quantities"), ("trigger", "Words", "span")),
    "claims": (("source", "Source", "actors"), ("stance", "Stance", "choice"), ("mode", "Mode", "choice"),
               ("content", "Content", "spans"), ("source_span", "Source's words", "span"),
               ("cue_span", "Cue's words", "span"), ("cue", "Cue", "text"), ("addressee", "To", "actors"),
               ("said_at", "Said at", "times"), ("condition", "Condition", "span"),
               ("parent", "Told within", "claims")),
    "times": (("type", "Type", "choice"), ("value", "TIMEX3 value", "text"), ("mod", "Modifier", "text"),
              ("earliest", "Earliest", "text"), ("latest", "Latest", "text"), ("zone", "Zone", "text")),
    "places": (("name", "Name", "text"), ("kind", "Kind", "choice"), ("lat", "Latitude", "number"),
               ("lon", "Longitude", "number"), ("radius_km", "Known to within, km", "number"),
               ("country", "Country", "text"), ("geonames_id", "GeoNames", "whole")),
    "actors": (("name", "Name", "text"), ("kind", "Kind", "choice"), ("country", "Country", "text"),
               ("sector", "Sector", "text"), ("role", "Role", "text"), ("public", "Public", "flag")),
    "quantities": (("low", "At least", "number"), ("high", "At most", "number"), ("precision", "Precision", "choice"),
                   ("unit", "Unit", "choice"), ("of", "Of", "text")),
    "unknowns": (("claim", "Who says so", "claims"),),
}  # fmt: skip
_SPAN = re.compile(r"^\s*(\d+)\s*[–-]\s*(\d+)\s*$")


class FormError(ValueError):
    """A value of the form that cannot be read, with words for the person."""


class Option(typing.NamedTuple):
    """A choice: ``value`` is JSON."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the form. ``read``: as the machine read it; ``values``: what stands in the form now.

    widget: choice, many, text, number, scale, span, spans or flag. seen: the record's value now, JSON.
    """

    name: str
    label: str
    widget: str
    read: str
    values: tuple[str, ...]
    seen: str
    options: tuple[Option, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether a person has set it."""
        return self.read != _plain(self, json.loads(self.seen))


def empty(kind: str, start: int, end: int) -> dict[str, object]:
    """The values a new record of a kind begins with, standing on some words; the form asks for the rest."""
    given: dict[str, object] = {"start": start, "end": end}
    words = {"start": start, "end": end}
    begun: dict[str, dict[str, object]] = {
        "events": {"type": "ASSAULT", "trigger": words, "sentence": words, "status": "happened", "factuality": 3.0},
        "claims": {"source": None, "content": [[start, end]], "cue": "say", "mode": "indirect", "stance": "asserts"},
        "times": {"type": "DATE", "value": ""},
        "places": {"name": "", "kind": "literal"},
        "quantities": {"low": None, "high": None, "precision": "exact", "unit": "killed"},
        "unknowns": {"words": ""},
    }
    if kind == "actors":
        return {"id": "a0", "name": "", "kind": "person", "mentions": [[start, end, "name"]]}
    return given | begun[kind]


def fields_of(
    kind: str, record: msgspec.Struct, machine: msgspec.Struct | None, report: Report, reading: Reading
) -> tuple[Field, ...]:
    """The form of a record; ``machine``: the same as it was read, None for one a person added."""
    now, read = msgspec.to_builtins(record), msgspec.to_builtins(machine) if machine is not None else {}
    made = []
    for name, label, sort in _FORMS[kind]:
        options = _options(kind, name, sort.lstrip("+"), report, reading)
        made.append(_field((name, label, sort), options, now, read))
    return tuple(made)


def _field(
    form: tuple[str, str, str], options: tuple[Option, ...], now: Mapping[str, object], read: Mapping[str, object]
) -> Field:
    name, label, sort = form
    many = sort.startswith("+")
    widget = "many" if many else "choice" if options else {"whole": "number"}.get(sort, sort)
    value = now.get(name)
    values = tuple(json.dumps(one) for one in typing.cast("list[object]", value)) if many else (_shown(value, widget),)
    field = Field(name, label, widget, "", values, json.dumps(value), options)
    return Field(
        name, label, widget, _plain(field, read[name]) if name in read else "", values, json.dumps(value), options
    )


def _shown(value: object, widget: str) -> str:
    """A value as the widget holds it."""
    if widget in ("choice", "scale", "flag"):
        return json.dumps(value)
    if widget in ("span", "spans"):
        return _spans_out(value)
    return "" if value is None else str(value)


def _plain(field: Field, value: object) -> str:
    """A value in words."""
    labels = {option.value: option.label for option in field.options}
    if field.widget == "many":
        return ", ".join(labels.get(json.dumps(one), str(one)) for one in typing.cast("list[object]", value or []))
    if field.widget in ("choice", "scale", "flag"):
        return labels.get(json.dumps(value), "" if value is None else str(value))
    return _shown(value, field.widget)


def _options(kind: str, name: str, sort: str, report: Report, reading: Reading) -> tuple[Option, ...]:
    if sort == "type":
        return tuple(Option(json.dumps(one), one) for one in sorted(event_tables().types))
    if sort == "choice":
        return tuple(Option(json.dumps(one), one or "–") for one in _literals(KINDS[kind], name))
    if sort not in Reading.__struct_fields__:
        return ()
    none = Option("null", "the outlet itself" if name in ("claim", "source") else "–")
    records: tuple[msgspec.Struct, ...] = getattr(reading, sort)
    if sort == "actors":
        found = [Option(json.dumps(actor.id), actor.name) for actor in reading.actors]
    else:
        found = [Option(str(i), _called(sort, i, record, report, reading)) for i, record in enumerate(records)]
    return (none, *found)


def _called(sort: str, i: int, record: msgspec.Struct, report: Report, reading: Reading) -> str:
    if isinstance(record, Place):
        return f"p{i} {record.name}" + (f" ± {record.radius_km:g} km" if record.radius_km else "")
    if isinstance(record, Claim):
        actor = reading.actor(record.source)
        return f"c{i} {actor.name if actor else report.outlet or 'the outlet'}: {record.stance}"
    start, end = record.start, record.end  # type: ignore[attr-defined]
    return f"{sort[0]}{i} {report.text[start:end][:60]}"


@cache
def _literals(record: type[msgspec.Struct], name: str) -> tuple[str | None, ...]:
    """The values a field of fixed words may have."""
    found: list[str | None] = []

    def walk(hint: object) -> None:
        if typing.get_origin(hint) is typing.Literal:
            found.extend(typing.get_args(hint))
        elif hint is type(None):
            found.append(None)
        else:
            for part in typing.get_args(hint):
                walk(part)

    walk(typing.get_type_hints(record)[name])
    return tuple(found)


def change_of(fields: Sequence[Field], given: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """The fields that a form sent back sets anew; ``FormError`` for a value that cannot be read."""
    change = {}
    for field in fields:
        if field.name not in given and field.widget not in ("many", "flag"):
            continue
        value = _value(field, given.get(field.name, ()))
        if value != json.loads(field.seen):
            change[field.name] = value
    return change


def _value(field: Field, given: Sequence[str]) -> object:
    if field.widget == "many":
        return [json.loads(one) for one in given if one not in ("", "null")]
    if field.widget == "flag":
        return bool(given)
    first = given[0].strip() if given else ""
    try:
        return _READ.get(field.widget, _text)(first) if first else _nothing(field)
    except ValueError as error:
        raise FormError(f"{field.label}: “{first}” cannot be read ({error})") from None


def _nothing(field: Field) -> object:
    """What an empty field means: nothing, or the empty word where the record cannot do without one."""
    return [] if field.widget == "spans" else "" if field.name in ("value", "name", "of", "cue") else None


def _text(words: str) -> object:
    return words


def _number(words: str) -> object:
    return int(words) if words.isdecimal() else float(words)


def _span(words: str) -> object:
    start, end = _span_in(words)
    return {"start": start, "end": end}


def _spans(words: str) -> object:
    return [list(_span_in(part)) for part in words.split(",") if part.strip()]


_READ: Mapping[str, Callable[[str], object]] = {
    "choice": json.loads, "scale": float, "number": _number, "span": _span, "spans": _spans,
}  # fmt: skip


def _span_in(words: str) -> tuple[int, int]:
    found = _SPAN.match(words)
    if not found:
        raise FormError("write two offsets such as 120–134")
    return int(found[1]), int(found[2])


def _spans_out(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return f"{value['start']}–{value['end']}"
    spans = typing.cast("list[Sequence[int]]", value)
    return ", ".join(f"{start}–{end}" for start, end in spans)
