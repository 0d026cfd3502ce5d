"""Rows for people: the views of ``views``, filtered and in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, or_, select, tuple_

from dateline.ledger.errors import LedgerError
from dateline.ledger.schema import T
from dateline.ledger.texts import bounds_of_day, fold
from dateline.ledger.views import VIEWS

__all__ = ["Filters", "Kind", "TableRow", "columns_of", "conditions", "order_of", "rows"]

Kind = Literal[
    "reports", "events", "claims", "unknowns", "actors", "places", "incidents", "tolls", "disputes", "reversals",
    "threads", "questions",
]  # fmt: skip
TableRow = dict[str, str | int | float | bool | None]
_Condition = ColumnElement[bool]

_ORDER = {
    "reports": ("published_at", "id"),
    "events": ("filed_at", "report", "start", "id"),
    "claims": ("filed_at", "report", "start", "id"),
    "unknowns": ("filed_at", "report", "start", "id"),
    "actors": ("folded", "kind", "country"),
    "places": ("folded", "kind", "geonames_id", "lat", "lon", "country"),
    "incidents": ("earliest", "id"),
    "tolls": ("earliest", "incident", "kind", "position"),
    "disputes": ("earliest", "id", "position"),
    "reversals": ("after_published", "id"),
    "threads": ("id", "position"),
    "questions": ("answered", "id"),
}

_NEVER_NULL = frozenset({"id", "incident", "kind", "position", "report", "start"})

# Columns of the views that a filter looks into, where that is all there is to it.
_DATED = {
    "reports": ("published_at", "published_at"),
    "claims": ("filed_at", "filed_at"),
    "unknowns": ("filed_at", "filed_at"),
    "actors": ("first", "last"),
    "places": ("first", "last"),
    "tolls": ("published", "published"),
    "reversals": ("after_published", "after_published"),
    "threads": ("published", "published"),
    "questions": ("asked", "asked"),
}
_TYPES = {
    "events": "type", "incidents": "type", "claims": "stance", "disputes": "kind", "tolls": "kind", "actors": "kind",
    "places": "kind", "threads": "state",
}  # fmt: skip
_PLACES = {"reports": "dateline_place", "places": "name", "incidents": "place", "tolls": "place", "disputes": "place"}
_ACTORS = {"actors": "name", "reversals": "source", "threads": "parties"}
_SOURCES = {
    "reports": "outlet", "tolls": "source", "disputes": "sources", "reversals": "source", "threads": "by",
    "questions": "asked_by",
}  # fmt: skip


_TOLD_BY = {"incidents": "sources", "disputes": "reports", "questions": "reports"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which rows to give; None gives all.

    since, until: a day or a moment, ISO 8601 text or a date; moments are half-open, a bare day as
        ``until`` is within. Events and incidents by when they may have happened, all else by publication.
    place: part of a place's name, or a country as ISO 3166-1 alpha-3 code in capitals.
    actor: part of the name of someone who acts, is acted on, speaks or is spoken to.
    type: an event's or incident's type, a claim's stance, the kind of a dispute, toll, actor or place, a
        thread's state.
    source: part of the name of who says so: the claim's source or the report's outlet.
    certainty: for events: a status ("denied"), a word of ``rows.certainty`` ("probable") or the least
        factuality ("1.5"); for claims: a stance.
    report: the id of a report (reports, events, claims, unknowns, tolls).
    incident: the first letters of an incident's id (incidents, tolls, disputes).
    sources: at least so many independent reports tell it (incidents, disputes, questions).
    disputed: whether an incident is disputed. answered: whether a question is settled.
    limit: at most so many rows.
    after: the values of ``order_of`` in the last row seen; rows go on behind it (reports, events, claims,
        unknowns and incidents, of which they name one row).

    Case and accents do not matter in names. A filter without meaning for a kind of row leaves it as it is.
    """

    since: str | date | datetime | None = None
    until: str | date | datetime | None = None
    place: str | None = None
    actor: str | None = None
    type: str | None = None
    source: str | None = None
    certainty: str | None = None
    report: str | None = None
    incident: str | None = None
    sources: int | None = None
    disputed: bool | None = None
    answered: bool | None = None
    limit: int | None = None
    after: tuple[str | int | None, ...] | None = None


def order_of(kind: Kind) -> tuple[str, ...]:
    """The columns that rows of a kind are ordered by, the last of them telling every row apart."""
    return _ORDER[kind]


def columns_of(kind: Kind) -> tuple[str, ...]:
    """The names of the columns that ``rows`` gives for a kind."""
    return tuple(VIEWS[f"{_known(kind)}_table"].c.keys())


def rows(connection: Connection, kind: Kind, filters: Filters) -> Iterator[TableRow]:
    """Yield rows of ``<kind>_table`` as dicts, in order of time where they have one, then of name or id."""
    view = VIEWS[f"{_known(kind)}_table"]
    first, *others = (view.c[name] for name in _ORDER[kind])
    order = [first, *(c if c.name in _NEVER_NULL else c.asc().nulls_last() for c in others)]
    wanted = select(view).where(*conditions(kind, view, filters)).order_by(*order)
    left = filters.limit
    # Two queries in place of NULLS LAST, for which SQLite would sort every row instead of following the index.
    parts = [wanted.where(first.is_not(None)), wanted.where(first.is_(None))]
    if filters.after is not None:
        parts = _behind(parts, [first, *others], filters.after)
    for part in parts:
        if left == 0:
            return
        for row in connection.execute(part.limit(left)).mappings():
            left = None if left is None else left - 1
            yield dict(row)


