"""Linkage: what linking keeps of each report, so that new reports touch only what they have to do with.

A row a report in the table ``linkage``: the matter it is of, what its links rest on, the words it is compared by, its
neighbours with their scores; and with the first report of each matter the ids of what was derived from the matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from sqlalchemy import bindparam, case, delete, func, insert, select

from dateline.ledger.linked import replace_all
from dateline.ledger.reports import report_of
from dateline.ledger.schema import T
from dateline.ledger.store import Ledger
from dateline.ledger.texts import from_json, storable
from dateline.records import Linked, Reading, Report

__all__ = ["Linkage", "keep", "linkage", "rests_on", "told"]

_KEYS = 500  # reports fetched at a time


@dataclass(frozen=True, slots=True)
class Linkage:
    """How a report is linked; ``links``: of a matter's first report what its links rest on and their ids, else ""."""

    report: str
    matter: str
    rests_on: str
    words: str
    near: str
    links: str = ""


def linkage(ledger: Ledger) -> dict[str, Linkage]:
    """What was kept of each report when the ledger was linked last, by the id the ledger stores."""
    with ledger._read() as connection:
        return {row.report: Linkage(**row._mapping) for row in connection.execute(select(T.linkage))}


def rests_on(ledger: Ledger) -> dict[str, str]:
    """Of each report with a reading, by id, what its links rest on: it changes with the reading and corrections."""
    c = T.corrections.c
    undone = func.sum(case((c.undone_at.is_not(None), 1), else_=0))
    corrected = select(c.report, func.max(c.id), undone).group_by(c.report)
    read = select(T.reports.c.id, T.reports.c.odd_characters, T.readings.c.run).join(
        T.readings, T.readings.c.report == T.reports.c.id
    )
    with ledger._read() as connection:
        corrections = {report: f" {last} {gone}" for report, last, gone in connection.execute(corrected)}
        found = [(key, odd, f"{run}{corrections.get(key, '')}") for key, odd, run in connection.execute(read)]
    return {ledger.report(key).id if odd else key: state for key, odd, state in found}


def told(ledger: Ledger, ids: Iterable[str]) -> Iterator[tuple[Report, Reading]]:
    """The reports with these ids and what they say (corrected)."""
    keys = iter(sorted(map(storable, ids)))
    kept = func.coalesce(T.readings.c.corrected, T.readings.c.reading).label("kept")
    wanted = select(T.reports, kept).join(T.readings, T.readings.c.report == T.reports.c.id)
    while some := list(islice(keys, _KEYS)):
        with ledger._read() as connection:
            found = connection.execute(wanted.where(T.reports.c.id.in_(some))).mappings().all()
        yield from ((report_of(row), from_json(row["kept"], Reading)) for row in found)


def keep(ledger: Ledger, found: Linked, only: Collection[str] | None, rows: Iterable[Linkage]) -> None:
    """Keep what linking found, in place of all or of records with ids in ``only``, and how these reports are linked."""
    written = [asdict(row) | {"report": storable(row.report), "matter": storable(row.matter)} for row in rows]
    with ledger._write() as connection:
        replace_all(connection, found, only)
        if written:
            gone = delete(T.linkage).where(T.linkage.c.report == bindparam("gone"))
            connection.execute(gone, [{"gone": row["report"]} for row in written])
            connection.execute(insert(T.linkage), written)
