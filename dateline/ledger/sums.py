"""Sums over the whole ledger, kept when linking is written, so that the first page after a start need not reckon.

Each stands in ``about`` with the state of the ledger that it is of; where that has moved on, it is reckoned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal

from sqlalchemy import (
    Connection,
    Executable,
    String,
    func,
    insert,
    literal_column,
    select,
    union_all,
)

from dateline.ledger.schema import LINKED, READ, T
from dateline.ledger.staleness import glance

__all__ = ["COUNTED", "Sum", "counted", "keep_sums", "summed"]

Sum = Literal["rows", "outlets", "types", "reports by hour", "incidents by hour"]
COUNTED = (T.reports, *(t for t in READ if "review" in t.c), T.corrections, *(t for t in LINKED if "id" in t.c))
"""The tables whose rows are counted."""

_NUMBER = func.count()


def summed(connection: Connection, name: Sum) -> list[tuple[str, int]]:
    """Names with their numbers: tables; outlets or types of incidents, the commonest first; hours in order."""
    kept = connection.scalar(select(T.about.c.value).where(T.about.c.name == f"sum of {name}"))
    if kept is not None:
        of = json.loads(kept)
        if of["state"] == glance(connection):
            return [(key, number) for key, number in of["sum"]]
    return _reckoned(connection, name)


def counted(connection: Connection) -> dict[str, int]:
    """How many rows each table has; runs, on which nothing derived depends, are counted each time."""
    runs = connection.scalar(select(func.count(T.runs.c.id))) or 0
    return {"runs": runs} | dict(summed(connection, "rows"))


def keep_sums(connection: Connection) -> None:
    """Reckon every sum and keep it with the state it is of."""
    now = glance(connection)
    for name in _SUMS:
        key = f"sum of {name}"
        connection.execute(T.about.delete().where(T.about.c.name == key))
        value = json.dumps({"state": now, "sum": _reckoned(connection, name)})
        connection.execute(insert(T.about), {"name": key, "value": value})


def _reckoned(connection: Connection, name: Sum) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in connection.execute(_SUMS[name])]


def _rows() -> Executable:
    return union_all(*(select(literal_column(f"'{t.name}'", String), func.count()).select_from(t) for t in COUNTED))


def _outlets() -> Executable:
    c = T.reports.c.outlet
    return select(c, _NUMBER).where(c.is_not(None)).group_by(c).order_by(_NUMBER.desc(), c)


def _types() -> Executable:
    c = T.incidents.c.type
    return select(c, _NUMBER).group_by(c).order_by(_NUMBER.desc(), c)


def _by_hour(kind: Literal["reports", "incidents"]) -> Executable:
    """How many are filed under each hour ("2022-02-25T18")."""
    c = T.reports.c.published_at if kind == "reports" else T.incidents.c.filed_at
    hour = func.substr(c, 1, 13).label("hour")
    return select(hour, _NUMBER).where(c.is_not(None)).group_by(hour).order_by(hour)


_SUMS: Mapping[Sum, Executable] = {
    "rows": _rows(), "outlets": _outlets(), "types": _types(), "reports by hour": _by_hour("reports"),
    "incidents by hour": _by_hour("incidents"),
}  # fmt: skip
