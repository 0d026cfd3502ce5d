"""Reviewing: one record with its words, its form and its history; all corrections; incidents to merge and split."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Annotated
from urllib.parse import parse_qsl

import msgspec
from fastapi import Path, Query

from dateline.ledger import Agreement, Correction, LedgerError, TableRow
from dateline.ledger.overlay import KINDS, span
from dateline.look.page.answers import Sheet, gone
from dateline.look.page.asked import AskedDep, ZoneDep
from dateline.look.page.sight import Sight, SightDep
from dateline.look.page.views.fields import Field, empty, fields_of
from dateline.look.page.views.incident_rows import title_of
from dateline.look.page.views.places import FoundPlace, places_called
from dateline.look.page.views.records import TableKind
from dateline.look.privacy import Pseudonyms
from dateline.records import Incident, Reading, Report

__all__ = ["CorrectionsView", "History", "JoinView", "Queued", "ReviewView", "corrections_sheet", "corrections_view",
           "join_view", "kind_of", "new_view", "review_queue", "review_view", "shown_record"]  # fmt: skip

_NEAR = 240  # characters of the report shown on either side of the record's words
_QUEUE = 200
_HEAD = 120  # characters of a record in the list of those left
_ALIKE = 30  # incidents offered to merge with
_LOOKED_AT = 200  # incidents on either side in time among which these are chosen
Name = Annotated[str, Query(max_length=100, description="A place to look up")]
Reference = Annotated[str, Path(max_length=80)]
_LISTS = {kind[0]: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Queued:
    """A record of the same report, or of a list asked for: ``key`` as in the report, ``verdict`` if it has one."""

    record: str
    key: str
    words: str
    verdict: str | None
    current: bool = False
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """A correction as a line: ``was``, ``now`` in words; ``href``: what it corrects, as far as that is still there."""

    id: int
    record: str
    href: str
    who: str
    at: str
    why: str
    words: str
    action: str
    field: str | None
    was: str | None
    now: str | None
    undone: str | None
    lost: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A record under review. before, picked, after: its words among their neighbours, from offset ``at`` on.

    told: what another person changed meanwhile, when a save was refused for it. why: what was typed already.
    look, found: a place's name that was looked up, and the places called so. near: places to know one's way about by.
    """

    record: str
    report: str
    outlet: str | None
    published: str | None
    title: str
    kind: str
    at: int
    before: str
    picked: str
    after: str
    start: int
    end: int
    fields: tuple[Field, ...]
    verdict: str | None
    queue: tuple[Queued, ...]
    history: tuple[History, ...]
    agreement: tuple[Agreement, ...]
    ahead: str | None
    back: str | None
    new: bool = False
    told: str | None = None
    why: str = ""
    look: str = ""
    found: tuple[FoundPlace, ...] = ()
    near: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """All that people changed, newest first; ``lost``: how many no longer find their words."""

    rows: tuple[History, ...]
    lost: int
    only_lost: bool
    agreement: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """An event of an incident with who tells it."""

    event: str
    words: str
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class JoinView:
    """An incident's events, and incidents of its kind near it in time that may be the same."""

    id: str
    title: str
    events: tuple[Told, ...]
    others: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class QueueView:
    """Records that a filter gives and nobody has judged yet."""

    kind: str
    rows: tuple[Queued, ...]
    asked: Mapping[str, str]
    more: bool


def kind_of(record: str) -> tuple[str, str, int]:
    """Report, kind and number of a reference such as ``2f07328af546c897:e3``; a 404 for anything else."""
    report, _, key = record.rpartition(":")
    if key[:1] not in _LISTS or not key[1:].isdecimal():
        raise gone(f"record {record}")
    return report, _LISTS[key[0]], int(key[1:])


def review_view(record: Reference, sight: SightDep, look: Name = "") -> ReviewView:
    """A record with its words, the form that corrects it and its history."""
    view = shown_record(sight, record)
    return replace(view, look=look, found=places_called(look)) if view.kind == "places" else view


