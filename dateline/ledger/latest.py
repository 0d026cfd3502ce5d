"""Lists of derived records, the latest filed first, from a mark on; incidents by a name off the index of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Table, exists, func, select, tuple_
from sqlalchemy.engine import RowMapping

from dateline.ledger.named import Pair, names_asked, walked
from dateline.ledger.queries import Filters
from dateline.ledger.schema import T
from dateline.ledger.texts import bounds_of_day

__all__ = ["Mark", "latest_rows"]

Mark = tuple[str, str]
"""Where a list goes on: the moment and the id of the last record shown."""

_COMMON = 1000  # incidents
_Given = Sequence[ColumnElement[bool]]


def latest_rows(
    connection: Connection, table: Table, given: _Given, filters: Filters, *, after: Mark | None, limit: int
) -> list[RowMapping]:
    """The rows (json, filed_at, id) behind a mark.

    given: what must hold of them. filters: of incidents besides.
    """
    asked = {"place": filters.place, "actor": filters.actor}
    named = names_asked(connection, "incidents", asked) if table is T.incidents else None
    if named is None:
        return _in_order(connection, table, [*given, *_narrowed(filters)], after, limit)
    rest = [*given, *_narrowed(replace(filters, **{named.filter: None}))]
    if rest and _are_common(connection, named.pairs):  # most rows fit: the rest is asked first, by its own index
        n = T.incident_names.c
        bears = tuple_(n.part, n.folded).in_(named.pairs)
        return _in_order(connection, table, [*rest, exists().where(n.incident == table.c.id, bears)], after, limit)
    return _by_names(connection, named.pairs, rest, after, limit)


def _are_common(connection: Connection, names: Sequence[Pair]) -> bool:
    """Whether more incidents bear these names than are quickly gone through."""
    n = T.incident_names.c
    some = select(n.incident).where(tuple_(n.part, n.folded).in_(names)).limit(_COMMON + 1)
    return len(connection.execute(some).all()) > _COMMON


def _in_order(connection: Connection, table: Table, given: _Given, after: Mark | None, limit: int) -> list[RowMapping]:
    """The rows behind a mark, those that nothing dates last."""
    c = table.c
    wanted = select(c.json, c.filed_at, c.id).where(*given).order_by(c.filed_at.desc(), c.id.desc())
    dated = wanted.where(c.filed_at.is_not(None))
    parts = [dated.where(tuple_(c.filed_at, c.id) < after)] if after and after[0] else []
    parts = parts or ([] if after else [dated])
    undated = wanted.where(c.filed_at.is_(None))
    parts.append(undated.where(c.id < after[1]) if after and not after[0] else undated)
    found: list[RowMapping] = []
    for part in parts:
        if len(found) < limit:
            found += connection.execute(part.limit(limit - len(found))).mappings()
    return found


def _by_names(
    connection: Connection, names: Sequence[Pair], rest: _Given, after: Mark | None, limit: int
) -> list[RowMapping]:
    """The incidents in which one of these names stands, behind a mark."""
    i, n = T.incidents.c, T.incident_names
    within = [select(i.id).where(i.id == n.c.incident, *rest).exists()] if rest else []
    found: list[RowMapping] = []
    for keys in walked(connection, n, names, within, after, backwards=True):
        rows = connection.execute(select(i.json, i.filed_at, i.id).where(i.id.in_([key[-1] for key in keys])))
        found += sorted(rows.mappings(), key=lambda row: (row["filed_at"] or "", row["id"]), reverse=True)
        if len(found) >= limit:
            break
    return found[:limit]


def _narrowed(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """What filters ask of incidents: time, place and actors."""
    c = T.incidents.c
    if filters.since is not None:
        yield c.filed_at >= bounds_of_day(filters.since)[0]
    if filters.until is not None:
        yield c.filed_at < bounds_of_day(filters.until)[1]
    if filters.place is not None:
        yield func.lower(c.place).contains(filters.place.lower(), autoescape=True) | (c.country == filters.place)
    if filters.actor is not None:
        wanted = filters.actor.lower()
        yield func.lower(c.initiators + "; " + c.recipients).contains(wanted, autoescape=True)
