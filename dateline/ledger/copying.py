"""Copying a ledger whole: SQLite to PostgreSQL or back, with corrections, runs and derived records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, text

from dateline.ledger.engines import address, engine_for, read_only, shown, writing
from dateline.ledger.errors import LedgerError, said_plainly
from dateline.ledger.schema import METADATA, T
from dateline.ledger.upgrades import bring_up_to_date

__all__ = ["copy_ledger"]

_ROWS = 1_000  # written at a time
_NUMBERED = (T.runs, T.reports, T.corrections)  # PostgreSQL gives their next number


def copy_ledger(source: str | Path, target: str | Path) -> dict[str, int]:
    """Copy all rows of a ledger into a new one; return how many each table has.

    source, target: paths or URLs, as for ``open_ledger``; the source is brought up to date first, the target must
    hold no reports yet. One transaction each: the copy is of one moment and complete, or is not there.
    Raises ``LedgerError``.
    """
    with (
        _opened(source, create=False) as old, _opened(target, create=True) as new,
        said_plainly(shown(address(source))), old.connect() as reads, reads.begin(),
        said_plainly(shown(address(target))), writing(new.connect()) as writes, writes.begin(),
    ):  # fmt: skip
        if writes.scalar(select(func.count()).select_from(T.reports)):
            raise LedgerError(f"{shown(address(target))} holds reports already: name a new ledger")
        writes.execute(delete(T.about))
        writes.execute(delete(T.runs))
        counts = {table.name: _copied(table, reads, writes) for table in METADATA.sorted_tables}
        if writes.dialect.name == "postgresql":
            _count_on(writes)
    return counts


@contextmanager
def _opened(where: str | Path, *, create: bool) -> Iterator[Engine]:
    url = address(where)
    with said_plainly(shown(url)):
        engine = engine_for(url, create=create)
        try:
            bring_up_to_date(engine, shown(url), create=create and not read_only(url))
            yield engine
        finally:
            engine.dispose()


def _copied(table: Table, reads: Connection, writes: Connection) -> int:
    order = table.primary_key.columns
    found = reads.execution_options(stream_results=True, yield_per=_ROWS).execute(select(table).order_by(*order))
    waiting, count = iter(found.mappings()), 0
    while rows := [dict(row) for row in islice(waiting, _ROWS)]:
        writes.execute(insert(table), rows)
        count += len(rows)
    return count


def _count_on(connection: Connection) -> None:
    """Have the next row's number follow those that were copied."""
    for table in _NUMBERED:
        column = table.primary_key.columns[0].name
        last = f"(SELECT max({column}) FROM {table.name})"
        sequence = f"pg_get_serial_sequence('{table.name}', '{column}')"
        connection.execute(text(f"SELECT setval({sequence}, coalesce({last}, 1), {last} IS NOT NULL)"))