def shown_record(sight: Sight, record: str, told: str | None = None, why: str = "") -> ReviewView:
    """The view of a record; see ``ReviewView`` for ``told`` and ``why``."""
    key, kind, number = kind_of(record)
    try:
        report, reading = sight.read(key)
        _, machine = sight.read(key, corrected=False)
    except LedgerError:
        raise gone(f"report {key}") from None
    records = getattr(reading, kind)
    if number >= len(records):
        raise gone(f"record {record}")
    made = sight.ledger.corrections(report=report.id)
    as_read = getattr(machine, kind)[number] if number < len(getattr(machine, kind)) else None
    fields = fields_of(kind, records[number], as_read, report, reading)
    queue = _queue(report, reading, made, f"{kind[0]}{number}")
    at = next((i for i, one in enumerate(queue) if one.current), 0)
    return _view(
        sight, report, kind, records[number], fields, queue=queue, record=f"{report.id}:{kind[0]}{number}",
        verdict=_verdicts(made).get(record), agreement=tuple(sight.ledger.agreement()), told=told, why=why,
        history=tuple(_line(sight, c) for c in reversed(made) if c.record == record),
        ahead=queue[at + 1].record if at + 1 < len(queue) else None, back=queue[at - 1].record if at else None,
    )  # fmt: skip


def new_view(
    sight: SightDep,
    report: Annotated[str, Query(max_length=64)],
    kind: Annotated[str, Query(max_length=20)],
    start: Annotated[int, Query(ge=0)],
    end: Annotated[int, Query(ge=1)],
    *,
    look: Name = "",
) -> ReviewView:
    """The form for a record the machine did not find, standing on the words from ``start`` to ``end``."""
    try:
        found, reading = sight.read(report)
    except LedgerError:
        raise gone(f"report {report}") from None
    if kind not in KINDS or not start < end <= len(found.text):
        raise gone(f"such words or kind of record ({kind}, {start}–{end})")
    blank = msgspec.convert(empty(kind, start, end), KINDS[kind])
    fields = fields_of(kind, blank, None, found, reading)
    return _view(
        sight, found, kind, blank, fields, queue=(), record="", verdict=None, history=(), agreement=(),
        ahead=None, back=None, new=True, look=look, found=places_called(look),
    )  # fmt: skip


def _view(
    sight: Sight, report: Report, kind: str, one: msgspec.Struct, fields: tuple[Field, ...], **rest: object
) -> ReviewView:
    start, end = span(one)
    at, until = max(0, start - _NEAR), end + _NEAR
    at = report.text.find(" ", at, start) + 1 if at else 0  # whole words
    after = report.text[end:until] if until >= len(report.text) else report.text[end:until].rpartition(" ")[0]
    named = next((str(n) for n in (getattr(one, name, None) for name in ("type", "stance", "name")) if n), kind[:-1])
    return ReviewView(
        report=report.id, outlet=report.outlet, published=report.published, kind=kind, title=named, at=at,
        near=sight.towns() if kind == "places" else (),
        before=report.text[at:start], picked=report.text[start:end], after=after, start=start,
        end=end, fields=fields, **rest,  # type: ignore[arg-type]
    )  # fmt: skip


def _queue(report: Report, reading: Reading, made: Sequence[Correction], current: str) -> tuple[Queued, ...]:
    verdicts = _verdicts(made)
    found = []
    for kind in ("events", "claims", "places", "times", "quantities", "unknowns", "actors"):
        for i, record in enumerate(getattr(reading, kind)):
            key = f"{kind[0]}{i}"
            start, end = span(record)
            named = getattr(record, "type", "") if kind == "events" else getattr(record, "stance", "")
            words = f"{named} {report.text[start:end][:60]}".strip()
            found.append(Queued(f"{report.id}:{key}", key, words, verdicts.get(f"{report.id}:{key}"), key == current))
    return tuple(found)


def _verdicts(made: Sequence[Correction]) -> dict[str, str]:
    """The last word on each record: accepted, rejected or corrected, and by whom."""
    done = {"accept": "accepted", "reject": "rejected", "edit": "corrected", "add": "added"}
    return {c.record: f"{done[c.action]} by {c.who}" for c in made if c.undone_at is None and c.action in done}


def _line(sight: Sight, c: Correction) -> History:
    c = _shown(sight, c)
    undone = f"{c.undone_by}, {c.undone_at}" if c.undone_at else None
    now = _said(c.new) if c.action == "edit" else None
    return History(
        c.id,
        c.record,
        _href(sight, c),
        c.who,
        c.at,
        c.why,
        c.words,
        c.action,
        c.field,
        _said(c.old),
        now,
        undone,
        c.lost,
    )


