"""An excerpt: the reports published by some moment, with all that was read and corrected in them, as a ledger.

It lives in memory and holds no links: who asks for it links it. Rows are copied as they are, so that what comes out
is what a ledger of these reports alone would hold, corrections and reviews included.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, insert, select

from dateline.ledger.errors import LedgerError
from dateline.ledger.schema import READ, T
from dateline.ledger.store import Ledger, open_ledger
from dateline.ledger.texts import moment

__all__ = ["excerpt", "instant"]

_ROWS = 2_000  # copied at a time
_OF_REPORTS = (T.readings, *READ, T.corrections)


def instant(value: str | date | datetime, *, end: bool) -> datetime:
    """The moment that a day or moment means, zoned: of a bare day its first, or with ``end`` its last.

    Raises ``LedgerError`` for text that is neither. A moment without a zone is in UTC.
    """
    try:
        given = _read(value)
    except ValueError as error:
        raise LedgerError(f"{value!r} is no date: write 2022-02-25 or 2022-02-25T18:00+02:00") from error
    if isinstance(given, datetime):
        return given if given.tzinfo else given.replace(tzinfo=UTC)
    whole = datetime.combine(given, time.min, UTC)
    return whole + timedelta(days=1, microseconds=-1) if end else whole


def excerpt(ledger: Ledger, until: str | date | datetime) -> Ledger:
    """The part of a ledger published by a moment (a bare day: by its end), in memory, not linked yet.

    A report that gives only its day counts from that day's first moment in UTC; one without a date is left out.
    """
    last = moment(instant(until, end=True)) or ""
    part = open_ledger("sqlite://")
    with ledger._read() as source, part._write() as target:
        _copy(source, target, last)
    return part


def _copy(source: Connection, target: Connection, last: str) -> None:
    reports = T.reports.c.published_at <= last
    chosen = select(T.reports.c.id).where(reports)
    for table in (T.runs, T.reports, *_OF_REPORTS):
        wanted = select(table)
        if table is T.reports:
            wanted = wanted.where(reports)
        elif table is not T.runs:
            wanted = wanted.where(table.c.report.in_(chosen))
        rows = source.execute(wanted.execution_options(yield_per=_ROWS)).mappings()
        for page in rows.partitions(_ROWS):
            target.execute(insert(table), [dict(row) for row in page])
    n = T.names.c  # the known names go by no report: those of the names copied
    target.execute(insert(T.known_names).from_select(["part", "folded"], select(n.part, n.folded).distinct()))


def _read(value: str | date | datetime) -> date | datetime:
    if not isinstance(value, str):
        return value
    return date.fromisoformat(value) if len(value) == len("2022-02-25") else datetime.fromisoformat(value)
