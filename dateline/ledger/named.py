"""Lists filtered by a name, read off from the index of names in their order, from the place where they go on.

A filter holds letters of a name. Which names hold them is looked up first; where these are few, the index gives
their records in the order of the list, and what other filters ask is asked of those. Where they are many, most rows
fit: then the list itself is gone through (``queries``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, select, tuple_

from dateline.ledger.schema import T
from dateline.ledger.texts import fold

__all__ = ["Pair", "Wanted", "names_asked", "pairs_holding", "walked"]

Pair = tuple[str, str]
"""A part and a name."""
Key = tuple[str | int, ...]

_SEVERAL = 40  # names: of more, most rows hold one
_FIRST, _MOST = 60, 500  # keys read at a time
_PARTS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "events": {"place": ("place", "country"), "actor": ("actor",), "source": ("speaker", "outlet")},
    "claims": {"actor": ("speaker", "hearer"), "source": ("speaker", "outlet")},
    "unknowns": {"source": ("speaker", "outlet")},
    "incidents": {"place": ("incident place", "incident country"), "actor": ("incident actor",)},
}


class Wanted(NamedTuple):
    """The filter that a list is read off by: its name and the parts and names that fit it."""

    filter: str
    pairs: list[Pair]


def names_asked(connection: Connection, kind: str, filters: Mapping[str, str | None]) -> Wanted | None:
    """The filter that the fewest names fit; None where none is by name or too many fit each.

    filters: the letters that each asks for.
    """
    found = [
        Wanted(name, pairs_holding(connection, parts, words))
        for name, parts in _PARTS.get(kind, {}).items() if (words := filters.get(name))
    ]  # fmt: skip
    best = min(found, key=lambda wanted: len(wanted.pairs), default=None)
    return best if best is not None and len(best.pairs) <= _SEVERAL else None


def pairs_holding(connection: Connection, parts: Sequence[str], words: str) -> list[Pair]:
    """The known names of these parts that hold the letters (a country: that are them), up to one too many."""
    c = T.known_names.c
    found: list[Pair] = []
    for part in parts:
        fits = c.folded == words if part.endswith("country") else c.folded.contains(fold(words), autoescape=True)
        rows = connection.execute(select(c.part, c.folded).where(c.part == part, fits).limit(_SEVERAL + 1))
        found += [(row.part.removeprefix("incident "), row.folded) for row in rows]
    return found


def walked(
    connection: Connection, table: Table, of: Sequence[Pair], within: Iterable[ColumnElement[bool]], after: Key | None,
    *, backwards: bool = False,
) -> Iterator[list[Key]]:  # fmt: skip
    """Yield the keys of records in which one of these names stands, in order, some at a time: few, then more.

    table: an index of names; a key is all its columns behind the name. within: what holds of the rows besides.
    after: the key to go on behind.
    """
    columns = list(table.c)[list(table.c).index(table.c.folded) + 1 :]
    order = [c.desc() for c in columns] if backwards else columns
    wanted: Select[Any] = select(*columns).where(*within).order_by(*order)
    size = _FIRST
    while True:
        page = wanted.limit(size)
        if after is not None:
            key = tuple_(*columns)
            page = page.where(key < after if backwards else key > after)
        found: set[Key] = set()
        for part, name in of:
            rows = connection.execute(page.where(table.c.part == part, table.c.folded == name))
            found.update(tuple(row) for row in rows)
        keys = sorted(found, reverse=backwards)[:size]
        if keys:
            yield keys
        if len(keys) < size:
            return
        after, size = keys[-1], min(_MOST, 2 * size)