def _href(sight: Sight, c: Correction) -> str:
    if c.action not in ("merge", "split"):
        return f"/review/{c.record}"
    return f"/incidents/{c.record}" if sight.browse.one(Incident, c.record) else f"/reports/{c.report}"


def _shown(sight: Sight, c: Correction) -> Correction:
    """A correction as the page may show it."""
    return c if sight.names else _veiled(sight, c)


def _veiled(sight: Sight, c: Correction) -> Correction:
    """A correction without private names, those included that somebody had for a while."""
    values = {name: json.loads(value) for name in ("old", "new") if (value := getattr(c, name))}
    told = [c.report]
    if c.action in ("merge", "split"):
        told = sorted({report for side in values["new"].values() for report, *_ in side})
    names = Pseudonyms({form: name for report in told for form, name in sight.pseudonyms(report).forms.items()})
    if c.kind == "actors" and c.field == "name":
        names = names.also({c.words, *values.values()})
    shown = {name: names.words(json.dumps(value, ensure_ascii=False)) for name, value in values.items()}
    return msgspec.structs.replace(c, words=names.words(c.words), why=names.words(c.why), **shown)


def _said(value: str | None) -> str | None:
    if value is None:
        return None
    plain = json.loads(value)
    return plain if isinstance(plain, str) else "none" if plain is None else json.dumps(plain, ensure_ascii=False)


def corrections_view(sight: SightDep, lost: bool = False) -> CorrectionsView:
    """All corrections, newest first; ``lost``: only those whose words are gone."""
    made = sight.ledger.corrections()
    standing = [c for c in made if c.lost and c.undone_at is None]
    rows = tuple(_line(sight, c) for c in reversed(standing if lost else made))
    return CorrectionsView(rows, len(standing), lost, tuple(sight.ledger.agreement()))


def corrections_sheet(sight: SightDep, lost: bool = False) -> Sheet:
    """All corrections, a row each, oldest first."""
    made = [c for c in sight.ledger.corrections() if c.lost or not lost]
    columns = Correction.__struct_fields__
    return Sheet(columns, ([getattr(clean, name) for name in columns] for clean in (_veiled(sight, c) for c in made)))


def review_queue(
    sight: SightDep,
    asked: AskedDep,
    zone: ZoneDep,
    kind: TableKind = "events",
) -> QueueView:
    """Records that a filter gives and nobody has judged yet, to go through or to accept at once."""
    judged = _verdicts(sight.ledger.corrections())
    rows = sight.ledger.rows(kind, sight.filters(asked, zone))
    left = (row for row in rows if row["id"] not in judged)
    found = [_left(sight, row) for row in islice(left, _QUEUE + 1)]
    return QueueView(kind, tuple(found[:_QUEUE]), dict(parse_qsl(asked.query())), len(found) > _QUEUE)


def _left(sight: Sight, row: TableRow) -> Queued:
    record = str(row["id"])
    words = sight.words(str(row["report"]), str(row.get("words") or row.get("content") or ""))
    named = row.get("type") or row.get("stance") or ""
    outlet = None if row["outlet"] is None else str(row["outlet"])
    return Queued(record, record.rpartition(":")[2], f"{named} {words}"[:_HEAD], None, outlet=outlet)


def join_view(incident: Annotated[str, Path(max_length=40)], sight: SightDep) -> JoinView:
    """An incident to merge with others or to split."""
    found = sight.browse.one(Incident, incident)
    if found is None:
        raise gone(f"incident {incident}")
    told = sight.browse.told(found.events)
    events = tuple(
        Told(ref, sight.words(told[ref].report, told[ref].words), told[ref].outlet, told[ref].published)
        for ref in found.events if ref in told
    )  # fmt: skip
    near = sorted(
        sight.browse.near(found, limit=_LOOKED_AT), key=lambda i: (i.place != found.place, _apart(i, found), i.id)
    )
    others = tuple((i.id, title_of(sight, i), i.place) for i in near[:_ALIKE])
    return JoinView(found.id, title_of(sight, found), events, others)


def _apart(one: Incident, other: Incident) -> float:
    if one.earliest is None or other.earliest is None:
        return float("inf")
    return abs((one.earliest - other.earliest).total_seconds())