def _behind(
    parts: list[Select[tuple[object, ...]]], order: list[_Condition], after: tuple[str | int | None, ...]
) -> list[Select[tuple[object, ...]]]:
    """The dated and the undated rows that come behind a row."""
    if len(after) != len(order):
        raise LedgerError("This is no place in the list: begin again at its first page")
    if after[0] is None:
        return [parts[1].where(tuple_(*order[1:]) > tuple_(*after[1:]))]
    return [parts[0].where(tuple_(*order) > tuple_(*after)), parts[1]]


def _known(kind: str) -> str:
    if kind not in get_args(Kind):
        raise LedgerError(f"There is no table of {kind}: choose one of {', '.join(get_args(Kind))}")
    return kind


def conditions(kind: str, view: FromClause, filters: Filters) -> Iterator[_Condition]:
    """What filters ask of the rows of a view."""
    since = None if filters.since is None else _moments(filters.since)[0]
    until = None if filters.until is None else _moments(filters.until)[1]
    yield from _within(kind, view, since, until)
    if filters.report is not None and kind in ("reports", "events", "claims", "unknowns", "tolls"):
        yield view.c["id" if kind == "reports" else "report"] == filters.report
    yield from _linked(kind, view, filters)
    if filters.type is not None and kind in _TYPES:
        yield func.lower(view.c[_TYPES[kind]]) == filters.type.lower()
    if filters.certainty is not None:
        yield from _certain(kind, view, filters.certainty)
    for value, columns, find in (
        (filters.place, _PLACES, _at_place),
        (filters.actor, _ACTORS, _with_actor),
        (filters.source, _SOURCES, _said_by),
    ):
        if value is not None and kind in columns:
            yield _names(view, columns[kind], value)
        elif value is not None and (found := find(kind, value)) is not None:
            yield view.c.id.in_(found)


def _moments(value: str | date | datetime) -> tuple[str, str]:
    try:
        return bounds_of_day(value)
    except ValueError as error:
        raise LedgerError(f"{value!r} is no date: write 2022-02-25 or 2022-02-25T18:00+02:00") from error


def _within(kind: str, view: FromClause, since: str | None, until: str | None) -> Iterator[_Condition]:
    c = view.c
    if kind in ("events", "incidents", "disputes"):
        start = c.filed_at if kind == "events" else c.earliest
        if since is not None:
            yield or_(c.latest > since, start >= since)
        if until is not None:
            yield start < until
    elif kind in _DATED:
        first, last = _DATED[kind]
        if since is not None:
            yield c[last] >= since
        if until is not None:
            yield c[first] < until


def _linked(kind: str, view: FromClause, filters: Filters) -> Iterator[_Condition]:
    """The filters that only derived rows know."""
    if filters.incident is not None and kind in ("incidents", "tolls", "disputes"):
        yield view.c["id" if kind == "incidents" else "incident"].startswith(filters.incident, autoescape=True)
    if filters.sources is not None and kind in _TOLD_BY:
        yield view.c[_TOLD_BY[kind]] >= filters.sources
    if filters.disputed is not None and kind == "incidents":
        yield (view.c.disputes > 0) if filters.disputed else (view.c.disputes == 0)
    if filters.answered is not None and kind == "questions":
        yield view.c.answer.is_not(None) if filters.answered else view.c.answer.is_(None)


def _certain(kind: str, view: FromClause, certainty: str) -> Iterator[_Condition]:
    if kind == "claims":
        yield view.c.stance == certainty
    elif kind == "events":
        try:
            yield view.c.factuality >= float(certainty)
        except ValueError:
            yield or_(view.c.status == certainty, view.c.certainty == certainty)


def _names(view: FromClause, name: str, value: str) -> _Condition:
    if name == "name":  # of the views that carry the folded name
        named = view.c.folded.contains(fold(value), autoescape=True)
    else:
        named = func.lower(view.c[name]).contains(value.lower(), autoescape=True)
    return or_(named, view.c.country == value) if "country" in view.c else named


_Ids = Select[tuple[str]]


def _at_place(kind: str, value: str) -> _Ids | None:
    if kind != "events":
        return None
    there = or_(T.places.c.folded.contains(fold(value), autoescape=True), T.places.c.country == value)
    return select(T.events.c.id).join(T.places, T.places.c.id == T.events.c.place).where(there)


def _with_actor(kind: str, value: str) -> _Ids | None:
    named = T.actors.c.folded.contains(fold(value), autoescape=True)
    if kind == "events":
        part = T.event_actors
        return select(part.c.event).join(T.actors, T.actors.c.id == part.c.actor).where(named)
    if kind == "incidents":
        part, of = T.event_actors, T.incident_events
        acts = select(of.c.incident).join(part, part.c.event == of.c.event)
        return acts.join(T.actors, T.actors.c.id == part.c.actor).where(named)
    if kind == "claims":
        c = T.claims.c
        return select(c.id).join(T.actors, or_(T.actors.c.id == c.source, T.actors.c.id == c.addressee)).where(named)
    return None


def _said_by(kind: str, value: str) -> _Ids | None:
    records = {"events": T.events, "claims": T.claims, "unknowns": T.unknowns}.get(kind)
    if records is None:
        return None
    outlets = select(T.reports.c.id).where(T.reports.c.outlet_folded.contains(fold(value), autoescape=True))
    actors = select(T.actors.c.id).where(T.actors.c.folded.contains(fold(value), autoescape=True))
    claims = select(T.claims.c.id).where(T.claims.c.source.in_(actors))
    said = records.c.id.in_(claims) if kind == "claims" else records.c.claim.in_(claims)
    return select(records.c.id).where(or_(records.c.report.in_(outlets), said))
