"""Rows for people: the views of ``views``, filtered and in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Table, func, or_, select, tuple_

from dateline.ledger.errors import LedgerError
from dateline.ledger.named import Wanted, names_asked, walked
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


_RECORDS: Mapping[str, Table] = {"events": T.events, "claims": T.claims, "unknowns": T.unknowns}
_FETCHED = 500  # rows at a time where all are wanted
_NO_PLACE = "This is no place in the list: begin again at its first page"
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
    if kind in _RECORDS and (wanted := names_asked(connection, kind, _names_in(filters))) is not None:
        return _named_rows(connection, kind, wanted, filters)
    if kind == "events" and filters.since and filters.limit and not any(_names_in(filters).values()):
        return _events_from(connection, filters, filters.limit)
    return _rows_in_order(connection, kind, view, filters)


def _events_from(connection: Connection, filters: Filters, left: int) -> Iterator[TableRow]:
    """So many events from a moment on, as ``_rows_in_order`` would give them.

    The moments are asked of the index alone, which passes by the earlier ones, all else of the events themselves.
    """
    view, c, event = VIEWS["events_table"], T.events.c, T.events.alias("event")
    rest = conditions("events", event, replace(filters, since=None, until=None))
    fits = select(event.c.id).where(event.c.id == c.id, event.c.review.is_distinct_from("rejected"), *rest).exists()
    first, *others = (c[name] for name in _ORDER["events"])
    wanted = select(c.id).where(*_within("events", T.events, *_stretch(filters)), fits).order_by(first, *others)
    for part in _parts(wanted, [first, *others], filters.after):
        ids = list(connection.scalars(part.limit(left)))
        yield from _with_ids(connection, view, ids)
        left -= len(ids)
        if not left:
            return


def _rows_in_order(connection: Connection, kind: Kind, view: FromClause, filters: Filters) -> Iterator[TableRow]:
    first, *others = (view.c[name] for name in _ORDER[kind])
    order = [first, *(c if c.name in _NEVER_NULL else c.asc().nulls_last() for c in others)]
    wanted = select(view).where(*conditions(kind, view, filters)).order_by(*order)
    left = filters.limit
    for part in _parts(wanted, [first, *others], filters.after):
        if left == 0:
            return
        whole = {"yield_per": _FETCHED} if left is None else {}  # a server sends no million rows at once
        with connection.execute(part.limit(left), execution_options=whole) as found:
            for row in found.mappings():
                left = None if left is None else left - 1
                yield dict(row)


def _names_in(filters: Filters) -> dict[str, str | None]:
    return {"place": filters.place, "actor": filters.actor, "source": filters.source}


def _named_rows(connection: Connection, kind: Kind, wanted: Wanted, filters: Filters) -> Iterator[TableRow]:
    """The rows in which one of these names stands, dated ones first, as ``_rows_in_order`` would give them."""
    view, of, n, left, after = VIEWS[f"{kind}_table"], _RECORDS[kind], T.names.c, filters.limit, filters.after
    if after is not None and len(after) != len(_ORDER[kind]):
        raise LedgerError(_NO_PLACE)
    since, until = _stretch(filters)
    # Moments bound the index; only how long an event may have lasted is asked of the event.
    within = [n.kind == kind, *_within("claims", T.names, since if kind != "events" else None, until)]
    if kind != "events":
        filters = replace(filters, since=None, until=None)
    if rest := [*conditions(kind, of, replace(filters, **{wanted.filter: None}))]:
        within.append(select(of.c.id).where(of.c.id == n.record, *rest).exists())
    for dated in (True, False):
        if (after is not None and dated == (after[0] is None)) or not (dated or since is until is None):
            continue
        begin = None if after is None else (after[0] or "", *(value or "" for value in after[1:]))
        after = None
        here = n.filed_at > "" if dated else n.filed_at == ""
        for keys in walked(connection, T.names, wanted.pairs, [*within, here], begin):
            ids = [str(key[-1]) for key in keys]
            shown = _with_ids(connection, view, ids)[:left]
            yield from shown
            left = None if left is None else left - len(shown)
            if left == 0:
                return


def _with_ids(connection: Connection, view: FromClause, ids: list[str]) -> list[TableRow]:
    """The rows with these ids, in their order; a rejected record is in no view."""
    rows = connection.execute(select(view).where(view.c.id.in_(ids))).mappings()
    found = {row["id"]: dict(row) for row in rows}
    return [found[key] for key in ids if key in found]


def _parts(
    wanted: Select[Any], order: list[_Condition], after: tuple[str | int | None, ...] | None
) -> list[Select[Any]]:
    """The dated and the undated rows, those alone that come behind a row where one is given.

    Two queries in place of NULLS LAST, for which SQLite would sort every row instead of following the index.
    """
    dated, undated = wanted.where(order[0].is_not(None)), wanted.where(order[0].is_(None))
    if after is None:
        return [dated, undated]
    if len(after) != len(order):
        raise LedgerError(_NO_PLACE)
    if after[0] is None:
        return [undated.where(tuple_(*order[1:]) > tuple_(*after[1:]))]
    return [dated.where(tuple_(*order) > tuple_(*after)), undated]


def _known(kind: str) -> str:
    if kind not in get_args(Kind):
        raise LedgerError(f"There is no table of {kind}: choose one of {', '.join(get_args(Kind))}")
    return kind


def conditions(kind: str, view: FromClause, filters: Filters) -> Iterator[_Condition]:
    """What filters ask of the rows of a view."""
    yield from _within(kind, view, *_stretch(filters))
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
        elif value is not None and (found := find(kind, view, value)) is not None:
            yield found


def _stretch(filters: Filters) -> tuple[str | None, str | None]:
    since = None if filters.since is None else _moments(filters.since)[0]
    return since, None if filters.until is None else _moments(filters.until)[1]


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


def _holds(names: Table, letters: str) -> _Condition:
    return names.c.folded.contains(fold(letters), autoescape=True)


def _at_place(kind: str, view: FromClause, value: str) -> _Condition | None:
    if kind != "events":
        return None
    e, p = T.events, T.places
    there = select(e.c.id).join(p, p.c.id == e.c.place).where(or_(_holds(p, value), p.c.country == value))
    return there.where(e.c.id == view.c.id).exists()


def _with_actor(kind: str, view: FromClause, value: str) -> _Condition | None:
    a, part = T.actors, T.event_actors
    acts = select(part.c.event).join(a, a.c.id == part.c.actor).where(_holds(a, value))
    if kind == "events":
        return acts.where(part.c.event == view.c.id).exists()
    if kind == "incidents":
        of = T.incident_events.c
        return acts.join(T.incident_events, of.event == part.c.event).where(of.incident == view.c.id).exists()
    if kind == "claims":
        c = T.claims.c
        talks = select(c.id).join(a, a.c.id.in_((c.source, c.addressee))).where(_holds(a, value))
        return talks.where(c.id == view.c.id).exists()
    return None


def _said_by(kind: str, view: FromClause, value: str) -> _Condition | None:
    if kind not in _RECORDS:
        return None
    r, c, a = T.reports, T.claims, T.actors
    told = select(r.c.id).where(r.c.id == view.c.report, r.c.outlet_folded.contains(fold(value), autoescape=True))
    said = select(c.c.id).join(a, a.c.id == c.c.source).where(_holds(a, value))
    claim = view.c.id if kind == "claims" else view.c.claim
    return or_(told.exists(), said.where(c.c.id == claim).exists())
